import { describe, expect, it } from 'vitest';
import type { HouseholdState } from '../../../domain/records/household.ts';
import {
  child,
  compiled,
  condition,
  fact,
  flat,
  home,
  label,
  money,
  number,
  pay,
  perChild,
  person,
  rule,
} from './support.ts';

const dated = (...values: [from: string, until: string | undefined, value: string][]) => ({
  label,
  unit: 'money',
  values: values.map(([from, until, value]) => ({ from, ...(until && { until }), value, cite: 'law' })),
});
const parameters = {
  amount: money('10.00'),
  most: money('4.00'),
  half: number('50', 'percent'),
  one: number(1, 'months'),
  two: number(2, 'months'),
};

describe('a period of two months', () => {
  // Ages are taken at the start of the period: taken by the month they make every period be reckoned apart.
  const paid = (parts: Record<string, unknown>, period: string) =>
    pay(
      compiled(
        { frequency: 'bimonthly', ageAt: 'period_start', parameters, benefits: [flat('flat')], ...parts },
        period,
      ),
      home([person('M', '2012-02-01')], { off: true }),
      [fact('M', 'attends', true, '2025-01')],
    );
  const cap = { ...rule('cap'), method: 'truncate', over: ['flat'], limit: 'most' };
  const school = condition('school', { window: { each: 'month' }, missing: 'forfeit' });
  const changing = {
    ...parameters,
    amount: dated(['2020-01', '2025-01', '10.00'], ['2025-02', undefined, '3.00']),
  };
  const byMonth = {
    ...money('0.00'),
    values: [{ from: '2020-01', rows: [{ when: { month: 2 }, value: '7.00' }], cite: 'law' }],
  };
  const rows: [name: string, parts: Record<string, unknown>, payableMinor: number, period?: string][] = [
    ['of which none differs', {}, 2000],
    [
      'a benefit that starts in the second',
      { benefits: [flat('flat', 'amount', { from: '2025-02' })] },
      1000,
    ],
    ['a benefit that ends in the first', { benefits: [flat('flat', 'amount', { until: '2025-01' })] }, 1000],
    ['a limit that starts in the second', { caps: [{ ...cap, from: '2025-02' }] }, 1400],
    ['a limit that ends in the first', { caps: [{ ...cap, until: '2025-01' }] }, 1400],
    ['a value that changes in the second', { parameters: changing }, 1300],
    [
      'a second change in the second',
      {
        parameters: {
          ...parameters,
          amount: dated(
            ['2020-01', '2024-12', '1.00'],
            ['2025-01', '2025-01', '10.00'],
            ['2025-02', undefined, '3.00'],
          ),
        },
      },
      1300,
    ],
    ['the period before the change', { parameters: changing }, 2000, '2024-11'],
    ['the period after the change', { parameters: changing }, 600, '2025-03'],
    [
      'evidence of the first only',
      {
        conditions: [school],
        benefits: [flat('flat', 'amount', { requires: [{ condition: 'school', scope: 'household' }] })],
      },
      1000,
    ],
    ['a stay that ends after the first', { stay: { maxMonths: 'one', cite: 'law' } }, 1000],
    [
      'a multiplier for one month: out in the second',
      {
        modifiers: [
          {
            ...rule('less'),
            when: { attribute: { name: 'off', is: true } },
            percent: 'half',
            maxMonths: 'one',
          },
        ],
      },
      500,
    ],
    [
      'a month that is never paid',
      { benefits: [flat('flat', 'amount', { months: { exclude: [2] } })] },
      1000,
    ],
    [
      'neither of its months is one that is paid',
      { benefits: [flat('flat', 'amount', { months: { only: [3] } })] },
      0,
    ],
    [
      'a calendar month that a rule asks for',
      { benefits: [flat('flat', 'amount', { when: { calendarMonth: [1] } })] },
      1000,
    ],
    ['a value by the calendar month', { parameters: { ...parameters, amount: byMonth } }, 700],
    [
      'the second month in the programme',
      { benefits: [flat('flat', 'amount', { when: { monthsInProgramme: { min: 2 } } })] },
      1000,
    ],
    ['one instalment', { benefits: [flat('flat', 'amount', { instalments: 'one' })] }, 1000],
    [
      'a limit a year that is used up by December, in a period over the new year',
      { anchorMonth: 12, benefits: [flat('flat', 'amount', { months: { maxPerYear: 'one' } })] },
      2000,
      '2024-12',
    ],
  ];
  for (const [name, parts, payableMinor, period = '2025-01'] of rows)
    it(name, () => expect(paid(parts, period).payableMinor).toBe(payableMinor));
  it('an age that changes inside it counts from its month', () => {
    const six = (birthDate: string) =>
      pay(
        compiled({
          frequency: 'bimonthly',
          parameters,
          benefits: [
            perChild('b', { bands: [{ who: { age: { min: 6, at: 'month_start' } }, amount: 'amount' }] }),
          ],
        }),
        home([person('A', birthDate)]),
      ).payableMinor;
    expect([six('2019-01-01'), six('2019-02-01'), six('2019-02-02')]).toEqual([2000, 1000, 0]);
  });
  it('an age that is taken by the year differs over the new year', () => {
    const paid = (birthDate: string) =>
      pay(
        compiled(
          {
            frequency: 'bimonthly',
            anchorMonth: 12,
            ageAt: 'year_end',
            parameters,
            benefits: [perChild('b', { bands: [{ who: child, amount: 'amount' }] })],
          },
          '2024-12',
        ),
        home([person('A', birthDate)]),
      ).payableMinor;
    expect([paid('2006-12-31'), paid('2007-12-31'), paid('2008-01-01')]).toEqual([0, 1000, 2000]);
  });
  it('a yearly limit is counted in the year of each month', () =>
    expect(
      paid({ anchorMonth: 12, benefits: [flat('flat', 'amount', { limit: 'once_a_year' })] }, '2024-12').state
        .counts,
    ).toEqual({ 'flat|2024': 1, 'flat|2025': 1 }));
  it('counts its months in the programme, monthly or not', () => {
    const months = (parts: Record<string, unknown>) => paid(parts, '2025-01').state.months;
    expect([
      months({}),
      months({ benefits: [flat('flat', 'amount', { per: 'period' })] }),
      months({ benefits: [flat('flat'), flat('whole', 'amount', { per: 'period' })] }),
      months({ stay: { maxMonths: 'one', cite: 'law' } }),
    ]).toEqual([2, 2, 2, 1]);
  });
});

