import { minor } from '../../domain/kernel/money.ts';
import type { Payable, PayablePart } from '../../domain/payments/payable.ts';
import { byOrigin, reissuable, reissuePurpose, type Undelivered } from '../../domain/payments/undelivered.ts';
import type { Household } from '../../domain/records/household.ts';
import type { ProgrammeDefinition } from '../../domain/records/programme.ts';
import type { TransferResult } from '../../domain/transfers/entitlement.ts';
import { accountOf } from './account.ts';

/** Why this household cannot be paid as registered (code), or undefined. The money is held, nobody is dropped. */
export function payeeFault(household: Household, country: string): string | undefined {
  const { payee } = household;
  if (!payee) return 'PAYEE_MISSING';
  if (payee.channel === 'cash') return payee.payPoint ? undefined : 'PAY_POINT_MISSING';
  if (!payee.account) return 'ACCOUNT_MISSING';
  return accountOf(payee.account, country).fault;
}

/**
 * What a household is to be sent: this cycle's transfer with its arrears as one payable, and one payable per
 * earlier cycle whose money came back. Recoveries have been netted by the rules already.
 */
export function payablesOf(
  definition: ProgrammeDefinition,
  household: Household,
  result: Omit<TransferResult, 'state'>,
  undelivered: readonly Undelivered[],
): Payable[] {
  const payee = household.payee!;
  const common = {
    payeeKind: 'household' as const,
    payeeId: household.id,
    currency: definition.currency,
    method: payee.channel,
    creditorName: payee.name,
    ...(payee.documentId && { creditorDocument: payee.documentId }),
    ...(payee.channel === 'account' && { account: accountOf(payee.account!, definition.country).account }),
    ...(payee.payPoint && { payPoint: payee.payPoint }),
    town: household.territory || definition.country,
    country: definition.country,
    territory: household.territory,
  };
  const payables: Payable[] = [];
  const parts = partsOf(result);
  const total = parts.reduce((sum, part) => sum + part.amountMinor, 0);
  if (total > 0) payables.push({ ...common, purpose: 'transfer', amountMinor: minor(total), parts });
  for (const item of reissuable(undelivered).sort(byOrigin))
    payables.push({
      ...common,
      purpose: reissuePurpose(item),
      amountMinor: item.amountMinor,
      parts: [{ kind: 'arrears', amountMinor: item.amountMinor, originCycle: item.origin }],
    });
  return payables;
}

/** This cycle's money and each arrear, less what was recovered: taken from the newest part first. */
function partsOf(result: Omit<TransferResult, 'state'>): PayablePart[] {
  const parts: PayablePart[] = [];
  if (result.payableMinor > 0) parts.push({ kind: 'transfer', amountMinor: result.payableMinor });
  for (const arrear of result.arrears)
    if (arrear.amountMinor > 0)
      parts.push({ kind: 'arrears', amountMinor: arrear.amountMinor, originCycle: arrear.origin });
  let recovered: number = result.recoveredMinor;
  const kept: PayablePart[] = [];
  for (const part of parts) {
    const taken = Math.min(recovered, part.amountMinor);
    recovered -= taken;
    if (part.amountMinor > taken) kept.push({ ...part, amountMinor: minor(part.amountMinor - taken) });
  }
  return kept;
}
