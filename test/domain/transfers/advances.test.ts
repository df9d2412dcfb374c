import { describe, expect, it } from 'vitest';
import { compiled, home, label, money, number, pay, person, rule } from './support.ts';

const adult = { age: { min: 18 } };
const trapezoid = (id: string, more: Record<string, unknown>) => ({
  ...rule(id),
  kind: 'trapezoid',
  per: 'month',
  months: { only: [12] },
  income: 'wage',
  who: adult,
  rateIn: 'in',
  flatFrom: 'from',
  flat: 'flat',
  outFrom: 'out',
  rateOut: 'down',
  ...more,
});
const parts = {
  parameters: {
    in: number('50', 'percent'),
    from: money('100.00'),
    flat: money('60.00'),
    out: money('200.00'),
    down: number('50', 'percent'),
    advance: money('20.00'),
  },
  eligibility: { label, cite: 'law', rule: { not: { attribute: { name: 'off', is: true } } } },
  benefits: [
    {
      ...rule('monthly'),
      kind: 'per_member',
      per: 'month',
      months: { exclude: [12] },
      bands: [{ who: adult, amount: 'advance' }],
    },
    trapezoid('final', { lessAdvances: ['monthly'] }),
  ],
};
const earner = (wage?: string) =>
  person('M', '1990-01-01', wage === undefined ? {} : { attributes: { wage } });
const household = (wage?: string, off = false) => home([earner(wage)], { off });
const { state } = pay(compiled(parts, '2025-11'), household('100.00'));
const december = (wage?: string, off?: boolean) =>
  pay(compiled(parts, '2025-12'), household(wage, off), [], { state });

describe('advances', () => {
  it('are remembered by benefit and member', () => expect(state.advances).toEqual({ 'monthly|M': 2000 }));
  const rows: [name: string, wage: string | undefined, payable: number, owed: number[]][] = [
    ['are taken off the final amount', '100.00', 3000, []],
    ['are used up exactly', '40.00', 0, []],
    ['beyond the final amount are recovered', '30.00', 0, [500]],
    ['are recovered whole where the final amount is nothing', undefined, 0, [2000]],
  ];
  for (const [name, wage, payable, owed] of rows)
    it(name, () => {
      const run = december(wage);
      expect(run.payableMinor).toBe(payable);
      expect((run.state.recoveries ?? []).map((item) => item.amountMinor as number)).toEqual(owed);
      expect(run.state.advances).toBeUndefined();
    });
  it('are owed by the member who had them, for the excess, under the rule that settles', () =>
    expect(december().state.recoveries).toEqual([
      {
        id: 'advance:monthly|M',
        kind: 'recovery',
        benefit: 'monthly',
        member: 'M',
        amountMinor: 2000,
        origin: '2025-12',
        reason: 'ADVANCE_EXCEEDED',
        cite: 'law',
      },
    ]));
  it('wait while the household is not eligible', () => {
    const run = december('30.00', true);
    expect([run.eligible, run.state.recoveries, run.state.advances]).toEqual([
      false,
      undefined,
      { 'monthly|M': 2000 },
    ]);
  });
  it('add up over the months', () => {
    const more = pay(compiled(parts, '2025-10'), household('100.00')).state;
    const both = pay(compiled(parts, '2025-11'), household('100.00'), [], { state: more }).state;
    expect(both.advances).toEqual({ 'monthly|M': 4000 });
  });
  it('are settled only by the benefit that names them', () => {
    const twoKinds = {
      ...parts,
      benefits: [
        ...parts.benefits,
        { ...parts.benefits[0], ...rule('other') },
        trapezoid('last', { lessAdvances: ['other'] }),
      ],
    };
    const before = { ...state, advances: { 'monthly|M': 2000, 'other|M': 700 } };
    const run = pay(compiled(twoKinds, '2025-12'), household('100.00'), [], { state: before });
    expect(run.lines.map((line) => [line.benefit, line.amountMinor])).toEqual([
      ['final', 3000],
      ['last', 4300],
    ]);
  });
  it('are taken off each member’s own line', () => {
    const two = home([earner('100.00'), { ...earner('100.00'), id: 'N' }]);
    const run = pay(compiled(parts, '2025-12'), two, [], { state });
    expect(run.lines.map((line) => [line.member, line.amountMinor])).toEqual([
      ['M', 3000],
      ['N', 5000],
    ]);
    const other = pay(compiled(parts, '2025-12'), two, [], {
      state: { ...state, advances: { 'monthly|N': 700 } },
    });
    expect(other.lines.map((line) => [line.member, line.amountMinor])).toEqual([
      ['M', 5000],
      ['N', 4300],
    ]);
  });
});
