import type { Day } from '../kernel/period.ts';

/** Why an outcome or a payment line was refused. The texts for people stand in `explain.ts`. */
export const REASONS = [
  'NO_EVIDENCE',
  'BELOW_THRESHOLD',
  'TOO_FEW_MONTHS',
  'OUTSIDE_WINDOW',
  'TOO_LATE',
  'GAP',
  'FIELD_MISMATCH',
  'OWN_EMPLOYER',
  'NO_ANCHOR',
  'AFTER_SETTLEMENT_DATE',
  'NOT_ELIGIBLE',
  'MISSING_ATTRIBUTE',
  'NO_PRICE',
  'VALUE_NOT_PUBLISHED',
  'CONDITION_HOLDS',
  'REQUIRES_MILESTONE',
  'BEFORE_CONTRACT_START',
  'AFTER_CONTRACT_END',
  'CLAIM_AFTER_DEADLINE',
  'OTHER_PROVIDER',
  'DUPLICATE_PARTICIPANT',
  'DOCUMENT_REUSED',
  'DUPLICATE_CLAIM',
  'ALREADY_PAID',
  'REVERSED',
  'VERIFIER_REJECTED',
  'CAP_REACHED',
  'BAND_PAYS_NOTHING',
  'SAMPLE_MUST_EXTEND',
  'AWAITS_VERIFICATION',
] as const;
export type Reason = (typeof REASONS)[number];

export type Met = {
  readonly met: true;
  readonly on: Day;
  readonly observed: string;
  readonly required: string;
};
export type Unmet = {
  readonly met: false;
  readonly reason: Reason;
  readonly observed: string;
  readonly required: string;
  /** The milestone, field or earlier date that the reason is about. */
  readonly about?: string;
};
/** Whether a predicate holds, since when, and what was seen against what was asked. */
export type Verdict = Met | Unmet;

export const met = (on: Day, observed: string, required: string): Met => ({
  met: true,
  on,
  observed,
  required,
});
export const unmet = (reason: Reason, observed: string, required: string, about?: string): Unmet => ({
  met: false,
  reason,
  observed,
  required,
  ...(about === undefined ? {} : { about }),
});
