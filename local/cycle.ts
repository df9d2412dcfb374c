import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Execution, Item } from '../adapters/ports.ts';
import { canonicalJson, hashOf, sha256 } from '../domain/kernel/hash.ts';
import type { Day, Month } from '../domain/kernel/period.ts';
import { Refused, unwrap } from '../domain/kernel/result.ts';
import { type Mapping, mappingOf, parseMapping } from '../domain/records/mapping.ts';
import type { Payer } from '../domain/records/payer.ts';
import type { ProgrammeDefinition } from '../domain/records/programme.ts';
import { bulk, cycleKey, definitionKey } from '../functions/support/cycle.ts';
import { readJson, writeOnce } from '../functions/support/jsonl.ts';
import type { CycleReport } from '../functions/support/reports/cycle-report.ts';
import { attempt } from './attempt.ts';
import { takeContracts } from './contracts.ts';
import { approveAsDemo, DEMO, playBank, repeatAnswers, withdrawAsDemo } from './demo-people.ts';
import { failed } from './failure.ts';
import type { Session } from './session.ts';
import { upload } from './upload.ts';

export type CycleRequest = {
  readonly definition: ProgrammeDefinition;
  readonly source: unknown;
  readonly period: Month;
  readonly rosterDir: string;
  readonly evidence: readonly string[];
  readonly mapping: unknown;
  readonly payer: Payer;
  /** Folder of contracts to settle, and the file of their verified claims. */
  readonly contractsDir?: string | undefined;
  readonly claims?: string | undefined;
  readonly maker: string;
  readonly bank: { readonly seed: number; readonly everyOutcome: boolean } | undefined;
  readonly asOf: Day;
  /** Tells the person something that a stage name does not. */
  readonly note: (text: string) => void;
};
type Batch = {
  batch: string;
  received: number;
  accepted: number;
  rejected: number;
  repeated?: boolean;
  byCode?: Record<string, number>;
};

const reportRef = (programme: string, period: string, name: string) =>
  ({ bucket: 'reports', key: `${programme}/${period}/${name}` }) as const;

/** What a cycle published, with the root of its manifest's hash tree. */
export type PublishedCycle = { readonly report: CycleReport; readonly root: string };

/** Takes files in, runs the payment cycle with the demo people, and returns its published report. */
export async function runCycle(session: Session, request: CycleRequest): Promise<PublishedCycle> {
  const { definition, period } = request;
  const programme = definition.id;
  const definitionHash = hashOf(request.source);
  await writeOnce(session.ports.objects, bulk(definitionKey(definitionHash)), canonicalJson(request.source));
  const given = request.mapping === undefined ? undefined : unwrap(parseMapping(request.mapping));
  const mappingKey = await storeMapping(session, mappingOf(definition, given));
  // All files are found before any is taken in.
  const rosterBatch = await rosterInput(session, request, mappingKey);
  const evidenceBatch = {
    programme,
    files: await evidenceFiles(session, request.evidence),
    mappingKey,
  };
  const settled =
    request.contractsDir === undefined
      ? {}
      : await takeContracts(session.ports.objects, request.contractsDir, request.claims);
  const roster = await intake(session, 'roster-intake', rosterBatch);
  sayBatch(request, 'padrón / roster', roster);
  const evidence = await intake(session, 'evidence-intake', evidenceBatch);
  sayBatch(request, 'evidencia / evidence', evidence);

  const input = {
    programme,
    period,
    maker: request.maker,
    definitionHash,
    roster: roster.batch,
    evidence: [evidence.batch],
    payer: request.payer,
    ...settled,
  };
  const name = `${programme}-${period}-${hashOf(input).slice(0, 12)}`;
  const before = await session.ports.control.get(cycleKey(programme, period));
  const { id } = await attempt(session.runtime, 'payment-cycle', name, input);
  await accompany(session, request, id, input);
  if (before?.status === 'CLOSED')
    request.note(
      '  este ciclo ya estaba cerrado con estos insumos: nada se hizo otra vez / this cycle was closed already, with these inputs: nothing was done again',
    );
  const report = await readJson<CycleReport>(
    session.ports.objects,
    reportRef(programme, period, 'report.json'),
  );
  const { root } = await readJson<{ root: string }>(
    session.ports.objects,
    reportRef(programme, period, 'manifest.json'),
  );
  return { report, root };
}

/** Does the people's part while the cycle runs: approvals, then the bank. Leaves a cycle of other inputs alone. */
async function accompany(session: Session, request: CycleRequest, id: string, input: object): Promise<void> {
  const cycle = { programme: request.definition.id, period: request.period };
  const plan = request.bank && {
    seed: request.bank.seed,
    everyOutcome: request.bank.everyOutcome,
    payer: request.payer,
    asOf: request.asOf,
    firstSequence: 1,
  };
  let done: Execution | undefined;
  const finished = session.runtime.wait(id).then((execution) => {
    done = execution;
  });
  // Where a person's part is refused the session closes, and nobody is left to hear that this wait ended with it.
  finished.catch(() => {});
  const isOurs = async () =>
    madeFrom(await session.ports.control.get(cycleKey(cycle.programme, cycle.period)), input);
  const interrupted = (await session.runtime.describe(id))?.status === 'RUNNING' && (await isOurs());
  if (interrupted) await repeatAnswers(session, cycle);
  while (!done) {
    const busy =
      (await isOurs()) &&
      ((await approve(session, cycle, finished)) ||
        (plan ? await playBank(session, cycle, plan) : await endWindow(session, cycle)));
    if (!busy) await Promise.race([finished, new Promise((resolve) => setTimeout(resolve, 25))]);
  }
  await finished;
  if (done.status !== 'SUCCEEDED') throw failed(session, done, `cycle ${cycle.period} of ${cycle.programme}`);
}

