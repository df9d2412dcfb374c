import { expect, it } from 'vitest';
import { countryCode } from '../../../domain/records/countries.ts';

it.each([
  ['QA', 'QA'],
  ['qat', 'QA'],
  ['Catar', 'QA'],
  [' emiratos arabes unidos ', 'AE'],
  ['Türkiye', 'TR'],
  ['IND', 'IN'],
  ['Nepal', 'NP'],
  ['ZZ', undefined],
  ['Narnia', undefined],
  ['', undefined],
])('%s is %s', (text, code) => {
  expect(countryCode(text)).toBe(code);
});

it('every two-letter code of ISO 3166-1 is there, and no code means two countries', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const pairs = letters.flatMap((a) => letters.map((b) => a + b));
  const codes = pairs.filter((pair) => countryCode(pair) === pair);
  expect(codes).toHaveLength(249);
  expect(pairs.filter((pair) => countryCode(pair) !== undefined && countryCode(pair) !== pair)).toEqual([
    'UK',
  ]);
});
