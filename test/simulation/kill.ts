import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { seeded } from '../../domain/kernel/random.ts';
import { temporaryRoot } from '../workflow/temporary.ts';
import { afterObjects, type Moment, objectsIn, published, runToMoment, Watcher } from './killing.ts';

/**
 * The long version of kill.test.ts, for a person at a desk:
 *
 *     node test/simulation/kill.ts [SEED] [MOMENTS]
 *
 * Kills the cycle of `npm run cycle` with SIGKILL as it enters every state of its four workflows (each in a folder of
 * its own, Choice and Map states included), then at MOMENTS seeded moments in the middle of steps, once and twice,
 * then at as many moments of the next period in the same folder, and starts it again each time. Every file below reports/ and bank/, and the answer on stdout, must be those of an
 * undisturbed run, byte for byte. Ends with 1 where one is not. About two seconds a kill on one core.
 */
const seed = Number(process.argv[2] ?? 1);
const moments = Number(process.argv[3] ?? 40);
const root = mkdtempSync(join(temporaryRoot(), 'cumple-kill-'));
const say = (text: string) => process.stdout.write(`${text}\n`);
let folders = 0;
let kills = 0;
let wrong = 0;

const outcomeIn = (dir: string, stdout: string) => ({
  answer: stdout.replaceAll(dir, 'DIR'),
  files: published(dir),
});
type Outcome = ReturnType<typeof outcomeIn>;

const first = join(root, 'undisturbed');
const undisturbed = outcomeIn(first, (await runToMoment(first)).stdout);
const watcher = new Watcher(first);
const states = watcher.states();
watcher.close();
const objects = objectsIn(first);

const SECOND = ['--period', '2025-11'];
const both = join(root, 'undisturbed-both');
cpSync(first, both, { recursive: true });
const undisturbedBoth = outcomeIn(both, (await runToMoment(both, undefined, SECOND)).stdout);
const objectsBoth = objectsIn(both);
say(
  `${states.length} states, ${objects} objects, ${Object.keys(undisturbed.files).length} published files; ` +
    `${objectsBoth} and ${Object.keys(undisturbedBoth.files).length} after the second period`,
);

type Plan = (dir: string) => Moment[];
async function killedAt(
  name: string,
  plan: Plan,
  expected: Outcome = undisturbed,
  more: readonly string[] = [],
): Promise<void> {
  const dir = join(root, String(++folders));
  if (more.length > 0) cpSync(first, dir, { recursive: true });
  for (const moment of plan(dir)) if ((await runToMoment(dir, moment, more)).killed) kills += 1;
  const ended = await runToMoment(dir, undefined, more);
  const same = ended.code === 0 && isDeepStrictEqual(outcomeIn(dir, ended.stdout), expected);
  if (!same) wrong += 1;
  say(`${same ? 'equal    ' : 'DIFFERENT'} ${name}${same ? '' : `, see ${dir}\n${ended.stderr}`}`);
  if (same) rmSync(dir, { recursive: true, force: true });
}

const works: (() => Promise<void>)[] = [];
for (const state of states)
  works.push(() =>
    killedAt(state, (dir) => {
      const inside = new Watcher(dir);
      return [() => inside.hasEntered(state)];
    }),
  );
const random = seeded(seed);
const some = (from: number, to: number, count: number) =>
  Array.from({ length: count }, () => from + 1 + Math.floor(random() * (to - from - 1))).sort(
    (a, b) => a - b,
  );
const at =
  (counts: readonly number[]): Plan =>
  (dir) =>
    counts.map((count) => afterObjects(dir, count));
for (let i = 0; i < moments; i++) {
  const counts = some(0, objects, 1 + (i % 2));
  works.push(() => killedAt(`after ${counts.join(' and ')} objects`, at(counts)));
  const later = some(objects, objectsBoth, 1 + (i % 2));
  const name = `second period, after ${later.join(' and ')} objects`;
  works.push(() => killedAt(name, at(later), undisturbedBoth, SECOND));
}
// Two at a time: a process spends half of its time waiting for the disk.
const worker = async () => {
  for (let work = works.shift(); work; work = works.shift()) await work();
};
await Promise.all([worker(), worker()]);
say(`${kills} kills, ${wrong} runs with another outcome`);
if (wrong === 0) rmSync(root, { recursive: true, force: true });
process.exitCode = wrong === 0 ? 0 : 1;
