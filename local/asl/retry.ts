import type { Retrier } from './types.ts';

/**
 * Seconds before retry number `used` + 1: interval x rate^used, capped by MaxDelaySeconds; with FULL jitter a
 * random part of that. https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export function retryDelay(retrier: Retrier, used: number, random: () => number): number {
  const delay = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** used;
  const capped = Math.min(delay, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return retrier.JitterStrategy === 'FULL' ? capped * random() : capped;
}
