import { describe, expect, it } from 'vitest';
import { compiled, home, pay, person, rule } from './support.ts';

// A mutation run let the keys of a table through: each key has a row on either side here.

const label = { es: 'a', en: 'a' };
type Key = string | number | boolean | (string | number)[] | { min?: number; max?: number };

/** What a household or its one member is paid by a table with the row `when: {key}`, 0 where it does not fit. */
function paid(key: string, wanted: Key, member: Parameters<typeof person>[2], period = '2025-03'): number {
  const rows = [{ when: { [key]: wanted }, value: '7.00' }];
  const programme = compiled(
    {
      attributes: {
        zone: { of: 'household', type: 'text', label },
        kind: { of: 'member', type: 'text', label },
      },
      parameters: { amount: { label, unit: 'money', values: [{ from: '2020-01', rows, cite: 'law' }] } },
      benefits: [{ ...rule('t'), kind: 'table', per: 'month', table: 'amount' }],
    },
    period,
  );
  return pay(programme, home([person('M', '2019-03-01', member)], { zone: 'rural' })).payableMinor;
}

describe('keys of a table', () => {
  const rows: [name: string, key: string, wanted: Key, member: Parameters<typeof person>[2], paid: number][] =
    [
      ['sex', 'sex', 'F', { sex: 'F' }, 700],
      ['the other sex', 'sex', 'F', { sex: 'M' }, 0],
      ['sex not recorded', 'sex', 'F', {}, 0],
      ['grade in a range', 'grade', { min: 3, max: 6 }, { grade: 3 }, 700],
      ['the last grade of a range', 'grade', { min: 3, max: 6 }, { grade: 6 }, 700],
      ['a grade below it', 'grade', { min: 3, max: 6 }, { grade: 2 }, 0],
      ['a grade above it', 'grade', { min: 3, max: 6 }, { grade: 7 }, 0],
      ['a range without an upper end', 'grade', { min: 3 }, { grade: 99 }, 700],
      ['a range without a lower end', 'grade', { max: 6 }, { grade: 0 }, 700],
      ['one of a list', 'grade', [1, 2], { grade: 2 }, 700],
      ['none of a list', 'grade', [1, 2], { grade: 3 }, 0],
      ['relationship', 'relationship', 'child', { relationship: 'child' }, 700],
      ['the territory', 'territory', 'T1', {}, 700],
      ['another territory', 'territory', 'T2', {}, 0],
      ['the calendar month', 'month', 3, {}, 700],
      ['another month', 'month', 4, {}, 0],
      ['the first month in the programme', 'tenure', 1, {}, 700],
      ['not yet the second', 'tenure', 2, {}, 0],
      ['age on the birthday', 'age', 6, {}, 700],
      ['no longer five', 'age', 5, {}, 0],
      ['an attribute of the household', 'zone', 'rural', {}, 700],
      ['another value of it', 'zone', 'urban', {}, 0],
      ['an attribute of the member', 'kind', 'x', { attributes: { kind: 'x' } }, 700],
      ['which the member lacks', 'kind', 'x', {}, 0],
    ];
  for (const [name, key, wanted, member, amount] of rows)
    it(name, () => expect(paid(key, wanted, member)).toBe(amount));
  it('age the month before the birthday', () => expect(paid('age', 5, {}, '2025-02')).toBe(700));
});
