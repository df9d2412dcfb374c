import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seeded } from '../../domain/kernel/random.ts';
import { stepsOfACycle } from '../workflow/harness.ts';
import { temporaryRoot } from '../workflow/temporary.ts';
import { afterObjects, objectsIn, published, runToMoment, Watcher } from './killing.ts';

const root = mkdtempSync(join(temporaryRoot(), 'cumple-kill-'));
let folders = 0;
const newDir = () => join(root, String(++folders));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let undisturbed: { files: Record<string, string>; states: string[]; objects: number; answer: string };
const answerOf = (stdout: string, dir: string) => stdout.replaceAll(dir, 'DIR');

beforeAll(async () => {
  const dir = newDir();
  const { code, stdout, stderr } = await runToMoment(dir);
  expect(code, stderr).toBe(0);
  const watcher = new Watcher(dir);
  undisturbed = {
    files: published(dir),
    states: watcher.states(),
    objects: objectsIn(dir),
    answer: answerOf(stdout, dir),
  };
  watcher.close();
});

/** Lets the command end in peace, and holds what it leaves against the undisturbed run. */
async function endsTheSame(dir: string): Promise<void> {
  const { code, stdout, stderr } = await runToMoment(dir);
  expect(code, stderr).toBe(0);
  expect(answerOf(stdout, dir)).toBe(undisturbed.answer);
  expect(published(dir)).toEqual(undisturbed.files);
}

/** Kills the command as it enters each of the states in turn, always in the same folder; returns how often. */
async function killedIn(states: readonly string[]): Promise<number> {
  const dir = newDir();
  const watcher = new Watcher(dir);
  let kills = 0;
  for (const state of states)
    if ((await runToMoment(dir, () => watcher.hasEntered(state))).killed) kills += 1;
  watcher.close();
  await endsTheSame(dir);
  return kills;
}

test('killed as it enters each step of each workflow, the command ends as if nothing had been', async () => {
  const steps = await stepsOfACycle();
  const entered = undisturbed.states.filter((state) => steps.includes(state.split('/')[1]!));
  expect(new Set(entered.map((state) => state.split('/')[1]))).toEqual(new Set(steps));
  const every = (rest: number) => entered.filter((_, i) => i % 2 === rest);
  const kills = await Promise.all([killedIn(every(0)), killedIn(every(1))]);
  // On a busy machine a short state may have passed before it was seen; that is no fault of the command.
  expect(kills[0]! + kills[1]!).toBeGreaterThan(entered.length * 0.8);
}, 120_000);

test('killed in the middle of steps, twice in a row and again, it ends the same', async () => {
  const random = seeded(20_251_109);
  const between = () => 1 + Math.floor(random() * (undisturbed.objects - 1));
  const plans = Array.from({ length: 2 }, () => Array.from({ length: 3 }, between).sort((a, b) => a - b));
  await Promise.all(
    plans.map(async (moments) => {
      const dir = newDir();
      for (const count of moments) await runToMoment(dir, afterObjects(dir, count));
      await endsTheSame(dir);
    }),
  );
}, 120_000);
