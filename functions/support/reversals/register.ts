import type { Condition, Item, Json, Ports, Write } from '../../../adapters/ports.ts';
import { claimKey, decidedPk, takenPartPk } from '../claims/keys.ts';
import { rowsOf, tookPart } from '../claims/list.ts';
import { type ClaimRecord, type ClaimRef, claimOf } from '../claims/record.ts';
import { SaidRefusal } from '../http/said.ts';
import {
  type Decidable,
  type Decision,
  decidableBy,
  decidedSo,
  decisionFields,
  registerPage,
} from '../register.ts';
import {
  badReason,
  decidedAlready,
  refuseInsider,
  refuseOwn,
  refuseStage,
  submitsClaims,
} from './refusals.ts';

export const REVERSAL_STATES = ['SUBMITTED', 'APPROVED', 'REFUSED'] as const;
export type ReversalState = (typeof REVERSAL_STATES)[number];

/** One report that a paid outcome is false, and what was decided of it. */
type Report = Decidable<ReversalState> & {
  readonly reason: string;
  /** Hashes of what shows it: photographs, visit notes. */
  readonly documents: readonly string[];
};

/**
 * The reversal of one claim's outcome in the register. Whether a cycle has taken it says the claim itself (`reversed`)
 * and the settlement state of its institute, which takes an outcome back once: nothing is marked here.
 */
export type ReversalRecord = Report & {
  readonly programme: string;
  readonly claim: string;
  readonly provider: string;
  readonly contract: string;
  readonly participant: string;
  readonly milestone: string;
  /** The programme whose cycles settled the outcome: only they can take it back. */
  readonly paidBy: string;
  /** Who confirmed the claim; none where its sample did not draw it. */
  readonly verifiedBy?: string;
  /** 1 for the first report; a refused one may be followed by another. */
  readonly attempt: number;
  /** Earlier reports of the same claim, all of them refused. */
  readonly refused: readonly Report[];
};

/** Who acts, and the institute that they belong to, if any. */
export type Actor = { readonly person: string; readonly institute?: string | undefined };

const registerPk = (programme: string) => `P#${programme}#REVERSALS`;
const keyOf = ({ programme, claim }: Pick<ReversalRecord, 'programme' | 'claim'>) => ({
  pk: registerPk(programme),
  sk: claim,
});

const recordOf = (item: Item): ReversalRecord => {
  const { pk: _pk, sk: _sk, ...record } = item;
  return record as unknown as ReversalRecord;
};

/** Only what a cycle has settled can be taken back; what waits for its money is settled too. */
const SETTLED: Condition = { field: 'state', oneOf: ['payable', 'paid'] };

/** Characters of a reason, which the institute reads. */
export const REASON_MAX = 300;
export type ReversalReport = ClaimRef &
  Actor & { readonly reason: string; readonly documents: readonly string[] };

/**
 * Reports that the outcome of a settled claim is false. The same report again changes nothing. Refused: no reason or a
 * long one (BAD_INPUT), an unknown claim (NOT_FOUND), one that no cycle has settled or that is reversed or being reversed already (WRONG_STAGE), and people of
 * its institute or who submit claims (NOT_ALLOWED). After a refusal another report may be made.
 */
export async function reportReversal(ports: Ports, report: ReversalReport): Promise<ReversalRecord> {
  const { programme, claim, person, reason } = report;
  if (reason.trim() === '' || reason.length > REASON_MAX) throw badReason(REASON_MAX);
  const record = await claimOf(ports, report);
  refuseOwn(record, report);
  const item = await ports.control.get(keyOf(report));
  const before = item && recordOf(item);
  if (before && sameReport(before, report)) return before;
  refuseStage(record, before);
  // Before the report, so that none stands whose reporter could approve the cycle that takes it.
  await tookPart(ports, programme, `VERIFIER#${person}`);
  const write = await reportWrite(ports, record, report, before);
  const outcome = await ports.control.write([
    write,
    { check: claimKey(programme, record.provider, claim), condition: SETTLED },
    outsider(programme, person),
  ]);
  if (outcome.ok) return recordOf(write.put);
  if (outcome.failed === 2) throw submitsClaims();
  const stored = await ports.control.get(keyOf(report));
  if (stored && sameReport(recordOf(stored), report)) return recordOf(stored);
  refuseStage(await claimOf(ports, report), stored && recordOf(stored));
  throw new SaidRefusal('CONFLICT', {
    es: 'el reclamo cambió mientras tanto',
    en: 'the claim has changed meanwhile',
  });
}

/** The write that enters a report, the first of its claim or the next one after a refusal. */
async function reportWrite(
  ports: Ports,
  claim: ClaimRecord,
  { person, reason, documents }: Pick<ReversalReport, 'person' | 'reason' | 'documents'>,
  before: ReversalRecord | undefined,
): Promise<{ readonly put: Item; readonly condition: Condition }> {
  const { programme, id, provider, contract, participant, milestone, settlement } = claim;
  const decided = await ports.control.get({ pk: decidedPk(programme), sk: id });
  const record: ReversalRecord = {
    programme,
    claim: id,
    provider,
    contract,
    participant,
    milestone,
    paidBy: settlement!.programme,
    ...(decided?.verdict === 'confirmed' && { verifiedBy: String(decided.verifier) }),
    attempt: (before?.attempt ?? 0) + 1,
    state: 'SUBMITTED',
    reason,
    documents,
    submittedBy: person,
    submittedAt: ports.clock.now(),
    refused: before ? [...before.refused, reportOf(before)] : [],
  };
  return {
    put: { ...keyOf(record), ...(record as unknown as { [field: string]: Json }) },
    condition: before
      ? {
          all: [
            { field: 'state', is: '=', value: 'REFUSED' },
            { field: 'attempt', is: '=', value: before.attempt },
          ],
        }
      : { absent: 'pk' },
  };
}

