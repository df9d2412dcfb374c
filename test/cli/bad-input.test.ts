import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, test } from 'vitest';
import { temporaryRoot } from '../workflow/temporary.ts';
import { cumple, ROOT } from './cumple.ts';

const root = mkdtempSync(join(temporaryRoot(), 'cumple-bad-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

type World = ReturnType<typeof world>;
/** A copy of the sample that a test may spoil, and the command over it. */
function world() {
  const dir = mkdtempSync(join(root, 'w-'));
  const input = join(dir, 'in');
  const out = join(dir, 'out');
  cpSync(join(ROOT, 'programmes/pe/juntos/sample'), input, { recursive: true });
  return {
    input,
    out,
    edit(file: string, change: (text: string) => string | Buffer) {
      writeFileSync(join(input, file), change(readFileSync(join(input, file), 'utf8')));
    },
    run: (...more: string[]) =>
      cumple(
        ...['cycle', 'run', '--programme', 'juntos', '--period', '2025-09', '--roster', input],
        ...['--evidence', join(input, 'evidence.csv'), join(input, 'exemptions.csv')],
        ...['--bank', 'simulate', '--out', out, '--json', ...more],
      ),
    report: (file: string, period = '2025-09') =>
      readFileSync(join(out, 'reports/juntos', period, file), 'utf8'),
  };
}

/** Cycles in the control store, with their status, and the period that the programme's state has reached. */
function controlIn({ out }: World): { cycles: Record<string, string>; head: string | undefined } {
  const file = join(out, 'control.sqlite');
  if (!existsSync(file)) return { cycles: {}, head: undefined };
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db.prepare('SELECT body FROM items').all() as { body: string }[];
  db.close();
  const items = rows.map(({ body }) => JSON.parse(body) as Record<string, string>);
  const cycles = items.filter(({ sk }) => sk === 'CYCLE');
  return {
    cycles: Object.fromEntries(cycles.map(({ period, status }) => [period, status])),
    head: items.find(({ sk }) => sk === 'HEAD')?.period,
  };
}
const NOTHING = { cycles: {}, head: undefined };
const ORIGINAL = world();
const original = (file: string) => readFileSync(join(ORIGINAL.input, file), 'utf8');

describe('a bad row is set aside with its file and line, and the cycle goes on', () => {
  const line = (file: string, text: string) =>
    original(file)
      .split('\n')
      .findIndex((row) => row.startsWith(text)) + 1;
  test('malformed row, bad date, unknown household, duplicate household, unknown member', async () => {
    const w = world();
    w.edit('members.csv', (text) =>
      text
        .replace('H001,M0103,2017-09-02', 'H001,M0103,02/09/2017')
        .replace('H003,M0302,2025-03-04,M,,son,,true,,,', 'H003,M0302,2025-03-04,M'),
    );
    w.edit('households.csv', (text) => `${text}H001,Otra,poor,Otra Persona,90000999,M0101,cash,,AG-X\n`);
    const { code, stdout, stderr } = await w.run();
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('BAD_DATE 1, DUPLICATE_HOUSEHOLD 1, MALFORMED_ROW 1, UNKNOWN_HOUSEHOLD 1');
    const exceptions = w.report('exceptions.csv');
    const expected = [
      ['BAD_DATE', 'members.csv', line('members.csv', 'H001,M0103')],
      ['MALFORMED_ROW', 'members.csv', line('members.csv', 'H003,M0302')],
      ['UNKNOWN_HOUSEHOLD', 'members.csv', line('members.csv', 'H999')],
      ['DUPLICATE_HOUSEHOLD', 'households.csv', 18],
      ['EVIDENCE_UNKNOWN_SUBJECT', 'evidence.csv', line('evidence.csv', 'M7777')],
    ] as const;
    for (const [rule, file, at] of expected)
      expect(exceptions, rule).toMatch(new RegExp(`^\\w+,${rule},.*,${file},${at},`, 'm'));
    for (const row of exceptions.trimEnd().split(/\r?\n/).slice(1))
      expect(row, 'every row says what to do next').toMatch(/[a-z ]{12,}"?$/);
    // H001 stands with the payee of its first row.
    expect(w.report('payment-list.csv')).toContain('H001,Rosa Huamaní Quispe');
    expect(JSON.parse(stdout)).toMatchObject({
      identities: { instructed: '0.00' },
      households: { total: 16 },
    });
  });
});

test('a person with the id of a household: the kind of evidence says of whom it is, an exemption cannot', async () => {
  const row = ({ report }: World) =>
    report('payment-list.csv')
      .split(/\r?\n/)
      .find((text) => text.includes('H001,Rosa'))
      ?.replace(/^.*H001,/, '');
  const plain = world();
  await plain.run();
  const w = world();
  for (const file of ['members.csv', 'evidence.csv', 'exemptions.csv'])
    w.edit(file, (text) => text.replaceAll('M0102', 'H002').replaceAll('M0602', 'H003'));
  const { code, stderr } = await w.run();
  expect(code, stderr).toBe(0);
  expect(row(w)).toBeDefined();
  expect(row(w)).toBe(row(plain));
  const exceptions = w.report('exceptions.csv');
  expect(exceptions).toMatch(/^\w+,AMBIGUOUS_SUBJECT,.*,exemptions\.csv,2,/m);
  expect(exceptions).not.toMatch(/EVIDENCE_UNKNOWN_SUBJECT,.*H00/);
});

describe('a bad file is refused whole; corrected, the same command works in the same folder', () => {
  const cut = (text: string, at: string) => text.slice(0, text.indexOf(at) + at.length);
  test.each<[string, string, (text: string) => string | Buffer, RegExp]>([
    [
      'wrong encoding',
      'households.csv',
      (t) => Buffer.from(t, 'latin1'),
      /FILE_ENCODING: households.csv .* not UTF-8 in line 2/,
    ],
    [
      'cut in a row',
      'evidence.csv',
      (t) => cut(t, 'M0202,school_at'),
      /FILE_TRUNCATED: evidence.csv ends in the middle of line 6/,
    ],
    [
      'cut in quotes',
      'exemptions.csv',
      (t) => cut(t, '"Hospital'),
      /FILE_TRUNCATED: exemptions.csv ends inside a quoted field .* line 2/,
    ],
    ['no rows', 'evidence.csv', (t) => cut(t, '\n'), /FILE_EMPTY: evidence.csv has a header and no rows/],
    [
      'another header',
      'members.csv',
      (t) => t.replace('member_id', 'dni'),
      /FILE_HEADER: members.csv lacks the column member_id/,
    ],
  ])('%s', async (name, file, spoil, message) => {
    const w = world();
    w.edit(file, spoil);
    const { code, stderr, stdout } = await w.run();
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(
      /\n {2}→ correct the file and run the same command again; nothing was taken in\n$/,
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(controlIn(w)).toEqual(NOTHING);
    // Once for a file of each intake: what was refused leaves no trace that could stand in the way.
    if (!/wrong encoding|cut in quotes/.test(name)) return;
    w.edit(file, () => original(file));
    expect(await w.run()).toMatchObject({ code: 0 });
    expect(controlIn(w)).toEqual({ cycles: { '2025-09': 'CLOSED' }, head: '2025-09' });
  });

  test('an export that is broken throughout', async () => {
    const w = world();
    w.edit('members.csv', (text) => text.replaceAll(/,(\d{4})-(\d\d)-(\d\d),/g, ',$3/$2/$1,'));
    const { code, stderr } = await w.run();
    expect(stderr).toMatch(/TOO_MANY_REJECTED: .*members.csv/s);
    expect(code).toBe(2);
    expect(controlIn(w)).toEqual(NOTHING);
  });
});

describe('what the rules say no to leaves everything as it was', () => {
  test('a period out of order, another cycle of the same period, a gap', async () => {
    const w = world();
    expect(await w.run()).toMatchObject({ code: 0 });
    const closed = { cycles: { '2025-09': 'CLOSED' }, head: '2025-09' };

    const gap = await w.run('--period', '2026-01');
    expect(gap.stderr).toMatch(
      /PERIOD_OUT_OF_ORDER: the next period of juntos is 2025-11, not 2026-01\n {2}→ run the periods one after/,
    );
    const back = await w.run('--period', '2025-07');
    expect(back.stderr).toMatch(
      /PERIOD_OUT_OF_ORDER: the next period of juntos is 2025-11, not 2025-07 \(that one is already closed/,
    );
    w.edit('evidence.csv', (text) =>
      text.replace('M0102,school_attendance,2025-09,true', 'M0102,school_attendance,2025-09,false'),
    );
    const again = await w.run();
    expect(again.stderr).toMatch(
      /CYCLE_EXISTS: programme juntos already has a cycle 2025-09 \(CLOSED\).*\n {2}→ a paid period is never run twice/,
    );
    expect([gap.code, back.code, again.code]).toEqual([1, 1, 1]);
    expect(controlIn(w)).toEqual(closed);

    w.edit('evidence.csv', (text) => text.replaceAll('2025-09', '2025-11').replaceAll('2025-10', '2025-12'));
    expect(await w.run('--period', '2025-11')).toMatchObject({ code: 0 });
    expect(controlIn(w)).toEqual({ cycles: { '2025-09': 'CLOSED', '2025-11': 'CLOSED' }, head: '2025-11' });
  });

  test('approval by the maker; another maker then runs it', async () => {
    const w = world();
    for (let time = 0; time < 2; time++) {
      const { code, stderr } = await w.run('--maker', 'demo.aprobadora.1');
      expect(stderr).toMatch(
        /SELF_APPROVAL: demo.aprobadora.1 made this cycle .*\n {2}→ the proposal was withdrawn.*another --maker\n$/,
      );
      expect(code).toBe(1);
      expect(controlIn(w)).toEqual({ cycles: { '2025-09': 'REFUSED' }, head: '' });
      expect(existsSync(join(w.out, 'bank'))).toBe(false);
    }
    const early = await w.run('--period', '2025-11');
    expect(early.stderr).toMatch(
      /PERIOD_OUT_OF_ORDER: cycle 2025-09 of juntos is still open; finish it before 2025-11/,
    );
    expect(await w.run()).toMatchObject({ code: 0 });
    expect(controlIn(w)).toEqual({ cycles: { '2025-09': 'CLOSED' }, head: '2025-09' });
  });

  test('a period that the programme does not pay', async () => {
    const w = world();
    const inside = await w.run('--period', '2025-10');
    expect(inside.stderr).toMatch(
      /PERIOD_NOT_PAYABLE .*2025-10 is inside the period that starts 2025-09\n {2}→ Use --period 2025-09/,
    );
    expect(inside.code).toBe(1);
    expect(existsSync(w.out)).toBe(false);
  });
});

describe('bad usage is exit 2 before anything is made', () => {
  const no = (name: string) => join(root, name);
  test.each<[string, string[], RegExp]>([
    [
      'an unknown programme',
      ['--programme', 'juntoss'],
      /UNKNOWN_PROGRAMME: no programme juntoss\n {2}→ Nearest: juntos\. What ships: 4ps, auh, .*juntos.*progresa-1998/,
    ],
    ['a contract for a programme', ['--programme', 'nepal-employment-fund-2012'], /UNKNOWN_PROGRAMME/],
    [
      'an unknown option',
      ['--perod', '2025-09'],
      /BAD_USAGE: there is no option --perod\n {2}→ usage: cumple cycle run/,
    ],
    ['a stray word', ['--json', 'deprisa'], /BAD_USAGE: nothing is known of "deprisa"/],
    ['no month', ['--period', '2025-13'], /BAD_USAGE: --period must be a month/],
    ['no day', ['--date', '2025-02-30'], /BAD_USAGE: --date must be/],
    ['no number', ['--seed', 'uno'], /BAD_USAGE: --seed must be a whole number, not "uno"/],
    ['a real bank', ['--bank', 'real'], /BAD_USAGE: --bank knows "simulate", not "real"/],
    ['an option without a value', ['--maker'], /BAD_USAGE: --maker needs a value/],
  ])('%s', async (_name, args, message) => {
    const w = world();
    const { code, stderr, stdout } = await w.run(...args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(existsSync(w.out)).toBe(false);
  });

  test.each<[string, string[], RegExp]>([
    [
      'a missing roster folder',
      ['--roster', no('padron')],
      /BAD_INPUT .*there is no roster folder .*padron\n {2}→ name the folder/,
    ],
    [
      'a roster folder without a roster',
      ['--roster', ROOT],
      /BAD_INPUT .*none of members.csv, households.csv is in/,
    ],
    [
      'a missing evidence file',
      ['--evidence', no('asistencia.csv')],
      /BAD_INPUT .*there is no file .*asistencia.csv\n {2}→ check the path/,
    ],
    [
      'a missing mapping',
      ['--mapping', no('m.json')],
      /BAD_INPUT .*there is no file .*m.json\n {2}→ check the path/,
    ],
    [
      'a payer that is not JSON',
      ['--payer', 'README.md'],
      /BAD_INPUT \(.*README.md\): not JSON.*\n {2}→ correct the file/s,
    ],
  ])('%s', async (_name, args, message) => {
    const w = world();
    const { code, stderr } = await w.run(...args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(controlIn(w)).toEqual(NOTHING);
    expect(existsSync(join(w.out, 'bulk/roster')), 'nothing was taken in').toBe(false);
  });

  test('an invalid definition, by path and what to do', async () => {
    const w = world();
    const definition = JSON.parse(readFileSync(join(ROOT, 'programmes/pe/juntos/definition.json'), 'utf8'));
    const path = join(w.input, 'definition.json');
    for (const [change, message] of [
      [{ fequency: 'monthly' }, /INVALID_DEFINITION.*fequency/s],
      [{ frequency: 'weekly' }, /INVALID_DEFINITION.*frequency/s],
      [{ conditions: [{ ...definition.conditions[0], cite: 'nadie' }] }, /INVALID_DEFINITION.*nadie/s],
    ] as const) {
      writeFileSync(path, JSON.stringify({ ...definition, ...change }));
      const { code, stderr } = await w.run('--programme', path);
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(/\n {2}→ /);
      expect(code).toBe(2);
    }
    writeFileSync(path, '{"id": "juntos",');
    expect(await w.run('--programme', path)).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/INVALID_DEFINITION .*is not JSON.*\n {2}→ /),
    });
    expect(existsSync(w.out)).toBe(false);
  });
});
