import { ABSENT, type Ports, type Write } from '../../../adapters/ports.ts';
import { hashOf } from '../../../domain/kernel/hash.ts';
import type { Day } from '../../../domain/kernel/period.ts';
import type { ClaimSubmission, Registration } from '../../../domain/records/claim.ts';
import { SaidRefusal } from '../http/said.ts';
import { type ContractInForce, contractInForce, requireHolder } from './contracts.ts';
import { claimKey, participantKey, takenKey } from './keys.ts';
import { tookPart } from './list.ts';
import { personTokens, registrationOf, tokensOf } from './people.ts';
import { type ClaimRecord, claimOf, eventWrite, fromItem, toItem } from './record.ts';
import { ensureCommitted } from './sampling.ts';
import { checkSubmission, unusedRows, useRows } from './submission.ts';

export type SubmitRequest = {
  readonly provider: string;
  readonly person: string;
  readonly submission: ClaimSubmission;
  /** Names the request: a repeat of it meets its own claim and gets it, any other meets a claim taken. */
  readonly requestKey: string;
};

/**
 * Takes a claim in: checks it against its contract, takes the person's milestone, keeps the claim and starts its
 * workflow. Refused: a contract that the institute does not hold, a participant that it has not registered, facts
 * that the contract cannot read, a milestone of the person that anybody claimed before (DUPLICATE_CLAIM, with the
 * date and without the institute). All of it in one transaction, so that of two claims at once exactly one gets in.
 */
export async function submitClaim(ports: Ports, request: SubmitRequest): Promise<ClaimRecord> {
  const { provider, submission } = request;
  const contract = await contractInForce(ports, submission.contract);
  requireHolder(contract, provider);
  const registered = await registrationOf(ports, contract, provider, submission.participant);
  if (!registered) throw notRegistered();
  checkSubmission(contract, submission, registered);
  const token = await tokensOf(ports);
  const { record, tokens } = newClaim(ports, request, contract, registered, token);
  await ensureCommitted(ports, contract, record.submittedOn as Day);
  await tookPart(ports, contract.programme, `SUBMITTER#${request.person}`);
  const taken: Write[] = tokens.map((personToken) => ({
    put: {
      ...takenKey(contract.programme, personToken, submission.milestone),
      claim: record.id,
      provider,
      submittedOn: record.submittedOn,
      requestKey: request.requestKey,
    },
    condition: ABSENT,
  }));
  const outcome = await ports.control.write([
    ...taken,
    { put: toItem(record), condition: ABSENT },
    {
      check: participantKey(contract.programme, provider, contract.definition.id, registered.id),
      condition: { exists: 'pk' },
    },
    ...useRows(contract, submission, {
      claim: record.id,
      personToken: record.personToken,
      shownAt: ports.clock.now(),
      token,
    }),
  ]);
  const kept = outcome.ok ? record : await sameClaim(ports, request, contract, tokens);
  await startChecks(ports, kept);
  return kept;
}

function newClaim(
  ports: Ports,
  { provider, person, submission, requestKey }: SubmitRequest,
  { programme }: ContractInForce,
  registered: Registration,
  token: (...parts: string[]) => string,
): { record: ClaimRecord; tokens: string[] } {
  const tokens = personTokens(token, registered);
  const submittedOn = ports.clock.now().slice(0, 10);
  const personToken = tokens.at(-1)!;
  const own = token('claim', programme, provider, submission.participant, submission.milestone).slice(0, 16);
  const record: ClaimRecord = {
    ...submission,
    id: `${submittedOn.replaceAll('-', '')}-${own}`,
    provider,
    submittedBy: person,
    submittedOn: submittedOn as Day,
    state: 'received',
    programme,
    revision: 1,
    personToken,
    requestKey,
    requestHash: hashOf(submission),
  };
  return { record, tokens };
}

/** The claim that this very request made before it was cut off; anything else is a claim made before. */
async function sameClaim(
  ports: Ports,
  { provider, submission, requestKey }: SubmitRequest,
  { programme }: ContractInForce,
  tokens: readonly string[],
): Promise<ClaimRecord> {
  for (const personToken of tokens) {
    const row = await ports.control.get(takenKey(programme, personToken, submission.milestone));
    if (!row) continue;
    if (row.provider === provider && row.requestKey === requestKey) {
      const item = await ports.control.get(claimKey(programme, provider, String(row.claim)));
      if (item && fromItem(item).requestHash === hashOf(submission)) return fromItem(item);
    }
    const on = String(row.submittedOn);
    throw new SaidRefusal(
      'DUPLICATE_CLAIM',
      {
        es: `${submission.milestone} de esta persona ya se reclamó el ${on}`,
        en: `${submission.milestone} of this person was already claimed on ${on}`,
      },
      { at: 'participant' },
    );
  }
  throw notRegistered();
}

