import { z } from 'zod';
import { Id, Label, MonthField, ruleFields } from './basics.ts';
import { Bound, HouseholdPredicate, MemberPredicate } from './predicate.ts';

/** What the evidence must show. */
export const Check = z.union([
  /** Yes/no evidence that must say yes: enrolled, check-ups up to date, certificate presented. */
  z.strictObject({ type: z.literal('is_true') }),
  /** A number of at least so much; by band (age, grade) the first that the member falls in. */
  z.strictObject({
    type: z.literal('at_least'),
    value: Bound.optional(),
    bands: z
      .array(z.strictObject({ who: MemberPredicate, value: Bound }))
      .min(1)
      .optional(),
  }),
  /** A number of at most so much: absences, failed years. */
  z.strictObject({ type: z.literal('at_most'), value: Bound }),
  /** As many done as were scheduled: two counts, e.g. check-ups. */
  z.strictObject({ type: z.literal('all_scheduled'), scheduled: Id }),
  /** A text that must be one of these. */
  z.strictObject({ type: z.literal('one_of'), values: z.array(z.string()).min(1) }),
]);
export type Check = z.infer<typeof Check>;

/**
 * Which months of evidence speak for which months of payment. `each: 'month'` judges every month of the
 * period by itself; `each: 'period'` gives one verdict for the period. The window starts `lagMonths` before
 * the month judged (or the period's first month) and has `months` months; `combine` says how several months
 * make one value (`reported`: every month that was reported must meet it, others are not asked). Two rows for one month: the better one counts, so order never matters.
 */
export const Window = z.strictObject({
  each: z.enum(['month', 'period']),
  lagMonths: z.int().min(0).max(24).default(0),
  /** Absent: the month judged, or all months of the period. */
  months: z.int().min(1).max(24).optional(),
  combine: z.enum(['every', 'reported', 'any', 'sum', 'average', 'latest']).default('every'),
});
export type Window = z.infer<typeof Window>;

export const EXEMPTIONS = ['age', 'health', 'no_supply', 'temporary', 'justified'] as const;
export const ExemptionKind = z.enum(EXEMPTIONS);
export type ExemptionKind = z.infer<typeof ExemptionKind>;

/** A co-responsibility. `missing` is what the programme does with a person without evidence. */
export const Condition = z.strictObject({
  ...ruleFields,
  of: z.union([z.literal('household'), MemberPredicate]),
  /** Only households of this kind are asked; others have no verdict. */
  when: HouseholdPredicate.optional(),
  evidence: Id,
  check: Check,
  window: Window,
  missing: z.enum(['pay', 'hold', 'forfeit']),
  exemptions: z.array(ExemptionKind).default([]),
  /** The whole programme is excused for these months (a pandemic, a strike). */
  waivers: z
    .array(z.strictObject({ from: MonthField, until: MonthField, label: Label, cite: Id }))
    .default([]),
  /** Households whose services have no capacity are excused: the track without co-responsibility. */
  unconditionedWhen: HouseholdPredicate.optional(),
});
export type Condition = z.infer<typeof Condition>;
