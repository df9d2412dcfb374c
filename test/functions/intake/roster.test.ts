import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, type File, intakeDesk } from './driver.ts';

let desk: Desk;
beforeEach(() => {
  desk = intakeDesk();
});
afterEach(() => desk.close());

const HOUSEHOLDS = 'household_id,territory,sisfoh\nH1,Norte,poor\nH2,Sur,poor\n';
const MEMBERS = 'household_id,member_id,birth_date,sex,grade\nH1,M1,2014-05-01,F,3\nH2,M2,2015-06-02,M,2\n';
const roster = (households: string | Uint8Array, members: string | Uint8Array = MEMBERS): File[] => [
  { role: 'households', name: 'households.csv', body: households },
  { role: 'members', name: 'members.csv', body: members },
];
type Row = { code: string; file: string; line: number; path?: string; message: string };
const quarantine = (batch: unknown) => desk.lines<Row>('roster', batch, 'quarantine');

test('households come out with their members, sorted by id, and add up', async () => {
  const answer = await desk.take('roster', roster(HOUSEHOLDS));
  expect(answer).toMatchObject({
    received: 4,
    accepted: 4,
    rejected: 0,
    households: 2,
    members: 2,
    repeated: false,
  });
  expect(await desk.lines('roster', answer.batch, 'households')).toEqual([
    {
      id: 'H1',
      territory: 'Norte',
      attributes: { sisfoh: 'poor' },
      members: [{ id: 'M1', birthDate: '2014-05-01', sex: 'F', grade: 3, attributes: {} }],
    },
    {
      id: 'H2',
      territory: 'Sur',
      attributes: { sisfoh: 'poor' },
      members: [{ id: 'M2', birthDate: '2015-06-02', sex: 'M', grade: 2, attributes: {} }],
    },
  ]);
  expect(await desk.lines('roster', answer.batch, 'members')).toEqual([
    ['H1', 'H1'],
    ['M1', 'H1'],
    ['H2', 'H2'],
    ['M2', 'H2'],
  ]);
});

