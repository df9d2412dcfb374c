import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Refused, unwrap } from '../../domain/kernel/result.ts';
import { parseCorrection } from '../../domain/records/correction.ts';
import { checkCorrection } from '../../functions/support/corrections/check.ts';
import {
  CORRECTION_STATE_WORDS,
  type CorrectionRecord,
  correctionsOf,
  decideCorrection,
  submitCorrection,
} from '../../functions/support/corrections/register.ts';
import { portsOf } from '../../local/functions.ts';
import { parseArgs, required } from '../args.ts';
import { cyclesFolder } from '../cycles-folder.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';

const USAGE = usageOf('correction');
const FLAGS = {
  programme: 'text',
  person: 'text',
  reason: 'text',
  out: 'text',
  date: 'text',
  json: 'switch',
} as const;
type Flags = ReturnType<typeof parseArgs<typeof FLAGS>>['flags'];
type Ports = ReturnType<typeof portsOf>;

/**
 * Corrections of closed cycles: `submit` enters a case, `approve` and `refuse` decide it (never its submitter), and the
 * next cycle of the folder pays or takes the difference. `list` shows them. Exit 0 done.
 */
export async function correction(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, FLAGS, USAGE);
  const [verb, what, ...more] = rest;
  if (more.length > 0 || !['submit', 'approve', 'refuse', 'list'].includes(verb ?? ''))
    throw badUsage('say submit CASE.json, approve ID, refuse ID or list');
  if ((verb === 'list') !== (what === undefined))
    throw badUsage(`${verb} takes ${verb === 'list' ? 'nothing' : 'one'}`);
  const dir = cyclesFolder(io.cwd, required(flags.out, 'out', USAGE));
  const ports = portsOf({ dir, ...(flags.date !== undefined && { now: `${flags.date}T12:00:00Z` }) });
  try {
    if (verb === 'list') await list(ports, flags, io);
    else if (verb === 'submit') print(await submit(ports, resolve(io.cwd, what!), flags), flags, io);
    else print(await decide(ports, verb as 'approve', what!, flags), flags, io);
    return 0;
  } finally {
    ports.close();
  }
}

const badUsage = (message: string) => new Refused({ code: 'BAD_USAGE', message, next: `usage: ${USAGE}` });

async function submit(ports: Ports, file: string, { person }: Flags): Promise<CorrectionRecord> {
  const by = required(person, 'person', USAGE);
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Refused({
      code: 'BAD_INPUT',
      message: `${file}: ${(error as Error).message}`,
      at: file,
      next: 'give a file with one correction as JSON (docs/guides/correcting-a-closed-cycle.md)',
    });
  }
  const asked = unwrap(parseCorrection(json));
  await checkCorrection(ports, asked);
  return submitCorrection(ports, asked, by);
}

const decide = (ports: Ports, decision: 'approve' | 'refuse', id: string, flags: Flags) =>
  decideCorrection(ports, {
    programme: required(flags.programme, 'programme', USAGE),
    id,
    person: required(flags.person, 'person', USAGE),
    decision,
    ...(flags.reason !== undefined && { why: flags.reason }),
  });

async function list(ports: Ports, flags: Flags, io: Io): Promise<void> {
  const programme = required(flags.programme, 'programme', USAGE);
  let none = true;
  for await (const record of correctionsOf(ports, programme)) {
    print(record, flags, io);
    none = false;
  }
  if (none) io.stderr.write(`ninguna corrección de ${programme} / no correction of ${programme}\n`);
}

function print(record: CorrectionRecord, { json }: Flags, io: Io): void {
  const { correction: asked, state, submittedBy, decidedBy, appliedIn, why } = record;
  const { es, en } = CORRECTION_STATE_WORDS[state];
  const text = [
    asked.id,
    asked.household,
    asked.reason,
    [es, '/', en, ...(appliedIn ? [appliedIn] : [])].join(' '),
    [submittedBy, decidedBy].filter(Boolean).join(' → '),
    why ?? asked.because,
  ].join('  ');
  io.stdout.write(`${json ? JSON.stringify(record) : text}\n`);
}
