import type { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Bug } from '../../domain/kernel/assert.ts';
import type { Item, WriteOutcome } from '../ports.ts';
import { isThrottled } from './fault.ts';

/** An answer, or the name of what stood in the way and may be gone on the next attempt. */
export type Verdict = { readonly outcome: WriteOutcome } | { readonly contention: string };

/**
 * Reads why a transaction was cancelled, part by part. A failed condition is the answer, whatever else
 * happened to other parts; contention only counts when it is the sole reason; anything else (an item too
 * large, a wrong type) is our bug and is never retried.
 */
export function verdictOf(error: TransactionCanceledException): Verdict {
  const reasons = error.CancellationReasons ?? [];
  const failed = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed');
  if (failed >= 0) {
    const stored = reasons[failed]?.Item;
    const met = stored && Object.keys(stored).length > 0 ? { item: unmarshall(stored) as Item } : {};
    return { outcome: { ok: false, failed, ...met } };
  }
  const causes = reasons.filter((reason) => reason.Code !== undefined && reason.Code !== 'None');
  const passing = (code: string) => code === 'TransactionConflict' || isThrottled(code);
  if (causes.length > 0 && causes.every((reason) => passing(reason.Code!)))
    return { contention: causes[0]!.Code! };
  const told = causes.map((reason) => `${reason.Code}: ${reason.Message ?? ''}`).join('; ');
  throw new Bug(`transaction cancelled: ${told || error.message}`);
}
