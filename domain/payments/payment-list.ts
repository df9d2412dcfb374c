import { formatAmount, type Minor, minor } from '../kernel/money.ts';
import type { Month } from '../kernel/period.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import type { Instruction } from './instruction.ts';
import type { Payable } from './payable.ts';

export type PaymentListOptions = {
  readonly programme: string;
  readonly cycle: Month;
  /** 1 unless these payables are reissued; a function where attempts differ by payee. */
  readonly attempt?: number | ((payable: Payable) => number);
  /** Keyed id (domain/kernel/ids.ts, `endToEndIds`) of payee, purpose and attempt. */
  readonly endToEndId: (payee: { payeeId: string; purpose: string; attempt: number }) => string;
  /** UETR of an EndToEndId (domain/kernel/ids.ts, `uetr`). */
  readonly uetr: (endToEndId: string) => string;
};
export type PaymentList = { readonly instructions: readonly Instruction[]; readonly totalMinor: Minor };

/**
 * Payables of one shard as instructions, in the order given. Refused: an amount that is not greater than 0,
 * parts that do not add up to it, two payables for one payee and purpose, an account payee without an
 * account, two currencies in one list. Nothing is dropped: the list is whole or refused.
 */
export function paymentList(payables: Iterable<Payable>, options: PaymentListOptions): Result<PaymentList> {
  const instructions: Instruction[] = [];
  const seen = new Set<string>();
  const ids = new Set<string>();
  let total = 0;
  for (const payable of payables) {
    const fault = faultOf(payable, instructions[0]?.currency);
    const at = `${payable.payeeId} ${payable.purpose}`;
    if (fault) return refuse('BAD_INPUT', fault, { at });
    if (seen.has(at))
      return refuse('CONFLICT', `two payables for payee ${payable.payeeId} and purpose ${payable.purpose}`, {
        at,
        next: 'merge them into one payable with two parts',
      });
    seen.add(at);
    const instruction = instructionOf(payable, options);
    if (ids.has(instruction.endToEndId))
      return refuse('CONFLICT', `two instructions with the id ${instruction.endToEndId}`, { at });
    ids.add(instruction.endToEndId);
    total += payable.amountMinor;
    instructions.push(instruction);
  }
  return ok({ instructions, totalMinor: minor(total) });
}

function instructionOf(payable: Payable, options: PaymentListOptions): Instruction {
  const attempt = typeof options.attempt === 'function' ? options.attempt(payable) : (options.attempt ?? 1);
  const { payeeId, purpose } = payable;
  const endToEndId = options.endToEndId({ payeeId, purpose, attempt });
  return {
    endToEndId,
    uetr: options.uetr(endToEndId),
    programme: options.programme,
    cycle: options.cycle,
    attempt,
    ...payable,
  };
}

function faultOf(payable: Payable, currency: Payable['currency'] | undefined): string | undefined {
  const amount = payable.amountMinor;
  if (!Number.isSafeInteger(amount) || amount <= 0)
    return `the amount must be greater than 0, it is ${amount}`;
  const parts = payable.parts.reduce((sum, part) => sum + part.amountMinor, 0);
  if (parts !== amount)
    return `parts add up to ${formatAmount(minor(parts), payable.currency)}, the amount is ${formatAmount(amount, payable.currency)}`;
  if (payable.method === 'account' && !payable.account) return 'an account payment needs an account';
  if (currency && payable.currency !== currency)
    return `a payment list has one currency: ${currency}, not ${payable.currency}`;
  return undefined;
}
