import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import type { Adjustment } from '../../../domain/records/household.ts';
import { compiled, flat, home, minorOf, money, number, pay } from './support.ts';

const owed = (id: string, amount: number, more: Partial<Adjustment> = {}): Adjustment => ({
  id,
  kind: 'recovery',
  benefit: 'flat',
  amountMinor: minorOf(amount),
  origin: month('2024-12'),
  reason: 'registry_change',
  cite: 'law',
  ...more,
});
const parameters = {
  amount: money('100.00'),
  odd: money('100.03'),
  fifth: number('20', 'percent'),
  floor: money('70.00'),
  high: money('150.00'),
};
const run = (
  rule: Record<string, string>,
  adjustments: Adjustment[],
  amount = 'amount',
  when: Record<string, unknown> = {},
) =>
  pay(
    compiled({
      parameters,
      benefits: [flat('flat', amount, when)],
      payment: {
        channels: [{ channel: 'cash' }],
        unclaimed: { rule: 'accumulate', cite: 'law' },
        recovery: { cite: 'law', ...rule },
      },
    }),
    home([]),
    [],
    { adjustments },
  );

describe('what is taken off a payment of 100.00 for an overpayment', () => {
  const rows: [name: string, rule: Record<string, string>, owed: number, taken: number][] = [
    ['at most the share of what is due', { percent: 'fifth' }, 5000, 2000],
    ['never below the floor', { floor: 'floor' }, 5000, 3000],
    ['whichever leaves more', { percent: 'fifth', floor: 'floor' }, 5000, 2000],
    ['all of it where it fits', { percent: 'fifth' }, 2000, 2000],
    ['without a rule, all that is due', {}, 15000, 10000],
    ['nothing where less than the floor is due', { floor: 'high' }, 5000, 0],
  ];
  for (const [name, rule, amount, taken] of rows)
    it(name, () => {
      const result = run(rule, [owed('R', amount)]);
      expect([result.recoveredMinor, result.state.recoveries?.[0]?.amountMinor ?? 0]).toEqual([
        taken,
        amount - taken,
      ]);
    });
  it('a share with decimals is exact, whatever the amount', () => {
    const taken = (amount: string, percent: string) =>
      pay(
        compiled({
          parameters: { amount: money(amount), share: number(percent, 'percent') },
          payment: {
            channels: [{ channel: 'cash' }],
            unclaimed: { rule: 'accumulate', cite: 'law' },
            recovery: { percent: 'share', cite: 'law' },
          },
        }),
        home([]),
        [],
        { adjustments: [owed('R', 10_000_000_000)] },
      ).recoveredMinor;
    expect([taken('1000.00', '0.57'), taken('10000000.00', '20')]).toEqual([570, 200_000_000]);
  });
  it('a share that is no whole cent is rounded down, for the household', () =>
    expect(run({ percent: 'fifth' }, [owed('R', 5000)], 'odd').recoveredMinor).toBe(2000));
});

describe('several overpayments', () => {
  it('are taken in their order, each told with the cycle it is of; the rest stays owed', () => {
    const first = owed('R1', 1500, { member: 'M' });
    const result = run({ percent: 'fifth' }, [first, owed('R2', 1500), owed('R3', 1500)]);
    expect(result.recoveries).toEqual([
      { id: 'R1', benefit: 'flat', member: 'M', origin: '2024-12', amountMinor: 1500 },
      { id: 'R2', benefit: 'flat', origin: '2024-12', amountMinor: 500 },
    ]);
    expect(result.recoveredMinor).toBe(2000);
    expect(result.state.recoveries).toEqual([owed('R2', 1000), owed('R3', 1500)]);
  });
  it('stay owed whole where nothing is due', () => {
    const result = run({}, [owed('R', 500)], 'amount', { when: { calendarMonth: [2] } });
    expect([result.payableMinor, result.recoveredMinor, result.recoveries]).toEqual([0, 0, []]);
    expect(result.state.recoveries).toEqual([owed('R', 500)]);
  });
  it('are taken off what is owed to the household too, which is a line of the cycle that it corrects', () => {
    const arrears = owed('C1', 700, { kind: 'arrears', member: 'M', reason: 'appeal_upheld' });
    const result = run({}, [arrears, owed('R', 10500), owed('C2', 1, { kind: 'arrears' })]);
    expect([result.payableMinor, result.arrearsMinor, result.recoveredMinor]).toEqual([10000, 701, 10500]);
    expect(result.arrears).toMatchObject([
      {
        benefit: 'flat',
        member: 'M',
        amountMinor: 700,
        outcome: 'payable',
        rule: 'correction:C1',
        cite: 'law',
        reason: 'CORRECTION:appeal_upheld',
        origin: '2024-12',
      },
      { amountMinor: 1 },
    ]);
    expect(result.arrears[1]).not.toHaveProperty('member');
  });
});
