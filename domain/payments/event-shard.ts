import { cycleOfReference, shardOfId } from '../kernel/ids.ts';
import type { Month } from '../kernel/period.ts';
import type { BankEvent } from './bank-event.ts';

type References = Pick<BankEvent, 'endToEndId' | 'instructionId' | 'messageId'>;

/**
 * The shard whose payment file an event is about: named by an EndToEndId of ours (sent as InstrId, too), or by the
 * MsgId of our file (`...-SSS-P`). Undefined where nothing of ours is named, or a shard that this cycle has not.
 */
export function eventShard(event: References, shards: number): number | undefined {
  const named =
    shardOfId(event.endToEndId ?? '') ??
    shardOfId(event.instructionId ?? '') ??
    messageShard(event.messageId);
  return named !== undefined && named < shards ? named : undefined;
}

/**
 * The cycle whose payment an event is about, by the same references; undefined where nothing of this programme is named.
 * A statement of one cycle's window may book what came back of an earlier one.
 */
export function eventCycle(event: References, programmeCode: string): Month | undefined {
  for (const reference of [event.endToEndId, event.instructionId, event.messageId]) {
    const cycle = cycleOfReference(reference ?? '', programmeCode);
    if (cycle) return cycle;
  }
  return undefined;
}

function messageShard(messageId: string | undefined): number | undefined {
  const match = /-(\d{3,4})-\d+$/.exec(messageId ?? '');
  return match ? Number(match[1]) : undefined;
}
