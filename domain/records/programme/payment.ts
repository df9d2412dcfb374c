import { z } from 'zod';
import { Id, Label, MonthField } from './basics.ts';
import { HouseholdPredicate, MemberPredicate } from './predicate.ts';

const Param = Id;

/**
 * What becomes of cash that nobody collects. It is never gone at once: `accumulate` adds it to the next payment;
 * `expire` does so until the household had its days or months to collect it, and then it is lost; `suspend` adds it
 * too, and tells the household condition `condition` that the last payment was not collected, whose ladder says what
 * follows.
 */
export const Unclaimed = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('accumulate'), cite: Id }),
  z.strictObject({
    rule: z.literal('expire'),
    days: Param.optional(),
    months: Param.optional(),
    cite: Id,
  }),
  z.strictObject({ rule: z.literal('suspend'), condition: Id, cite: Id }),
]);

/** Who is paid, how, and what becomes of money that nobody collects. */
export const Payment = z.strictObject({
  /** The roster's payee must fit the first line that any member fits; else it is an anomaly. Empty: no order. */
  payees: z.array(z.strictObject({ label: Label, who: MemberPredicate })).default([]),
  /** A household that meets a line's test is paid by it; the others by any line without one. */
  channels: z
    .array(z.strictObject({ when: HouseholdPredicate.optional(), channel: z.enum(['account', 'cash']) }))
    .min(1),
  unclaimed: Unclaimed,
  /** Payment days of the month by the last digit of the payee's document. */
  calendar: z
    .array(z.strictObject({ digit: z.int().min(0).max(9), days: z.array(z.int().min(1).max(31)).min(1) }))
    .optional(),
  /** The roster is closed on this day of the month before the period. */
  cutOffDay: z.int().min(1).max(31).optional(),
  /** An overpayment is taken off later payments: at most this share, and never below the floor. */
  recovery: z.strictObject({ percent: Param.optional(), floor: Param.optional(), cite: Id }).optional(),
});
export type Payment = z.infer<typeof Payment>;

/** A sum from which a second checker must approve; a decimal in the programme's currency. */
export const Approval = z.strictObject({
  secondCheckerFrom: z.string().regex(/^\d{1,15}(\.\d+)?$/, 'a decimal such as "1000000.00"'),
});

/** Somebody already paid by this other programme. */
export const Incompatibility = z.strictObject({
  programme: z.string().min(1),
  label: Label,
  /** `exclude`: not eligible. `report`: an anomaly for the approver. */
  effect: z.enum(['exclude', 'report']),
  /** The household attribute (yes/no) that says so. */
  attribute: Id.optional(),
  cite: Id,
  from: MonthField.optional(),
  until: MonthField.optional(),
});

export const ANOMALY_KINDS = [
  'person_in_two_households',
  'account_in_several_households',
  'incompatible_programme',
  'recertification_due',
  'unverified_share',
  'amount_change',
  'payee_out_of_order',
  'channel_out_of_rule',
  'payee_changed',
] as const;
/** What the approver is shown; above `stopAbovePct` (per cent of households, or of checks for `unverified_share`) the cycle stops. */
export const Anomaly = z.strictObject({
  kind: z.enum(ANOMALY_KINDS),
  /** Households per account that are still normal; percentage change that is still normal. */
  tolerate: z.number().min(0).optional(),
  stopAbovePct: z.number().min(0).max(100).optional(),
});

/** Entry, length of stay and renewal, in months. */
export const Stay = z.strictObject({
  /** A month attribute of the household with the first month; otherwise the state counts. */
  entered: Id.optional(),
  waitMonths: Param.optional(),
  maxMonths: Param.optional(),
  recertifyMonths: Param.optional(),
  /** A month attribute with the last registry update. */
  certified: Id.optional(),
  cite: Id,
});
