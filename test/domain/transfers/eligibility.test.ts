import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import type { HouseholdState } from '../../../domain/records/household.ts';
import { compiled, condition, fact, flat, home, label, money, number, pay, person, rule } from './support.ts';

const parameters = { amount: money('100.00'), half: number('50', 'percent'), one: number(1, 'months') };
const stateBefore = (more: Partial<HouseholdState> = {}): HouseholdState => ({
  lastPeriod: month('2024-12'),
  firstPeriod: month('2024-12'),
  months: 1,
  status: 'active',
  ...more,
});
const reason = (parts: Record<string, unknown>, off: boolean, state?: HouseholdState) => {
  const run = pay(compiled({ parameters, ...parts }), home([], { off }), [], state ? { state } : {});
  expect(run.eligible).toBe(run.payableMinor > 0);
  return run.reason;
};
const off = { attribute: { name: 'off', is: true } };

describe('a household is kept out', () => {
  it('that does not meet the rule', () => {
    const parts = { eligibility: { label, cite: 'law', rule: { not: off } } };
    expect([reason(parts, false), reason(parts, true)]).toEqual(['ELIGIBLE', 'NOT_ELIGIBLE']);
  });
  it('by an incompatible programme, while that rule is in force', () => {
    const other = { programme: 'other', label, effect: 'exclude', attribute: 'off', cite: 'law' };
    const at = (more: Record<string, unknown>) =>
      reason({ incompatibilities: [{ ...other, ...more }] }, true);
    expect(reason({ incompatibilities: [other] }, false)).toBe('ELIGIBLE');
    expect([
      at({}),
      at({ until: '2025-01' }),
      at({ until: '2024-12' }),
      at({ from: '2025-01' }),
      at({ from: '2025-02' }),
      at({ effect: 'report' }),
    ]).toEqual([
      'INCOMPATIBLE:other',
      'INCOMPATIBLE:other',
      'ELIGIBLE',
      'INCOMPATIBLE:other',
      'ELIGIBLE',
      'ELIGIBLE',
    ]);
  });
  it('before the month in which it enters', () => {
    const entering = {
      attributes: {
        entry: { of: 'household', type: 'month', label },
        off: { of: 'household', type: 'boolean', label },
      },
      stay: { entered: 'entry', cite: 'law' },
    };
    const at = (entry: string) => pay(compiled({ parameters, ...entering }), home([], { entry })).reason;
    expect([at('2025-02'), at('2025-01')]).toEqual(['WAITING', 'ELIGIBLE']);
  });
  it('and takes no step of a ladder meanwhile', () => {
    const parts = {
      parameters,
      eligibility: { label, cite: 'law', rule: { not: off } },
      conditions: [condition('c')],
      ladders: [
        {
          ...rule('steps'),
          conditions: ['c'],
          scope: 'household',
          steps: [{ id: 'loss', label, effect: 'forfeit' }],
        },
      ],
    };
    const effects = (isOff: boolean) =>
      pay(compiled(parts), home([person('M')], { off: isOff }), [fact('M', 'attends', false)]).effects.length;
    expect([effects(false), effects(true)]).toEqual([1, 0]);
  });
  it('that left, for good', () => {
    expect(reason({}, false, stateBefore({ status: 'exited' }))).toBe('EXITED');
    const run = pay(compiled({ parameters }), home([]), [], { state: stateBefore({ status: 'exited' }) });
    expect(run.state.status).toBe('exited');
  });
  it('and stays out or comes back by its next state', () => {
    const parts = { parameters, eligibility: { label, cite: 'law', rule: { not: off } } };
    const status = (isOff: boolean) =>
      pay(compiled(parts), home([], { off: isOff }), [], { state: stateBefore({ months: 3 }) }).state;
    expect([status(true), status(false)]).toMatchObject([
      { status: 'out', months: 3, firstPeriod: '2024-12', lastPeriod: '2025-01' },
      { status: 'active', months: 4 },
    ]);
  });
});

describe('what a household carries while it is kept out', () => {
  const ladders = { ladder: { step: 1, lastEffect: month('2024-12'), pending: 1 } };
  it('its counters, untouched', () =>
    expect(
      pay(
        compiled({ parameters, benefits: [flat('flat', 'amount', { limit: 'once_a_year' })] }),
        home([]),
        [],
        {
          state: stateBefore({
            status: 'exited',
            ladders,
            counts: { 'flat|2025': 1, 'flat|2024': 1, flat: 2 },
          }),
        },
      ).state,
    ).toMatchObject({ ladders, counts: { 'flat|2025': 1, flat: 2 } }));
});
