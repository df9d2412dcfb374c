import { z } from 'zod';
import { ROUNDING } from '../../kernel/money.ts';
import { Id, ruleFields } from './basics.ts';
import { HouseholdPredicate, MemberPredicate } from './predicate.ts';

/** The name of a parameter. */
const Param = Id;
const rounding = { rounding: z.enum(ROUNDING).default('half_up') };

/**
 * What a benefit asks of a condition. `member`: each child for itself. `household`: one failure stops the
 * benefit for all. `proportional`: the share of verdicts that are compliant or exempt is paid.
 */
export const Requirement = z.strictObject({
  condition: Id,
  scope: z.enum(['member', 'household', 'proportional']),
});
export type Requirement = z.infer<typeof Requirement>;

const common = {
  ...ruleFields,
  /** `month`: for each month of the period. `period`: once a period. `year`, `once`: see `limit`. */
  per: z.enum(['month', 'period']),
  when: HouseholdPredicate.optional(),
  requires: z.array(Requirement).default([]),
  /** Calendar months (1 to 12) that are never paid, and at most so many months of a calendar year. */
  months: z
    .strictObject({
      exclude: z.array(z.int().min(1).max(12)).min(1).optional(),
      only: z.array(z.int().min(1).max(12)).min(1).optional(),
      maxPerYear: Param.optional(),
    })
    .optional(),
  /** At most so many months (per month) or periods (per period), each member for itself. */
  instalments: Param.optional(),
  /**
   * Instalments are counted anew for each stretch of periods in which `during` holds for a member: a pregnancy. The
   * month attribute `named` tells two of them apart that follow each other without a break.
   */
  episode: z.strictObject({ during: MemberPredicate, named: Id.optional() }).optional(),
  /** Paid once in a calendar year, or once in a lifetime, each member for itself. */
  limit: z.enum(['once_a_year', 'once_in_a_lifetime']).optional(),
  /** A percentage table (by `tenure`, say) that the amount is multiplied with: a taper. */
  factor: Param.optional(),
  ...rounding,
};

const band = { who: MemberPredicate, amount: Param };
/** Who is counted first where a maximum or an order of amounts applies. */
const order = { order: z.enum(['oldest', 'youngest', 'highest', 'as_listed']).default('oldest') };

const Flat = z.strictObject({ kind: z.literal('flat'), ...common, amount: Param });
const PerPerson = z.strictObject({
  kind: z.literal('per_person'),
  ...common,
  amount: Param,
  who: MemberPredicate.optional(),
});
const PerMember = z.strictObject({
  kind: z.literal('per_member'),
  ...common,
  /** The first band that a member falls in gives the amount; `max` limits the members of a band. */
  bands: z.array(z.strictObject({ ...band, max: Param.optional() })).min(1),
  max: Param.optional(),
  ...order,
});
const Declining = z.strictObject({
  kind: z.literal('declining'),
  ...common,
  /** Per band: the amount of the first, second, third member; further members get nothing. */
  bands: z.array(z.strictObject({ who: MemberPredicate, amounts: z.array(Param).min(1) })).min(1),
  ...order,
});
const Table = z.strictObject({
  kind: z.literal('table'),
  ...common,
  who: MemberPredicate.optional(),
  /** A parameter with rows; members whom no row fits get nothing. */
  table: Param,
  /** A member who lacks this key (sex not recorded) gets the lowest row that otherwise fits. */
  lowestIfMissing: z.array(Id).default([]),
});
const OneIfAny = z.strictObject({
  kind: z.literal('one_if_any'),
  ...common,
  amount: Param,
  who: MemberPredicate,
});
const TopUp = z.strictObject({
  kind: z.literal('top_up'),
  ...common,
  /** What the benefits named in `over` are topped up to: a parameter, or a money attribute (a guarantee). */
  floor: z.union([Param, z.strictObject({ attribute: Id })]),
  over: z.array(Id).min(1),
});
const PovertyGap = z.strictObject({
  kind: z.literal('poverty_gap'),
  ...common,
  /** Per-person line, and the money attribute that holds monthly income per person. */
  line: Param,
  income: Id,
  share: Param.optional(),
  /** Benefits that count as income. */
  counting: z.array(Id).default([]),
  /** Round each person's amount (then multiply), or the household's. */
  roundEach: z.enum(['person', 'household']).default('person'),
  /** Round to a multiple of this amount. */
  multipleOf: Param.optional(),
  who: MemberPredicate.optional(),
});
const Trapezoid = z.strictObject({
  kind: z.literal('trapezoid'),
  ...common,
  income: Id,
  who: MemberPredicate,
  /** Up to `flatFrom`: rateIn of income; up to `outFrom`: `flat`; beyond: flat less rateOut of the excess. */
  rateIn: Param,
  flatFrom: Param,
  flat: Param,
  outFrom: Param,
  rateOut: Param,
  /** Only this share is paid now, as an advance on `annual`. */
  share: Param.optional(),
  /** Benefits that were advances on this one: what they paid is taken off, an excess is recovered. */
  lessAdvances: z.array(Id).default([]),
});
const Achievement = z.strictObject({
  kind: z.literal('achievement'),
  ...common,
  /** The first band (rank, pass) that a member falls in. */
  bands: z.array(z.strictObject(band)).min(1),
});
const ShareOf = z.strictObject({
  kind: z.literal('share_of'),
  ...common,
  /** A money attribute of the household or of each member in `who`. */
  attribute: Id,
  share: Param,
  who: MemberPredicate.optional(),
});

/** The closed list of ways to reckon an amount. */
export const Benefit = z.discriminatedUnion('kind', [
  Flat,
  PerPerson,
  PerMember,
  Declining,
  Table,
  OneIfAny,
  TopUp,
  PovertyGap,
  Trapezoid,
  Achievement,
  ShareOf,
]);
export type Benefit = z.infer<typeof Benefit>;
export type BenefitKind = Benefit['kind'];
export type BenefitOf<K extends BenefitKind> = Extract<Benefit, { kind: K }>;

const capFields = {
  ...ruleFields,
  /** Benefits that are cut. */
  over: z.array(Id).min(1),
  /** Benefits that use up the limit first and are never cut. */
  counting: z.array(Id).default([]),
  /** Applies only where the household has more than so many amounts, whether their conditions are met or not. */
  onlyAbove: Param.optional(),
};
/** Limits per household, in the order written. */
export const Cap = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('truncate'), ...capFields, limit: Param }),
  z.strictObject({ method: z.literal('scale'), ...capFields, limit: Param }),
  z.strictObject({ method: z.literal('keep_highest'), ...capFields, keep: Param }),
]);
export type Cap = z.infer<typeof Cap>;

/** A share of the whole for a time: Brazil's protection rule. */
export const Modifier = z.strictObject({
  ...ruleFields,
  when: HouseholdPredicate,
  percent: Param,
  /** Months at most, counted while the rule applies; afterwards the household leaves. */
  maxMonths: Param,
  over: z.array(Id).min(1).optional(),
  ...rounding,
});
export type Modifier = z.infer<typeof Modifier>;

/** A part kept back and released once a year by a certificate. */
export const Retention = z.strictObject({
  ...ruleFields,
  over: z.array(Id).min(1),
  percent: Param,
  /** Compliance with this condition releases what was kept back in earlier calendar years. */
  releasedBy: Id,
  /** Lost when not certified by 31 December so many years later. */
  lostAfterYears: Param,
  /** Months from the certificate to its payment. */
  afterMonths: Param.optional(),
  ...rounding,
});
export type Retention = z.infer<typeof Retention>;
