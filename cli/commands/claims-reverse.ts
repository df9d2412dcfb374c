import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { sha256 } from '../../domain/kernel/hash.ts';
import { Refused } from '../../domain/kernel/result.ts';
import type { ContractInForce } from '../../functions/support/claims/contracts.ts';
import { verifierDocumentRef } from '../../functions/support/claims/documents.ts';
import { claimById } from '../../functions/support/claims/list.ts';
import { claimOf } from '../../functions/support/claims/record.ts';
import {
  decideReversal,
  type ReversalRecord,
  reportReversal,
  reversalsOf,
} from '../../functions/support/reversals/register.ts';
import { reversalState, reversalView } from '../../functions/support/reversals/view.ts';
import { portsOf } from '../../local/functions.ts';
import { parseArgs, required } from '../args.ts';
import { cyclesFolder } from '../cycles-folder.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';
import { inForce } from './claims-folder.ts';

export const REVERSE_VERBS: readonly string[] = ['reverse', 'reversals'];
const USAGE = usageOf('claims');
const FLAGS = {
  contract: 'text',
  reason: 'text',
  document: 'list',
  person: 'text',
  institute: 'text',
  out: 'text',
  date: 'text',
  json: 'switch',
} as const;
type Flags = ReturnType<typeof parseArgs<typeof FLAGS>>['flags'];
type Ports = ReturnType<typeof portsOf>;
type Scene = {
  readonly ports: Ports;
  readonly contract: ContractInForce;
  readonly flags: Flags;
  readonly io: Io;
};

const badUsage = (message: string) => new Refused({ code: 'BAD_USAGE', message, next: `usage: ${USAGE}` });

/**
 * Paid claims that are found false: `reverse` reports one, `reversals approve` and `refuse` decide it (never who reported
 * or verified it, nor their institute), and the next cycle of the folder takes it back. `reversals` lists those of a
 * contract. Exit 0 done.
 */
export async function claimsReverse(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, FLAGS, USAGE);
  const act = actOf(rest);
  const reference = required(flags.contract, 'contract', USAGE);
  const dir = cyclesFolder(io.cwd, required(flags.out, 'out', USAGE));
  const ports = portsOf({ dir, ...(flags.date !== undefined && { now: `${flags.date}T12:00:00Z` }) });
  try {
    const person = flags.person ?? 'demo.administradora';
    const contract = await inForce(ports, { contract: reference, person }, io);
    await act({ ports, contract, flags, io });
    return 0;
  } finally {
    ports.close();
  }
}

function actOf([verb, ...words]: readonly string[]): (scene: Scene) => Promise<void> {
  const [first, second, ...more] = words;
  if (verb === 'reverse' && first !== undefined && second === undefined)
    return (scene) => report(scene, first);
  if (verb === 'reversals' && first === undefined) return list;
  if ((first === 'approve' || first === 'refuse') && second !== undefined && more.length === 0)
    return (scene) => decide(scene, first, second);
  throw badUsage('say reverse CLAIM, reversals, reversals approve CLAIM or reversals refuse CLAIM');
}

/** Who acts, as the flags say. */
const actor = ({ person, institute }: Flags) => ({
  person: required(person, 'person', USAGE),
  institute,
});

async function report(scene: Scene, claim: string): Promise<void> {
  const { ports, contract, flags, io } = scene;
  const { programme, definition } = contract;
  const reason = required(flags.reason, 'reason', USAGE);
  const by = actor(flags);
  const { provider } = await claimById(ports, { programme, contract: definition.id, claim });
  const documents: string[] = [];
  for (const name of flags.document) {
    const path = resolve(io.cwd, name);
    const bytes = await readFile(path).catch(() => {
      throw new Refused({
        code: 'BAD_INPUT',
        message: `cannot read ${path}`,
        at: path,
        next: 'check the path',
      });
    });
    const hash = sha256(bytes);
    await ports.objects.putIfAbsent(verifierDocumentRef(programme, claim, hash), bytes);
    documents.push(hash);
  }
  await print(scene, await reportReversal(ports, { programme, provider, claim, ...by, reason, documents }));
}

async function decide(scene: Scene, decision: 'approve' | 'refuse', claim: string): Promise<void> {
  const { ports, contract, flags } = scene;
  const { programme } = contract;
  const why = flags.reason === undefined ? {} : { why: flags.reason };
  await print(scene, await decideReversal(ports, { programme, claim, ...actor(flags), decision, ...why }));
}

async function list(scene: Scene): Promise<void> {
  const { ports, contract } = scene;
  for await (const record of reversalsOf(ports, contract.programme))
    if (record.contract === contract.definition.id) await print(scene, record);
}

async function print({ ports, flags, io }: Scene, record: ReversalRecord): Promise<void> {
  if (flags.json) {
    io.stdout.write(`${JSON.stringify(await reversalView(ports, record, 'es'))}\n`);
    return;
  }
  const { words } = reversalState(record, await claimOf(ports, record));
  const { claim, provider, participant, milestone, submittedBy, decidedBy, reason, why } = record;
  const people = [submittedBy, decidedBy].filter(Boolean).join(' → ');
  io.stdout.write(
    `${[claim, provider, participant, milestone, `${words.es} / ${words.en}`, people, why ?? reason].join('  ')}\n`,
  );
}
