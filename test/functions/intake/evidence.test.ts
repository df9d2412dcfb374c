import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_MAPPING, mappingOf } from '../../../domain/records/mapping.ts';
import { type Desk, intakeDesk } from './driver.ts';

let desk: Desk;
beforeEach(() => {
  desk = intakeDesk();
});
afterEach(() => desk.close());

const HEADER = 'subject,kind,period,value\n';
const evidence = (rows: string, header = HEADER) => [
  { role: 'evidence', name: 'attendance.csv', body: header + rows },
];
const exempt = (rows: string) => [
  ...evidence('M1,enrolled,2026-01,true\n'),
  { role: 'exemptions', name: 'exemptions.csv', body: `subject,condition,kind,from,until,reason\n${rows}` },
];
type Row = { code: string; file: string; line: number; path?: string; message: string };
const quarantine = (batch: unknown) => desk.lines<Row>('evidence', batch, 'quarantine');

test('facts come out by subject, kind and period, each with its file and line', async () => {
  const answer = await desk.take(
    'evidence',
    evidence('M2,enrolled,2026-01,true\nM1,attendance,2026-02,85.5\nM1,attendance,2026-01,90\n'),
  );
  expect(answer).toMatchObject({ received: 3, accepted: 3, rejected: 0, rows: 3, exemptions: 0 });
  expect(await desk.lines('evidence', answer.batch, 'rows')).toEqual([
    { subject: 'M1', kind: 'attendance', period: '2026-01', value: 90, file: 'attendance.csv', line: 4 },
    { subject: 'M1', kind: 'attendance', period: '2026-02', value: 85.5, file: 'attendance.csv', line: 3 },
    { subject: 'M2', kind: 'enrolled', period: '2026-01', value: true, file: 'attendance.csv', line: 2 },
  ]);
});

describe('a bad row goes to quarantine', () => {
  test.each([
    [
      'a month 13',
      'M2,enrolled,2026-13,true\n',
      'BAD_PERIOD',
      'period',
      /"2026-13", expected a month as YYYY-MM/,
    ],
    ['a day for a month', 'M2,enrolled,2026-01-15,true\n', 'BAD_PERIOD', 'period', /expected a month/],
    ['no value', 'M2,enrolled,2026-01,\n', 'MISSING_FIELD', 'value', /value is empty/],
    ['no subject', ',enrolled,2026-01,true\n', 'MISSING_FIELD', 'subject', /subject is empty/],
    ['no kind', 'M2,,2026-01,true\n', 'MISSING_FIELD', 'kind', /kind is empty/],
    ['too few columns', 'M2,enrolled\n', 'MALFORMED_ROW', undefined, /2 columns, the header 4/],
  ])('%s', async (_what, row, code, path, message) => {
    const answer = await desk.take('evidence', evidence(`M1,enrolled,2026-01,true\n${row}`));
    expect(answer).toMatchObject({ received: 2, accepted: 1, rejected: 1, byCode: { [code]: 1 } });
    const [issue] = await quarantine(answer.batch);
    expect(issue).toMatchObject({ file: 'attendance.csv', line: 3, message: expect.stringMatching(message) });
    expect(issue!.path).toBe(path);
  });

  test('with a programme, an undeclared kind or a value of another type', async () => {
    const mapping = mappingOf({
      attributes: {},
      evidence: { enrolled: { type: 'boolean' }, attendance: { type: 'percent' } },
    });
    const rows =
      'M1,enrolled,2026-01,1\nM2,enroled,2026-01,1\nM3,enrolled,2026-01,maybe\nM4,attendance,2026-01,101\nM5,attendance,2026-01,x\n';
    const answer = await desk.take('evidence', evidence(rows), mapping);
    expect(answer).toMatchObject({ accepted: 1, byCode: { UNKNOWN_KIND: 1, BAD_VALUE: 1, BAD_NUMBER: 2 } });
    expect((await quarantine(answer.batch)).map((row) => row.message)).toEqual([
      'kind is "enroled", expected one of attendance, enrolled',
      'value is "maybe", expected true/false, 1/0 or sí/no',
      'value is "101", expected a percentage from 0 to 100 with "." before its decimals',
      'value is "x", expected a percentage from 0 to 100 with "." before its decimals',
    ]);
    expect(await desk.lines('evidence', answer.batch, 'rows')).toMatchObject([
      { subject: 'M1', value: true },
    ]);
  });
});

