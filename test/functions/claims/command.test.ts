import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { claims } from '../../../cli/commands/claims.ts';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'cumple-claims-'));
  writeFileSync(join(cwd, 'a.pdf'), 'contrato de ana');
  writeFileSync(join(cwd, 'b.pdf'), 'contrato de eva');
  writeFileSync(
    join(cwd, 'claims.csv'),
    [
      'participant;milestone;kind;date;contract;employer;document',
      'ana;placement;job;2026-01-12;formal;textiles;a.pdf',
      'luz;placement;job;2026-01-32;formal;textiles;a.pdf',
      'eva;placement;job;2026-01-12;formal;instituto-norte;b.pdf',
    ].join('\n'),
  );
  writeFileSync(
    join(cwd, 'lost.csv'),
    'participant,milestone,kind,date,document\nana,placement,job,2026-01-12,c.pdf\n',
  );
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function run(...args: string[]) {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await claims(args, { stdin: new PassThrough(), stdout, stderr, cwd });
  return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
}
const where = ['--contract', 'cali-progresa-2019', '--out', 'data', '--date', '2026-03-10'];
const norte = [...where, '--provider', 'instituto-norte'];

it('takes in a CSV with its documents, checks it, and lists it', async () => {
  const first = await run('submit', 'claims.csv', ...norte, '--json');
  expect(first.code).toBe(1);
  expect(first.err).toContain(
    'línea / line 3: BAD_VALUE (events.date): debe ser un día que existe, AAAA-MM-DD / a calendar day, YYYY-MM-DD',
  );
  const { rows, claims: taken, issues } = JSON.parse(first.out);
  expect(rows).toBe(3);
  expect(issues).toMatchObject([{ line: 3, code: 'BAD_VALUE' }]);
  expect(taken).toMatchObject([
    { participant: 'ana', state: 'awaiting_verifier', documents: [{ name: 'a.pdf', missing: false }] },
    { participant: 'eva', state: 'refused', decision: { reasons: ['OWN_EMPLOYER'] } },
  ]);
  const again = await run('submit', 'claims.csv', ...norte, '--json');
  expect(JSON.parse(again.out).claims.map(({ id }: { id: string }) => id)).toEqual(
    taken.map(({ id }: { id: string }) => id),
  );
  const list = await run('list', ...norte);
  expect(list.out.split('\n').filter(Boolean)).toHaveLength(2);
  expect((await run('export', ...where)).out).toBe('');
});

it.each([
  [['list'], 'BAD_USAGE'],
  [['submit', ...norte], 'BAD_USAGE'],
  [['take', ...norte], 'BAD_USAGE'],
  [['submit', 'none.csv', ...norte], 'BAD_INPUT'],
  [['submit', 'lost.csv', ...norte], 'BAD_INPUT'],
  [['list', '--contract', 'no-such', '--provider', 'x', '--out', 'data'], 'UNKNOWN_CONTRACT'],
])('refuses %j', async (args, code) => {
  await expect(run(...args)).rejects.toMatchObject({ name: code });
});
