import { describe, expect, test } from 'vitest';
import { Problems } from '../../../domain/records/intake-codes.ts';
import {
  readDate,
  readId,
  readInteger,
  readPeriod,
  readText,
  readTyped,
  required,
} from '../../../domain/records/intake-field.ts';
import {
  DEFAULT_MAPPING,
  fileMatches,
  mappingOf,
  parseMapping,
  type ValueType,
} from '../../../domain/records/mapping.ts';

/** The value of a cell, or the code of what is wrong with it. */
function outcome(read: (cells: string[], problems: Problems) => unknown, cell: string): unknown {
  const problems = new Problems();
  const value = read([cell], problems);
  return problems.count > 0 ? problems.take().code : value;
}

describe('values by type', () => {
  test.each<[ValueType, string, unknown]>([
    ['auto', '12', 12],
    ['auto', '-0.5', -0.5],
    ['auto', '007', '007'],
    ['auto', '1e3', '1e3'],
    ['auto', 'true', true],
    ['auto', 'yes', 'yes'],
    ['auto', '', undefined],
    ['text', '12', '12'],
    ['number', '12.50', 12.5],
    ['number', '1,5', 'BAD_NUMBER'],
    ['number', 'NaN', 'BAD_NUMBER'],
    ['number', '1234567890123456', 'BAD_NUMBER'],
    ['integer', '-3', -3],
    ['integer', '3.0', 'BAD_NUMBER'],
    ['count', '-3', 'BAD_NUMBER'],
    ['percent', '100', 100],
    ['percent', '100.1', 'BAD_NUMBER'],
    ['percent', '-1', 'BAD_NUMBER'],
    ['money', '200.50', '200.50'],
    ['money', '2OO', 'BAD_NUMBER'],
    ['month', '2026-02', '2026-02'],
    ['month', '2026-2', 'BAD_PERIOD'],
    ['boolean', 'Sí', true],
    ['boolean', '0', false],
    ['boolean', '2', 'BAD_VALUE'],
  ])('%s %s is %s', (type, cell, expected) => {
    expect(outcome(readTyped({ column: 'x', type }, ['x'], '.'), cell)).toBe(expected);
  });
});

describe('dates, periods, ids', () => {
  test.each([
    ['YYYY-MM-DD', '2024-02-29', '2024-02-29'],
    ['YYYY-MM-DD', '2023-02-29', 'BAD_DATE'],
    ['DD/MM/YYYY', '31/12/2020', '2020-12-31'],
    ['DD/MM/YYYY', '12/31/2020', 'BAD_DATE'],
    ['YYYYMMDD', '20201231', '2020-12-31'],
    ['YYYY-MM-DD', ' 2020-01-01 ', '2020-01-01'],
  ] as const)('date %s %s', (format, cell, expected) => {
    expect(outcome(readDate('x', ['x'], format), cell)).toBe(expected);
  });
  test.each([
    ['YYYY-MM', '2020-12', '2020-12'],
    ['YYYY-MM', '2020-00', 'BAD_PERIOD'],
    ['YYYYMM', '202012', '2020-12'],
    ['MM/YYYY', '12/2020', '2020-12'],
    ['DD/MM/YYYY', '30/11/2020', '2020-11'],
    ['YYYY-MM', '', 'MISSING_FIELD'],
  ] as const)('period %s %s', (format, cell, expected) => {
    expect(outcome(readPeriod('x', ['x'], [format]), cell)).toBe(expected);
  });
  test.each([
    ['00123', '00123'],
    [' a ', 'a'],
    ['a b', 'BAD_VALUE'],
    ['x'.repeat(65), 'BAD_VALUE'],
    ['', 'MISSING_FIELD'],
  ])('id %s', (cell, expected) => {
    expect(outcome(readId('x', ['x']), cell)).toBe(expected);
  });
});

