import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { objectsIn, runToMoment } from '../simulation/killing.ts';
import { testSession } from '../workflow/harness.ts';
import { temporaryRoot } from '../workflow/temporary.ts';

// What only a process of its own can show: that it ends, with which code, and what else runs meanwhile.
const root = mkdtempSync(join(temporaryRoot(), 'cumple-process-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const never = () => false;

test('a refused approval ends the process by itself, with the refusal and no stack', async () => {
  const ended = await runToMoment(join(root, 'self'), never, ['--maker', 'demo.aprobadora.1']);
  expect(ended).toMatchObject({ killed: false, code: 1, stdout: '' });
  expect(ended.stderr).toMatch(/cumple: SELF_APPROVAL: .*\n {2}→ .*another --maker\n$/);
  expect(ended.stderr).not.toMatch(/\n\s+at /);
});

test('a folder whose cycles another process runs is left alone until that one has ended', async () => {
  const dir = join(root, 'shared');
  const other = await testSession(dir);
  const refused = await runToMoment(dir);
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toMatch(
    /cumple: CONFLICT .*process \d+ runs the workflows of this folder.*\n {2}→ wait/,
  );
  expect(objectsIn(dir)).toBe(0);
  await other.close();
  const free = await runToMoment(dir);
  expect(free.code, free.stderr).toBe(0);
  expect(JSON.parse(free.stdout).identities).toEqual({
    instructed: '0.00',
    netDebits: '0.00',
    balance: '0.00',
  });
});

test('bad usage ends with 2 at once and says nothing on stdout', async () => {
  const ended = await runToMoment(join(root, 'usage'), never, ['--bank', 'real']);
  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toMatch(
    /^cumple: la orden no está bien escrita: vea cómo se usa\ncumple: BAD_USAGE: /,
  );
});
