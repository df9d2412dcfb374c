import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generate } from '../../../cli/commands/generate.ts';
import { hasValidCheckDigits } from '../../../domain/kernel/check-digits.ts';
import { cciOf, shuffled } from '../../../local/generate/draw.ts';
import { generateData, recipes } from '../../../local/generate/generate.ts';
import { type Desk, intakeDesk } from '../../functions/intake/driver.ts';

let dir: string;
let desk: Desk;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'generate-'));
  desk = intakeDesk();
});
afterEach(() => {
  desk.close();
  rmSync(dir, { recursive: true, force: true });
});

const make = (programme: string, households: number, badRows = 0, seed = 1) =>
  generateData({ recipe: recipes[programme]!, households, seed, dir, badRows });
const text = (name: string) => readFileSync(join(dir, name), 'utf8');
const file = (role: string, name: string) => ({ role, name, body: text(name) });
const take = async (evidence: string, mapping?: unknown) => ({
  roster: await desk.take(
    'roster',
    [file('households', 'households.csv'), file('members', 'members.csv')],
    mapping,
  ),
  evidence: await desk.take('evidence', [file('evidence', evidence)], mapping),
});

test('the same seed writes the same bytes, another seed others', async () => {
  await make('juntos', 50);
  const first = text('members.csv') + text('households.csv') + text('evidence.csv');
  await make('juntos', 50);
  expect(text('members.csv') + text('households.csv') + text('evidence.csv')).toBe(first);
  await make('juntos', 50, 0, 2);
  expect(text('members.csv')).not.toBe(first.slice(0, text('members.csv').length));
});

test('a household does not depend on how many there are', async () => {
  await make('juntos', 20);
  const few = text('members.csv');
  await make('juntos', 40);
  expect(text('members.csv').startsWith(few)).toBe(true);
});

test('every row that is made is accepted', async () => {
  const made = await make('juntos', 300);
  const { roster, evidence } = await take('evidence.csv');
  expect(roster).toMatchObject({ households: 300, members: made.members, rejected: 0 });
  expect(evidence).toMatchObject({ rows: made.evidence, rejected: 0 });
});

test('PROGRESA-shaped data is read through its mapping', async () => {
  const made = await make('progresa-1998', 200);
  const mapping = JSON.parse(readFileSync('programmes/mx/progresa-1998/mapping.json', 'utf8')) as unknown;
  const { roster, evidence } = await take('school-enrolment.csv', mapping);
  expect(roster).toMatchObject({ households: 200, members: made.members, rejected: 0 });
  expect(evidence).toMatchObject({ rows: made.evidence, rejected: 0 });
});

test('bad rows on request are all set aside, one kind after the other', async () => {
  await make('juntos', 400, 16);
  const { roster, evidence } = await take('evidence.csv');
  expect(roster.byCode).toEqual({
    MALFORMED_ROW: 4,
    DUPLICATE_HOUSEHOLD: 2,
    UNKNOWN_HOUSEHOLD: 2,
    DUPLICATE_MEMBER: 2,
  });
  expect(evidence.byCode).toEqual({ MALFORMED_ROW: 2, BAD_PERIOD: 2, DUPLICATE_EVIDENCE: 2 });
});

test('accounts pass their check digits unless they are made to fail', () => {
  for (let i = 1; i < 50; i++) {
    expect(hasValidCheckDigits('pe.cci', cciOf(i, false))).toBe(true);
    expect(hasValidCheckDigits('pe.cci', cciOf(i, true))).toBe(false);
  }
});

test.each([1, 2, 3, 10, 97, 100])('%i numbers come in another order, each once', (count) => {
  expect([...shuffled(count, 5)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
});

test('the command says what it wrote, and what it cannot make', async () => {
  let out = '';
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      out += chunk;
      done();
    },
  });
  const io = { stdin: process.stdin, stdout: sink, stderr: sink, cwd: dir };
  expect(await generate(['--programme', 'juntos', '--households', '5', '--out', 'x', '--json'], io)).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ programme: 'juntos', period: '2025-09', seed: 1, households: 5 });
  await expect(
    generate(['--programme', 'none', '--households', '5', '--out', 'x'], io),
  ).rejects.toMatchObject({ name: 'UNKNOWN_PROGRAMME' });
  await expect(
    generate(['--programme', 'juntos', '--households', 'many', '--out', 'x'], io),
  ).rejects.toMatchObject({ name: 'BAD_USAGE' });
});
