import type { Ports } from '../../adapters/ports.ts';
import type { Month } from '../../domain/kernel/period.ts';
import { shardName, shardOf } from '../../domain/kernel/shards.ts';
import type { ReconciledLine } from '../../domain/payments/reconciled-line.ts';
import type { ProgrammeDefinition } from '../../domain/records/programme.ts';
import type { TimelinePeriod } from '../../domain/transfers/timeline.ts';
import { type ClosedCycle, closedCycles, householdsInCycle } from './closed-cycles.ts';
import { bulk, frozenProgramme, headKey } from './cycle.ts';
import { SaidRefusal } from './http/said.ts';
import { parseLines } from './jsonl.ts';
import { lateLines } from './late/lines.ts';

/** One closed cycle of a household: what was decided, and what the bank did with it, late answers included. */
export type HistoryPeriod = TimelinePeriod & {
  readonly definition: ProgrammeDefinition;
  readonly payments: readonly ReconciledLine[];
  /** Why its money was held although it was owed. */
  readonly payeeFault?: string;
};

/**
 * The closed cycles of one household, oldest first. Refused: a programme without a closed cycle (CYCLE_NOT_FOUND), a
 * household that no closed cycle had (NOT_FOUND).
 */
export async function historyOf(
  ports: Ports,
  programme: string,
  household: string,
): Promise<HistoryPeriod[]> {
  const periods: HistoryPeriod[] = [];
  const all = await newestFirst(ports, programme);
  const late = await saidLate(ports, all, household);
  for (const cycle of all.reverse()) {
    const period = await inCycle(ports, cycle, household, late);
    if (period) periods.push(period);
  }
  if (periods.length > 0) return periods;
  throw unknownHousehold(programme, household);
}

/** The newest closed cycle of a household; refuses as its whole history does. */
export async function latestOf(ports: Ports, programme: string, household: string): Promise<HistoryPeriod> {
  const all = await newestFirst(ports, programme);
  const late = await saidLate(ports, all, household);
  for (const cycle of all) {
    const period = await inCycle(ports, cycle, household, late);
    if (period) return period;
  }
  throw unknownHousehold(programme, household);
}

/**
 * A part of a household's history, newest first: the cycles before a month, `limit` of the programme's cycles looked
 * at. Refuses as the whole history does. Out: `next`, the month to go on from, where older cycles are left.
 */
export async function historyPage(
  ports: Ports,
  programme: string,
  household: string,
  { limit, before }: { limit: number; before?: Month | undefined },
): Promise<{ items: HistoryPeriod[]; next?: Month }> {
  const all = await newestFirst(ports, programme);
  const left = all.filter(({ inputs }) => before === undefined || inputs.period < before);
  const looked = left.slice(0, limit);
  const items: HistoryPeriod[] = [];
  const late = await saidLate(ports, all, household);
  for (const cycle of looked) {
    const period = await inCycle(ports, cycle, household, late);
    if (period) items.push(period);
  }
  if (looked.length < left.length) return { items, next: looked.at(-1)!.inputs.period };
  if (items.length === 0 && before === undefined) throw unknownHousehold(programme, household);
  return { items };
}

async function newestFirst(ports: Ports, programme: string): Promise<ClosedCycle[]> {
  const head = await ports.control.get(headKey(programme));
  if (head?.period) return (await closedCycles(ports, { prefix: String(head.prefix) })).reverse();
  throw new SaidRefusal(
    'CYCLE_NOT_FOUND',
    {
      es: `el programa ${programme} no tiene ningún ciclo cerrado aquí`,
      en: `programme ${programme} has no closed cycle here`,
    },
    { next: 'run one with `cumple cycle run`, or name the folder of its cycles with --out' },
  );
}

async function inCycle(
  ports: Ports,
  cycle: ClosedCycle,
  household: string,
  late: ReadonlyMap<string, ReconciledLine>,
): Promise<HistoryPeriod | undefined> {
  const known = (await householdsInCycle(ports, cycle, new Set([household]))).get(household);
  if (!known) return undefined;
  const { definition } = await frozenProgramme(ports, cycle.inputs);
  const { result, payeeFault, cancelled } = known.record;
  return {
    definition,
    period: known.period,
    verdicts: known.verdicts,
    result,
    payments: (await paymentsOf(ports, cycle, household)).map((line) => late.get(line.endToEndId) ?? line),
    ...(payeeFault && { payeeFault }),
    ...(cancelled && { cancelled }),
  };
}

const unknownHousehold = (programme: string, household: string) =>
  new SaidRefusal(
    'NOT_FOUND',
    {
      es: `ningún ciclo cerrado de ${programme} tuvo el hogar ${household}`,
      en: `no closed cycle of ${programme} had household ${household}`,
    },
    { next: 'check the household id of the roster' },
  );

/** Payments of one household as they stand by what the bank said after their cycles had closed, by EndToEndId. */
async function saidLate(
  ports: Ports,
  newest: readonly ClosedCycle[],
  household: string,
): Promise<Map<string, ReconciledLine>> {
  const lines = new Map<string, ReconciledLine>();
  for (const { prefix, inputs } of [...newest].reverse()) {
    const shard = shardOf(household, inputs.roster.shards);
    for (const { household: payee, answers } of await lateLines(ports, inputs, { prefix, shard }))
      if (payee === household) for (const { line } of answers) lines.set(line.endToEndId, line);
  }
  return lines;
}

/** What the bank did with the payments of one household in a closed cycle, as that cycle closed. */
async function paymentsOf(
  ports: Ports,
  { prefix, statePrefix, inputs }: ClosedCycle,
  household: string,
): Promise<ReconciledLine[]> {
  const reports = statePrefix.slice(statePrefix.lastIndexOf('/') + 1);
  const shard = shardName(shardOf(household, inputs.roster.shards));
  // A window that its limit ended reconciled the same reports once more: that one counts.
  for (const name of [`${reports}-final`, reports]) {
    const bytes = await ports.objects.get(bulk(`${prefix}/reconciled/${name}/lines/${shard}.jsonl`));
    if (!bytes) continue;
    return [...parseLines<ReconciledLine>(bytes)].filter(({ payeeId }) => payeeId === household);
  }
  return [];
}
