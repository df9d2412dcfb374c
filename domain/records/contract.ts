import { z } from 'zod';
import { type Currency, MINOR_DIGITS, ROUNDING } from '../kernel/money.ts';
import { PredicateSchema } from './contract-predicate.ts';
import { DaySchema, IdSchema, LabelSchema, ParameterSchema } from './contract-value.ts';

export type { Label, Parameter, Unit } from './contract-value.ts';

const ParameterName = IdSchema;
const CurrencySchema = z.enum(Object.keys(MINOR_DIGITS) as [Currency, ...Currency[]]);

/** Where a number comes from, and how sure its source makes us. */
export const SourceSchema = z.strictObject({
  title: z.string().min(1),
  url: z.string().optional(),
  year: z.string().optional(),
  /** high: official page or two independent ones; medium: one secondary source; low: a blog or aggregator. */
  confidence: z.enum(['high', 'medium', 'low', 'not_found']),
});

export const FIELD_TYPES = [
  'money',
  'integer',
  'percent',
  'points',
  'date',
  'text',
  'id',
  'boolean',
] as const;
/** A declared attribute of a participant, or field of an event. */
export const FieldSchema = z.strictObject({
  label: LabelSchema,
  type: z.enum(FIELD_TYPES),
  values: z.array(z.string()).min(1).optional(),
  /** Other ways to write a value: "India" for "IN". Upper and lower case never matter. */
  alsoWritten: z.record(z.string().min(1), z.string()).optional(),
  /** The values are countries: one of them written by its code or name is that one, any other country is this value. */
  otherCountries: z.string().optional(),
  required: z.boolean().optional(),
  /** An event whose value here is the provider itself is no evidence (own-employer placement). */
  notProvider: z.boolean().optional(),
});
export type Field = z.infer<typeof FieldSchema>;

export const EventKindSchema = z.strictObject({
  label: LabelSchema,
  /** What one event stands for when it has no `end`: its day, seven days, its month, or until further notice. */
  covers: z.enum(['day', 'week', 'month', 'open']).optional(),
  /** `contract`: a fact of the whole contract (an evaluator's report), not of one participant. */
  level: z.enum(['participant', 'contract']).optional(),
  fields: z.record(IdSchema, FieldSchema),
});
export type EventKind = z.infer<typeof EventKindSchema>;

/** A rate that performance bands and targets are read on. */
export const IndicatorSchema = z.union([
  /** Participants with one milestone over participants with another. */
  z.strictObject({ label: LabelSchema, milestone: IdSchema, over: IdSchema, cite: IdSchema }),
  /** Participants with a milestone over a target number. */
  z.strictObject({ label: LabelSchema, milestone: IdSchema, target: ParameterName, cite: IdSchema }),
  /** A percentage reported by an evaluator (the latest event), optionally over a target percentage. */
  z.strictObject({
    label: LabelSchema,
    event: IdSchema,
    field: IdSchema,
    target: ParameterName.optional(),
    cite: IdSchema,
  }),
]);
export type Indicator = z.infer<typeof IndicatorSchema>;

/** From this rate upwards: a fixed share of the base, or the rate itself (pro rata). */
export const BandSchema = z.strictObject({
  from: ParameterName,
  pays: z.union([
    z.literal('nothing'),
    z.literal('full'),
    z.literal('pro_rata'),
    z.strictObject({ share: ParameterName }),
  ]),
});

export const PriceSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('unit'), parameter: ParameterName }),
  /** A part of a price that is paid in instalments (`schedules`). */
  z.strictObject({ type: z.literal('instalment'), schedule: IdSchema }),
  /** A share of another unit price, on top of it. */
  z.strictObject({ type: z.literal('share'), of: ParameterName, share: ParameterName }),
  /** Contract level: `base` (or a share of it) by the band that an indicator falls in. */
  z.strictObject({
    type: z.literal('performance'),
    base: ParameterName,
    share: ParameterName.optional(),
    indicator: IdSchema,
    bands: z.array(BandSchema).min(1),
  }),
]);
export type Price = z.infer<typeof PriceSchema>;

export const MilestoneSchema = z.strictObject({
  id: IdSchema,
  label: LabelSchema,
  /** A name in `outcomes`; absent only at contract level, where the indicator decides. */
  outcome: IdSchema.optional(),
  level: z.enum(['participant', 'contract']).optional(),
  requires: z.array(IdSchema).optional(),
  price: PriceSchema,
  /** Which day chooses the price: the outcome's (default), or an attribute such as the day of registration. */
  pricedOn: z.union([z.literal('outcome'), z.strictObject({ attribute: IdSchema })]).optional(),
  /** Paid again for every further `every` of the outcome's duration, at most `atMost` times. */
  repeat: z.strictObject({ everyWeeks: ParameterName, atMost: ParameterName }).optional(),
  /** An outcome before this start or after this end of the contract is refused; `free` lifts the end. */
  afterEnd: z.enum(['refuse', 'allow']).optional(),
  cite: IdSchema,
});
export type Milestone = z.infer<typeof MilestoneSchema>;

export const CapSchema = z.strictObject({
  id: IdSchema,
  label: LabelSchema,
  scope: z.enum(['participant', 'milestone', 'contract']),
  /** Only these milestones count against it; all of them when absent. */
  milestones: z.array(IdSchema).min(1).optional(),
  /** A `money` parameter (the amount), or a `count` (so many paid outcomes). */
  limit: ParameterName,
});
export type Cap = z.infer<typeof CapSchema>;

