import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import type { HouseholdState } from '../../../domain/records/household.ts';
import { check, lose, parts, step } from './a-ladder.ts';
import { compiled, condition, fact, home, label, ofEach, pay, perChild, person } from './support.ts';

describe('which failures count', () => {
  const two = [
    condition('c', { missing: 'pay' }),
    condition('d', { evidence: 'pct', check: { type: 'at_least', value: 80 } }),
  ];
  const at = (
    conditions: unknown[],
    ladder: Record<string, unknown>,
    rows: ReturnType<typeof fact>[],
    state?: HouseholdState,
  ) =>
    pay(
      compiled(parts({ steps: lose, ...ladder }, conditions), state ? '2025-02' : '2025-01'),
      home([person('A', '2020-01-01'), person('B', '2010-01-01')]),
      rows,
      state ? { state } : {},
    );
  const told = (run: ReturnType<typeof pay>) =>
    run.effects.map(({ step, member }) => `${step} ${member ?? ''}`);
  it('those of its own conditions', () => expect(told(at(two, {}, [fact('A', 'pct', 10)]))).toEqual([]));
  it('those of this period, not of an earlier one that is judged again', () => {
    const held = [condition('c')];
    const ofEachChild = {
      ...parts({ steps: lose }, held),
      benefits: [perChild('each', { requires: ofEach('c') })],
    };
    const family = home([person('A', '2020-01-01')]);
    const january = pay(compiled(ofEachChild), family);
    const february = pay(
      compiled(ofEachChild, '2025-02'),
      family,
      [fact('A', 'attends', false), fact('A', 'attends', true, '2025-02')],
      {
        state: january.state,
      },
    );
    expect([february.lapsed.length, told(february)]).toEqual([1, []]);
  });
  it('as the household stands in the first month of the period', () => {
    const paused = { pausedWhen: { monthsInProgramme: { min: 2 } }, steps: lose };
    const bimonthly = { ...parts(paused), frequency: 'bimonthly' };
    const run = pay(compiled(bimonthly), home([person('A', '2020-01-01')]), [fact('A', 'attends', false)]);
    expect(told(run)).toEqual(['s1 ']);
  });
  it('those of members whom it is about', () => {
    const young = { who: { age: { max: 9 } } };
    const rows = (id: string) => [fact(id, 'attends', false)];
    expect([told(at(two, young, rows('A'))), told(at(two, young, rows('B')))]).toEqual([['s1 '], []]);
  });
  it('each member’s own, where it counts by member', () =>
    expect(
      told(at(two, { scope: 'member' }, [fact('A', 'attends', false), fact('B', 'attends', false)])),
    ).toEqual(['s1 A', 's1 B']));
  it('none of the household, where it counts by member', () => {
    const ofHousehold = [condition('c', { of: 'household', evidence: 'signed', missing: 'pay' })];
    const programme = {
      ...parts({ scope: 'member', steps: lose }, ofHousehold),
      evidence: { signed: { label, of: 'household', type: 'boolean', certifier: label } },
    };
    const failed = [fact('H1', 'signed', false)];
    expect(told(pay(compiled(programme), home([person('A')]), failed))).toEqual([]);
    const household = { ...programme, ladders: [{ ...programme.ladders[0], scope: 'household' }] };
    expect(told(pay(compiled(household), home([person('A')]), failed))).toEqual(['s1 ']);
  });
  it('in the order of members, whoever failed first', () => {
    const long = { scope: 'member', steps: [step('1', 'forfeit', { instalments: 'two' })] };
    const january = at(two, long, [fact('A', 'attends', false)]);
    const february = at(two, long, [fact('B', 'attends', false, '2025-02')], january.state);
    expect(told(february)).toEqual(['s1 A', 's1 B']);
    expect(february.effects.map(({ rule }) => rule)).toEqual(['ladder:ladder:continued', 'ladder:ladder']);
  });
});

describe('failures that are not met in between', () => {
  const unbroken = { unbroken: true, steps: lose };
  const remembered = (
    conditions: unknown[],
    months: [period: string, rows: ReturnType<typeof fact>[]][],
    more: Record<string, unknown> = {},
  ) => {
    let state: HouseholdState | undefined;
    for (const [period, rows] of months) {
      const ladder = { conditions: ['d', 'c'], ...unbroken };
      const programme = compiled({ ...parts(ladder, conditions), ...more }, period);
      state = pay(programme, home([person('A', '2020-01-01')]), rows, state ? { state } : {}).state;
    }
    return state?.ladders?.ladder;
  };
  const c = condition('c', { missing: 'pay' });
  const d = condition('d', { evidence: 'level', check: { type: 'one_of', values: ['yes'] } });
  const failed: [string, ReturnType<typeof fact>[]] = [
    '2025-01',
    [fact('A', 'attends', false), fact('A', 'level', 'no')],
  ];
  it('are remembered by their conditions, in order', () =>
    expect(remembered([d, c], [failed])).toMatchObject({ step: 1, failed: ['c', 'd'] }));
  it('are forgotten once all are asked and met', () =>
    expect(
      remembered(
        [d, c],
        [failed, ['2025-02', [fact('A', 'attends', true, '2025-02'), fact('A', 'level', 'yes', '2025-02')]]],
      ),
    ).toBeUndefined());
  it('are kept while one of them is not asked', () =>
    expect(
      remembered(
        [{ ...d, when: { calendarMonth: [1] } }, c],
        [failed, ['2025-02', [fact('A', 'attends', true, '2025-02')]]],
      ),
    ).toMatchObject({ step: 1, failed: ['c', 'd'] }));
  it('are asked where some month of the period asks', () => {
    const monthly = { window: { each: 'month' }, when: { calendarMonth: [2] } };
    const bimonthly = { frequency: 'bimonthly' };
    const both = [condition('c', { ...monthly, missing: 'pay' }), { ...d, ...monthly }];
    const first: typeof failed = ['2025-01', [fact('A', 'attends', false, '2025-02')]];
    expect(remembered(both, [first], bimonthly)).toMatchObject({ failed: ['c'] });
    expect(remembered(both, [first, ['2025-03', []]], bimonthly)).toMatchObject({ failed: ['c'] });
    expect(
      remembered(both, [first, ['2026-01', [fact('A', 'attends', true, '2026-02')]]], bimonthly),
    ).toBeUndefined();
  });
  check([
    ['who left stays out, though a month is met', { unbroken: true, steps: [step('1', 'exit')] }, 'x.', '11'],
    [
      'a failure long after the clock is remembered until it is an event',
      { trigger: { consecutive: 'two' }, clockMonths: 'three', steps: lose },
      'xx...xx',
      '-1----1',
    ],
  ]);
});

describe('a state that says what no ladder did', () => {
  it('loses nothing, and is no bug', () => {
    const state: HouseholdState = {
      lastPeriod: month('2024-12'),
      firstPeriod: month('2024-12'),
      months: 1,
      status: 'active',
      ladders: { ladder: { step: 0, lastEffect: month('2024-12'), pending: 3 } },
    };
    const run = pay(compiled(parts({ steps: lose })), home([person('A', '2020-01-01')]), [], { state });
    expect([run.payableMinor, run.effects]).toEqual([10100, []]);
  });
});
