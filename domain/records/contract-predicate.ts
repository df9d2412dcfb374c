import { z } from 'zod';
import { IdSchema } from './contract-value.ts';

const ParameterName = IdSchema;

/** A day that a window is counted from. */
export const AnchorSchema = z.union([
  z.strictObject({ outcome: IdSchema }),
  /** The first event of this kind. */
  z.strictObject({ event: IdSchema }),
  /** A participant attribute of type `date`. */
  z.strictObject({ attribute: IdSchema }),
  z.strictObject({ contract: z.enum(['from', 'until']) }),
]);
export type Anchor = z.infer<typeof AnchorSchema>;

/** The evidence must fall after the anchor and at most so long after it (the last day counts). */
export const WindowSchema = z
  .strictObject({
    after: AnchorSchema,
    months: ParameterName.optional(),
    weeks: ParameterName.optional(),
    days: ParameterName.optional(),
  })
  .refine(
    (window) => [window.months, window.weeks, window.days].filter(Boolean).length <= 1,
    'give one of months, weeks and days',
  );
export type Window = z.infer<typeof WindowSchema>;

/** A test on one field of an event or one attribute of a participant. */
export const TestSchema = z.union([
  z.strictObject({ field: IdSchema, is: z.union([z.string(), z.boolean(), z.array(z.string()).min(1)]) }),
  z.strictObject({ field: IdSchema, atLeast: ParameterName }),
  z.strictObject({ field: IdSchema, atMost: ParameterName }),
  z.strictObject({ field: IdSchema, below: ParameterName }),
]);
export type FieldTest = z.infer<typeof TestSchema>;

const evidence = {
  kind: IdSchema,
  where: z.array(TestSchema).optional(),
  within: WindowSchema.optional(),
  /** A `day` parameter: no event after it counts. */
  onOrBefore: ParameterName.optional(),
};

const EventPredicate = z.strictObject({ type: z.literal('event'), ...evidence });
/** Sum of a money field over the best `months` months at one place, against that place's threshold. */
const IncomePredicate = z.strictObject({
  type: z.literal('income'),
  ...evidence,
  field: IdSchema,
  /** Only months with income at one value of this field are added together. */
  by: IdSchema.optional(),
  /** So many months with income are needed, and the best so many are summed. */
  months: ParameterName,
  consecutive: z.boolean().optional(),
  atLeast: ParameterName,
});
/** Time covered by spells (`date` to `end`, or what the event declares it covers). */
const DurationPredicate = z
  .strictObject({
    type: z.literal('duration'),
    ...evidence,
    weeks: ParameterName.optional(),
    months: ParameterName.optional(),
    /** Without a break; otherwise weeks add up over breaks. */
    continuous: z.boolean(),
    /** A break of at most so many days is no break. */
    allowedGapDays: ParameterName.optional(),
    /** Days of these calendars neither count nor break. */
    excluding: z.array(IdSchema).optional(),
  })
  .refine(
    ({ weeks, months }) => (weeks === undefined) !== (months === undefined),
    'give one of weeks and months',
  );
/** At least `atLeast` of `of` consecutive months are covered. */
const MonthsOfPredicate = z.strictObject({
  type: z.literal('months_of'),
  ...evidence,
  atLeast: ParameterName,
  of: ParameterName,
});
/** Sum of one field over the sum of another, at least so many percent. */
const RatioPredicate = z.strictObject({
  type: z.literal('ratio'),
  ...evidence,
  numerator: IdSchema,
  denominator: IdSchema,
  atLeast: ParameterName,
});
const CountPredicate = z.strictObject({ type: z.literal('count'), ...evidence, atLeast: ParameterName });
const AttributePredicate = z.strictObject({ type: z.literal('attribute'), test: TestSchema });
const AgePredicate = z.strictObject({
  type: z.literal('age'),
  /** A `date` attribute. */
  attribute: IdSchema,
  at: AnchorSchema,
  atLeast: ParameterName.optional(),
  atMost: ParameterName.optional(),
});
const OutcomePredicate = z.strictObject({ type: z.literal('outcome'), outcome: IdSchema });

export type Predicate =
  | z.infer<typeof EventPredicate>
  | z.infer<typeof IncomePredicate>
  | z.infer<typeof DurationPredicate>
  | z.infer<typeof MonthsOfPredicate>
  | z.infer<typeof RatioPredicate>
  | z.infer<typeof CountPredicate>
  | z.infer<typeof AttributePredicate>
  | z.infer<typeof AgePredicate>
  | z.infer<typeof OutcomePredicate>
  | { type: 'all'; of: Predicate[] }
  | { type: 'any'; of: Predicate[] }
  | { type: 'not'; of: Predicate };
export type PredicateOf<T extends Predicate['type']> = Extract<Predicate, { type: T }>;

/** What must be true of a participant's dated events and attributes: a closed vocabulary, no formulas. */
export const PredicateSchema: z.ZodType<Predicate> = z.lazy(() =>
  z.discriminatedUnion('type', [
    EventPredicate,
    IncomePredicate,
    DurationPredicate,
    MonthsOfPredicate,
    RatioPredicate,
    CountPredicate,
    AttributePredicate,
    AgePredicate,
    OutcomePredicate,
    z.strictObject({ type: z.literal('all'), of: z.array(PredicateSchema).min(1) }),
    z.strictObject({ type: z.literal('any'), of: z.array(PredicateSchema).min(1) }),
    z.strictObject({ type: z.literal('not'), of: PredicateSchema }),
  ]),
);
