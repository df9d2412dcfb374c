import { canonicalJson, hashOf, sha256 } from '../../domain/kernel/hash.ts';
import { shardName } from '../../domain/kernel/shards.ts';
import { bulk, definitionKey } from '../../functions/support/cycle.ts';
import type { Manifest } from '../../functions/support/intake/accept.ts';
import { batchKey, type Kind, type Plan } from '../../functions/support/intake/batch.ts';
import { pinnedReports } from '../../functions/support/late/freeze.ts';
import { type Audit, storedJson, unrepeatable } from './audit.ts';
import { takeInLate } from './receipts.ts';

const STEPS = {
  roster: ['PartitionRoster', 'ValidateRosterShard', 'AcceptRoster'],
  evidence: ['PartitionEvidence', 'ValidateEvidenceShard', 'AcceptEvidence'],
} as const;

/** Checks that a cycle's inputs are those that it froze, and reads roster and evidence again from the files given. */
export async function checkInputs(audit: Audit): Promise<void> {
  const { inputs } = audit;
  checkFreeze(audit);
  await checkPinned(audit);
  await takeInAgain(audit, 'roster', inputs.roster);
  for (const batch of inputs.evidence) await takeInAgain(audit, 'evidence', batch);
  await checkPrevious(audit);
  await checkLateReports(audit);
}

/** The folder, the control record and the frozen inputs name one another by hash. */
function checkFreeze({ findings, cycle, record, inputs }: Audit): void {
  const path = `bulk/${cycle.prefix}/inputs.json`;
  const hash = hashOf(inputs);
  findings.equal(path, 'sha256', hash, record.freezeHash);
  findings.equal(
    path,
    '(folder)',
    cycle.prefix,
    `cycles/${cycle.programme}/${cycle.period}/${hash.slice(0, 16)}`,
  );
  const opened = JSON.parse(String(record.inputs)) as Record<string, unknown>;
  for (const name of ['programme', 'period', 'maker', 'definitionHash', 'payer', 'contracts'] as const)
    findings.equal(path, name, inputs[name], opened[name]);
  findings.equal(path, 'roster.batch', inputs.roster.batch, opened.roster);
  findings.equal(
    path,
    'evidence',
    inputs.evidence.map(({ batch }) => batch),
    opened.evidence,
  );
}

/** Definition, contracts, claims, reversals, register, corrections and late reports: each lies under its own hash. */
async function checkPinned({ bundle, findings, inputs }: Audit): Promise<void> {
  const { definitionHash, contracts, corrections, lateReports } = inputs;
  const { claimsKey, verificationKey, reversalsKey, providersKey } = inputs;
  const pinned = [
    definitionKey(definitionHash),
    ...contracts.map(({ hash }) => definitionKey(hash)),
    ...[
      ...[claimsKey, verificationKey, reversalsKey, providersKey],
      ...[corrections?.key, lateReports?.key],
    ].flatMap((key) => key ?? []),
  ];
  for (const key of pinned) {
    const bytes = await bundle.objects.get(bulk(key));
    const hash = /([0-9a-f]{64})\.jsonl?$/.exec(key)?.[1];
    if (bytes) findings.equal(`bulk/${key}`, 'sha256', sha256(bytes), hash);
    else findings.differs({ path: `bulk/${key}`, what: 'missing' });
  }
}

/** Reads a batch again from the files as they were handed in. */
async function takeInAgain(
  audit: Audit,
  kind: Kind,
  { batch, hash }: { readonly batch: string; readonly hash: string },
): Promise<void> {
  const { findings, objects } = audit;
  const path = `bulk/${batchKey(kind, batch, 'manifest.json')}`;
  const plan = await storedJson<Plan>(audit, bulk(batchKey(kind, batch, 'plan.json')));
  objects.hide('bulk', `${kind}/${batch}/`);
  try {
    if (!plan)
      throw new Error('sin su plan no se sabe qué archivos eran / without its plan its files are not known');
    findings.equal(path, 'hash', hash, await intakeOf(audit, kind, batch, plan));
  } catch (error) {
    findings.differs(unrepeatable(path, error));
    objects.reveal('bulk', `${kind}/${batch}/`);
    await checkHashes(audit, kind, batch, hash);
  }
}

async function intakeOf(audit: Audit, kind: Kind, batch: string, plan: Plan): Promise<unknown> {
  const [partition, validate, accept] = STEPS[kind];
  const { programme, files } = plan;
  const mappingKey = `mappings/of-${batch}.json`;
  await audit.objects.provide(bulk(mappingKey), canonicalJson(plan.mapping));
  const call = (name: string, payload: object) => audit.call(name, payload);
  const cut = (await call(partition, { programme, files, mappingKey })) as { batch: string; shards: number };
  if (cut.batch !== batch)
    throw new Error(
      `sus archivos y su mapeo son del lote / its files and its mapping are those of batch ${cut.batch}`,
    );
  for (let shard = 0; shard < cut.shards; shard++) await call(validate, { programme, batch, shard });
  return ((await call(accept, cut)) as { hash: string }).hash;
}

/** Where the files are gone or are others, what was read of them is at least held against the hashes that were frozen. */
async function checkHashes(audit: Audit, kind: Kind, batch: string, frozen: string): Promise<void> {
  const { bundle, findings } = audit;
  const ref = bulk(batchKey(kind, batch, 'manifest.json'));
  const manifest = await storedJson<Manifest>(audit, ref);
  if (!manifest) return;
  const { hash, ...content } = manifest;
  findings.equal(`bulk/${ref.key}`, 'hash', hash, frozen);
  findings.equal(`bulk/${ref.key}`, '(content)', hashOf(content), frozen);
  for (const [name, expected] of Object.entries(manifest.objects)) {
    const key = batchKey(kind, batch, name);
    const bytes = await bundle.objects.get(bulk(key));
    if (bytes) findings.equal(`bulk/${key}`, 'sha256', sha256(bytes), expected);
    else findings.differs({ path: `bulk/${key}`, what: 'missing' });
  }
}

/** The state that the cycle went on from is the one whose hash it froze. */
async function checkPrevious({ bundle, findings, inputs, cycle }: Audit): Promise<void> {
  const { previous } = inputs;
  if (!previous) return;
  const digests: string[] = [];
  for (let lane = 0; lane < previous.lanes; lane++) {
    const key = `${previous.prefix}/${shardName(lane)}.jsonl`;
    const bytes = await bundle.objects.get(bulk(key));
    if (!bytes) findings.differs({ path: `bulk/${key}`, what: 'missing' });
    digests.push(bytes ? sha256(bytes) : '');
  }
  findings.equal(
    `bulk/${cycle.prefix}/inputs.json`,
    'previous.hash',
    sha256(digests.join('\n')),
    previous.hash,
  );
}

/** What the bank said late of earlier cycles, read again from its files. */
async function checkLateReports(audit: Audit): Promise<void> {
  if (!audit.inputs.lateReports) return;
  try {
    for (const { period, hash, takenIn } of await pinnedReports(audit.ports, audit.inputs))
      if (!takenIn) await takeInLate(audit, period, hash);
  } catch (error) {
    audit.findings.differs(unrepeatable(`bulk/${audit.inputs.lateReports.key}`, error));
  }
}
