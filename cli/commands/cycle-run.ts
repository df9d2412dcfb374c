import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { isDay, isMonth, type Month } from '../../domain/kernel/period.ts';
import { Refused, unwrap } from '../../domain/kernel/result.ts';
import { Payer } from '../../domain/records/payer.ts';
import { compileProgramme } from '../../domain/transfers/compile.ts';
import { summaryText } from '../../functions/support/reports/summary.ts';
import { runCycle } from '../../local/cycle.ts';
import { DEMO, demoDay } from '../../local/demo-people.ts';
import { WorkflowFailed } from '../../local/failure.ts';
import { loadProgramme, type ShippedProgramme } from '../../local/programmes.ts';
import { openSession } from '../../local/session.ts';
import { parseArgs, required } from '../args.ts';
import { cycleSummary } from '../cycle-summary.ts';
import type { Io } from '../io.ts';
import { progress } from '../progress.ts';
import { usageOf } from '../usage.ts';

const usage = usageOf('cycle run');

const FLAGS = {
  programme: 'text',
  period: 'text',
  roster: 'text',
  evidence: 'list',
  contracts: 'text',
  claims: 'text',
  bank: 'text',
  seed: 'text',
  maker: 'text',
  mapping: 'text',
  payer: 'text',
  date: 'text',
  out: 'text',
  'every-outcome': 'switch',
  json: 'switch',
} as const;

/**
 * Payment ids are the same whatever the bank does, from one period to the next: `--seed` is the bank's alone. Where the
 * claims come from the folder's own records it is the folder's key, by which those know their people.
 */
const DEMO_KEY_SEED = 1;

const badUsage = (message: string) => new Refused({ code: 'BAD_USAGE', message, next: `usage: ${usage}` });

/**
 * Runs a whole cycle on this machine with the demonstration people: intake, verification, calculation, the
 * approvals, payment files, the simulated bank, reconciliation, reports. Run again after a crash it goes on
 * where it was; run again after the end it shows the same result.
 */
export async function cycleRun(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, FLAGS, usage);
  if (rest.length > 0) throw badUsage(`nothing is known of "${rest.join(' ')}"`);
  const period = monthOf(required(flags.period, 'period', usage));
  const shipped = unwrap(await loadProgramme(required(flags.programme, 'programme', usage), io.cwd));
  unwrap(compileProgramme(shipped.definition, period));
  if (flags.bank !== undefined && flags.bank !== 'simulate')
    throw badUsage(`--bank knows "simulate", not "${flags.bank}"`);
  const seed = seedOf(flags.seed);
  const date = flags.date ?? demoDay(period);
  if (!isDay(date)) throw badUsage(`--date must be YYYY-MM-DD, not ${date}`);
  if (flags.evidence.length === 0) throw badUsage('--evidence is missing');
  const rosterDir = resolve(io.cwd, required(flags.roster, 'roster', usage));
  const dir = resolve(io.cwd, required(flags.out, 'out', usage));
  const now = `${date}T12:00:00Z`;
  const fromRecords = flags.contracts !== undefined && flags.claims === undefined;
  const key = fromRecords ? {} : { seed: DEMO_KEY_SEED };
  const session = await openSession({ dir, now, ...key }, progress(io));
  try {
    const { report, root } = await runCycle(session, {
      definition: shipped.definition,
      source: shipped.source,
      period,
      rosterDir,
      evidence: flags.evidence.map((path) => resolve(io.cwd, path)),
      mapping: await mappingOf(shipped, flags.mapping, io.cwd),
      payer: await payerOf(shipped, flags.payer, io.cwd),
      contractsDir: flags.contracts && resolve(io.cwd, flags.contracts),
      claims: flags.claims && resolve(io.cwd, flags.claims),
      maker: flags.maker ?? DEMO.maker,
      bank: flags.bank === 'simulate' ? { seed, everyOutcome: flags['every-outcome'] } : undefined,
      asOf: date,
      note: (text) => io.stderr.write(`${text}\n`),
    });
    if (flags.json) io.stdout.write(`${JSON.stringify(cycleSummary(report, root, dir))}\n`);
    else io.stdout.write(summaryText(report, { dir, root }));
    return 0;
  } catch (error) {
    if (!(error instanceof WorkflowFailed)) throw error;
    io.stderr.write(`cumple: ${error.message}\n`);
    return 1;
  } finally {
    await session.close();
  }
}

function monthOf(text: string): Month {
  if (isMonth(text)) return text;
  throw badUsage(`--period must be a month such as 2026-01, not "${text}"`);
}

function seedOf(text: string | undefined): number {
  if (text === undefined) return 1;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw badUsage(`--seed must be a whole number, not "${text}"`);
}

async function jsonFile(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = `not JSON: ${(error as Error).message}`;
    throw new Refused({ code: 'BAD_INPUT', message, at: path, next: 'correct the file' });
  }
}

async function named(path: string | undefined, cwd: string): Promise<unknown> {
  if (path === undefined) return undefined;
  const value = await jsonFile(resolve(cwd, path));
  if (value === undefined)
    throw new Refused({
      code: 'BAD_INPUT',
      message: `there is no file ${path}`,
      at: path,
      next: 'check the path',
    });
  return value;
}

/** The mapping that was named, else the programme's own, else none: our own column names. */
const mappingOf = async (
  shipped: ShippedProgramme,
  path: string | undefined,
  cwd: string,
): Promise<unknown> => (await named(path, cwd)) ?? (await jsonFile(`${shipped.dir}/mapping.json`));

/** The payer that was named, else the programme's own, else one that nobody can mistake for a real account. */
async function payerOf(shipped: ShippedProgramme, path: string | undefined, cwd: string): Promise<Payer> {
  const given = (await named(path, cwd)) ?? (await jsonFile(`${shipped.dir}/payer.json`));
  if (given === undefined) {
    const { name, country } = shipped.definition;
    return {
      name: name.es.slice(0, 70),
      account: { scheme: 'other', number: 'DEMO-0001' },
      bankCode: 'DEMO',
      town: 'Capital',
      country,
    };
  }
  const parsed = Payer.safeParse(given);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new Refused({
    code: 'BAD_INPUT',
    message: `${issue.path.join('.')}: ${issue.message}`,
    at: path ?? 'payer.json',
    next: 'correct the field that is named',
  });
}