describe('repeats and contradictions', () => {
  test('an identical repeat counts once, and never refuses the batch', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `M${i},enrolled,2026-01,true\n`).join('');
    const answer = await desk.take('evidence', evidence(rows + rows));
    expect(answer).toMatchObject({
      received: 80,
      accepted: 40,
      rejected: 40,
      byCode: { DUPLICATE_EVIDENCE: 40 },
    });
    expect((await quarantine(answer.batch))[0]).toMatchObject({
      line: 42,
      message: 'the same as attendance.csv line 2; counted once',
    });
  });
  test('rows that contradict each other are both set aside', async () => {
    const answer = await desk.take(
      'evidence',
      evidence(
        'M1,enrolled,2026-01,true\nM2,enrolled,2026-01,true\nM1,enrolled,2026-01,false\nM1,enrolled,2026-01,true\n',
      ),
    );
    expect(answer).toMatchObject({ accepted: 1, rejected: 3, byCode: { CONFLICTING_EVIDENCE: 3 } });
    const issues = await quarantine(answer.batch);
    expect(issues.map((row) => row.line)).toEqual([2, 4, 5]);
    expect(issues[0]!.message).toMatch(/is true here and false in attendance\.csv line 4; neither counts/);
  });
});

describe('whole files', () => {
  const latin1 = Buffer.concat([
    Buffer.from(`${HEADER}M1,`),
    Buffer.from([0xe9]),
    Buffer.from(',2026-01,1\n'),
  ]);
  test.each([
    ['Latin-1', [{ role: 'evidence', name: 'a.csv', body: latin1 }], 'FILE_ENCODING', /a\.csv.*line 2/],
    ['empty', evidence('', ''), 'FILE_EMPTY', /is empty/],
    ['a header alone', evidence(''), 'FILE_EMPTY', /no rows/],
    [
      'other columns',
      evidence('M1,1\n', 'person,value\n'),
      'FILE_HEADER',
      /lacks the columns subject, kind, period/,
    ],
    ['cut off', evidence('M1,enrolled,2026-01,true\nM2,enro'), 'FILE_TRUNCATED', /line 3/],
    [
      'JSON cut off',
      [
        {
          role: 'evidence',
          name: 'a.jsonl',
          body: '{"subject":"M1","kind":"k","period":"2026-01","value":1}\n{"subject":"M2"',
        },
      ],
      'FILE_TRUNCATED',
      /line 2/,
    ],
    ['a roster file', [{ role: 'members', name: 'm.csv', body: 'x' }], 'BAD_INPUT', /not of evidence/],
  ])('%s', async (_what, files, name, message) => {
    await expect(desk.take('evidence', files)).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
    expect(await desk.keys()).toEqual([]);
  });

  test('a file that no mapping reads is refused by name', async () => {
    const [spec] = DEFAULT_MAPPING.evidence;
    const mapping = {
      ...DEFAULT_MAPPING,
      evidence: [
        { ...spec, file: 'school-*.csv' },
        { ...spec, file: 'health-*.csv' },
      ],
    };
    await expect(desk.take('evidence', evidence('M1,k,2026-01,1\n'), mapping)).rejects.toMatchObject({
      name: 'BAD_INPUT',
      message: 'the mapping does not say how to read attendance.csv',
    });
  });

  test('the same content again is the same batch', async () => {
    const first = await desk.take('evidence', evidence('M1,k,2026-01,1\n'));
    expect(await desk.take('evidence', evidence('M1,k,2026-01,1\n'))).toEqual({ ...first, repeated: true });
  });
});

describe('exemptions', () => {
  test('dates stand for their months', async () => {
    const answer = await desk.take('evidence', exempt('M1,school,health,2026-01-10,2026-02-20,surgery\n'));
    expect(answer).toMatchObject({ rows: 1, exemptions: 1, rejected: 0 });
    expect(await desk.lines('evidence', answer.batch, 'exemptions')).toEqual([
      {
        subject: 'M1',
        condition: 'school',
        kind: 'health',
        from: '2026-01',
        until: '2026-02',
        reason: 'surgery',
        file: 'exemptions.csv',
        line: 2,
      },
    ]);
  });
  test('a month without exemptions is a header alone', async () => {
    expect(await desk.take('evidence', exempt(''))).toMatchObject({ exemptions: 0, rejected: 0 });
  });
  test.each([
    ['ends before it begins', 'M1,school,health,2026-03,2026-01,x\n', 'BAD_PERIOD', /before it begins/],
    [
      'an unknown kind',
      'M1,school,holiday,2026-01,2026-01,x\n',
      'BAD_VALUE',
      /one of age, health, no_supply/,
    ],
    ['no reason', 'M1,school,health,2026-01,2026-01,\n', 'MISSING_FIELD', /reason is empty/],
    ['no end', 'M1,school,health,2026-01,,x\n', 'MISSING_FIELD', /until is empty/],
  ])('%s', async (_what, row, code, message) => {
    const answer = await desk.take('evidence', exempt(row));
    expect(answer.byCode).toEqual({ [code]: 1 });
    expect((await quarantine(answer.batch))[0]!.message).toMatch(message);
  });
});
