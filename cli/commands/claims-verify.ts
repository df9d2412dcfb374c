import { resolve } from 'node:path';
import { type Day, isMonth, type Month, monthOf } from '../../domain/kernel/period.ts';
import { Refused } from '../../domain/kernel/result.ts';
import type { ContractInForce } from '../../functions/support/claims/contracts.ts';
import { frameOf } from '../../functions/support/claims/draw.ts';
import { queuePk } from '../../functions/support/claims/keys.ts';
import { rowsOf } from '../../functions/support/claims/list.ts';
import { type ClaimRecord, claimOf } from '../../functions/support/claims/record.ts';
import { commitSample, contractRule } from '../../functions/support/claims/sampling.ts';
import { claimView } from '../../functions/support/claims/view.ts';
import { parseArgs, required } from '../args.ts';
import { cyclesFolder } from '../cycles-folder.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';
import { type Folder, inForce, openFolder } from './claims-folder.ts';

export const VERIFY_VERBS: readonly string[] = ['commit', 'draw', 'waiting', 'decide'];
export const VERIFY_USAGE = usageOf('claims');
const FLAGS = {
  contract: 'text',
  period: 'text',
  extend: 'text',
  verdict: 'text',
  reason: 'list',
  person: 'text',
  institute: 'text',
  out: 'text',
  date: 'text',
  json: 'switch',
} as const;
type Flags = ReturnType<typeof parseArgs<typeof FLAGS>>['flags'];
type Scene = {
  readonly folder: Folder;
  readonly contract: ContractInForce;
  readonly flags: Flags;
  readonly io: Io;
};

const badUsage = (message: string) =>
  new Refused({ code: 'BAD_USAGE', message, next: `usage: ${VERIFY_USAGE}` });

/**
 * The sample and the verifiers: `commit` publishes the commitment to a period's seed and rule before its claims are
 * known, `draw` draws the sample (`--extend N` draws N more), `waiting` lists what a verifier may decide, `decide`
 * confirms or rejects claims. The same functions as over HTTP, so the same people are turned away. Exit 0 done.
 */
export async function claimsVerify(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, FLAGS, VERIFY_USAGE);
  const [verb, ...ids] = rest;
  if ((verb === 'decide') !== ids.length > 0)
    throw badUsage(`${verb} takes ${verb === 'decide' ? 'CLAIM...' : 'no file'}`);
  const reference = required(flags.contract, 'contract', VERIFY_USAGE);
  // A sample is committed before there are claims; everything else goes on with what is there.
  const dir = (verb === 'commit' ? resolve : cyclesFolder)(io.cwd, required(flags.out, 'out', VERIFY_USAGE));
  const now = flags.date === undefined ? {} : { now: `${flags.date}T12:00:00Z` };
  const verbs = { commit, draw, waiting, decide: (scene: Scene) => decide(scene, ids) };
  const folder = await openFolder({ dir, ...now });
  try {
    const person = flags.person ?? 'demo.administradora';
    const contract = await inForce(folder.ports, { contract: reference, person }, io);
    await verbs[verb as keyof typeof verbs]({ folder, contract, flags, io });
    return 0;
  } finally {
    await folder.close();
  }
}

function periodOf({ period }: Flags): Month {
  const text = required(period, 'period', VERIFY_USAGE);
  if (isMonth(text)) return text;
  throw badUsage(`--period must be a month such as 2026-01, not "${text}"`);
}

function print({ flags, io }: Scene, json: unknown, text: string): void {
  io.stdout.write(`${flags.json ? JSON.stringify(json) : text}\n`);
}

