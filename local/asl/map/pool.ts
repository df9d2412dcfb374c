import { Aborted } from '../errors.ts';
import type { Stop } from '../stop.ts';

/**
 * Runs `work` for 0 to count-1, at most `limit` at once, and gives the results in that order. The first failure
 * stops the others and is thrown after they have ended, so nothing of the scope runs on behind its back.
 */
export async function runAll<T>(
  count: number,
  limit: number,
  stop: Stop,
  work: (index: number) => Promise<T>,
): Promise<T[]> {
  const results: T[] = new Array(count);
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const lane = async () => {
    while (next < count && !stop.reason) {
      const index = next++;
      try {
        results[index] = await work(index);
      } catch (error) {
        // Once stopped, what follows is only the others ending.
        if (stop.reason) continue;
        failure = { error };
        stop.stop(new Aborted('a sibling failed'));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, count) }, lane));
  if (failure) throw failure.error;
  stop.throwIfStopped();
  return results;
}
