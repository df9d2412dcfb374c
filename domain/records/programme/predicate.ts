import { z } from 'zod';
import { Id } from './basics.ts';

/** A number written in the rule, or a dated and cited parameter. */
export const Bound = z.union([z.number(), z.strictObject({ param: Id })]);
export type Bound = z.infer<typeof Bound>;
const Scalar = z.union([z.string(), z.number(), z.boolean()]);
const range = { min: Bound.optional(), max: Bound.optional() };

/** The day on which an age is taken. The programme names one; a rule may name another. */
export const AGE_DAYS = [
  'period_start',
  'period_end',
  'month_start',
  'month_middle',
  'month_end',
  'march_31',
  'year_start',
  'year_end',
] as const;
export const AgeDay = z.enum(AGE_DAYS);
export type AgeDay = z.infer<typeof AgeDay>;

/** A test on a declared attribute. A missing attribute passes no test but `missing: true`. */
export const AttributeTest = z.strictObject({
  name: Id,
  is: Scalar.optional(),
  in: z.array(Scalar).min(1).optional(),
  ...range,
  /** Strictly above, strictly below. */
  above: Bound.optional(),
  below: Bound.optional(),
  missing: z.boolean().optional(),
});
export type AttributeTest = z.infer<typeof AttributeTest>;

/** Completed years or months of age, both ends included. Somebody without a birth date has no age. */
export const AgeTest = z.strictObject({
  min: z.int().optional(),
  max: z.int().optional(),
  unit: z.enum(['years', 'months']).default('years'),
  at: AgeDay.optional(),
});
export type AgeTest = z.infer<typeof AgeTest>;

export type MemberPredicate =
  | { group: string }
  | { age: AgeTest }
  | { sex: 'F' | 'M' }
  | { grade: { min?: number | undefined; max?: number | undefined } }
  | { relationship: string[] }
  | { attribute: AttributeTest }
  | { household: HouseholdPredicate }
  | { all: MemberPredicate[] }
  | { any: MemberPredicate[] }
  | { not: MemberPredicate };

export type HouseholdPredicate =
  | { everyHousehold: true }
  | { attribute: AttributeTest }
  | { territory: { in?: string[] | undefined; startsWith?: string | undefined } }
  | { anyMember: MemberPredicate }
  | { everyMember: MemberPredicate }
  | { members: { who?: MemberPredicate | undefined; min?: Bound | undefined; max?: Bound | undefined } }
  | { inProgramme: boolean }
  | { monthsInProgramme: { min?: Bound | undefined; max?: Bound | undefined } }
  | { calendarMonth: number[] }
  | { all: HouseholdPredicate[] }
  | { any: HouseholdPredicate[] }
  | { not: HouseholdPredicate };

export const MemberPredicate: z.ZodType<MemberPredicate> = z.lazy(() =>
  z.union([
    z.strictObject({ group: Id }),
    z.strictObject({ age: AgeTest }),
    z.strictObject({ sex: z.enum(['F', 'M']) }),
    z.strictObject({ grade: z.strictObject({ min: z.number().optional(), max: z.number().optional() }) }),
    z.strictObject({ relationship: z.array(z.string()).min(1) }),
    z.strictObject({ attribute: AttributeTest }),
    z.strictObject({ household: HouseholdPredicate }),
    z.strictObject({ all: z.array(MemberPredicate).min(1) }),
    z.strictObject({ any: z.array(MemberPredicate).min(1) }),
    z.strictObject({ not: MemberPredicate }),
  ]),
) as unknown as z.ZodType<MemberPredicate>;

export const HouseholdPredicate: z.ZodType<HouseholdPredicate> = z.lazy(() =>
  z.union([
    z.strictObject({ everyHousehold: z.literal(true) }),
    z.strictObject({ attribute: AttributeTest }),
    z.strictObject({
      territory: z.strictObject({
        in: z.array(z.string()).min(1).optional(),
        startsWith: z.string().optional(),
      }),
    }),
    z.strictObject({ anyMember: MemberPredicate }),
    z.strictObject({ everyMember: MemberPredicate }),
    z.strictObject({ members: z.strictObject({ who: MemberPredicate.optional(), ...range }) }),
    z.strictObject({ inProgramme: z.boolean() }),
    z.strictObject({ monthsInProgramme: z.strictObject(range) }),
    z.strictObject({ calendarMonth: z.array(z.int().min(1).max(12)).min(1) }),
    z.strictObject({ all: z.array(HouseholdPredicate).min(1) }),
    z.strictObject({ any: z.array(HouseholdPredicate).min(1) }),
    z.strictObject({ not: HouseholdPredicate }),
  ]),
) as unknown as z.ZodType<HouseholdPredicate>;
