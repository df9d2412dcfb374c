import { resolve } from 'node:path';
import { isMonth } from '../../domain/kernel/period.ts';
import { Refused } from '../../domain/kernel/result.ts';
import { generateData, recipes } from '../../local/generate/generate.ts';
import { parseArgs, required } from '../args.ts';
import type { Io } from '../io.ts';
import { usageOf } from '../usage.ts';

const usage = usageOf('generate');
const HOUSEHOLDS_MAX = 20_000_000;

const FLAGS = {
  programme: 'text',
  households: 'text',
  seed: 'text',
  period: 'text',
  'bad-rows': 'text',
  out: 'text',
  json: 'switch',
} as const;

/** Writes a made-up roster and evidence for tests and measurements; the same seed writes the same bytes. */
export async function generate(args: string[], io: Io): Promise<number> {
  const { flags } = parseArgs(args, FLAGS, usage);
  const name = required(flags.programme, 'programme', usage);
  const recipe = Object.hasOwn(recipes, name) ? recipes[name] : undefined;
  if (!recipe)
    throw new Refused({
      code: 'UNKNOWN_PROGRAMME',
      message: `there is no recipe for data of ${name}`,
      next: `choose one of: ${Object.keys(recipes).join(', ')}`,
    });
  const households = count(required(flags.households, 'households', usage), 'households', 1, HOUSEHOLDS_MAX);
  const seed = count(flags.seed ?? '1', 'seed', 0, 999_999_999);
  const badRows = count(flags['bad-rows'] ?? '0', 'bad-rows', 0, households);
  const { period } = flags;
  if (period !== undefined && !isMonth(period))
    throw bad(`--period must be a month such as 2026-01, not "${period}"`);
  const dir = resolve(io.cwd, required(flags.out, 'out', usage));
  const result = await generateData({ recipe, households, seed, dir, badRows, ...(period && { period }) });
  if (flags.json)
    io.stdout.write(
      `${JSON.stringify({ programme: name, period: period ?? recipe.period, seed, ...result })}\n`,
    );
  else
    io.stderr.write(
      `${result.households} hogares / households, ${result.members} integrantes / members, ${result.evidence} evidencias / evidence rows → ${dir}\n`,
    );
  return 0;
}

const bad = (message: string) => new Refused({ code: 'BAD_USAGE', message, next: `usage: ${usage}` });

function count(text: string, name: string, least: number, most: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw bad(`--${name} must be a whole number from ${least} to ${most}, not "${text}"`);
}
