import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from '../args.ts';
import type { Io } from '../io.ts';
import { cycleRun } from './cycle-run.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const sample = join(root, 'programmes/pe/juntos/sample');

/** The main job on the small sample that ships: a JUNTOS cycle that shows every outcome. Starts afresh each time. */
export async function cycleDemo(args: string[], io: Io): Promise<number> {
  const { flags } = parseArgs(
    args,
    { out: 'text', json: 'switch' },
    'cumple cycle demo [--out DIR] [--json]',
  );
  const out = flags.out ?? join(root, 'out/demo');
  if (flags.out === undefined) await rm(out, { recursive: true, force: true });
  return cycleRun(
    [
      ...['--programme', 'juntos', '--period', '2025-09', '--roster', sample],
      ...['--evidence', join(sample, 'evidence.csv'), join(sample, 'exemptions.csv')],
      ...['--bank', 'simulate', '--seed', '1', '--every-outcome', '--out', out],
      ...(flags.json ? ['--json'] : []),
    ],
    io,
  );
}