describe('a bad file refuses the whole batch, says where, and leaves nothing behind', () => {
  const latin1 = Buffer.concat([
    Buffer.from('household_id,territory\nH1,Norte\nH2,'),
    Buffer.from([0xd1]),
    Buffer.from('a\n'),
  ]);
  const utf16 = Buffer.from('household_id,territory\nH1,Norte\n', 'utf16le');
  test.each([
    ['Latin-1', roster(latin1), 'FILE_ENCODING', /households\.csv.*line 3/],
    ['UTF-16', roster(utf16), 'FILE_ENCODING', /zero byte.*line 1/],
    ['no bytes', roster(''), 'FILE_EMPTY', /households\.csv is empty/],
    ['a header alone', roster('household_id,territory\n'), 'FILE_EMPTY', /no rows/],
    [
      'a missing column',
      roster('household_id,sisfoh\nH1,poor\n'),
      'FILE_HEADER',
      /lacks the column territory; it has household_id, sisfoh/,
    ],
    [
      'a column twice',
      roster('household_id,territory,territory\nH1,a,b\n'),
      'FILE_HEADER',
      /territory twice/,
    ],
    ['an open quote', roster('household_id,territory\nH1,"Norte\nH2,Sur\n'), 'FILE_TRUNCATED', /line 2/],
    [
      'a last row cut in a cell',
      roster(HOUSEHOLDS, `${MEMBERS}H2,M3,2015`),
      'FILE_TRUNCATED',
      /members\.csv.*line 4/,
    ],
    [
      'a last row cut after a comma',
      roster(HOUSEHOLDS, `${MEMBERS}H2,M3,2015-01-01,F,`),
      'FILE_TRUNCATED',
      /line 4/,
    ],
    ['no members file', roster(HOUSEHOLDS).slice(0, 1), 'BAD_INPUT', /members file members\.csv is missing/],
    [
      'evidence sent here',
      [{ role: 'evidence', name: 'e.csv', body: 'x' }],
      'BAD_INPUT',
      /no file of evidence/,
    ],
  ])('%s', async (_what, files, name, message) => {
    await expect(desk.take('roster', files)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect(await desk.keys()).toEqual([]);
    expect((await desk.ports.control.query('P#demo#INTAKE')).items).toEqual([]);
  });

  test('a file that is not the one announced', async () => {
    const { handler } = await import('../../../functions/partition-roster.ts');
    const key = 'inbox/x/households.csv';
    await desk.ports.objects.putIfAbsent({ bucket: 'bulk', key }, Buffer.from(HOUSEHOLDS));
    const file = (role: string) => ({ role, name: `${role}.csv`, key, sha256: '0'.repeat(64) });
    const call = handler({ programme: 'demo', files: [file('households'), file('members')] }, {} as never);
    await expect(call).rejects.toMatchObject({ name: 'INPUTS_DIFFER' });
  });
});

describe('a bad row goes to quarantine with its file, line, column and what was expected', () => {
  const h = (rows: string) => roster(`household_id,territory\nH1,Norte\n${rows}`);
  const m = (rows: string, columns = 'household_id,member_id,birth_date,sex,grade') =>
    roster(HOUSEHOLDS, `${columns}\nH1,M1,2014-05-01,F,3\n${rows}`);
  test.each([
    [
      'too few columns',
      h('H2\n'),
      'MALFORMED_ROW',
      'households.csv',
      3,
      undefined,
      /1 columns, the header 2/,
    ],
    ['too many columns', h('H2,Sur,x\n'), 'MALFORMED_ROW', 'households.csv', 3, undefined, /3 columns/],
    [
      'letters after a quote',
      h('H2,"Sur"x\n'),
      'MALFORMED_ROW',
      'households.csv',
      3,
      undefined,
      /quoted field/,
    ],
    ['no id', h(',Sur\n'), 'MISSING_FIELD', 'households.csv', 3, 'household_id', /household_id is empty/],
    [
      'an id with a space',
      h('H 2,Sur\n'),
      'BAD_VALUE',
      'households.csv',
      3,
      'household_id',
      /without spaces/,
    ],
    ['no territory', h('H2,\n'), 'MISSING_FIELD', 'households.csv', 3, 'territory', /territory is empty/],
    [
      'a household twice',
      h('H1,Sur\n'),
      'DUPLICATE_HOUSEHOLD',
      'households.csv',
      3,
      undefined,
      /households\.csv line 2; that row counts/,
    ],
    [
      '30 February',
      m('H2,M2,2015-02-30,M,2\n'),
      'BAD_DATE',
      'members.csv',
      3,
      'birth_date',
      /"2015-02-30", expected a date as YYYY-MM-DD/,
    ],
    [
      'the other date format',
      m('H2,M2,02/03/2015,M,2\n'),
      'BAD_DATE',
      'members.csv',
      3,
      'birth_date',
      /YYYY-MM-DD/,
    ],
    [
      'a grade in words',
      m('H2,M2,2015-06-02,M,second\n'),
      'BAD_NUMBER',
      'members.csv',
      3,
      'grade',
      /whole number/,
    ],
    ['an unknown sex', m('H2,M2,2015-06-02,H,2\n'), 'BAD_VALUE', 'members.csv', 3, 'sex', /expected F or M/],
    [
      'an unknown household',
      m('H9,M2,2015-06-02,M,2\n'),
      'UNKNOWN_HOUSEHOLD',
      'members.csv',
      3,
      undefined,
      /no household H9/,
    ],
    [
      'a person twice in a household',
      m('H1,M1,2014-05-01,F,3\n'),
      'DUPLICATE_MEMBER',
      'members.csv',
      3,
      undefined,
      /twice in household H1; members\.csv line 2 counts/,
    ],
  ])('%s', async (_what, files, code, file, line, path, message) => {
    const answer = await desk.take('roster', files);
    expect(answer.received).toBe(Number(answer.accepted) + Number(answer.rejected));
    const rows = await quarantine(answer.batch);
    const row = rows.find((found) => found.code === code);
    expect(row).toMatchObject({ code, file, line, message: expect.stringMatching(message) });
    expect(row!.path).toBe(path);
  });

  test('a person in two households counts in one of them, whatever the order of the rows', async () => {
    const rows = ['H1,M1,2014-05-01,F,3', 'H2,M2,2015-06-02,M,2', 'H2,M1,2014-05-01,F,3'];
    const csv = (lines: string[]) => `household_id,member_id,birth_date,sex,grade\n${lines.join('\n')}\n`;
    const one = await desk.take('roster', roster(HOUSEHOLDS, csv(rows)));
    const two = await desk.take('roster', roster(HOUSEHOLDS, csv([...rows].reverse())));
    for (const answer of [one, two]) {
      expect(answer.byCode).toEqual({ DUPLICATE_MEMBER: 1 });
      const [row] = await quarantine(answer.batch);
      expect(row!.message).toMatch(/M1 is also in household H1 .*counts there only/);
    }
    expect(await desk.lines('roster', one.batch, 'households')).toEqual(
      await desk.lines('roster', two.batch, 'households'),
    );
  });

  test('members of a household whose row is bad say so', async () => {
    const answer = await desk.take('roster', roster('household_id,territory\nH1,Norte\nH2,\n'));
    expect(answer.byCode).toEqual({ MISSING_FIELD: 1, HOUSEHOLD_QUARANTINED: 1 });
    expect((await quarantine(answer.batch))[1]!.message).toMatch(
      /H2 is in quarantine \(households\.csv line 3\)/,
    );
  });

  test('several faults of a row are one quarantined row that names them all', async () => {
    const answer = await desk.take('roster', m('H2,M2,2015-02-30,X,x\n'));
    expect(answer.rejected).toBe(1);
    const [row] = await quarantine(answer.batch);
    expect(row!.message).toMatch(/birth_date.*sex.*grade/);
  });
});

describe('the share of bad rows', () => {
  const many = (bad: number) =>
    `household_id,territory\n${Array.from({ length: 200 }, (_, i) => `H${i + 1},${i < bad ? '' : 'Norte'}`).join('\n')}\n`;
  test('above 5% the batch is refused, with the codes and the first rows', async () => {
    const call = desk.take('roster', roster(many(15)));
    await expect(call).rejects.toMatchObject({
      name: 'TOO_MANY_REJECTED',
      message: expect.stringMatching(/of 202 rows.*5\.0%.*MISSING_FIELD 15.*households\.csv:2/s),
    });
    expect((await desk.keys()).filter((key) => key.endsWith('manifest.json'))).toEqual([]);
    expect((await desk.ports.control.query('P#demo#INTAKE')).items).toEqual([]);
  });
  test('ten bad rows are no sign of a broken export', async () => {
    expect(await desk.take('roster', roster(many(8)))).toMatchObject({ rejected: 10, accepted: 192 });
  });
  test('the mapping may tolerate more', async () => {
    const { DEFAULT_MAPPING } = await import('../../../domain/records/mapping.ts');
    const answer = await desk.take('roster', roster(many(15)), { ...DEFAULT_MAPPING, rejectedShareMax: 0.1 });
    expect(answer).toMatchObject({ rejected: 17, byCode: { MISSING_FIELD: 15, HOUSEHOLD_QUARANTINED: 2 } });
  });
  test('no good row at all is refused however few', async () => {
    const call = desk.take(
      'roster',
      roster('household_id,territory\nH1,\n', 'household_id,member_id\nH9,M1\n'),
    );
    await expect(call).rejects.toMatchObject({ name: 'TOO_MANY_REJECTED' });
  });
});

describe('the same content again', () => {
  test('is the same batch, said to be a repeat, and changes nothing', async () => {
    const first = await desk.take('roster', roster(HOUSEHOLDS));
    const keys = await desk.keys();
    const again = await desk.take('roster', [...roster(HOUSEHOLDS)].reverse());
    expect(again).toEqual({ ...first, repeated: true });
    expect(await desk.keys()).toEqual(keys);
    expect((await desk.ports.control.query('P#demo#INTAKE')).items).toHaveLength(1);
  });
  test('one changed cell is another batch', async () => {
    const first = await desk.take('roster', roster(HOUSEHOLDS));
    const other = await desk.take('roster', roster(HOUSEHOLDS.replace('Sur', 'Este')));
    expect(other.batch).not.toBe(first.batch);
  });
  test('a step that runs again after a crash writes the same', async () => {
    const { handler } = await import('../../../functions/validate-roster-shard.ts');
    const { batch } = await desk.take('roster', roster(HOUSEHOLDS));
    await expect(handler({ programme: 'demo', batch, shard: 0 }, {} as never)).resolves.toMatchObject({
      accepted: 4,
    });
  });
});

describe('what exports look like', () => {
  const same = async (households: string | Uint8Array, members: string | Uint8Array) => {
    const plain = await desk.take('roster', roster(HOUSEHOLDS));
    const other = await desk.take('roster', roster(households, members));
    expect(other).toMatchObject({ rejected: 0 });
    expect(await desk.lines('roster', other.batch, 'households')).toEqual(
      await desk.lines('roster', plain.batch, 'households'),
    );
  };
  test('a byte order mark and Windows line ends', () =>
    same(`\uFEFF${HOUSEHOLDS.replaceAll('\n', '\r\n')}`, `\uFEFF${MEMBERS.replaceAll('\n', '\r\n')}`));
  test('semicolons, no final newline, blank lines', () =>
    same(HOUSEHOLDS.replaceAll(',', ';').trimEnd(), MEMBERS.replaceAll(',', ';').replaceAll('\n', '\n\n')));
  test('every cell in quotes', () => same(quoted(HOUSEHOLDS), quoted(MEMBERS)));
  test('JSON lines', async () => {
    const plain = await desk.take('roster', roster(HOUSEHOLDS));
    const other = await desk.take('roster', [
      { role: 'households', name: 'h.jsonl', body: jsonl(HOUSEHOLDS) },
      { role: 'members', name: 'm.jsonl', body: jsonl(MEMBERS) },
    ]);
    expect(await desk.lines('roster', other.batch, 'households')).toEqual(
      await desk.lines('roster', plain.batch, 'households'),
    );
  });
  test('line numbers are physical: a newline inside quotes counts', async () => {
    const answer = await desk.take('roster', roster('household_id,territory\nH1,"Nor\nte"\nH2,\n'));
    expect((await quarantine(answer.batch))[0]).toMatchObject({ line: 4, code: 'MISSING_FIELD' });
  });
  test('accents, and a quote inside a word, stay as they are', async () => {
    const answer = await desk.take(
      'roster',
      roster('household_id,territory\nH1,Ñuñoa "5"\nH2,"El ""Alto"", Sur"\n'),
    );
    const rows = await desk.lines<{ territory: string }>('roster', answer.batch, 'households');
    expect(rows.map((row) => row.territory)).toEqual(['Ñuñoa "5"', 'El "Alto", Sur']);
  });
});

const quoted = (csv: string) => csv.replace(/[^,\n]+/g, '"$&"');
function jsonl(csv: string): string {
  const [header, ...rows] = csv
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return rows
    .map(
      (row) =>
        `${JSON.stringify(Object.fromEntries(row.map((cell, i) => [header![i], header![i] === 'grade' ? Number(cell) : cell])))}\n`,
    )
    .join('');
}