async function commit(scene: Scene): Promise<void> {
  const { folder, contract, flags } = scene;
  const period = periodOf(flags);
  if (period < monthOf(folder.ports.clock.now().slice(0, 10) as Day))
    throw new Refused({
      code: 'PERIOD_NOT_PAYABLE',
      message: `${period} is over: its claims are known`,
      next: 'commit before the period’s claims are known',
    });
  const rule = contractRule(contract, `${period}-01` as Day);
  if (!rule)
    throw new Refused({
      code: 'BAD_INPUT',
      message: `contract ${contract.definition.id} has no sampling rule that is published`,
      at: 'verification',
      next: 'its claims are verified without a sample, or the clause is filled in',
    });
  const person = flags.person ?? 'demo.administradora';
  const committed = await commitSample(folder.ports, contract.programme, period, rule, person);
  print(scene, committed, `${period}: compromiso / commitment ${committed.commitment}`);
}

type Drawn = {
  population: number;
  size: number;
  round: number;
  commitment: string;
  seed: string;
  salt: string;
};

async function draw(scene: Scene): Promise<void> {
  const { folder, contract, flags } = scene;
  const period = periodOf(flags);
  const extend = flags.extend ?? '0';
  if (!/^\d{1,5}$/.test(extend)) throw badUsage(`--extend must be a whole number, not "${extend}"`);
  const { programme } = contract;
  const input = { programme, period, extendBy: Number(extend) };
  const drawn = (await folder.call('SampleClaims', input)) as Drawn;
  await told(folder, programme, period);
  const { population, size, round, commitment, seed, salt } = drawn;
  print(
    scene,
    drawn,
    `${period}: ${size} de / of ${population} (ronda / round ${round})\n  compromiso / commitment ${commitment}\n  semilla / seed ${seed}\n  sal / salt ${salt}`,
  );
}

const TURN_MS = 5;
const TURNS = 1_000;

/** Waits, a few seconds at most, until every claim of the draw has heard whether it was drawn. */
async function told({ ports }: Folder, programme: string, period: Month): Promise<void> {
  for await (const { sk: claim, provider } of frameOf(ports, programme, period))
    for (let turn = 0; turn < TURNS; turn++) {
      const { state } = await claimOf(ports, { programme, provider: String(provider), claim });
      if (state !== 'checking') break;
      await new Promise((done) => setTimeout(done, TURN_MS));
    }
}

/** Claims that a person may decide: not their own, nor their institute's. */
async function waiting(scene: Scene): Promise<void> {
  const { folder, contract, flags } = scene;
  const { programme, definition } = contract;
  for await (const row of rowsOf(folder.ports, queuePk(programme))) {
    if (row.contract !== definition.id || row.provider === flags.institute) continue;
    if (row.submittedBy === flags.person) continue;
    const record = await claimOf(folder.ports, { programme, provider: String(row.provider), claim: row.sk });
    print(scene, claimView(record, 'es'), lineOf(record));
  }
}

const lineOf = ({ id, provider, participant, milestone, events, documents }: ClaimRecord): string =>
  `${id}  ${provider}  ${participant}  ${milestone}  ${events.map(({ kind, date, end }) => `${kind} ${date}${end ? `..${end}` : ''}`).join(', ')}  (${documents.length} documentos / documents)`;

async function decide(scene: Scene, ids: readonly string[]): Promise<void> {
  const { folder, contract, flags } = scene;
  const verdict = flags.verdict;
  if (verdict !== 'confirmed' && verdict !== 'rejected')
    throw badUsage(`--verdict is confirmed or rejected, not "${verdict ?? ''}"`);
  if (verdict === 'rejected' && flags.reason.length === 0)
    throw badUsage('a rejection says why: --reason TEXT');
  const person = required(flags.person, 'person', VERIFY_USAGE);
  for (const claim of ids) {
    const { state } = (await folder.call('RecordVerification', {
      programme: contract.programme,
      claim,
      person,
      ...(flags.institute !== undefined && { provider: flags.institute }),
      verdict,
      reasons: flags.reason,
      documents: [],
    })) as { state: string };
    print(scene, { claim, state }, `${claim}  ${state}`);
  }
}
