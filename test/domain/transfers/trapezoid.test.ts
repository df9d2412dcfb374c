import { describe, expect, it } from 'vitest';
import { compiled, home, money, number, pay, person, rule } from './support.ts';

// The numbers jump at the corners, so that each side of a corner shows.

const parameters = {
  in: number('30', 'percent'),
  from: money('100.00'),
  flat: money('40.00'),
  out: money('200.00'),
  down: number('20', 'percent'),
  half: number('50', 'percent'),
};
const paid = (
  wage: string | undefined,
  more: Record<string, unknown> = {},
  birth = '1990-01-01',
  parts = {},
) =>
  pay(
    compiled({
      parameters,
      ...parts,
      benefits: [
        {
          ...rule('b'),
          kind: 'trapezoid',
          per: 'month',
          income: 'wage',
          who: { age: { min: 18 } },
          rateIn: 'in',
          flatFrom: 'from',
          flat: 'flat',
          outFrom: 'out',
          rateOut: 'down',
          ...more,
        },
      ],
    }),
    home([person('M', birth, wage === undefined ? {} : { attributes: { wage } })]),
  );

describe('trapezoid by income', () => {
  const rows: [name: string, wage: string | undefined, amountMinor: number][] = [
    ['no income known', undefined, 0],
    ['no income', '0.00', 0],
    ['the least income', '0.10', 3],
    ['half a cent of the rise is rounded up', '0.05', 2],
    ['the end of the rise belongs to it', '100.00', 3000],
    ['a cent more is the flat amount', '100.01', 4000],
    ['the end of the flat part belongs to it', '200.00', 4000],
    ['beyond it a share of the excess is taken', '200.05', 3999],
    ['the last cent', '399.95', 1],
    ['the end', '400.00', 0],
    ['never below nothing', '900.00', 0],
  ];
  for (const [name, wage, amountMinor] of rows)
    it(name, () => {
      expect(paid(wage).payableMinor).toBe(amountMinor);
      expect(paid(wage).lines).toHaveLength(amountMinor > 0 ? 1 : 0);
    });
  it('a share of it is an advance, rounded as the rule says', () => {
    const share = (wage: string, rounding?: string) =>
      paid(wage, { share: 'half', ...(rounding && { rounding }) }).payableMinor;
    expect([share('150.00'), share('100.00'), share('399.95'), share('399.95', 'down')]).toEqual([
      2000, 1500, 1, 0,
    ]);
  });
  it('what is left is rounded, not what is taken off', () => {
    const left = (wage: string, rounding: string) => paid(wage, { rateOut: 'half', rounding }).payableMinor;
    const all = (wage: string) =>
      ['half_up', 'half_even', 'down', 'up'].map((rounding) => left(wage, rounding));
    expect([all('200.03'), all('200.05'), all('200.04'), all('279.99'), all('280.00')]).toEqual([
      [3999, 3998, 3998, 3999],
      [3998, 3998, 3997, 3998],
      [3998, 3998, 3998, 3998],
      [1, 0, 0, 1],
      [0, 0, 0, 0],
    ]);
  });
  it('exactly, where the products are larger than a number holds', () => {
    const big = {
      flat: money('9000000000.01'),
      out: money('9000000000.00'),
      down: number('33.333333', 'percent'),
    };
    const all = { parameters: { ...parameters, ...big } };
    // 900000000001 - 33.333333% of 900000000000 = 600000003001.
    expect(paid('18000000000.00', {}, '1990-01-01', all).payableMinor).toBe(600_000_003_001);
  });
  it('only those whom the rule is about', () => expect(paid('150.00', {}, '2012-01-01').lines).toEqual([]));
});
