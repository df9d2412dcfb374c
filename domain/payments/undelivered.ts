import { z } from 'zod';
import type { Minor } from '../kernel/money.ts';
import type { Month } from '../kernel/period.ts';
import { monthField } from './payable.ts';

/**
 * Money that was owed and did not arrive: rejected, returned, not collected, or held because the account is
 * wrong. It stays owed to the household and is paid again, as attempt n+1, once nothing of the earlier
 * attempt can still arrive.
 */
export const Undelivered = z.strictObject({
  origin: monthField,
  amountMinor: z.int().positive() as unknown as z.ZodType<Minor>,
  why: z.enum(['rejected', 'returned', 'unclaimed', 'payee_held', 'pending']),
  reasonCode: z.string().optional(),
  /** The attempt that failed; 0 where none was made. */
  attempt: z.int().min(0),
  endToEndId: z.string().optional(),
});
export type Undelivered = z.infer<typeof Undelivered>;

/** What an earlier cycle still owes and can be ordered now: everything but what the bank may still settle. */
export const reissuable = (items: readonly Undelivered[]): Undelivered[] =>
  items.filter((item) => item.why !== 'pending');

/** The oldest first, so that a reissue names its cycles in order. */
export const byOrigin = (a: { origin: Month }, b: { origin: Month }): number =>
  a.origin < b.origin ? -1 : a.origin > b.origin ? 1 : 0;
