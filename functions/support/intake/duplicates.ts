import { Refused } from '../../../domain/kernel/result.ts';
import type { FilePlan } from './source.ts';

/** One listing of a person. */
export type Listing = { readonly household: string; readonly file: number; readonly line: number };

/** Ids that are held for the second reading at most: more is not a few mistakes but a file given twice. */
const CANDIDATES_MAX = 2_000_000;

/**
 * People who are listed more than once, in one household or in several. Only ids that the first reading saw
 * twice (or took for such) are followed, so memory is bounded by the mistakes and not by the roster.
 */
export class Duplicates {
  readonly #candidates = new Map<string, Listing[]>();

  /** An id that the first reading may have seen before. */
  suspect(id: string): void {
    // A copy, because a slice would keep its whole chunk alive.
    if (this.#candidates.size < CANDIDATES_MAX) this.#candidates.set(Buffer.from(id).toString(), []);
    else
      throw new Refused({
        code: 'TOO_MANY_REJECTED',
        message: `more than ${CANDIDATES_MAX} people are listed more than once`,
        next: 'look for a members file that was given twice',
      });
  }

  /** A listing of the second reading; of no interest unless its id is suspect. */
  list(id: string, household: string, file: number, line: number): void {
    this.#candidates.get(id)?.push({ household: Buffer.from(household).toString(), file, line });
  }

  /**
   * Each listing that does not count, with the one that does: the household that comes first by its id, then
   * the first line. Which one it is never depends on the order of the rows, and nobody is counted twice.
   */
  *losers(): Generator<{ id: string; listing: Listing; counts: Listing }> {
    for (const [id, listings] of this.#candidates) {
      if (listings.length < 2) continue;
      const [counts, ...rest] = [...listings].sort(byHousehold);
      for (const listing of rest) yield { id, listing, counts: counts! };
    }
  }
}

const byHousehold = (a: Listing, b: Listing): number =>
  a.household < b.household ? -1 : a.household > b.household ? 1 : a.file - b.file || a.line - b.line;

/** A listing that does not count, on its way to its household's shard, with the one that does. */
export type DuplicateRow = readonly [file: number, line: number, counts: Listing];
export const duplicateRow = ({ listing, counts }: { listing: Listing; counts: Listing }): DuplicateRow => [
  listing.file,
  listing.line,
  counts,
];

/** What the quarantine says of a listing that does not count. */
export function sayDuplicate(
  id: string,
  household: string,
  counts: Listing,
  files: readonly FilePlan[],
): string {
  const where = `${files[counts.file]!.name} line ${counts.line}`;
  return counts.household === household
    ? `${id} is listed twice in household ${household}; ${where} counts`
    : `${id} is also in household ${counts.household} (${where}) and counts there only, so that nobody is paid for twice`;
}
