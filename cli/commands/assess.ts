import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { assessCase } from '../../domain/transfers/assess.ts';
import { parseArgs } from '../args.ts';
import { type Io, say } from '../io.ts';
import { usageOf } from '../usage.ts';
import { loadProgramme, parseJsonText, readJsonFile } from './programme-files.ts';

const USAGE = usageOf('assess');

/**
 * `cumple assess CASE.json`: one household, one period (DESIGN, section 7). JSON on stdout. Exit 0 assessed, 1
 * refused by a rule of the programme, 2 bad usage or bad input with the path in the case.
 */
export async function assess(args: string[], io: Io): Promise<number> {
  const { flags, rest } = parseArgs(args, { json: 'switch', lang: 'text' }, USAGE);
  const [file, ...more] = rest;
  if (!file || more.length > 0)
    return say({ code: 'BAD_USAGE', message: 'give one case file', next: `usage: ${USAGE}` }, io);
  const json =
    file === '-' ? parseJsonText(await text(io.stdin), 'stdin') : readJsonFile(resolve(io.cwd, file));
  if (!json.ok) return say(json.error, io);
  // A worked example is a case with its title and its expected answer around it.
  const wrapped = json.value as { case?: unknown; expect?: unknown } | null;
  const bare = (wrapped?.case !== undefined && wrapped.expect !== undefined ? wrapped.case : json.value) as {
    programme?: unknown;
  } | null;
  if (bare === null || typeof bare !== 'object' || bare.programme === undefined)
    return say(
      {
        code: 'BAD_INPUT',
        message: 'the case names no programme',
        at: `${file}: programme`,
        next: 'name one: "programme": "juntos"',
      },
      io,
    );
  // A path in the case may also start at the case's own folder.
  const beside = file === '-' ? io.cwd : dirname(resolve(io.cwd, file));
  const there = existsSync(resolve(io.cwd, String(bare.programme)));
  const definition = loadProgramme(bare.programme, there ? io.cwd : beside);
  if (!definition.ok) return say(definition.error, io);
  const answer = assessCase(definition.value, bare, flags.lang === 'en' ? 'en' : 'es');
  if (!answer.ok) return say({ ...answer.error, at: `${file}: ${answer.error.at ?? ''}` }, io);
  io.stdout.write(`${JSON.stringify(answer.value, null, 2)}\n`);
  return 0;
}