describe('where a field comes from', () => {
  test.each([
    ['a constant', { constant: 'c' }, 'a', 'c'],
    ['a column', 'x', 'a', 'a'],
    ['a translation', { column: 'x', values: { a: 'b' } }, 'a', 'b'],
    ['a word that is not listed', { column: 'x', values: { a: 'b' } }, 'z', 'BAD_VALUE'],
    ['any other word', { column: 'x', values: { a: 'b' }, otherwise: 'o' }, 'z', 'o'],
    ['an empty cell', { column: 'x', empty: 'e' }, '', 'e'],
    ['an empty cell with a translation', { column: 'x', values: { '': 'none' } }, '', 'none'],
    ['an optional column that is not there', { column: 'y', optional: true }, 'a', undefined],
  ])('%s', (_what, source, cell, expected) => {
    expect(outcome(readText(source, ['x']), cell)).toBe(expected);
  });
  test('a bad value is not also called missing', () => {
    const problems = new Problems();
    required(readInteger('x', ['x']), 'x')(['many'], problems);
    expect(problems.count).toBe(1);
  });
});

describe('mapping files', () => {
  test('our own names are a valid mapping', () => {
    expect(parseMapping(JSON.parse(JSON.stringify(DEFAULT_MAPPING)))).toEqual({
      ok: true,
      value: DEFAULT_MAPPING,
    });
  });
  test.each([
    ['a misspelt field', { version: 1, houshold: {} }, /houshold/],
    ['another version', { version: 2 }, /version/],
    ['a share above 1', { version: 1, rejectedShareMax: 5 }, /rejectedShareMax/],
    ['a date format', { version: 1, dates: 'MM/DD/YYYY' }, /dates: .*YYYY-MM-DD/],
    [
      'a field that is no source',
      { version: 1, evidence: [{ file: 'a', subject: 3, kind: 'k', period: 'p', value: 'v' }] },
      /evidence\.0\.subject: expected a column name/,
    ],
    [
      'an attribute in capitals',
      { version: 1, households: { file: 'h', id: 'i', territory: 't', attributes: { Poor: 'p' } } },
      /lower case/,
    ],
  ])('%s is refused with its path', (_what, json, message) => {
    const parsed = parseMapping(json);
    expect(parsed).toMatchObject({
      ok: false,
      error: { code: 'BAD_INPUT', message: expect.stringMatching(message) },
    });
  });
  test.each([
    ['a.csv', 'a.csv', true],
    ['a.csv', 'aXcsv', false],
    ['school-*.csv', 'school-0012.csv', true],
    ['*', 'any.jsonl', true],
  ])('%s matches %s: %s', (pattern, name, expected) => {
    expect(fileMatches(pattern, name)).toBe(expected);
  });
  test("a programme's declarations become the types of its columns", () => {
    const mapping = mappingOf({
      attributes: { sisfoh: { of: 'household', type: 'text' }, pregnant: { of: 'member', type: 'boolean' } },
      evidence: { attendance: { type: 'percent' } },
    });
    expect(mapping.households!.types).toEqual({ sisfoh: 'text' });
    expect(mapping.members!.types).toEqual({ pregnant: 'boolean' });
    expect(mapping.evidence[0]!.kinds).toEqual({ attendance: 'percent' });
    const own = { ...DEFAULT_MAPPING, evidence: [{ ...DEFAULT_MAPPING.evidence[0]!, kinds: {} }] };
    expect(mappingOf({ attributes: {}, evidence: { attendance: { type: 'percent' } } }, own)).toEqual(own);
  });
});

test('a misspelt birth_date excludes nobody in silence: columns that the rules ask for must be there', async () => {
  const { loadProgramme } = await import('../../../local/programmes.ts');
  const { unwrap } = await import('../../../domain/kernel/result.ts');
  const columnOf = async (programme: string) => {
    const { definition } = unwrap(await loadProgramme(programme, '.'));
    return mappingOf(definition).members?.birthDate;
  };
  expect(await columnOf('juntos')).toBe('birth_date');
  // PROGRESA goes by grade and asks for no age.
  expect(await columnOf('progresa-1998')).toEqual({ column: 'birth_date', optional: true });
});
