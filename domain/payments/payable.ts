import { z } from 'zod';
import { type Currency, MINOR_DIGITS, type Minor } from '../kernel/money.ts';
import { type Day, isDay, type Month } from '../kernel/period.ts';

const positiveMinor = z.int().positive() as unknown as z.ZodType<Minor>;
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) as unknown as z.ZodType<Month>;
const currency = z.enum(Object.keys(MINOR_DIGITS) as [Currency, ...Currency[]]);

/** Where an account lives: an IBAN, a Peruvian CCI, or a number that only its bank understands. */
export const Account = z.strictObject({
  scheme: z.enum(['iban', 'cci', 'other']),
  number: z.string().min(1).max(34),
  /** A BIC, or the bank's number in its national clearing system. */
  bankCode: z.string().min(1).max(35).optional(),
});
export type Account = z.infer<typeof Account>;

/** Why a part of the money is paid: this cycle's transfer, arrears of an earlier one, a provider's outcome. */
export const PayablePart = z.strictObject({
  kind: z.enum(['transfer', 'arrears', 'disbursement']),
  amountMinor: positiveMinor,
  originCycle: month.optional(),
});
export type PayablePart = z.infer<typeof PayablePart>;

export const payableFields = {
  payeeKind: z.enum(['household', 'provider']),
  payeeId: z.string().min(1),
  /** `transfer`, `arrears:…`, `disbursement:…`: one instruction per payee and purpose. */
  purpose: z.string().min(1),
  amountMinor: positiveMinor,
  currency,
  method: z.enum(['account', 'cash']),
  creditorName: z.string().min(1).max(140),
  creditorDocument: z.string().min(1).max(35).optional(),
  account: Account.optional(),
  /** The branch or agent where cash is picked up. */
  payPoint: z.string().min(1).max(35).optional(),
  town: z.string().min(1).max(70),
  country: z.string().regex(/^[A-Z]{2}$/),
  territory: z.string(),
  parts: z.array(PayablePart).min(1),
};

/** What is owed to one payee for one purpose: both streams, households and providers, end here. */
export const Payable = z.strictObject(payableFields);
export type Payable = z.infer<typeof Payable>;

export const monthField = month;
export const dayField = z.string().refine(isDay) as unknown as z.ZodType<Day>;
