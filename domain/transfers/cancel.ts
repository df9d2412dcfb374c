import { minor } from '../kernel/money.ts';
import { byOrigin, reissuable, type Undelivered } from '../payments/undelivered.ts';
import type { Adjustment } from '../records/household.ts';
import type { Recovered } from './arrears.ts';

export type Cancelled = {
  /** What is still to be taken off later payments. */
  readonly recoveries: readonly Adjustment[];
  /** What is still owed and did not arrive. */
  readonly undelivered: readonly Undelivered[];
  /** What was neither due nor delivered, by recovery; minor units. */
  readonly cancelled: Recovered['lines'];
};

/**
 * Money that was not due and never arrived is not ordered again: a recovery first takes what its own cycle still has
 * to order, and only the rest is taken off later payments. What the bank may still settle is left alone. Neither share
 * nor floor of `payment.recovery` applies, since the household never had this money.
 */
export function cancelUndelivered(
  recoveries: readonly Adjustment[],
  undelivered: readonly Undelivered[],
): Cancelled {
  const left = new Map(undelivered.map((item) => [item, item.amountMinor as number]));
  const open = reissuable(undelivered).sort(byOrigin);
  const cancelled: Recovered['lines'] = [];
  const still: Adjustment[] = [];
  for (const recovery of recoveries) {
    let rest: number = recovery.amountMinor;
    for (const item of open) {
      if (item.origin !== recovery.origin) continue;
      const taken = Math.min(rest, left.get(item)!);
      rest -= taken;
      left.set(item, left.get(item)! - taken);
    }
    const { id, benefit, member, origin, amountMinor } = recovery;
    if (rest < amountMinor)
      cancelled.push({
        ...{ id, benefit, origin },
        ...(member !== undefined && { member }),
        amountMinor: amountMinor - rest,
      });
    if (rest > 0) still.push({ ...recovery, amountMinor: minor(rest) });
  }
  return {
    recoveries: still,
    undelivered: undelivered.flatMap((item) =>
      left.get(item)! > 0 ? [{ ...item, amountMinor: minor(left.get(item)!) }] : [],
    ),
    cancelled,
  };
}
