import { z } from 'zod';
import { isDay } from '../kernel/period.ts';

/** Names that every object has ("constructor"): kept as a key they would be somebody else's value, in every record. */
export const isPlainKey = (text: string): boolean => !(text in Object.prototype);
const PLAIN_KEY = 'a name that is not one of the language itself';
export const plainKey = (schema: z.ZodString) => schema.refine(isPlainKey, PLAIN_KEY);

export const IdSchema = plainKey(
  z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'an id: letters, digits, "_", "." or "-", at most 64'),
);
export const DaySchema = z.string().refine((text): boolean => isDay(text), 'a calendar day, YYYY-MM-DD');
/** Texts that users see: Spanish first. */
export const LabelSchema = z.strictObject({ es: z.string().min(1), en: z.string().min(1) });
export type Label = z.infer<typeof LabelSchema>;

/** What a parameter's number means. Percentages and points (scores) are kept as hundredths, money as minor units. */
export const UNITS = [
  'money',
  'percent',
  'points',
  'count',
  'months',
  'weeks',
  'days',
  'years',
  'index',
  'day',
] as const;
export type Unit = (typeof UNITS)[number];

/** A key is named in `keys`; a row applies where every key of `when` has (one of) these values. */
const WhenSchema = z.record(IdSchema, z.union([z.string(), z.array(z.string()).min(1)]));
/** Amounts, percentages and index points as decimal strings; counts and lengths of time as integers. */
const NumberSchema = z.union([z.string().regex(/^-?\d{1,15}(\.\d+)?$|^\d{4}-\d{2}-\d{2}$/), z.int()]);
export const RowSchema = z.union([
  z.strictObject({ when: WhenSchema, value: NumberSchema }),
  z.strictObject({ when: WhenSchema, notPublished: z.literal(true) }),
]);
export type ParameterRow = z.infer<typeof RowSchema>;

const dated = {
  /** First day on which the value holds; absent in the first value: "always until then". */
  from: DaySchema.optional(),
  /** Last day on which it holds; absent in the last value: "and from then on". */
  until: DaySchema.optional(),
  /** A key of `sources`. */
  cite: IdSchema,
  note: LabelSchema.optional(),
};
export const ValueSchema = z.union([
  z.strictObject({ ...dated, value: NumberSchema }),
  z.strictObject({ ...dated, rows: z.array(RowSchema).min(1) }),
  z.strictObject({ ...dated, notPublished: z.literal(true) }),
]);
export type ParameterValue = z.infer<typeof ValueSchema>;

/**
 * One named, cited number of a contract, by date and by key (tier, sex, group, cohort, country). A value that
 * was never published is written `notPublished: true`: it refuses to settle until its owner fills it in.
 */
export const ParameterSchema = z.strictObject({
  label: LabelSchema,
  unit: z.enum(UNITS),
  /** Attributes of the participant, or fields of the event, that choose a row. */
  keys: z.array(IdSchema).min(1).optional(),
  values: z.array(ValueSchema).min(1),
  /** An `index` parameter: the value grows with it from `base` (the day whose index counts as 1). */
  indexedBy: z.strictObject({ index: IdSchema, base: DaySchema }).optional(),
});
export type Parameter = z.infer<typeof ParameterSchema>;