/** Whether a cycle was opened with this input; the record may hold more, where the input leaves a default out. */
function madeFrom(record: Item | undefined, input: object): boolean {
  if (!record) return false;
  const inputs = JSON.parse(String(record.inputs)) as Record<string, unknown>;
  return Object.entries(input).every(([name, value]) => canonicalJson(inputs[name]) === canonicalJson(value));
}

/**
 * Lets the demo checkers decide. Where the rules refuse them all (the maker is one of them) the maker withdraws the
 * proposal: the cycle ends refused, and can be made again by somebody else.
 */
async function approve(
  session: Session,
  cycle: { programme: string; period: Month },
  finished: Promise<void>,
): Promise<boolean> {
  try {
    return await approveAsDemo(session, cycle);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await withdrawAsDemo(session, cycle);
    await finished;
    throw new Refused({
      ...error.refusal,
      next: 'the proposal was withdrawn and nothing was sent; run the same command with another --maker',
    });
  }
}

/** Without a bank the window is ended at once: what was sent stays pending. */
async function endWindow(session: Session, cycle: { programme: string; period: Month }): Promise<boolean> {
  const record = await session.ports.control.get(cycleKey(cycle.programme, cycle.period));
  const window = await session.ports.control.get({ pk: record?.pk ?? '-', sk: 'WINDOW' });
  if (window?.status !== 'OPEN') return false;
  await session.call('EndBankWindow', { ...cycle, person: DEMO.bankOperator });
  return true;
}

async function intake<In extends { programme: string }>(
  session: Session,
  workflow: string,
  input: In,
): Promise<Batch> {
  const name = `${input.programme}-${hashOf(input).slice(0, 16)}`;
  const { id } = await attempt(session.runtime, workflow, name, input);
  const execution = await session.runtime.wait(id);
  if (execution.status === 'SUCCEEDED') return execution.output as Batch;
  const failure = failed(session, execution, workflow);
  if (!(failure instanceof Refused)) throw failure;
  throw new Refused({
    ...failure.refusal,
    next: 'correct the file and run the same command again; nothing was taken in',
  });
}

async function rosterInput(session: Session, request: CycleRequest, mappingKey: string) {
  const names = await readdir(request.rosterDir).catch(() => {
    throw new Refused({
      code: 'BAD_INPUT',
      message: `there is no roster folder ${request.rosterDir}`,
      at: request.rosterDir,
      next: 'name the folder that holds the roster files',
    });
  });
  const roles = rosterFiles(request.mapping);
  const paths = names.filter((name) => roles.has(name)).sort();
  if (paths.length === 0)
    throw new Refused({
      code: 'BAD_INPUT',
      message: `none of ${[...roles.keys()].join(', ')} is in ${request.rosterDir}`,
      at: request.rosterDir,
      next: 'name the files as the mapping says, or give a mapping with --mapping',
    });
  const files = [];
  for (const name of paths)
    files.push({
      ...(await upload(session.ports.objects, join(request.rosterDir, name))),
      role: roles.get(name)!,
    });
  return { programme: request.definition.id, files, mappingKey };
}

type RosterMapping = { households?: { file?: string }; members?: { file?: string } } | undefined;

/** Which file of the roster folder is which, by the mapping or by our own names. */
function rosterFiles(mapping: unknown): Map<string, string> {
  const { households, members } = (mapping as RosterMapping) ?? {};
  const files = new Map([[members?.file ?? 'members.csv', 'members']]);
  return files.set(households?.file ?? 'households.csv', 'households');
}

async function evidenceFiles(session: Session, paths: readonly string[]) {
  const files = [];
  for (const path of paths)
    files.push({
      ...(await upload(session.ports.objects, path)),
      role: basename(path).startsWith('exemptions') ? 'exemptions' : 'evidence',
    });
  return files;
}

async function storeMapping(session: Session, mapping: Mapping): Promise<string> {
  const text = canonicalJson(mapping);
  const key = `mappings/${sha256(text)}.json`;
  await writeOnce(session.ports.objects, bulk(key), text);
  return key;
}

function sayBatch(request: CycleRequest, what: string, batch: Batch): void {
  const codes = Object.entries(batch.byCode ?? {}).map(([code, count]) => `${code} ${count}`);
  request.note(
    `  ${what}: ${batch.received} filas recibidas / rows received, ${batch.accepted} aceptadas / accepted, ${batch.rejected} apartadas / quarantined` +
      (codes.length > 0 ? ` (${codes.join(', ')})` : ''),
  );
}