describe('limits in time', () => {
  /** Payable by month. */
  const life = (parts: Record<string, unknown>, periods: string[], household = home([])) => {
    let state: HouseholdState | undefined;
    const amounts = periods.map((period) => {
      const run = pay(compiled({ parameters, ...parts }, period), household, [], state ? { state } : {});
      state = run.state;
      return run.payableMinor;
    });
    return { amounts, state };
  };
  it('at most two months of a calendar year, and again in the next', () => {
    const periods = ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'];
    const { amounts, state } = life(
      { benefits: [flat('flat', 'amount', { months: { maxPerYear: 'two' } })] },
      periods,
    );
    expect(amounts).toEqual([1000, 1000, 0, 1000, 1000, 0]);
    expect(state?.counts).toEqual({ 'flat|2026': 2 });
  });
  it('once a year, once in a lifetime, so many instalments', () => {
    const months = ['2025-11', '2025-12', '2026-01', '2026-02'];
    const limited = (more: Record<string, unknown>) =>
      life({ benefits: [flat('flat', 'amount', more)] }, months).amounts;
    expect(limited({ limit: 'once_a_year' })).toEqual([1000, 0, 1000, 0]);
    expect(limited({ limit: 'once_in_a_lifetime' })).toEqual([1000, 0, 0, 0]);
    expect(limited({ instalments: 'two' })).toEqual([1000, 1000, 0, 0]);
  });
  it('each member for itself', () => {
    const once = {
      benefits: [perChild('each', { limit: 'once_a_year', bands: [{ who: child, amount: 'amount' }] })],
    };
    const first = pay(compiled({ parameters, ...once }, '2025-01'), home([person('A')]));
    const both = home([person('A'), person('B')]);
    const second = pay(compiled({ parameters, ...once }, '2025-02'), both, [], { state: first.state });
    expect(second.lines.map((line) => line.member)).toEqual(['B']);
    expect(second.state.counts).toEqual({ 'each|A|2025': 1, 'each|B|2025': 1 });
  });
  it('waits before it pays and ends after the longest stay', () => {
    const parts = {
      parameters: { ...parameters, most: number(3, 'months') },
      attributes: { entry: { of: 'household', type: 'month', label } },
      stay: { entered: 'entry', waitMonths: 'one', maxMonths: 'most', cite: 'law' },
    };
    const at = (entry: string) => pay(compiled(parts), home([], { entry }));
    expect(
      ['2025-02', '2025-01', '2024-12', '2024-12-31', '2024-11', '2024-10'].map((entry) => {
        const run = at(entry);
        return [run.reason, run.payableMinor];
      }),
    ).toEqual([
      ['WAITING', 0],
      ['WAITING', 0],
      ['ELIGIBLE', 1000],
      ['ELIGIBLE', 1000],
      ['ELIGIBLE', 1000],
      ['STAY_ENDED', 0],
    ]);
  });
});
