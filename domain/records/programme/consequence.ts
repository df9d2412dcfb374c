import { z } from 'zod';
import { Id, Label, MonthField, ruleFields } from './basics.ts';
import { HouseholdPredicate, MemberPredicate } from './predicate.ts';

const Param = Id;

/**
 * One rung. `notice` moves no money; `hold` keeps `instalments` back and pays them with the next one;
 * `forfeit` loses them; `exit` ends the household's (or member's) benefits. `repeat`: further failures stay
 * on this rung. `afterMonths`: reached only after so many months in a row on the rung before.
 */
export const Step = z.strictObject({
  id: Id,
  label: Label,
  effect: z.enum(['notice', 'hold', 'forfeit', 'exit']),
  instalments: Param.optional(),
  repeat: z.boolean().default(false),
  afterMonths: Param.optional(),
});
export type Step = z.infer<typeof Step>;

/** What repeated non-compliance does: a ladder with a clock. Unverified is no failure. */
export const Ladder = z.strictObject({
  ...ruleFields,
  /** Failing any of these in a period is one event. */
  conditions: z.array(Id).min(1),
  /** `household`: one counter; `member`: one for each member in `who`, touching only that member's lines. */
  scope: z.enum(['household', 'member']),
  /** Members whose failures count here (adolescents have their own ladder in Brazil). */
  who: MemberPredicate.optional(),
  /** Benefits touched; absent means all. */
  over: z.array(Id).min(1).optional(),
  /** More than so many months since the last effect: start again at the first rung. */
  clockMonths: Param.optional(),
  /** An event is n failures in a row, or m within the last 12 months; absent: every failure. */
  trigger: z.strictObject({ consecutive: Param.optional(), inTwelveMonths: Param.optional() }).optional(),
  /** A period without failure starts the ladder anew: only unbroken non-compliance climbs. */
  unbroken: z.boolean().default(false),
  steps: z.array(Step).min(1),
  /** While this holds no step is taken and the counters rest. */
  pausedWhen: HouseholdPredicate.optional(),
  /** Months without effects; afterwards everybody starts at the first rung. */
  amnesties: z
    .array(z.strictObject({ from: MonthField, until: MonthField, label: Label, cite: Id }))
    .default([]),
});
export type Ladder = z.infer<typeof Ladder>;