/** A share of some milestones is kept back until another one of the same participant is verified. */
export const HoldbackSchema = z.strictObject({
  milestones: z.array(IdSchema).min(1),
  share: ParameterName,
  until: IdSchema,
  cite: IdSchema,
});

export const AdvanceSchema = z.strictObject({
  /** A `money` parameter. */
  amount: ParameterName,
  /** Share of every later payment that repays it. */
  recoverShare: ParameterName,
  cite: IdSchema,
});

/** What a bank guarantee must cover: advances, or milestones paid before their result is sure. */
export const GuaranteeSchema = z.strictObject({
  covers: z.union([z.literal('advance'), z.array(IdSchema).min(1)]),
  /** `withhold`: what is not covered waits; `warn`: the approver sees it. */
  effect: z.enum(['withhold', 'warn']),
  /** What happens where a case says nothing about guarantees; `guarantees: []` says that there is none. */
  whenUnstated: z.enum(['withhold', 'warn']).optional(),
  cite: IdSchema,
});

export const ClawbackSchema = z.strictObject({
  /** At most this share of what is due is netted in one settlement; the rest stays owed. */
  maxShare: ParameterName,
  /** Instalments that must be returned unless a later milestone follows within so many months. */
  unless: z
    .array(
      z.strictObject({
        milestone: IdSchema,
        follows: IdSchema,
        months: ParameterName,
        share: ParameterName.optional(),
      }),
    )
    .optional(),
  cite: IdSchema,
});

/** A least share of a group among the participants of a milestone. */
export const EquityFloorSchema = z.strictObject({
  id: IdSchema,
  label: LabelSchema,
  milestone: IdSchema,
  /** Who counts; absent where the group was not published: nothing can be measured then. */
  group: PredicateSchema.optional(),
  atLeast: ParameterName,
  /** `report`: shown to the approver; `withhold`: this share of the payment waits until the floor is met. */
  effect: z.union([z.literal('report'), z.strictObject({ withhold: ParameterName })]),
  cite: IdSchema,
});
export const TargetSchema = z.strictObject({ indicator: IdSchema, atLeast: ParameterName, cite: IdSchema });

/** Human verification of a sample of the claims, and what its error rate does. */
export const VerificationSchema = z.strictObject({
  confidence: ParameterName,
  margin: ParameterName,
  expectedError: ParameterName.optional(),
  /** 150 percent: half as many again as the formula asks. */
  buffer: ParameterName.optional(),
  /** Which figure is held against the limits: the sample's own rate (default), or a bound of its confidence. */
  judgedOn: z.enum(['rate', 'lower', 'upper']).optional(),
  /** Up to this error rate only the wrong claims are refused. */
  tolerance: ParameterName,
  /** Above this rate nothing is paid until the sample has been extended. */
  extendAbove: ParameterName.optional(),
  cite: IdSchema,
});

export const ContractSchema = z.strictObject({
  id: IdSchema,
  version: IdSchema,
  name: LabelSchema,
  country: z.string().regex(/^[A-Z]{2}$/),
  currency: CurrencySchema,
  payer: z.string().min(1),
  /** Providers under the contract; absent: the contract is a standard one and any registered provider may hold it. */
  providers: z.array(IdSchema).min(1).optional(),
  dates: z.strictObject({
    /** Absent where the start was not published: nothing is refused for coming too early. */
    from: DaySchema.optional(),
    until: DaySchema.optional(),
    /** Last day on which a claim is settled. */
    claimsUntil: DaySchema.optional(),
    cite: IdSchema,
  }),
  rounding: z.enum(ROUNDING),
  sources: z.record(IdSchema, SourceSchema),
  parameters: z.record(IdSchema, ParameterSchema),
  calendars: z.record(IdSchema, z.array(z.strictObject({ from: DaySchema, until: DaySchema }))).optional(),
  attributes: z.record(IdSchema, FieldSchema),
  events: z.record(IdSchema, EventKindSchema),
  eligibility: z.strictObject({ predicate: PredicateSchema, cite: IdSchema }).optional(),
  outcomes: z.record(
    IdSchema,
    z.strictObject({ label: LabelSchema, predicate: PredicateSchema, cite: IdSchema }),
  ),
  schedules: z
    .record(
      IdSchema,
      z.strictObject({
        unitPrice: ParameterName,
        shares: z.array(z.strictObject({ milestone: IdSchema, share: ParameterName })).min(1),
      }),
    )
    .optional(),
  indicators: z.record(IdSchema, IndicatorSchema).optional(),
  milestones: z.array(MilestoneSchema).min(1),
  caps: z.array(CapSchema).optional(),
  holdbacks: z.array(HoldbackSchema).optional(),
  advance: AdvanceSchema.optional(),
  guarantee: GuaranteeSchema.optional(),
  clawback: ClawbackSchema.optional(),
  equityFloors: z.array(EquityFloorSchema).optional(),
  targets: z.array(TargetSchema).optional(),
  verification: VerificationSchema.optional(),
  /** Readings taken where a source is silent or two disagree. */
  notes: z.array(LabelSchema).optional(),
});
/** A pay-for-results contract as data: what is paid, for which verified result, at which published price. */
export type ContractDefinition = z.infer<typeof ContractSchema>;
