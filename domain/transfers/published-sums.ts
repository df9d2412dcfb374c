import type { Member } from '../records/household.ts';
import type { Facts } from './facts.ts';
import { fits } from './lookup.ts';
import type { Frame } from './predicates.ts';

type Fits = ReturnType<typeof fits>;

/** A table of which only the amounts of several members together were published. */
export type PublishedSums = {
  /** Whether a member's own amount was not published. */
  readonly open: (member: Member, facts: Facts) => boolean;
  /** What was published for exactly these members together, minor units; undefined where nothing was. */
  readonly of: (members: readonly Member[], facts: Facts) => number | undefined;
};

/** Whether each test has a member of its own, and no member is left. */
function pair(tests: readonly Fits[], members: readonly Member[], facts: Facts): boolean {
  const [test, ...rest] = tests;
  if (test === undefined) return members.length === 0;
  return members.some(
    (member, i) =>
      test(member, facts) && pair(rest, [...members.slice(0, i), ...members.slice(i + 1)], facts),
  );
}

/**
 * The sums of a table that says them, ready for one month; undefined where it has none. So a published sum is paid
 * to the very members that it was published for, without inventing the part of each.
 */
export function publishedSums(name: string, frame: Frame): PublishedSums | undefined {
  const { rows = [], sums } = frame.values.get(name);
  if (!sums) return undefined;
  const tests = rows.map(({ when, number }) => ({ fits: fits(when, frame), open: number === undefined }));
  const known = sums.map(({ when, members, number }) => ({
    when: fits(when, frame),
    members: members.map((keys) => fits(keys, frame)),
    number,
  }));
  return {
    open: (member, facts) => tests.find((row) => row.fits(member, facts))?.open ?? false,
    of: (members, facts) =>
      known.find((sum) => sum.when(undefined, facts) && pair(sum.members, members, facts))?.number,
  };
}
