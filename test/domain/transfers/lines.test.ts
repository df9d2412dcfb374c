import { describe, expect, it } from 'vitest';
import {
  child,
  compiled,
  condition,
  fact,
  home,
  money,
  number,
  ofEach,
  pay,
  perChild,
  person,
  rule,
} from './support.ts';

const parameters = { amount: money('10.00'), small: money('4.00') };
const two = home([person('B', '2010-01-01'), person('A', '2012-01-01')]);

describe('lines', () => {
  it('stand in the declared order of benefits, members by id, the household first', () => {
    const top = {
      ...rule('top'),
      kind: 'top_up',
      per: 'month',
      floor: { attribute: 'income' },
      over: ['late'],
    };
    const late = perChild('late', { bands: [{ who: child, amount: 'small' }] });
    const run = pay(compiled({ parameters, benefits: [top, late] }), {
      ...two,
      attributes: { income: '20.00' },
    });
    expect(run.lines.map((line) => [line.benefit, line.member, line.amountMinor])).toEqual([
      ['top', undefined, 1200],
      ['late', 'A', 400],
      ['late', 'B', 400],
    ]);
  });
  it('count their months, or their people', () => {
    const everybody = { ...rule('all'), kind: 'per_person', per: 'month', amount: 'amount' };
    const run = pay(
      compiled({ frequency: 'bimonthly', parameters, benefits: [perChild('each'), everybody] }),
      two,
    );
    expect(run.lines.map((line) => [line.benefit, line.count, line.amountMinor])).toEqual([
      ['each', 2, 2000],
      ['each', 2, 2000],
      ['all', 4, 4000],
    ]);
    const each = (frequency: string) =>
      pay(
        compiled({
          frequency,
          parameters: { ...parameters, most: number(2) },
          benefits: [
            perChild('each', { max: 'most' }),
            {
              ...rule('declining'),
              kind: 'declining',
              per: 'month',
              bands: [{ who: child, amounts: ['amount', 'small'] }],
            },
          ],
        }),
        two,
      );
    expect(each('monthly').lines.map((line) => 'count' in line)).toEqual([false, false, false, false]);
    expect(each('bimonthly').lines.map((line) => line.count)).toEqual([2, 2, 2, 2]);
    const once = pay(compiled({ parameters, benefits: [perChild('each')] }), two);
    expect(once.lines.map((line) => 'count' in line)).toEqual([false, false]);
  });
});

describe('money held in a period of two months', () => {
  const parts = (requires: unknown[], missing = 'hold') => ({
    frequency: 'bimonthly',
    parameters,
    conditions: [condition('school', { window: { each: 'month' }, missing })],
    benefits: [perChild('each', { requires })],
  });
  const rows = [
    fact('A', 'attends', true, '2025-01'),
    fact('A', 'attends', true, '2025-02'),
    fact('B', 'attends', true, '2025-01'),
  ];
  const waits = (run: ReturnType<typeof pay>) =>
    run.state.held?.map((held) => [held.member, held.amountMinor, held.waitsFor]);
  const february = [{ condition: 'school', subject: 'B', period: '2025-02' }];
  it('waits for the month that is missing, and for its own member', () =>
    expect(waits(pay(compiled(parts(ofEach('school'))), two, rows))).toEqual([['B', 1000, february]]));
  it('of all members waits for the one where the household is asked', () => {
    const requires = [{ condition: 'school', scope: 'household' }];
    expect(waits(pay(compiled(parts(requires)), two, rows))).toEqual([
      ['A', 1000, february],
      ['B', 1000, february],
    ]);
  });
  it('each month waits for itself', () =>
    expect(waits(pay(compiled(parts(ofEach('school'))), two, rows.slice(0, 2)))).toEqual([
      ['B', 1000, [{ condition: 'school', subject: 'B', period: '2025-01' }]],
      ['B', 1000, february],
    ]));
  it('missing evidence that pays holds nothing, that forfeits loses its month', () => {
    const outcome = (missing: string) =>
      pay(compiled(parts(ofEach('school'), missing)), two, rows).lines.map((line) => [
        line.member,
        line.outcome,
        line.amountMinor,
        line.reason,
      ]);
    expect(outcome('pay')).toEqual([
      ['A', 'payable', 2000, 'OWED'],
      ['B', 'payable', 2000, 'OWED'],
    ]);
    expect(outcome('forfeit')).toEqual([
      ['A', 'payable', 2000, 'OWED'],
      ['B', 'payable', 1000, 'OWED'],
      ['B', 'forfeited', 1000, 'NOT_MET:school'],
    ]);
  });
});
