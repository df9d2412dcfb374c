import { describe, expect, it } from 'vitest';
import type { Day } from '../../../domain/kernel/period.ts';
import { compiled, home, label, pay, person, rule } from './support.ts';

type Key = string | number | boolean | (string | number)[] | { min?: number; max?: number };
type Row = { when: Record<string, Key>; value?: string };

/** What a household with this one member is paid by a table. */
function paidBy(
  rows: Row[],
  member: Parameters<typeof person>[2],
  { period = '2025-03', ...benefit }: Record<string, unknown> & { period?: string } = {},
): number {
  const programme = compiled(
    {
      attributes: {
        zone: { of: 'household', type: 'text', label },
        rural: { of: 'household', type: 'boolean', label },
        kind: { of: 'member', type: 'text', label },
      },
      parameters: { amount: { label, unit: 'money', values: [{ from: '2020-01', rows, cite: 'law' }] } },
      benefits: [{ ...rule('t'), kind: 'table', per: 'month', table: 'amount', ...benefit }],
    },
    period,
  );
  const household = home([person('M', '2019-03-01', member)], { zone: 'rural', rural: true });
  return pay(programme, household).payableMinor;
}

describe('a row of a table fits by', () => {
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
      ['a text that looks like a number of the range', 'kind', { min: 3 }, { attributes: { kind: '5' } }, 0],
      ['one of a list', 'grade', [1, 2], { grade: 2 }, 700],
      ['none of a list', 'grade', [1, 2], { grade: 3 }, 0],
      ['relationship', 'relationship', 'child', { relationship: 'child' }, 700],
      ['another relationship', 'relationship', 'head', { relationship: 'child' }, 0],
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
      ['a yes of the household', 'rural', true, {}, 700],
      ['a no of the household', 'rural', false, {}, 0],
      ['an attribute of the member', 'kind', 'x', { attributes: { kind: 'x' } }, 700],
      ['which the member lacks', 'kind', 'x', {}, 0],
    ];
  for (const [name, key, wanted, member, amount] of rows)
    it(name, () => expect(paidBy([{ when: { [key]: wanted }, value: '7.00' }], member)).toBe(amount));
  it('age the month before the birthday', () =>
    expect(paidBy([{ when: { age: 5 }, value: '7.00' }], {}, { period: '2025-02' })).toBe(700));
  it('age 0 of somebody born later in the period, none of somebody born after it', () => {
    const rows = [{ when: { age: { max: 0 } }, value: '7.00' }];
    expect(paidBy(rows, { birthDate: '2025-03-31' as Day })).toBe(700);
    expect(paidBy(rows, { birthDate: '2025-04-01' as Day })).toBe(0);
  });
  it('a calendar month of two digits', () =>
    expect(paidBy([{ when: { month: 12 }, value: '7.00' }], {}, { period: '2025-12' })).toBe(700));
});

describe('of several rows', () => {
  const rows: Row[] = [
    { when: { sex: 'F', grade: { min: 3 } }, value: '9.00' },
    { when: { sex: 'M', grade: { min: 3 } }, value: '7.00' },
    { when: { sex: 'F' }, value: '3.00' },
    { when: { sex: 'M' }, value: '2.00' },
  ];
  const lenient = { lowestIfMissing: ['sex'] };
  it('the first that fits wholly counts', () =>
    expect([
      paidBy(rows, { sex: 'F', grade: 3 }),
      paidBy(rows, { sex: 'M', grade: 3 }),
      paidBy(rows, { sex: 'F', grade: 2 }),
      paidBy(rows, { sex: 'F' }),
    ]).toEqual([900, 700, 300, 300]));
  it('a key that is not recorded fits none, or the lowest of those that otherwise fit where the rule says so', () =>
    expect([
      paidBy(rows, { grade: 3 }),
      paidBy(rows.slice(0, 2), { grade: 3 }, lenient),
      paidBy(rows.slice(0, 2).reverse(), { grade: 3 }, lenient),
      paidBy(rows.slice(0, 2), { grade: 2 }, lenient),
      paidBy(rows.slice(0, 2), {}, lenient),
    ]).toEqual([0, 700, 700, 0, 0]));
  it('a row that fits without a guess counts before the guesses', () =>
    expect(paidBy([...rows, { when: {}, value: '8.00' }], { grade: 3 }, lenient)).toBe(800));
  it('the lowest is for missing keys only: what is recorded decides', () =>
    expect(paidBy(rows, { sex: 'F', grade: 3 }, lenient)).toBe(900));
  it('and nobody outside the benefit is looked up', () =>
    expect(paidBy(rows, { sex: 'F', grade: 3 }, { who: { age: { min: 18 } } })).toBe(0));
});
