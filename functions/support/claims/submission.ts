import type { Json, Write } from '../../../adapters/ports.ts';
import type { ClaimSubmission, Registration } from '../../../domain/records/claim.ts';
import { readFacts } from '../../../domain/results/facts.ts';
import { type FieldError, SaidRefusal } from '../http/said.ts';
import { checkPlan, employersOf } from './check-plan.ts';
import type { ContractInForce } from './contracts.ts';
import { documentUsePk, jobUsePk } from './keys.ts';

/** Jobs of one claim that enter the cluster index; a claim has one job, rarely two. */
const JOBS_INDEXED = 20;

/** Refuses a submission that its contract cannot read: milestone, event kinds, fields, documents, each by its path. */
export function checkSubmission(
  { definition }: ContractInForce,
  submission: ClaimSubmission,
  person: Registration,
): void {
  const errors: FieldError[] = [];
  const milestone = definition.milestones.find(({ id }) => id === submission.milestone);
  if (!milestone || milestone.level === 'contract')
    errors.push({
      path: 'milestone',
      code: 'UNKNOWN_MILESTONE',
      message: `${submission.milestone} is no milestone that is claimed by person; the contract has ${definition.milestones.flatMap((m) => (m.level === 'contract' ? [] : [m.id])).join(', ')}`,
    });
  const facts = readFacts(definition, [
    { id: person.id, attributes: person.attributes ?? {}, events: submission.events },
  ]);
  for (const { path = '', message, code } of facts.issues)
    errors.push({ path: path.replace('participants.0.', ''), message, code });
  submission.events.forEach(({ kind, document }, i) => {
    if (definition.events[kind]?.level === 'contract')
      errors.push({
        path: `events.${i}.kind`,
        code: 'CONTRACT_EVENT',
        message: `${kind} is a fact of the whole contract and shows nothing of a person`,
      });
    if (document !== undefined && !submission.documents.some(({ sha256 }) => sha256 === document))
      errors.push({
        path: `events.${i}.document`,
        code: 'UNKNOWN_DOCUMENT',
        message: 'no document is declared with this sha256',
      });
  });
  const hashes = submission.documents.map(({ sha256 }) => sha256);
  if (new Set(hashes).size < hashes.length)
    errors.push({
      path: 'documents',
      code: 'DUPLICATE_DOCUMENT',
      message: 'the same document is declared twice',
    });
  if (errors.length === 0) return;
  throw new SaidRefusal(
    'BAD_INPUT',
    {
      es: `el contrato no admite el reclamo: ${errors[0]!.path}`,
      en: `the contract does not take the claim: ${errors[0]!.path}`,
    },
    { errors },
  );
}

/** Gives back the documents that a claim no longer shows: attached by mistake, they are free for whom they are of. */
export const unusedRows = (
  programme: string,
  claim: string,
  documents: ClaimSubmission['documents'],
  kept: ClaimSubmission['documents'] = [],
): Write[] =>
  documents
    .filter(({ sha256 }) => !kept.some((one) => one.sha256 === sha256))
    .map(({ sha256 }) => ({ delete: { pk: documentUsePk(programme, sha256), sk: claim } }));

/**
 * Rows by which later claims find the documents and the employers that this one used. `shownAt` decides who showed a
 * document first, so that a correction writes none for what its claim has shown already.
 */
export function useRows(
  contract: ContractInForce,
  submission: ClaimSubmission,
  use: {
    claim: string;
    personToken: string;
    shownAt: string;
    shownBefore?: ClaimSubmission['documents'];
    token: (...parts: string[]) => string;
  },
): Write[] {
  const { programme } = contract;
  const plan = checkPlan(contract.definition);
  const item = (pk: string, sk: string, more: { readonly [field: string]: Json } = {}): Write => ({
    put: { pk, sk, ...more },
  });
  const jobs = employersOf(submission.events, plan)
    .slice(0, JOBS_INDEXED)
    .map((job) => jobUsePk(programme, use.token('job', job)));
  return [
    ...submission.documents
      .filter(({ sha256 }) => !use.shownBefore?.some((before) => before.sha256 === sha256))
      .map(({ sha256 }) =>
        item(documentUsePk(programme, sha256), use.claim, { person: use.personToken, shownAt: use.shownAt }),
      ),
    ...[...new Set(jobs)].map((pk) => item(pk, use.personToken)),
  ];
}
