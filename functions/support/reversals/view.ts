import { z } from 'zod';
import type { Ports } from '../../../adapters/ports.ts';
import { IdSchema } from '../../../domain/records/contract-value.ts';
import { type ClaimRecord, claimOf } from '../claims/record.ts';
import { MonthText } from '../http/page.ts';
import type { Language, Said } from '../http/said.ts';
import { Sha256 } from '../http/uploads.ts';
import { REVERSAL_STATE_WORDS } from './refusals.ts';
import { REVERSAL_STATES, type ReversalRecord } from './register.ts';

const Report = z.strictObject({
  state: z.enum(REVERSAL_STATES),
  reason: z.string(),
  documents: z.array(Sha256),
  submittedBy: z.string(),
  submittedAt: z.string(),
  decidedBy: z.string().optional(),
  decidedAt: z.string().optional(),
  /** What the decision says; a refusal says why. */
  why: z.string().optional(),
});

/** A reversal as staff see it: what was reported and decided, and the cycle that took it (`APPLIED`). */
export const ReversalView = Report.extend({
  programme: IdSchema,
  claim: IdSchema,
  contract: IdSchema,
  provider: IdSchema,
  participant: z.string(),
  milestone: IdSchema,
  paidBy: z.string(),
  verifiedBy: z.string().optional(),
  attempt: z.int(),
  state: z.enum([...REVERSAL_STATES, 'APPLIED']),
  /** The state in words of the reader's language. */
  stateText: z.string(),
  /** Earlier reports of the same claim, all refused. */
  refused: z.array(Report),
  appliedIn: z.strictObject({ programme: z.string(), period: MonthText }).optional(),
});
export type ReversalView = z.input<typeof ReversalView>;

/** What has become of a reversal: as decided, or taken by a cycle, which its claim says. */
export function reversalState(
  { state }: ReversalRecord,
  { reversal }: Pick<ClaimRecord, 'reversal'>,
): { readonly state: ReversalView['state']; readonly words: Said } {
  if (state !== 'APPROVED' || !reversal) return { state, words: REVERSAL_STATE_WORDS[state] };
  const cycle = `${reversal.programme} ${reversal.period}`;
  return {
    state: 'APPLIED',
    words: { es: `anulado en el ciclo ${cycle}`, en: `taken back in cycle ${cycle}` },
  };
}

export async function reversalView(
  ports: Ports,
  record: ReversalRecord,
  language: Language,
): Promise<ReversalView> {
  const claim = await claimOf(ports, record);
  const { state, words } = reversalState(record, claim);
  const { programme, period } = claim.reversal ?? {};
  return {
    ...record,
    documents: [...record.documents],
    refused: record.refused.map((each) => ({ ...each, documents: [...each.documents] })),
    state,
    stateText: words[language],
    ...(state === 'APPLIED' && { appliedIn: { programme: programme!, period: period! } }),
  };
}
