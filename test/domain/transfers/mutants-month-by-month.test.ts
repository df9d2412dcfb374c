import { describe, expect, it } from 'vitest';
import { compiled, fact, home, money, number, pay, person, rule } from './support.ts';

// A mutation run let through when the months of a period must be reckoned apart: one of two months differs here.
// Ages are taken at the start of the period: taken by the month they make every period be reckoned apart.

const label = { es: 'a', en: 'a' };
const flat = { ...rule('flat'), kind: 'flat', per: 'month', amount: 'amount' };
const dated = (values: [from: string, until: string | undefined, value: string][]) => ({
  label,
  unit: 'money',
  values: values.map(([from, until, value]) => ({ from, ...(until && { until }), value, cite: 'law' })),
});
const parameters = {
  amount: money('10.00'),
  most: money('4.00'),
  half: number('50', 'percent'),
  one: number(1, 'months'),
};
const school = {
  ...rule('school'),
  of: { age: { max: 17 } },
  evidence: 'attends',
  check: { type: 'is_true' },
  window: { each: 'month' },
  missing: 'forfeit',
};
const cap = { ...rule('cap'), method: 'truncate', over: ['flat'], limit: 'most' };

describe('a period of two months of which one differs', () => {
  const rows: [name: string, parts: Record<string, unknown>, payableMinor: number, period?: string][] = [
    ['none differs', {}, 2000],
    ['a benefit that starts in the second', { benefits: [{ ...flat, from: '2025-02' }] }, 1000],
    ['a benefit that ends in the first', { benefits: [{ ...flat, until: '2025-01' }] }, 1000],
    ['a limit that starts in the second', { caps: [{ ...cap, from: '2025-02' }] }, 1400],
    ['a limit that ends in the first', { caps: [{ ...cap, until: '2025-01' }] }, 1400],
    [
      'a value that ends in the first, another that stays',
      {
        parameters: {
          ...parameters,
          amount: dated([
            ['2020-01', '2025-01', '10.00'],
            ['2025-02', undefined, '3.00'],
          ]),
        },
      },
      1300,
    ],
    [
      'evidence of the first only',
      {
        conditions: [school],
        benefits: [{ ...flat, requires: [{ condition: 'school', scope: 'household' }] }],
      },
      1000,
    ],
    ['a stay that ends after the first', { stay: { maxMonths: 'one', cite: 'law' } }, 1000],
    [
      'a limit a year that is used up by December, in a period over the new year',
      {
        anchorMonth: 12,
        benefits: [{ ...flat, months: { maxPerYear: 'one' } }],
      },
      2000,
      '2024-12',
    ],
  ];
  for (const [name, parts, payableMinor, period = '2025-01'] of rows)
    it(name, () =>
      expect(
        pay(
          compiled({ frequency: 'bimonthly', ageAt: 'period_start', parameters, ...parts }, period),
          home([person('M')]),
          [fact('M', 'attends', true, '2025-01')],
        ).payableMinor,
      ).toBe(payableMinor),
    );
});
