import { describe, expect, it } from 'vitest';
import { compiled, fact, home, money, pay, person, rule } from './support.ts';

// A mutation run let through the order of lines, what they count, and which month held money waits for.

const child = { age: { max: 17 } };
const parameters = { amount: money('10.00'), small: money('4.00') };
const school = (missing = 'hold') => ({
  ...rule('school'),
  of: child,
  evidence: 'attends',
  check: { type: 'is_true' },
  window: { each: 'month' },
  missing,
});
const each = (id: string, amount = 'amount', requires: unknown[] = []) => ({
  ...rule(id),
  kind: 'per_member',
  per: 'month',
  bands: [{ who: child, amount }],
  requires,
});
const two = home([person('B', '2010-01-01'), person('A', '2012-01-01')]);
const byMember = [{ condition: 'school', scope: 'member' }];
const byHousehold = [{ condition: 'school', scope: 'household' }];

describe('lines', () => {
  it('stand in the declared order of benefits, members by id, the household first', () => {
    const top = {
      ...rule('top'),
      kind: 'top_up',
      per: 'month',
      floor: { attribute: 'income' },
      over: ['late'],
    };
    const run = pay(compiled({ parameters, benefits: [top, each('late', 'small')] }), {
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
    const person2 = { ...rule('all'), kind: 'per_person', per: 'month', amount: 'amount' };
    const run = pay(compiled({ frequency: 'bimonthly', parameters, benefits: [each('each'), person2] }), two);
    expect(run.lines.map((line) => [line.benefit, line.count, line.amountMinor])).toEqual([
      ['each', 2, 2000],
      ['each', 2, 2000],
      ['all', 4, 4000],
    ]);
    const once = pay(compiled({ parameters, benefits: [each('each')] }), two);
    expect(once.lines.map((line) => 'count' in line)).toEqual([false, false]);
  });
});

describe('money held in a period of two months', () => {
  const parts = (requires: unknown[], missing?: string) => ({
    frequency: 'bimonthly',
    parameters,
    conditions: [school(missing)],
    benefits: [each('each', 'amount', requires)],
  });
  const rows = [
    fact('A', 'attends', true, '2025-01'),
    fact('A', 'attends', true, '2025-02'),
    fact('B', 'attends', true, '2025-01'),
  ];
  const waits = (run: ReturnType<typeof pay>) =>
    run.state.held?.map((held) => [held.member, held.amountMinor, held.waitsFor]);
  it('waits for the month that is missing, and for its own member', () =>
    expect(waits(pay(compiled(parts(byMember)), two, rows))).toEqual([
      ['B', 1000, [{ condition: 'school', subject: 'B', period: '2025-02' }]],
    ]));
  it('of all members waits for the one where the household is asked', () =>
    expect(waits(pay(compiled(parts(byHousehold)), two, rows))).toEqual([
      ['A', 1000, [{ condition: 'school', subject: 'B', period: '2025-02' }]],
      ['B', 1000, [{ condition: 'school', subject: 'B', period: '2025-02' }]],
    ]));
  it('each month waits for itself', () =>
    expect(waits(pay(compiled(parts(byMember)), two, rows.slice(0, 2)))).toEqual([
      ['B', 1000, [{ condition: 'school', subject: 'B', period: '2025-01' }]],
      ['B', 1000, [{ condition: 'school', subject: 'B', period: '2025-02' }]],
    ]));
  it('missing evidence that pays holds nothing, that forfeits loses its month', () => {
    const outcome = (missing: string) =>
      pay(compiled(parts(byMember, missing)), two, rows).lines.map((line) => [
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
