import { z } from 'zod';
import { CLAIM_STATES, DocumentSchema } from '../../../domain/records/claim.ts';
import { CaseEventSchema } from '../../../domain/records/claim-case.ts';
import { DaySchema, IdSchema } from '../../../domain/records/contract-value.ts';
import { CHECK_CODES, CHECK_TEXTS } from '../../../domain/results/check-texts.ts';
import type { Language } from '../http/said.ts';
import type { ClaimRecord } from './record.ts';

const CheckView = z.strictObject({
  code: z.enum(CHECK_CODES),
  outcome: z.enum(['pass', 'fail', 'flag', 'unknown']),
  what: z.string(),
  observed: z.string(),
  next: z.string().optional(),
});

/** A claim as its institute sees it: checks with what to do, the decision with its reasons; never who verified. */
export const ClaimView = z.strictObject({
  id: IdSchema,
  contract: IdSchema,
  provider: IdSchema,
  participant: z.string(),
  milestone: IdSchema,
  state: z.enum(CLAIM_STATES),
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
});
export type ClaimView = z.input<typeof ClaimView>;

export const ClaimSummary = ClaimView.pick({
  id: true,
  contract: true,
  participant: true,
  milestone: true,
  state: true,
  submittedOn: true,
});

export function claimView(record: ClaimRecord, language: Language): ClaimView {
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
  };
}

export function claimSummary(record: ClaimRecord): z.input<typeof ClaimSummary> {
  const { id, contract, participant, milestone, state, submittedOn } = record;
  return { id, contract, participant, milestone, state, submittedOn };
}
