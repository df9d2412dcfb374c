import { addDays, addMonths, type Day, lastDay, monthOf } from '../kernel/period.ts';
import type { Undelivered } from './undelivered.ts';

/** How long cash waits for its household, in days or in calendar months from the day it was there. */
export type CollectionWindow = { readonly days: number } | { readonly months: number };

/**
 * The first day on which what was available on `available` has lapsed. Months end on the same day of the month, or
 * on its last one: 31 August and six months give 28 February.
 */
export function lapsesOn(available: Day, window: CollectionWindow): Day {
  if ('days' in window) return addDays(available, window.days);
  const end = lastDay(addMonths(monthOf(available), window.months));
  const sameDay = `${end.slice(0, 8)}${available.slice(8)}` as Day;
  return [sameDay, end].sort()[0]!;
}

/**
 * Whether uncollected cash is lost: the bank sent it back (`returnedOn`) when the household had had the whole window
 * since it could first collect. What came back sooner stays owed, and so does what has no dates to tell by.
 */
export function hasLapsed(
  item: Pick<Undelivered, 'why' | 'availableOn'>,
  returnedOn: Day | undefined,
  window: CollectionWindow | undefined,
): boolean {
  if (item.why !== 'unclaimed' || !window || !item.availableOn || !returnedOn) return false;
  return lapsesOn(item.availableOn, window) <= returnedOn;
}
