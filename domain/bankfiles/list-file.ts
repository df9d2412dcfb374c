import { z } from 'zod';
import { keyedHash, uetr } from '../kernel/ids.ts';
import { type Currency, MINOR_DIGITS, parseAmount } from '../kernel/money.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import { Instruction } from '../payments/instruction.ts';
import { Account, monthField } from '../payments/payable.ts';
import type { Pain001Request } from './pain001.ts';
import { BankProfile } from './profile.ts';

const id = z.string().regex(/^[A-Za-z0-9/\-?:().,'+]{1,35}$/, 'at most 35 characters of the SWIFT set');
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'YYYY-MM-DD');

/** One payment of a hand-made list: the amount is a decimal string, most of the rest has a default. */
const ListLine = z.strictObject({
  endToEndId: id,
  uetr: z.string().optional(),
  payeeKind: z.enum(['household', 'provider']).default('household'),
  payeeId: z.string().optional(),
  purpose: z.string().default('transfer'),
  attempt: z.int().positive().default(1),
  amount: z.string(),
  currency: z.string().optional(),
  method: z.enum(['account', 'cash']).optional(),
  creditorName: z.string().min(1).max(140),
  creditorDocument: z.string().optional(),
  account: Account.optional(),
  payPoint: z.string().optional(),
  town: z.string().min(1),
  country: z.string().optional(),
  territory: z.string().default(''),
});

/** A payment list as `cumple bank write` takes it: who pays, when, and the payments. */
export const PaymentListFile = z.strictObject({
  programme: z.string().min(1),
  cycle: monthField,
  messageId: id,
  createdAt: z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/, 'YYYY-MM-DDTHH:MM:SSZ'),
  initiatingParty: z.string().min(1),
  debtor: z.strictObject({
    name: z.string().min(1),
    account: Account,
    bankCode: z.string().min(1),
    country: z.string().regex(/^[A-Z]{2}$/),
    town: z.string().min(1),
  }),
  requestedExecutionDate: day,
  currency: z.enum(Object.keys(MINOR_DIGITS) as [Currency, ...Currency[]]),
  profile: BankProfile.optional(),
  payments: z.array(ListLine).min(1),
});
export type PaymentListFile = z.infer<typeof PaymentListFile>;

/**
 * A parsed list as instructions. Refused with the path of what is wrong: an amount that is not an exact decimal
 * greater than 0, another currency, an EndToEndId twice. A missing UETR is drawn from message and EndToEndId.
 */
export function instructionsOfList(
  list: PaymentListFile,
): Result<{ request: Omit<Pain001Request, 'messageId' | 'paymentInfoIds'>; instructions: Instruction[] }> {
  const hmac = keyedHash(Buffer.from(list.messageId));
  const seen = new Set<string>();
  const instructions: Instruction[] = [];
  for (const [index, line] of list.payments.entries()) {
    const at = `payments.${index}`;
    const { amount, ...rest } = line;
    if ((line.currency ?? list.currency) !== list.currency)
      return refuse('BAD_INPUT', `one currency per list: ${list.currency}`, { at: `${at}.currency` });
    const amountMinor = parseAmount(amount, list.currency);
    if (amountMinor === undefined || amountMinor <= 0)
      return refuse('BAD_INPUT', `not an amount of ${list.currency} greater than 0: ${amount}`, {
        at: `${at}.amount`,
      });
    if (seen.has(line.endToEndId))
      return refuse('BAD_INPUT', `EndToEndId twice: ${line.endToEndId}`, { at: `${at}.endToEndId` });
    seen.add(line.endToEndId);
    const method = line.method ?? (line.account ? 'account' : 'cash');
    if (method === 'account' && !line.account)
      return refuse('BAD_INPUT', 'an account payment needs an account', { at: `${at}.account` });
    const parsed = Instruction.safeParse({
      ...rest,
      uetr: line.uetr ?? uetr(hmac, line.endToEndId),
      programme: list.programme,
      cycle: list.cycle,
      payeeId: line.payeeId ?? line.endToEndId,
      amountMinor,
      currency: list.currency,
      method,
      country: line.country ?? list.debtor.country,
      parts: [{ kind: line.payeeKind === 'provider' ? 'disbursement' : 'transfer', amountMinor }],
    });
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return refuse('BAD_INPUT', issue!.message, { at: [at, ...issue!.path].join('.') });
    }
    instructions.push(parsed.data);
  }
  const { createdAt, initiatingParty, debtor, requestedExecutionDate, profile } = list;
  const request = {
    ...{ createdAt, initiatingParty, requestedExecutionDate },
    debtor: debtor as Pain001Request['debtor'],
    ...(profile && { profile }),
  };
  return ok({ request, instructions });
}
