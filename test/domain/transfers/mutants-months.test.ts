import { describe, expect, it } from 'vitest';
import { choosePayee } from '../../../domain/transfers/payee.ts';
import { compiled, draft, home, money, pay, person, rule } from './support.ts';

const label = { es: 'a', en: 'a' };
const flat = { ...rule('flat'), kind: 'flat', per: 'month', amount: 'amount' };
/** Nothing in this programme but what a row adds tells one month of its period from the other. */
const bimonthly = (parts: Record<string, unknown>, period = '2025-01') =>
  pay(
    compiled(
      { frequency: 'bimonthly', ageAt: 'period_start', parameters: { amount: money('100.00') }, ...parts },
      period,
    ),
    home([]),
  );
const amount = (values: Record<string, unknown>[]) => ({
  parameters: { amount: { label, unit: 'money', values: values.map((item) => ({ cite: 'law', ...item })) } },
});

describe('two months of a period are reckoned alike only where they are', () => {
  const changing = amount([
    { from: '2020-01', until: '2025-01', value: '1.00' },
    { from: '2025-02', value: '2.00' },
  ]);
  const rows: [string, Record<string, unknown>, string, number][] = [
    ['the same value in both', {}, '2025-01', 20000],
    ['a value that changes in the second month', changing, '2025-01', 300],
    ['the period before the change', changing, '2024-11', 200],
    ['the period after the change', changing, '2025-03', 400],
    [
      'a benefit that begins in the second month',
      { benefits: [{ ...flat, from: '2025-02' }] },
      '2025-01',
      10000,
    ],
    [
      'a benefit that ends with the first month',
      { benefits: [{ ...flat, until: '2025-01' }] },
      '2025-01',
      10000,
    ],
  ];
  for (const [name, parts, period, expected] of rows)
    it(name, () => expect(bimonthly(parts, period).payableMinor).toBe(expected));
  it('a yearly limit is counted in the year of each month', () =>
    expect(
      bimonthly({ anchorMonth: 12, benefits: [{ ...flat, limit: 'once_a_year' }] }, '2024-12').state.counts,
    ).toEqual({ 'flat|2024': 1, 'flat|2025': 1 }));
});

describe('who is paid', () => {
  it('of several who fit the same line the lowest id, whatever the order of the roster', () => {
    const { payment } = draft() as { payment: Record<string, unknown> };
    const programme = compiled({
      payment: { ...payment, payees: [{ label, who: { age: { min: 18 } } }] },
    });
    const members = [person('Z', '1990-01-01'), person('B', '1990-01-01'), person('C', '1990-01-01')];
    expect(choosePayee(programme)(home(members))?.member.id).toBe('B');
  });
});
