import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Ended, objectsIn, published, runToMoment } from '../simulation/killing.ts';

// What only a process of its own can show: that it ends, with which code, and what else runs meanwhile.
const root = mkdtempSync(join(tmpdir(), 'cumple-process-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const never = () => false;

test('a refused approval ends the process by itself, with the refusal and no stack', async () => {
  const ended = await runToMoment(join(root, 'self'), never, ['--maker', 'demo.aprobadora.1']);
  expect(ended).toMatchObject({ killed: false, code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/cumple: SELF_APPROVAL: .*\n {2}→ .*another --maker\n$/);
  expect(ended.stderr).not.toMatch(/\n\s+at /);
});

test('a second process in the same folder is refused while the first runs, and disturbs nothing', async () => {
  const dir = join(root, 'shared');
  let second: Promise<Ended> | undefined;
  const first = await runToMoment(dir, () => {
    if (!second && objectsIn(dir) > 20) second = runToMoment(dir);
    return false;
  });
  const refused = await second!;
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(
    /cumple: CONFLICT .*process \d+ runs the workflows of this folder.*\n {2}→ wait/,
  );
  expect(first.code, first.stderr).toBe(0);
  expect(JSON.parse(first.stdout).identities).toEqual({
    instructed: '0.00',
    netDebits: '0.00',
    balance: '0.00',
  });
  expect(Object.keys(published(dir))).toHaveLength(19);
});

test('bad usage ends with 2 at once and says nothing on stdout', async () => {
  const ended = await runToMoment(join(root, 'usage'), never, ['--bank', 'real']);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toMatch(/^cumple: BAD_USAGE: /);
});
