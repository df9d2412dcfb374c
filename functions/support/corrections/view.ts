import { z } from 'zod';
import { CorrectionSchema } from '../../../domain/records/correction.ts';
import { MonthText } from '../http/page.ts';
import type { Language } from '../http/said.ts';
import { CORRECTION_STATE_WORDS, CORRECTION_STATES, type CorrectionRecord } from './register.ts';

/** A correction as staff see it: what is asked, who asked, who decided and why, and the cycle that applied it. */
export const CorrectionView = z.strictObject({
  correction: CorrectionSchema,
  state: z.enum(CORRECTION_STATES),
  /** The state in words of the reader's language. */
  stateText: z.string(),
  submittedBy: z.string(),
  submittedAt: z.string(),
  decidedBy: z.string().optional(),
  decidedAt: z.string().optional(),
  /** What the decision says; a refusal says why. */
  why: z.string().optional(),
  /** The cycle that paid or took it. */
  appliedIn: MonthText.optional(),
});
export type CorrectionView = z.input<typeof CorrectionView>;

export const correctionView = (record: CorrectionRecord, language: Language): CorrectionView =>
  ({ ...record, stateText: CORRECTION_STATE_WORDS[record.state][language] }) as unknown as CorrectionView;
