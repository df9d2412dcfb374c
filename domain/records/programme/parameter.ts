import { z } from 'zod';
import { Id, Label, MonthField } from './basics.ts';

/** What a parameter's number means. */
export const UNITS = ['money', 'percent', 'count', 'months', 'years', 'days'] as const;
export type Unit = (typeof UNITS)[number];

/** Money and percentages as decimal strings, counts and times as integers. */
const Value = z.union([
  z
    .string()
    .regex(/^\d{1,15}(\.\d+)?$/, 'must be a decimal such as "200.00": digits and a point, no comma, no sign'),
  z.int().min(0),
]);

const Scalar = z.union([z.string(), z.number(), z.boolean()]);
/** A row's key: one value, one of several, or a range with both ends included. */
export const Key = z.union([
  Scalar,
  z.array(Scalar).min(1),
  z.strictObject({ min: z.number().optional(), max: z.number().optional() }),
]);
export type Key = z.infer<typeof Key>;
const when = { when: z.record(Id, Key) };
export const Row = z.union([
  z.strictObject({ ...when, value: Value }),
  z.strictObject({ ...when, notPublished: z.literal(true) }),
]);
export type Row = z.infer<typeof Row>;

/** What was published for several members together whose own amounts were not: each fits one of `members`. */
export const Sum = z.strictObject({
  when: z.record(Id, Key).default({}),
  members: z.array(z.record(Id, Key)).min(2),
  value: Value,
});

const dated = { from: MonthField, until: MonthField.optional(), cite: Id, note: Label.optional() };
export const DatedValue = z.union([
  z.strictObject({ ...dated, value: Value }),
  z.strictObject({ ...dated, rows: z.array(Row).min(1), sums: z.array(Sum).min(1).optional() }),
  z.strictObject({ ...dated, notPublished: z.literal(true) }),
]);
export type DatedValue = z.infer<typeof DatedValue>;

/**
 * A number of the programme, by date and, in a table, by keys (grade, sex, a household attribute, tenure: the
 * month in the programme). A value that was not found is written `notPublished: true` and must be filled in
 * by the programme's owner before a cycle can open. Months of `from` and `until` are included.
 */
export const Parameter = z.strictObject({
  label: Label,
  unit: z.enum(UNITS),
  /** What the amount is for, printed after it: "per month", "per child". */
  per: Label.optional(),
  /** Another programme whose value this is: "cl/suf". */
  linkedTo: z.string().min(1).optional(),
  /** The value is this parameter times that percentage (85% of the line). */
  derived: z.strictObject({ of: Id, percent: Id }).optional(),
  values: z.array(DatedValue),
});
export type Parameter = z.infer<typeof Parameter>;
