import { z } from 'zod';
import type { Minor } from '../kernel/money.ts';
import type { Day, Month } from '../kernel/period.ts';
import { dayField, monthField } from './payable.ts';
import type { ReconciledLine } from './reconciled-line.ts';

/**
 * Money that was owed and did not arrive: rejected, returned, not collected, or held because the account is
 * wrong. It stays owed to the payee and is paid again, as attempt n+1, once nothing of the earlier attempt can
 * still arrive.
 */
export const Undelivered = z.strictObject({
  origin: monthField,
  /** The contract that it was disbursed for; absent for households, and where an account held several together. */
  contract: z.string().optional(),
  amountMinor: z.int().positive() as unknown as z.ZodType<Minor>,
  why: z.enum(['rejected', 'returned', 'unclaimed', 'payee_held', 'pending']),
  reasonCode: z.string().optional(),
  /** The attempt that failed; 0 where none was made. */
  attempt: z.int().min(0),
  endToEndId: z.string().optional(),
  /** The cycle whose order of it failed, where one was made. */
  triedIn: monthField.optional(),
  /** Cash: the day on which it could first be collected. */
  availableOn: dayField.optional(),
});
export type Undelivered = z.infer<typeof Undelivered>;

/** What an earlier cycle still owes and can be ordered now: everything but what the bank may still settle. */
export const reissuable = (items: readonly Undelivered[]): Undelivered[] =>
  items.filter((item) => item.why !== 'pending');

/** The oldest first, so that a reissue names its cycles in order. */
export const byOrigin = (a: { origin: Month }, b: { origin: Month }): number =>
  a.origin < b.origin ? -1 : a.origin > b.origin ? 1 : 0;

/**
 * The purpose of a payment that orders an undelivered amount again: `reissue:ORIGIN:ATTEMPT`, for a disbursement
 * `reissue:ORIGIN:CONTRACT:ATTEMPT`. It names what failed, so that two returns of one payee never share a payment id.
 */
export const reissuePurpose = ({ origin, contract, attempt }: Undelivered): string =>
  ['reissue', origin, ...(contract === undefined ? [] : [contract]), attempt + 1].join(':');

export const isReissue = (purpose: string): boolean => purpose.startsWith('reissue:');

/** `reissue:2026-01:2` is the second attempt at the money of 2026-01; everything else is a first one. */
export const attemptOf = (purpose: string): number =>
  isReissue(purpose) ? Number(purpose.slice(purpose.lastIndexOf(':') + 1)) : 1;

/** The cycle, and the contract, whose money a payment of `cycle` carries. */
export function owedFor(purpose: string, cycle: Month): { origin: Month; contract?: string } {
  const [kind, first, second, third] = purpose.split(':');
  if (kind === 'disbursement') return { origin: cycle, contract: first! };
  if (kind !== 'reissue') return { origin: cycle };
  return { origin: first as Month, ...(third !== undefined && { contract: second! }) };
}

const LOST: Partial<Record<ReconciledLine['state'], Undelivered['why']>> = {
  rejected: 'rejected',
  returned: 'returned',
  unclaimed: 'unclaimed',
  pending: 'pending',
  exception: 'pending',
};

/**
 * What one payment leaves owed after its reconciliation; undefined where it arrived. `earlier` is what it ordered
 * again: cash has been there to collect since the first time.
 */
export function undeliveredOf(line: ReconciledLine, earlier?: Undelivered): Undelivered | undefined {
  const why = LOST[line.state];
  if (!why) return undefined;
  const availableOn = earlier?.availableOn ?? (why === 'unclaimed' ? (line.debitDate as Day) : undefined);
  return {
    ...owedFor(line.purpose, line.cycle as Month),
    amountMinor: line.amountMinor,
    why,
    ...(line.reasonCode && { reasonCode: line.reasonCode }),
    attempt: line.attempt,
    endToEndId: line.endToEndId,
    triedIn: line.cycle as Month,
    ...(availableOn && { availableOn }),
  };
}
