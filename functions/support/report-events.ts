import type { Ports } from '../../adapters/ports.ts';
import { shardOf } from '../../domain/kernel/shards.ts';
import type { BankEvent } from '../../domain/payments/bank-event.ts';
import { eventShard } from '../../domain/payments/event-shard.ts';
import type { Instruction } from '../../domain/payments/instruction.ts';
import { bulk, stageKey } from './cycle.ts';
import { parseLines, readBytes } from './jsonl.ts';
import { readSegment, Segments } from './segments.ts';

/** Events of reports in time and of late ones lie apart: a report may turn late while it is being taken in. */
type Kind = 'bank-events' | 'late-events';
const eventsKey = (cycle: { prefix: string }, kind: Kind, fileHash: string): string =>
  `${cycle.prefix}/${kind}/${fileHash}.jsonl`;

/**
 * Writes the events of a report in segments, one per lane of the cycle and one for group statuses; returns the lanes
 * that they speak of.
 */
export async function bucketEvents(
  ports: Ports,
  cycle: { readonly prefix: string; readonly lanes: number },
  kind: Kind,
  events: readonly BankEvent[],
  fileHash: string,
): Promise<number[]> {
  const { lanes } = cycle;
  const segments = new Segments(lanes + 1);
  const touched = new Set<number>();
  const byUetr = await lanesByUetr(ports, cycle, events);
  for (const event of events) {
    const own = byUetr.get(event.uetr ?? '') ?? eventShard(event, lanes);
    const isGroup = event.level !== 'transaction';
    const bucket = isGroup ? lanes : (own ?? shardOf(event.eventKey, lanes));
    segments.add(bucket, event);
    if (own !== undefined) touched.add(own);
    else if (isGroup) for (let lane = 0; lane < lanes; lane++) touched.add(lane);
    else touched.add(bucket);
  }
  await segments.write(ports.objects, 'bulk', eventsKey(cycle, kind, fileHash));
  return [...touched].sort((a, b) => a - b);
}

/** Some banks answer with the UETR alone: those are looked up among the instructions, a lane at a time. */
async function lanesByUetr(
  ports: Ports,
  cycle: { readonly prefix: string; readonly lanes: number },
  events: readonly BankEvent[],
): Promise<Map<string, number>> {
  const wanted = new Set(
    events.flatMap((event) =>
      event.uetr && eventShard(event, cycle.lanes) === undefined ? [event.uetr] : [],
    ),
  );
  const found = new Map<string, number>();
  for (let lane = 0; lane < cycle.lanes && wanted.size > 0; lane++) {
    const body = await readBytes(ports.objects, bulk(stageKey(cycle, 'instructed', lane)));
    for (const { uetr } of parseLines<Instruction>(body)) if (wanted.delete(uetr)) found.set(uetr, lane);
  }
  return found;
}

/** What these reports say of one lane, with every group status. */
export async function eventsOf(
  ports: Ports,
  cycle: { readonly prefix: string; readonly lanes: number },
  lane: number,
  kind: Kind,
  reports: readonly string[],
): Promise<BankEvent[]> {
  const events: BankEvent[] = [];
  for (const fileHash of reports)
    for (const segment of [lane, cycle.lanes])
      for (const event of await readSegment<BankEvent>(
        ports.objects,
        'bulk',
        eventsKey(cycle, kind, fileHash),
        segment,
      ))
        events.push(event);
  return events;
}
