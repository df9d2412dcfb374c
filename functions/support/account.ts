import { compactNumber, hasValidCheckDigits } from '../../domain/kernel/check-digits.ts';
import type { Account } from '../../domain/payments/payable.ts';

/**
 * An account number as the roster has it, with its scheme told from its form: IBAN (two letters and digits),
 * Peruvian CCI (20 digits), anything else a number of the paying bank's own. `fault` is set where its check
 * digits fail: the money is held for correction, nobody is dropped.
 */
export function accountOf(
  text: string,
  country: string,
): { account: Account; fault?: 'ACCOUNT_CHECK_DIGIT' } {
  const number = compactNumber(text);
  if (/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(number))
    return checked({ scheme: 'iban', number }, hasValidCheckDigits('iban', number));
  if (country === 'PE' && /^\d{20}$/.test(number))
    return checked({ scheme: 'cci', number }, hasValidCheckDigits('pe.cci', number));
  return { account: { scheme: 'other', number: number.slice(0, 34) } };
}

const checked = (account: Account, valid: boolean) =>
  valid ? { account } : { account, fault: 'ACCOUNT_CHECK_DIGIT' as const };