const notRegistered = () =>
  new SaidRefusal(
    'NOT_FOUND',
    {
      es: 'esa persona no está registrada por este instituto',
      en: 'this institute has not registered that person',
    },
    { at: 'participant', next: 'register the participant first' },
  );

/** Starts (or, run again, meets) the workflow of this revision of a claim. */
export async function startChecks(ports: Ports, record: ClaimRecord): Promise<void> {
  const { programme, provider, id, revision, state } = record;
  if (state !== 'received' && state !== 'documents_missing') return;
  await ports.workflows.start('outcome-claim', `${id}-${revision}`, {
    programme,
    provider,
    claim: id,
    revision,
  });
}

export type OwnClaim = { readonly programme: string; readonly provider: string; readonly claim: string };

/**
 * Corrects a claim that was refused or withdrawn, or whose documents are missing: the same person and milestone with
 * better facts. It keeps its id and its place, and its checks begin again as the next revision.
 */
export async function correctClaim(
  ports: Ports,
  ref: OwnClaim,
  correction: Pick<ClaimSubmission, 'events' | 'documents'>,
  person: string,
): Promise<ClaimRecord> {
  const record = await claimOf(ports, ref);
  const contract = await contractInForce(ports, record.contract);
  const { participant, milestone } = record;
  const submission = { contract: record.contract, participant, milestone, ...correction };
  const registered = await registrationOf(ports, contract, record.provider, participant);
  if (!registered) throw notRegistered();
  checkSubmission(contract, submission, registered);
  const token = await tokensOf(ports);
  await tookPart(ports, record.programme, `SUBMITTER#${person}`);
  const next: ClaimRecord = {
    ...record,
    ...correction,
    state: 'received',
    revision: record.revision + 1,
    submittedBy: person,
    requestHash: hashOf(submission),
  };
  const { checks: _checks, decision: _decision, missing: _missing, ...fresh } = next;
  const write = eventWrite(record, 'corrected', 'institute');
  const outcome = await ports.control.write([
    { put: toItem(fresh), ...(write.condition && { condition: write.condition }) },
    ...useRows(contract, submission, {
      claim: record.id,
      personToken: record.personToken,
      shownAt: ports.clock.now(),
      // A withdrawn claim has given its documents back.
      ...(record.state !== 'withdrawn' && { shownBefore: record.documents }),
      token,
    }),
    ...unusedRows(record.programme, record.id, record.documents, correction.documents),
  ]);
  if (!outcome.ok)
    throw new SaidRefusal('CONFLICT', {
      es: 'el reclamo cambió mientras tanto',
      en: 'the claim has changed meanwhile',
    });
  await startChecks(ports, fresh);
  return fresh;
}

/** Asks for the checks again once the missing documents are uploaded: the next revision of the same claim. */
export async function recheckClaim(ports: Ports, ref: OwnClaim): Promise<ClaimRecord> {
  const record = await claimOf(ports, ref);
  if (record.state !== 'documents_missing')
    throw new SaidRefusal('WRONG_STAGE', {
      es: `el reclamo está en ${record.state}: no espera documentos`,
      en: `the claim is ${record.state}: it waits for no documents`,
    });
  const revision = record.revision + 1;
  const outcome = await ports.control.write([
    {
      update: claimKey(record.programme, record.provider, record.id),
      set: { revision },
      condition: {
        all: [
          { field: 'state', is: '=', value: 'documents_missing' },
          { field: 'revision', is: '=', value: record.revision },
        ],
      },
    },
  ]);
  const stored = await claimOf(ports, ref);
  if (!outcome.ok && stored.state !== 'documents_missing') return stored;
  await startChecks(ports, stored);
  return stored;
}

/** Takes a claim back before it is checked. Its person and milestone stay taken, its documents do not; it may be corrected later. */
export async function withdrawClaim(ports: Ports, ref: OwnClaim): Promise<ClaimRecord> {
  const record = await claimOf(ports, ref);
  if (record.state === 'withdrawn') return record;
  const outcome = await ports.control.write([
    eventWrite(record, 'withdrawn', 'institute'),
    ...unusedRows(record.programme, record.id, record.documents),
  ]);
  if (!outcome.ok)
    throw new SaidRefusal('CONFLICT', {
      es: 'el reclamo cambió mientras tanto',
      en: 'the claim has changed meanwhile',
    });
  return claimOf(ports, ref);
}
