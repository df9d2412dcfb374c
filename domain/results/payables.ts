import { assert } from '../kernel/assert.ts';
import type { Currency, Minor } from '../kernel/money.ts';
import type { Month } from '../kernel/period.ts';
import type { Payable } from '../payments/payable.ts';
import type { Settlement } from './settlement.ts';

/** How a provider is paid: from the register of institutes, never from a claim. */
export type ProviderAccount = Pick<
  Payable,
  'creditorName' | 'creditorDocument' | 'account' | 'town' | 'country' | 'territory'
>;

/**
 * What a settlement owes the provider, as the payment list takes it beside the households: one payable per contract
 * and period; nothing where nothing is due. Its amount equals the settlement's total, which its lines add up to.
 */
export function disbursementPayable(
  settlement: Pick<Settlement, 'contract' | 'provider' | 'currency' | 'totals' | 'lines'>,
  cycle: Month,
  provider: ProviderAccount,
): Payable | undefined {
  const amountMinor: Minor = settlement.totals.payable;
  const lines = settlement.lines.reduce((sum, line) => sum + line.amountMinor, 0);
  assert(lines === amountMinor, 'the lines of a disbursement add up to what is paid');
  if (amountMinor === 0) return undefined;
  return {
    payeeKind: 'provider',
    payeeId: settlement.provider,
    purpose: `disbursement:${settlement.contract}:${cycle}`,
    amountMinor,
    currency: settlement.currency as Currency,
    method: 'account',
    ...provider,
    parts: [{ kind: 'disbursement', amountMinor }],
  };
}
