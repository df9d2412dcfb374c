import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../domain/kernel/result.ts';
import type { Adjustment } from '../../../domain/records/household.ts';
import { type ClosedPeriod, correctHistory } from '../../../domain/transfers/correction.ts';
import { compiled, condition, fact, flat, home, money, ofEach, pay, perChild, person } from './support.ts';

const parts = {
  citations: { law: { title: 'Law 1' }, decree: { title: 'Decree 2' } },
  parameters: { amount: money('100.00'), small: money('7.00') },
  conditions: [condition('school')],
  benefits: [
    perChild('each', { requires: ofEach('school') }),
    flat('base', 'small', { cite: 'decree', when: { not: { attribute: { name: 'off', is: true } } } }),
  ],
};
const [january, february] = [compiled(parts, '2025-01'), compiled(parts, '2025-02')];
const family = home([person('A'), person('B')]);
const attend = (values: Record<string, boolean>, period = '2025-01') =>
  Object.entries(values).map(([id, value]) => fact(id, 'attends', value, period));
const request = {
  id: 'C7',
  reason: 'registry_change',
  submittedBy: 'ana',
  approvedBy: 'beto',
  approvedOn: '2025-03-01',
} as const;
const correct = (history: ClosedPeriod[]) => unwrap(correctHistory(history, undefined, request)).adjustments;

describe('a correction', () => {
  const evidence = attend({ A: false, B: true });
  const { verdicts: _verdicts, ...decided } = pay(january, family, evidence);
  const closed: ClosedPeriod = { programme: january, decided, household: family, evidence };
  it('of nothing moves nothing', () => expect(correct([closed])).toEqual([]));
  it('is a line for each benefit and member, in order, under the rule that it corrects', () => {
    const known = {
      ...closed,
      household: { ...family, attributes: { off: true } },
      evidence: attend({ A: true, B: false }),
    };
    expect(correct([known])).toEqual([
      {
        id: 'C7:2025-01|base|',
        kind: 'recovery',
        benefit: 'base',
        amountMinor: 700,
        origin: '2025-01',
        reason: 'registry_change',
        cite: 'decree',
      },
      {
        id: 'C7:2025-01|each|A',
        kind: 'arrears',
        benefit: 'each',
        member: 'A',
        amountMinor: 10000,
        origin: '2025-01',
        reason: 'registry_change',
        cite: 'law',
      },
      {
        id: 'C7:2025-01|each|B',
        kind: 'recovery',
        benefit: 'each',
        member: 'B',
        amountMinor: 10000,
        origin: '2025-01',
        reason: 'registry_change',
        cite: 'law',
      },
    ]);
    expect(correct([known])[0]).not.toHaveProperty('member');
  });
  it('does not take again what was taken off since', () => {
    const known = { ...closed, household: { ...family, attributes: { off: true } } };
    const [owed] = correct([known]) as [Adjustment];
    const after = attend({ A: true, B: true }, '2025-02');
    const { state, ...next } = pay(february, family, after, { adjustments: [owed] });
    expect([next.recoveredMinor, state.recoveries]).toEqual([700, undefined]);
    const later = { programme: february, decided: next, household: family, evidence: after };
    expect(correct([known, later])).toEqual([]);
    const half = { ...next, recoveries: [{ ...next.recoveries[0]!, amountMinor: 300 }] };
    expect(correct([known, { ...later, decided: half }])).toMatchObject([
      { kind: 'recovery', benefit: 'base', amountMinor: 400, origin: '2025-01' },
    ]);
  });
  it('does not pay again what was held and paid since', () => {
    const waiting = pay(january, family, attend({ B: true }));
    const after = [...attend({ A: true }), ...attend({ A: true, B: true }, '2025-02')];
    const then = pay(february, family, after, { state: waiting.state });
    expect(then.arrearsMinor).toBe(10000);
    const known = attend({ A: true, B: true });
    expect(
      correct([
        { programme: january, decided: waiting, household: family, evidence: known },
        { programme: february, decided: then, household: family, evidence: after },
      ]),
    ).toEqual([]);
  });
});
