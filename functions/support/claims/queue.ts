import type { Json, Ports, Write } from '../../../adapters/ports.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import type { ClaimState } from '../../../domain/records/claim.ts';
import { mayVerify } from '../../../domain/results/claim.ts';
import { SaidRefusal } from '../http/said.ts';
import { rejectionWrites } from '../reversals/register.ts';
import { claimKey, decidedPk, queuePk, rejectedKey, takenPartPk } from './keys.ts';
import { tookPart } from './list.ts';
import { type ClaimDecision, type ClaimRecord, claimOf, eventWrite, unmoved } from './record.ts';

export type Verdict = {
  readonly programme: string;
  readonly claim: string;
  readonly verdict: 'confirmed' | 'rejected';
  readonly reasons: readonly string[];
  /** Hashes of what the verifier saw or made: photographs, visit notes. */
  readonly documents: readonly string[];
  readonly verifier: { readonly id: string; readonly provider?: string };
};

/** The write that puts a claim before the verifiers. With a task token where a workflow waits for the answer. */
export const queueWrite = (record: ClaimRecord, since: string, token?: string): Write => ({
  put: {
    pk: queuePk(record.programme),
    sk: record.id,
    provider: record.provider,
    contract: record.contract,
    milestone: record.milestone,
    submittedBy: record.submittedBy,
    submittedOn: record.submittedOn,
    since,
    ...(token !== undefined && { token }),
  },
});

/**
 * Records a verifier's decision and moves the claim by it. Verifier <> submitter and verifier's institute <> claim's
 * institute are conditions of the write itself. The same decision by the same verifier again changes nothing.
 */
export async function recordVerdict(
  ports: Ports,
  verdict: Verdict,
): Promise<{ record: ClaimRecord; token: string | undefined }> {
  const { programme, claim, verifier } = verdict;
  const queueKey = { pk: queuePk(programme), sk: claim };
  const queued = await ports.control.get(queueKey);
  if (!queued) return repeated(ports, verdict);
  const record = await claimOf(ports, { programme, provider: String(queued.provider), claim });
  unwrap(mayVerify(record, verifier));
  const on = ports.clock.now();
  const decision: ClaimDecision = {
    outcome: verdict.verdict === 'confirmed' ? 'verified' : 'refused',
    by: 'verifier',
    on: on.slice(0, 10),
    reasons: verdict.reasons,
  };
  const token = typeof queued.token === 'string' ? queued.token : undefined;
  await tookPart(ports, programme, `VERIFIER#${verifier.id}`);
  const outcome = await ports.control.write([
    {
      delete: queueKey,
      condition: {
        all: [
          { exists: 'pk' },
          { field: 'submittedBy', is: '<>', value: verifier.id },
          ...(verifier.provider === undefined
            ? []
            : [{ field: 'provider', is: '<>', value: verifier.provider } as const]),
        ],
      },
    },
    {
      check: { pk: takenPartPk(programme), sk: `SUBMITTER#${verifier.id}` },
      condition: { absent: 'pk' },
    },
    decidedWrite(record, verdict, on, token),
    ...(await moveWrites(ports, record, verdict, decision)),
    ...asRejected(record, verdict),
  ]);
  if (outcome.ok) {
    const { state } = record;
    return { record: { ...record, state: isSettled(state) ? state : decision.outcome, decision }, token };
  }
  if (outcome.failed === 1)
    throw new SaidRefusal('NOT_ALLOWED', {
      es: 'quien presenta reclamos en este programa no los verifica',
      en: 'whoever submits claims in this programme does not verify them',
    });
  if (outcome.failed === 0) unwrap(mayVerify(record, verifier));
  return repeated(ports, verdict);
}

const isSettled = (state: ClaimState): boolean => ['payable', 'paid', 'reversed'].includes(state);

/**
 * What a verdict does to its claim. One that a cycle settled after it was drawn stays what it is: if it is rejected, the
 * verifier reports by that its reversal, which somebody else decides.
 */
async function moveWrites(
  ports: Ports,
  record: ClaimRecord,
  { verdict, reasons, documents, verifier }: Verdict,
  decision: ClaimDecision,
): Promise<Write[]> {
  if (!isSettled(record.state)) return [eventWrite(record, verdict, 'verifier', { decision })];
  const { programme, provider, id } = record;
  const noted: Write = {
    update: claimKey(programme, provider, id),
    set: { decision },
    condition: unmoved(record),
  };
  if (verdict === 'confirmed' || record.state === 'reversed') return [noted];
  return [noted, ...(await rejectionWrites(ports, record, { person: verifier.id, reasons, documents }))];
}

const decidedWrite = (record: ClaimRecord, verdict: Verdict, on: string, token?: string): Write => ({
  put: {
    pk: decidedPk(record.programme),
    sk: record.id,
    provider: record.provider,
    milestone: record.milestone,
    participant: record.participant,
    verdict: verdict.verdict,
    verifier: verdict.verifier.id,
    reasons: verdict.reasons,
    documents: verdict.documents,
    decidedAt: on,
    revision: record.revision,
    ...(token !== undefined && { token }),
  },
});

/** What was rejected, as it was asserted: a correction replaces the claim's facts, and the sample's error stays. */
function asRejected(record: ClaimRecord, { verdict, reasons }: Verdict): Write[] {
  if (verdict !== 'rejected') return [];
  const { programme, id, revision } = record;
  const events = record.events as unknown as Json;
  return [{ put: { ...rejectedKey(programme, id, revision), verdict, revision, reasons, events } }];
}

const NOT_WAITING = {
  es: 'si ya se pagó y es falso, informe su anulación (`cumple claims reverse`)',
  en: 'if it was paid and is false, report its reversal (`cumple claims reverse`)',
};

/** A decision that was made already: the same one is answered again, another one is refused. */
async function repeated(
  ports: Ports,
  { programme, claim, verdict, verifier }: Verdict,
): Promise<{ record: ClaimRecord; token: string | undefined }> {
  const decided = await ports.control.get({ pk: decidedPk(programme), sk: claim });
  if (!decided)
    throw new SaidRefusal(
      'NOT_FOUND',
      {
        es: 'ese reclamo no espera verificación',
        en: 'that claim waits for no verification',
      },
      { next: NOT_WAITING },
    );
  if (decided.verifier !== verifier.id || decided.verdict !== verdict)
    throw new SaidRefusal(
      'WRONG_STAGE',
      { es: 'este reclamo ya se decidió', en: 'this claim has been decided' },
      { next: NOT_WAITING },
    );
  const record = await claimOf(ports, { programme, provider: String(decided.provider), claim });
  return { record, token: typeof decided.token === 'string' ? decided.token : undefined };
}
