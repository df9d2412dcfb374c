import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import { compileProgramme, periodOf } from '../../../domain/transfers/compile.ts';
import { compiled, condition, define, flat, home, label, money, number, pay, rule } from './support.ts';

const refusal = (parts: Record<string, unknown>, period: string) => {
  const result = compileProgramme(define(parts), month(period));
  return result.ok ? undefined : result.error;
};

describe('a period is refused', () => {
  it('before the programme begins, after it ends', () => {
    expect(refusal({}, '2019-12')).toEqual({
      code: 'PERIOD_NOT_PAYABLE',
      message: 'programme test pays since 2020-01, not in 2019-12',
      next: 'Choose a period in which the programme runs, or extend its dates by a new version.',
      at: 'period',
    });
    expect(refusal({ until: '2024-12' }, '2025-01')?.message).toBe(
      'programme test pays from 2020-01 to 2024-12, not in 2025-01',
    );
    expect([refusal({}, '2020-01'), refusal({ until: '2024-12' }, '2024-12')]).toEqual([
      undefined,
      undefined,
    ]);
  });
  it('inside another', () =>
    expect(refusal({ frequency: 'bimonthly' }, '2025-02')).toEqual({
      code: 'PERIOD_NOT_PAYABLE',
      message: 'programme test pays bimonthly: 2025-02 is inside the period that starts 2025-01',
      next: 'Use --period 2025-01.',
      at: 'period',
    }));
  it('while values are open, all of them named', () => {
    const open = { label, unit: 'money', values: [{ from: '2020-01', notPublished: true, cite: 'law' }] };
    const parts = {
      parameters: { amount: open, b: open, c: open },
      benefits: [flat('x'), flat('y', 'b'), flat('z', 'c')],
    };
    expect(refusal(parts, '2025-01')?.message).toMatch(/"amount".* was not published; also open: b, c$/);
    expect(refusal({ ...parts, benefits: [flat('y', 'b')] }, '2025-01')?.message).toMatch(/"b".* published$/);
  });
  for (const name of ['two', 'term', 'half', 'floor'])
    it(`while a value is open that only some household will need: ${name}`, () => {
      const parameters = {
        amount: money('1.00'),
        two: number(2),
        term: number(3, 'months'),
        half: number(50, 'percent'),
        floor: money('1.00'),
      };
      const ladder = {
        ...rule('steps'),
        conditions: ['c'],
        scope: 'household',
        until: '2024-12',
        clockMonths: 'term',
        steps: [{ id: 'loss', label, effect: 'forfeit', instalments: 'two' }],
      };
      const open = {
        label,
        unit: parameters[name as 'two'].unit,
        values: [{ from: '2020-01', notPublished: true, cite: 'law' }],
      };
      const parts = {
        parameters: { ...parameters, [name]: open },
        conditions: [condition('c')],
        ladders: [ladder],
        payment: {
          channels: [{ channel: 'cash' }],
          unclaimed: { rule: 'accumulate', cite: 'law' },
          recovery: { percent: 'half', floor: 'floor', cite: 'law' },
        },
      };
      expect(refusal(parts, '2024-12')?.at).toBe(`parameters.${name}`);
      const after = name === 'two' || name === 'term' ? undefined : `parameters.${name}`;
      expect(refusal(parts, '2025-01')?.at).toBe(after);
    });
});

describe('a limit in time that nobody published', () => {
  for (const limit of [{ instalments: 'open' }, { months: { maxPerYear: 'open' } }])
    it(`refuses the period: ${Object.keys(limit)[0]}`, () => {
      const open = { label, unit: 'months', values: [{ from: '2020-01', notPublished: true, cite: 'law' }] };
      const parameters = { amount: money('1.00'), open };
      expect(refusal({ parameters, benefits: [flat('a', 'amount', limit)] }, '2025-01')?.at).toBe(
        'parameters.open',
      );
    });
});

describe('the period that a month lies in', () => {
  const rows: [
    month: string,
    frequency: 'monthly' | 'bimonthly' | 'quarterly',
    anchor: number,
    start: string,
  ][] = [
    ['2025-02', 'monthly', 1, '2025-02'],
    ['2025-01', 'bimonthly', 1, '2025-01'],
    ['2025-02', 'bimonthly', 1, '2025-01'],
    ['2025-01', 'bimonthly', 2, '2024-12'],
    ['2025-02', 'bimonthly', 2, '2025-02'],
    ['2025-12', 'quarterly', 1, '2025-10'],
    ['2025-01', 'quarterly', 3, '2024-12'],
    ['2025-05', 'quarterly', 3, '2025-03'],
    ['0999-06', 'quarterly', 1, '0999-04'],
  ];
  for (const [at, frequency, anchor, start] of rows)
    it(`${at}, ${frequency} from month ${anchor}: ${start}`, () =>
      expect(periodOf(at as never, frequency, anchor)).toBe(start));
});

describe('a household test in the second month of a period', () => {
  it('is asked of the month, not of the period', () => {
    const parts = {
      frequency: 'bimonthly',
      benefits: [
        flat('a', 'amount', { when: { calendarMonth: [2] } }),
        flat('b', 'amount', { per: 'period' }),
      ],
      caps: [
        { ...rule('cap'), method: 'truncate', over: ['b'], limit: 'half' },
        { ...rule('other'), method: 'truncate', over: ['a'], limit: 'amount' },
      ],
      parameters: { amount: money('100.00'), half: money('50.00') },
    };
    expect(pay(compiled(parts), home([])).lines.map((line) => [line.benefit, line.amountMinor])).toEqual([
      ['a', 10000],
      ['b', 5000],
    ]);
  });
});
