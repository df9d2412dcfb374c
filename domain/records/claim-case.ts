import { z } from 'zod';
import { DaySchema, IdSchema, plainKey } from './contract-value.ts';

const ScalarSchema = z.union([z.string().max(500), z.number(), z.boolean()]);
/** An institute by its id, or by its name where a case has no other. */
const ProviderSchema = z
  .string()
  .regex(/^[^\s|\p{Cc}][^|\p{Cc}]{0,63}$/u, 'a provider: at most 64 characters, without "|"');
/** Of a person, as their institute writes it. No blank at an end: "p1 " would be a second person to be paid for. */
export const PersonId = plainKey(z.string().min(1).max(64)).refine(
  (text) => text === text.trim() && !/\p{Cc}/u.test(text),
  'a person’s id: no blank at its ends, no control character',
);
/** The name or hash of a paper. */
const DocumentName = plainKey(z.string()).refine((text) => text !== '', 'the name of a document');
const AmountSchema = z.string().regex(/^\d{1,15}(\.\d+)?$/, 'an amount as a decimal string');

/** One dated fact; `end` is the last day that it proves. Further fields are those its kind declares. */
export const CaseEventSchema = z
  .object({
    kind: plainKey(z.string().min(1)),
    date: DaySchema,
    end: DaySchema.optional(),
    document: DocumentName.optional(),
  })
  .catchall(ScalarSchema);
export type CaseEvent = z.infer<typeof CaseEventSchema>;

export const CaseParticipantSchema = z.strictObject({
  id: PersonId,
  /** The institute that registered the person, where it is known. */
  provider: ProviderSchema.optional(),
  attributes: z.record(z.string(), ScalarSchema).optional(),
  events: z.array(CaseEventSchema).optional(),
  /** Milestones that the institute claims; absent: all of the contract's. */
  claims: z.array(IdSchema).optional(),
  /**
   * Claims that a verifier rejected, with the facts as they were asserted: priced to know the wrong money, never paid,
   * and no help to anything else. A milestone that is in `claims` too was corrected and confirmed since: it is paid
   * by the person's own facts, and the rejected ones stand alone.
   */
  rejected: z
    .array(
      z.strictObject({
        milestone: IdSchema,
        events: z.array(CaseEventSchema),
        reason: z.string().max(300).optional(),
      }),
    )
    .optional(),
});
export type CaseParticipant = z.infer<typeof CaseParticipantSchema>;

const OutcomeRef = { participant: PersonId, milestone: IdSchema };
export const VerdictSchema = z.strictObject({
  ...OutcomeRef,
  verdict: z.enum(['confirmed', 'rejected']),
  reason: z.string().max(300).optional(),
});
/**
 * What people verified: each stratum's claims, the ones drawn, and the verifier's verdict on each of those. A stratum is
 * judged once and remembered by its id, so that each period's stratum needs an id of its own.
 */
export const VerificationResultSchema = z.strictObject({
  strata: z.array(
    z.strictObject({
      id: plainKey(z.string().min(1)),
      /** All of the stratum's claims, as `participant|milestone`; absent: every claim not in another stratum. */
      claims: z.array(z.string()).optional(),
      sampled: z.array(VerdictSchema),
    }),
  ),
  /** Claims whose verification is not finished: neither paid nor lost. */
  waiting: z.array(z.strictObject({ ...OutcomeRef, stratum: z.string().min(1).optional() })).optional(),
});
export type VerificationResult = z.infer<typeof VerificationResultSchema>;

export const GivenParametersSchema = z.record(
  IdSchema,
  z.union([
    z.string(),
    z.number(),
    z.array(
      z.strictObject({
        when: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
        value: z.union([z.string(), z.number()]),
        from: DaySchema.optional(),
        until: DaySchema.optional(),
      }),
    ),
  ]),
);

export const GuaranteeSchema = z.strictObject({
  id: z.string().min(1),
  amount: AmountSchema,
  from: DaySchema.optional(),
  until: DaySchema,
});

/** What an earlier settlement paid for one milestone of one person; amounts in minor units. */
const PaidSchema = z.strictObject({
  on: DaySchema,
  outcomeOn: DaySchema,
  earned: z.int(),
  paid: z.int(),
  held: z.int(),
  /** The cap that left nothing of it. */
  cutBy: z.string().optional(),
});
/** The memory that one settlement hands to the next. Amounts are minor units; `settle` wrote it, `settle` reads it. */
export const SettlementStateSchema = z.strictObject({
  contract: IdSchema,
  provider: ProviderSchema,
  asOf: DaySchema,
  /** participant -> milestone (or milestone#k) -> what was paid. */
  paid: z.record(z.string(), z.record(z.string(), PaidSchema)),
  /** cap (or cap|participant, cap|milestone) -> used so far. */
  caps: z.record(z.string(), z.int()),
  /** Owed back by the provider and not yet netted. */
  owed: z.int().min(0),
  /** Milestones taken back, participant|milestone -> day: they are never paid again. */
  reversed: z.record(z.string(), DaySchema),
  advance: z.strictObject({ paid: z.int(), recovered: z.int() }),
  /** Claims that a verifier rejected, participant|milestone -> the reason: not paid until one confirms them. */
  rejected: z.record(z.string(), z.string()).optional(),
  /** Performance milestones: paid so far. */
  performance: z.record(z.string(), z.int()),
  /** Paid out in total, after everything. */
  payable: z.int(),
  /** Documents that paid outcomes rest on -> the person they are of. */
  documents: z.record(z.string(), z.string()).optional(),
  /**
   * Strata whose sample was judged, by id: never judged again. `wrong` of the `looked` minor units that were looked at
   * were found wrong; claims of a deducted stratum that are paid later carry that share.
   */
  strata: z
    .record(
      z.string(),
      z.strictObject({
        on: DaySchema,
        decision: z.enum(['pay', 'deduct']),
        wrong: z.int().min(0),
        looked: z.int().min(0),
      }),
    )
    .optional(),
});
export type SettlementState = z.infer<typeof SettlementStateSchema>;

/** One contract, one provider, one settlement (`cumple settle`). */
export const SettlementCaseSchema = z.strictObject({
  /** Id of a shipped contract, a path to a contract.json, or a definition written out here. */
  contract: z.union([z.string(), z.record(z.string(), z.unknown())]),
  date: DaySchema,
  provider: z.union([ProviderSchema, z.object({ id: ProviderSchema })]),
  participants: z.array(CaseParticipantSchema),
  /** Facts of the whole contract, such as an evaluator's report. */
  events: z.array(CaseEventSchema).optional(),
  /** Values for parameters that were not published. */
  parameters: GivenParametersSchema.optional(),
  guarantees: z.array(GuaranteeSchema).optional(),
  verification: VerificationResultSchema.optional(),
  /** Outcomes found false after they were paid. */
  reversals: z
    .array(z.strictObject({ ...OutcomeRef, date: DaySchema, reason: z.string().min(1) }))
    .optional(),
  /** Claims of the same person and milestone that came first, from any institute. */
  claimedBefore: z
    .array(z.strictObject({ ...OutcomeRef, date: DaySchema, provider: ProviderSchema.optional() }))
    .optional(),
  /** Documents that claims of other institutes rest on, and the person whom they are shown for there. */
  documentsElsewhere: z.array(z.strictObject({ document: DocumentName, participant: PersonId })).optional(),
  state: SettlementStateSchema.optional(),
});
export type SettlementCase = z.infer<typeof SettlementCaseSchema>;
