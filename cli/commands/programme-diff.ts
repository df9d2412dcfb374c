import { compareProgrammes } from '../../domain/transfers/diff.ts';
import { parseArgs } from '../args.ts';
import { type Io, say } from '../io.ts';
import { usageOf } from '../usage.ts';
import { loadProgramme } from './programme-files.ts';

const USAGE = usageOf('programme diff');

/** Compares two versions rule by rule. Exit 0 whether or not they differ. */
export async function programmeDiff(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, { lang: 'text', json: 'switch' }, USAGE);
  const [current, proposed, ...more] = rest;
  if (!current || !proposed || more.length > 0)
    return say({ code: 'BAD_USAGE', message: 'name two versions', next: `usage: ${USAGE}` }, io);
  const before = loadProgramme(current, io.cwd);
  if (!before.ok) return say(before.error, io);
  const after = loadProgramme(proposed, io.cwd);
  if (!after.ok) return say(after.error, io);
  const differences = compareProgrammes(before.value, after.value, flags.lang === 'en' ? 'en' : 'es');
  if (flags.json) io.stdout.write(`${JSON.stringify({ differences }, null, 2)}\n`);
  else if (differences.length === 0) io.stdout.write('Sin diferencias. / No differences.\n');
  const { version } = before.value;
  if (differences.length > 0 && version === after.value.version)
    io.stderr.write(
      `aviso / note: las dos se llaman ${version}: dé a la nueva su propia versión / both are called ${version}: give the new one a version of its own\n`,
    );
  for (const item of flags.json ? [] : differences) {
    io.stdout.write(`${{ added: '+', removed: '-', changed: '~' }[item.change]} ${item.path}\n`);
    if (item.before) io.stdout.write(`    - ${item.before.replaceAll('\n', '\n      ')}\n`);
    if (item.after) io.stdout.write(`    + ${item.after.replaceAll('\n', '\n      ')}\n`);
  }
  return 0;
}
