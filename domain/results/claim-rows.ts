import type { Issue } from '../kernel/result.ts';
import { type ClaimSubmission, ClaimSubmissionSchema } from '../records/claim.ts';
import type { CaseEvent } from '../records/claim-case.ts';

/** One row of an institute's CSV: one event of one claim; several rows of a claim stand anywhere in the file. */
export type ClaimRow = { readonly line: number; readonly cells: { readonly [column: string]: string } };
const FIXED = new Set([
  'contract',
  'participant',
  'milestone',
  'kind',
  'date',
  'end',
  'document_sha256',
  'document_bytes',
  'document_type',
  'document_name',
]);

type Draft = {
  readonly line: number;
  readonly ids: Pick<ClaimSubmission, 'contract' | 'participant' | 'milestone'>;
  readonly events: CaseEvent[];
  readonly documents: Map<string, unknown>;
};

/**
 * Reads the rows of a claims file. Columns: contract (or `contract` given for the whole file), participant,
 * milestone, kind, date, end, document_*; every other column is a field of the event. Out: one submission per person
 * and milestone, in order of first appearance; issues with their line. A claim with a bad row is refused whole:
 * half of its evidence would give another result.
 */
export function claimsFromRows(
  rows: Iterable<ClaimRow>,
  contract?: string,
): {
  readonly claims: readonly (ClaimSubmission & { readonly line: number })[];
  readonly issues: readonly Issue[];
  readonly received: number;
} {
  const drafts = new Map<string, Draft>();
  let received = 0;
  for (const { line, cells } of rows) {
    received += 1;
    const cell = (name: string): string => (cells[name] ?? '').trim();
    const ids = {
      contract: cell('contract') || contract || '',
      participant: cell('participant'),
      milestone: cell('milestone'),
    };
    const key = Object.values(ids).join('|');
    const draft: Draft = drafts.get(key) ?? { line, ids, events: [], documents: new Map() };
    drafts.set(key, draft);
    const event: { [field: string]: string } = { kind: cell('kind'), date: cell('date') };
    if (cell('end')) event.end = cell('end');
    for (const name of Object.keys(cells)) if (!FIXED.has(name) && cell(name)) event[name] = cell(name);
    draft.events.push(event as CaseEvent);
    const sha256 = cell('document_sha256').toLowerCase();
    if (sha256)
      draft.documents.set(sha256, {
        sha256,
        bytes: Number(cell('document_bytes')),
        type: cell('document_type'),
        name: cell('document_name'),
      });
  }
  const claims: (ClaimSubmission & { line: number })[] = [];
  const issues: Issue[] = [];
  for (const { line, ids, events, documents } of drafts.values()) {
    const parsed = ClaimSubmissionSchema.safeParse({ ...ids, events, documents: [...documents.values()] });
    if (parsed.success) claims.push({ ...parsed.data, line });
    else
      issues.push(
        ...parsed.error.issues.map((found) => ({
          code: 'BAD_CLAIM',
          line,
          path: found.path.join('.'),
          message: found.message,
        })),
      );
  }
  return { claims, issues, received };
}
