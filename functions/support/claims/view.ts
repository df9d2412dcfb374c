import { z } from 'zod';
import { CLAIM_STATES, DocumentSchema } from '../../../domain/records/claim.ts';
import { CaseEventSchema } from '../../../domain/records/claim-case.ts';
import { DaySchema, IdSchema } from '../../../domain/records/contract-value.ts';
import { CHECK_CODES, CHECK_TEXTS } from '../../../domain/results/check-texts.ts';
import type { Language } from '../http/said.ts';
import type { ClaimRecord } from './record.ts';
import { claimStateText } from './state-words.ts';

const CheckView = z.strictObject({
  code: z.enum(CHECK_CODES),
  outcome: z.enum(['pass', 'fail', 'flag', 'unknown']),
  what: z.string(),
  observed: z.string(),
  next: z.string().optional(),
});

/** The payment cycle that settled, paid or took back an outcome. */
const Cycle = z.strictObject({ programme: z.string(), period: z.string() });

/** A claim as its institute sees it: checks with what to do, the decision with its reasons; never who verified. */
export const ClaimView = z.strictObject({
  id: IdSchema,
  contract: IdSchema,
  provider: IdSchema,
  participant: z.string(),
  milestone: IdSchema,
  state: z.enum(CLAIM_STATES),
  /** The state in words of the reader's language, with its cycle and day. */
  stateText: z.string(),
  revision: z.int(),
  submittedOn: DaySchema,
  submittedBy: z.string(),
  events: z.array(CaseEventSchema),
  documents: z.array(DocumentSchema.extend({ missing: z.boolean() })),
  checks: z.array(CheckView).optional(),
  decision: z
    .strictObject({
      outcome: z.enum(['verified', 'refused']),
      by: z.enum(['checks', 'sample', 'verifier']),
      on: DaySchema,
      reasons: z.array(z.string()),
    })
    .optional(),
  settlement: Cycle.optional(),
  payment: Cycle.extend({ on: z.string(), endToEndId: z.string().optional() }).optional(),
  /** Found false after it was settled; the next cycle takes it back. */
  foundFalse: z.strictObject({ on: DaySchema, reason: z.string() }).optional(),
  reversal: Cycle.extend({ on: z.string(), reason: z.string().optional() }).optional(),
});
export type ClaimView = z.input<typeof ClaimView>;

export const ClaimSummary = ClaimView.pick({
  id: true,
  contract: true,
  participant: true,
  milestone: true,
  state: true,
  stateText: true,
  submittedOn: true,
  settlement: true,
  payment: true,
  foundFalse: true,
  reversal: true,
});

/** `awaited` is the period of the sample that a verified claim waits for. */
export function claimView(record: ClaimRecord, language: Language, awaited?: string): ClaimView {
  const { id, contract, provider, participant, milestone, state, revision, submittedOn, submittedBy } =
    record;
  const missing = new Set(state === 'documents_missing' ? record.missing : []);
  return {
    id,
    contract,
    provider,
    participant,
    milestone,
    state,
    stateText: claimStateText(record, awaited)[language],
    revision,
    submittedOn,
    submittedBy,
    events: record.events,
    documents: record.documents.map((document) => ({ ...document, missing: missing.has(document.sha256) })),
    ...(record.checks && {
      checks: record.checks.map(({ code, outcome, observed, next }) => ({
        code,
        outcome,
        observed,
        what: CHECK_TEXTS[code].what[language],
        ...(next && { next: next[language] }),
      })),
    }),
    ...(record.decision && { decision: { ...record.decision, reasons: [...record.decision.reasons] } }),
    ...moneyOf(record),
  };
}

export function claimSummary(record: ClaimRecord, language: Language): z.input<typeof ClaimSummary> {
  const { id, contract, participant, milestone, state, submittedOn } = record;
  const stateText = claimStateText(record)[language];
  return { id, contract, participant, milestone, state, stateText, submittedOn, ...moneyOf(record) };
}

/** Where the money of a claim is, as far as it has come. */
const moneyOf = ({ settlement, payment, foundFalse, reversal }: ClaimRecord) => ({
  ...(settlement && { settlement }),
  ...(payment && { payment }),
  ...(foundFalse && { foundFalse }),
  ...(reversal && { reversal }),
});
