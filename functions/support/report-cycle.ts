import type { Item, Ports } from '../../adapters/ports.ts';
import type { Month } from '../../domain/kernel/period.ts';
import { Refused } from '../../domain/kernel/result.ts';
import type { BankEvent } from '../../domain/payments/bank-event.ts';
import { eventCycle } from '../../domain/payments/event-shard.ts';
import { type CycleRef, cycleKey, frozenInputs, frozenProgramme, headKey, windowKey } from './cycle.ts';

/** A cycle that has sent payments to the bank. */
export type SentCycle = CycleRef & {
  readonly lanes: number;
  /** Its payment window has ended: what comes now is for the next cycle. */
  readonly ended: boolean;
  /** Reports that it has taken in. */
  readonly reports: number;
};

/** Whose payments a report speaks of. */
export type Addressed = {
  /** The cycle that the report belongs to. */
  readonly cycle: SentCycle;
  /** What it is told of it. */
  readonly events: readonly BankEvent[];
  /** Earlier cycles that the report speaks of too. */
  readonly earlier: readonly { readonly cycle: SentCycle; readonly events: readonly BankEvent[] }[];
};

/**
 * Finds the cycle that a report belongs to: the one in hand, unless it speaks of earlier ones alone, by the ids that
 * we gave our payments. A statement of the cycle in hand keeps every movement, or it would not foot, and what it says
 * of earlier cycles is told to them as well. Refused: a programme that has sent nothing (WRONG_STAGE).
 */
export async function addressed(
  ports: Ports,
  programme: string,
  events: readonly BankEvent[],
): Promise<Addressed> {
  const inHand = await cycleInHand(ports, programme);
  const { definition } = await frozenProgramme(ports, await frozenInputs(ports, inHand));
  const named = new Map<Month, BankEvent[]>();
  for (const event of events) {
    const period = eventCycle(event, definition.code);
    if (period === undefined) continue;
    const known = named.get(period);
    if (known) known.push(event);
    else named.set(period, [event]);
  }
  const others = [];
  for (const period of [...named.keys()].filter((each) => each !== inHand.period).sort()) {
    const cycle = await sentCycle(ports, programme, period);
    if (cycle) others.push({ cycle, events: named.get(period)! });
  }
  const alone = others.length > 0 && !named.has(inHand.period);
  const earlier = alone ? others.slice(0, -1) : others;
  const { cycle } = alone ? others.at(-1)! : { cycle: inHand };
  return { cycle, events: ownEvents(cycle, events, earlier), earlier };
}

/** All of them, marked where they are another cycle's; of a cycle that has closed only its own. */
function ownEvents(
  { ended }: SentCycle,
  events: readonly BankEvent[],
  earlier: Addressed['earlier'],
): readonly BankEvent[] {
  const others = new Map(
    earlier.flatMap(({ cycle, events: theirs }) => theirs.map((event) => [event, cycle.period] as const)),
  );
  if (ended) return events.filter((event) => !others.has(event));
  return events.map((event) => {
    const ofCycle = others.get(event);
    return ofCycle ? { ...event, ofCycle } : event;
  });
}

/** The open cycle once its payments were sent, else the last closed one. */
async function cycleInHand(ports: Ports, programme: string): Promise<SentCycle> {
  const head = await ports.control.get(headKey(programme));
  for (const period of [head?.openPeriod, head?.period]) {
    const cycle = period ? await sentCycle(ports, programme, period as Month) : undefined;
    if (cycle) return cycle;
  }
  throw new Refused({
    code: 'WRONG_STAGE',
    message: `programme ${programme} has sent no payments that a bank could report on`,
    next: 'check the programme; deliver the report once its payment files are sent',
  });
}

async function sentCycle(ports: Ports, programme: string, period: Month): Promise<SentCycle | undefined> {
  const record: Item | undefined = await ports.control.get(cycleKey(programme, period));
  if (!record?.dispatched) return undefined;
  const window = await ports.control.get(windowKey(programme, period));
  return {
    programme,
    period,
    prefix: String(record.prefix),
    lanes: Number(record.shards),
    ended: window?.status === 'ENDED',
    reports: Number(record.reportsTaken ?? 0),
  };
}
