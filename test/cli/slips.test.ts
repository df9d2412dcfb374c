import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryRoot } from '../workflow/temporary.ts';
import { cumple, ROOT } from './cumple.ts';

// What people really do with a folder of cycles: mistype it, hand in the wrong file, give a command twice.
const root = mkdtempSync(join(temporaryRoot(), 'cumple-slips-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const out = join(root, 'out');
const SAMPLE = join(ROOT, 'programmes/pe/juntos/sample');
const run = () =>
  cumple(
    ...[
      'cycle',
      'run',
      '--programme',
      'juntos',
      '--period',
      '2025-09',
      '--roster',
      SAMPLE,
      '--bank',
      'simulate',
    ],
    ...['--evidence', join(SAMPLE, 'evidence.csv'), join(SAMPLE, 'exemptions.csv'), '--out', out],
  );
const AGAIN = 'this cycle was closed already, with these inputs: nothing was done again';
beforeAll(async () => {
  const first = await run();
  expect(first.code, first.stderr).toBe(0);
  expect(first.stderr).not.toContain(AGAIN);
});

test('the same cycle again says that it was closed already', async () => {
  const { code, stderr } = await run();
  expect(code).toBe(0);
  expect(stderr).toContain('este ciclo ya estaba cerrado con estos insumos');
  expect(stderr).toContain(AGAIN);
});

describe('a mistyped folder is refused and not made', () => {
  const contract = ['--contract', 'cali-progresa-2019'];
  test.each([
    [['correction', 'list', '--programme', 'juntos']],
    [['correction', 'approve', 'R-1', '--programme', 'juntos', '--person', 'a']],
    [['household', 'history', 'H001', '--programme', 'juntos']],
    [['bank', 'deliver', join(ROOT, 'README.md'), '--programme', 'juntos']],
    [['claims', 'list', ...contract, '--provider', 'norte']],
    [['claims', 'export', ...contract]],
    [['claims', 'waiting', ...contract]],
    [['claims', 'draw', ...contract, '--period', '2025-09']],
  ])('%s', async (args) => {
    const dir = join(root, 'mistyped');
    const { code, stdout, stderr } = await cumple(...args, '--out', dir);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /BAD_INPUT \(.*mistyped\): there is no such folder\n[\s\S]*→ give the --out folder/,
    );
    expect(existsSync(dir)).toBe(false);
  });
  test('a folder in which nothing ran is told as such', async () => {
    const { stderr } = await cumple('correction', 'list', '--programme', 'juntos', '--out', root);
    expect(stderr).toContain('nothing has been run in this folder');
  });
});

test('an empty list of corrections says that there is none', async () => {
  const { code, stdout, stderr } = await cumple('correction', 'list', '--programme', 'juntos', '--out', out);
  expect([code, stdout]).toEqual([0, '']);
  expect(stderr).toContain('ninguna corrección de juntos / no correction of juntos');
});

test('our own payment file delivered as a report of the bank is refused, in both languages', async () => {
  const folder = join(out, 'bank/outbox/juntos/2025-09');
  const file = join(folder, readdirSync(folder)[0]!);
  const { code, stdout } = await cumple('bank', 'deliver', file, '--programme', 'juntos', '--out', out);
  expect(code).toBe(2);
  expect(stdout).toContain('es un archivo de pago (pain.001) para el banco, no un informe del banco');
  expect(stdout).toContain('this is a payment file (pain.001) for the bank, not a report of the bank');
});

describe('a contract of the folder', () => {
  const example = join(ROOT, 'docs/guides/claims-example');
  const dir = join(root, 'claims');
  const file = join(example, 'contracts/cursos-ejemplo.json');
  const later = ['--date', '2025-09-10', '--out', dir];
  test('is known by its id once a file put it in force', async () => {
    const commit = ['claims', 'commit', '--contract', file, '--period', '2025-09', '--date', '2025-09-01'];
    expect((await cumple(...commit, '--out', dir)).code).toBe(0);
    const submit = ['claims', 'submit', join(example, 'claims.csv'), '--contract', 'cursos-ejemplo'];
    const { code, stdout, stderr } = await cumple(...submit, '--provider', 'norte', ...later);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain('8 reclamos / claims, 0 observaciones / issues');
  });
  test('is not another content under the same id', async () => {
    const changed = join(root, 'changed');
    cpSync(example, changed, { recursive: true });
    const path = join(changed, 'contracts/cursos-ejemplo.json');
    const definition = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...definition, version: '2' }));
    const { code, stderr } = await cumple('claims', 'waiting', '--contract', path, '--out', dir);
    expect(code).toBe(1);
    expect(stderr).toMatch(/INPUTS_DIFFER .*in force in this folder with other content[\s\S]*→ give its id/);
  });
});
