import { StatesError } from './errors.ts';
import type { Json } from './types.ts';

/** Input, output and result of a state, an execution and a task: 256 KiB of UTF-8 JSON (service quota). */
export const DATA_BYTES_MAX = 262_144;
/** Events of one Standard execution (service quota); the next one ends it. */
export const EVENTS_MAX = 25_000;
/** Days after its end in which an execution may be redriven (service quota). */
export const REDRIVE_DAYS_MAX = 14;
/** What the service waits when a task states no timeout: 99,999,999 seconds. */
export const TASK_SECONDS_DEFAULT = 99_999_999;
/** Items that an inline Map runs at once when MaxConcurrency is 0. */
export const INLINE_CONCURRENCY = 40;
/** Children that a Distributed Map runs at once when MaxConcurrency is 0. */
export const DISTRIBUTED_CONCURRENCY = 10_000;

/** Whether the JSON text of `value` is longer than the data limit; cheap for what is obviously small. */
export function tooLarge(value: Json): boolean {
  const text = JSON.stringify(value);
  if (text.length * 3 <= DATA_BYTES_MAX) return false;
  return Buffer.byteLength(text) > DATA_BYTES_MAX;
}

/** Refuses `value` over the limit; `what` is said as the service says it ("The state/task 'X' returned a result"). */
export function withinLimit<T extends Json>(value: T, what: string): T {
  if (tooLarge(value))
    throw new StatesError(
      'States.DataLimitExceeded',
      `${what} with a size exceeding the maximum number of bytes service limit.`,
    );
  return value;
}