/** What a verifier says of a claim that a cycle has paid in the meantime. */
type Rejection = Pick<ReversalReport, 'person' | 'documents'> & { readonly reasons: readonly string[] };

/**
 * The write by which the rejection of a settled claim becomes the report that it is false, so that no money is lost
 * because a verdict came late; none where one is reported or approved already.
 */
export async function rejectionWrites(
  ports: Ports,
  claim: ClaimRecord,
  { person, documents, reasons }: Rejection,
): Promise<Write[]> {
  const item = await ports.control.get(keyOf({ programme: claim.programme, claim: claim.id }));
  const before = item && recordOf(item);
  if (before && before.state !== 'REFUSED') return [];
  const reason = reasons.join('; ').slice(0, REASON_MAX);
  return [await reportWrite(ports, claim, { person, documents, reason }, before)];
}

const reportOf = (record: ReversalRecord): Report => {
  const { state, reason, documents, submittedBy, submittedAt, decidedBy, decidedAt, why } = record;
  return {
    ...{ state, reason, documents, submittedBy, submittedAt },
    ...(decidedBy && decidedAt && { decidedBy, decidedAt }),
    ...(why && { why }),
  };
};

const sameReport = (stored: ReversalRecord, { person, reason, documents }: ReversalReport): boolean =>
  stored.state !== 'REFUSED' &&
  stored.submittedBy === person &&
  stored.reason === reason &&
  stored.documents.join() === documents.join();

export type ReversalDecision = Decision & Actor & { readonly programme: string; readonly claim: string };

/**
 * Approves or refuses a reversal that waits. That the person did not report it (SELF_APPROVAL), did not verify the claim,
 * is not of its institute and submits no claims (NOT_ALLOWED) are conditions of the write. An approval tells the claim in
 * the same transaction; the next cycle that freezes its inputs takes the money back. The same decision again changes
 * nothing; another one is refused (WRONG_STAGE).
 */
export async function decideReversal(ports: Ports, decision: ReversalDecision): Promise<ReversalRecord> {
  const { programme, claim, person, institute } = decision;
  const set = decisionFields(ports, decision);
  const asked = await reversalOf(ports, programme, claim);
  if (decidedSo(asked, set)) return asked;
  refuseInsider(asked, decision);
  const condition: Condition = {
    all: [
      ...decidableBy(person),
      { field: 'attempt', is: '=', value: asked.attempt },
      ...(asked.verifiedBy === undefined ? [] : [unlike('verifiedBy', person)]),
      ...(institute === undefined ? [] : [unlike('provider', institute)]),
    ],
  };
  const outcome = await ports.control.write([
    { update: keyOf(asked), set, condition },
    outsider(programme, person),
    ...(set.state === 'APPROVED' ? [foundFalse(asked, set.decidedAt)] : []),
  ]);
  if (!outcome.ok && outcome.failed === 1) throw submitsClaims();
  const stored = await reversalOf(ports, programme, claim);
  if (outcome.ok || decidedSo(stored, set)) return stored;
  refuseInsider(stored, decision);
  if (stored.state === 'SUBMITTED') refuseStage(await claimOf(ports, stored), undefined);
  throw decidedAlready(stored);
}

const unlike = (field: string, value: string): Condition => ({ field, is: '<>', value });

/** The claim says from now on that its money is to be taken back, and its facts prove nothing any more. */
const foundFalse = ({ programme, provider, claim, reason }: ReversalRecord, at: string): Write => ({
  update: claimKey(programme, provider, claim),
  set: { foundFalse: { on: at.slice(0, 10), reason } },
  condition: SETTLED,
});

/** Whoever submits claims in a programme neither reports nor decides a reversal. */
const outsider = (programme: string, person: string): Write => ({
  check: { pk: takenPartPk(programme), sk: `SUBMITTER#${person}` },
  condition: { absent: 'pk' },
});

/** A reversal by its claim. Refused: none (NOT_FOUND). */
export async function reversalOf(ports: Ports, programme: string, claim: string): Promise<ReversalRecord> {
  const item = await ports.control.get(keyOf({ programme, claim }));
  if (item) return recordOf(item);
  throw new SaidRefusal(
    'NOT_FOUND',
    { es: `nadie informó que ${claim} sea falso`, en: `nobody reported that ${claim} is false` },
    { next: '`cumple claims reversals` shows what was reported' },
  );
}

/** Every reversal of a programme's claims, by claim. */
export async function* reversalsOf(ports: Ports, programme: string): AsyncGenerator<ReversalRecord> {
  for await (const item of rowsOf(ports, registerPk(programme))) yield recordOf(item);
}

/** A page of a programme's reversals, by claim; of one state where it is given (registerPage). */
export async function reversalsPage(
  ports: Ports,
  programme: string,
  query: { state?: ReversalState | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: ReversalRecord[]; next?: string }> {
  const { items, ...next } = await registerPage(ports, registerPk(programme), query);
  return { items: items.map(recordOf), ...next };
}
