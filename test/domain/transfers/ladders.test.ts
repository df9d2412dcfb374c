import { describe, expect, it } from 'vitest';
import { addMonths, month } from '../../../domain/kernel/period.ts';
import type { HouseholdState } from '../../../domain/records/household.ts';
import {
  compiled,
  condition,
  fact,
  flat,
  home,
  label,
  money,
  number,
  ofEach,
  pay,
  perChild,
  person,
  rule,
} from './support.ts';

const step = (id: string, effect: string, more: Record<string, unknown> = {}) => ({
  id: `s${id}`,
  label,
  effect,
  ...more,
});
const parts = (
  ladder: Record<string, unknown>,
  conditions: unknown[] = [condition('c', { missing: 'pay' })],
) => ({
  parameters: {
    amount: money('100.00'),
    small: money('1.00'),
    two: number(2),
    three: number(3, 'months'),
  },
  conditions,
  benefits: [flat('flat'), flat('extra', 'small')],
  ladders: [{ ...rule('ladder'), conditions: ['c'], scope: 'household', ...ladder }],
});

/**
 * Months from January 2025, `x` not met, `.` met, `?` no evidence, `o` not met in an off month: the step that had
 * an effect in each, `-` for none.
 */
function life(ladder: Record<string, unknown>, marks: string, conditions?: unknown[]) {
  let state: HouseholdState | undefined;
  const runs = [...marks].map((mark, i) => {
    const period = addMonths(month('2025-01'), i);
    const run = pay(
      compiled(parts(ladder, conditions), period),
      home([person('A', '2020-01-01')], { off: mark === 'o' }),
      mark === '?' ? [] : [fact('A', 'attends', mark === '.', period)],
      state ? { state } : {},
    );
    state = run.state;
    return run;
  });
  return {
    steps: runs.map((run) => run.effects[0]?.step.slice(1) ?? '-').join(''),
    runs,
    last: runs.at(-1)!,
  };
}

type Rows = [name: string, ladder: Record<string, unknown>, marks: string, steps: string][];
const check = (rows: Rows) => {
  for (const [name, ladder, marks, steps] of rows)
    it(name, () => expect(life(ladder, marks).steps).toBe(steps));
};
const lose = [step('1', 'forfeit'), step('2', 'forfeit')];
const again = [step('1', 'forfeit', { repeat: true })];

describe('what makes failures an event', () => {
  check([
    ['every failure, where nothing else is said', { steps: lose }, '.x', '-1'],
    ['missing evidence is no failure', { steps: lose }, '?x', '-1'],
    [
      'three in twelve months, apart',
      { trigger: { inTwelveMonths: 'three' }, steps: again },
      'x.x.x.',
      '----1-',
    ],
    ['two are not three', { trigger: { inTwelveMonths: 'three' }, steps: again }, 'x.x...', '------'],
    [
      'the failure of eleven months ago counts',
      { trigger: { inTwelveMonths: 'two' }, steps: again },
      'x..........x',
      '-----------1',
    ],
    [
      'the failure of a year ago does not',
      { trigger: { inTwelveMonths: 'two' }, steps: again },
      'x...........x',
      '-------------',
    ],
    ['two in a row', { trigger: { consecutive: 'two' }, steps: again }, '.xx.', '--1-'],
    ['three in a row', { trigger: { consecutive: 'three' }, steps: again }, 'xxx', '--1'],
    [
      'a month that is met breaks the row',
      { trigger: { consecutive: 'two' }, steps: again },
      'x.x.xx',
      '-----1',
    ],
    ['an event uses its failures up', { trigger: { consecutive: 'two' }, steps: lose }, 'xxxx', '-1-2'],
    [
      'either of the two',
      { trigger: { consecutive: 'two', inTwelveMonths: 'three' }, steps: again },
      'x.x.x',
      '----1',
    ],
  ]);
});

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
});

describe('which rung an event leads to', () => {
  check([
    [
      'as many months as the clock since the last effect: the next',
      { clockMonths: 'three', steps: lose },
      'x..x',
      '1--2',
    ],
    ['more months than the clock: the first again', { clockMonths: 'three', steps: lose }, 'x...x', '1---1'],
    ['without a clock nothing is forgotten', { steps: lose }, 'x......x', '1------2'],
    ['the last rung goes on', { steps: lose }, 'xxx', '122'],
    ['a rung that repeats keeps everybody on it', { steps: [...again, step('2', 'exit')] }, 'xxx', '111'],
    [
      'a rung that does not repeat leads on',
      { steps: [step('1', 'notice'), step('2', 'notice'), step('3', 'notice')] },
      'xxx',
      '123',
    ],
    [
      'a rung reached only after so many months on the one before',
      { steps: [step('1', 'hold', { repeat: true }), step('2', 'forfeit', { afterMonths: 'three' })] },
      'xxxx',
      '1112',
    ],
    ['only unbroken failure climbs', { unbroken: true, steps: lose }, 'x.xx', '1-12'],
    [
      'in an amnesty no step is taken',
      { amnesties: [{ from: '2025-02', until: '2025-03', label, cite: 'law' }], steps: lose },
      'xxxx',
      '1--1',
    ],
    [
      'while the household is under supervision its counter rests',
      { pausedWhen: { attribute: { name: 'off', is: true } }, steps: lose },
      'xoox',
      '1--2',
    ],
  ]);
});

describe('how long a step lasts', () => {
  const two = (effect: string) => step('1', effect, { instalments: 'two' });
  check([
    ['two instalments lost, though the next month is met', { steps: [two('forfeit')] }, 'x..', '11-'],
    [
      'a notice while they run does not shorten them',
      { steps: [two('forfeit'), step('2', 'notice')] },
      'xx.',
      '12-',
    ],
    [
      'a new loss takes the place of the one that runs',
      { steps: [two('forfeit'), step('2', 'forfeit')] },
      'xx.',
      '12-',
    ],
    [
      'unbroken: instalments that still run go on through a month that is met',
      { unbroken: true, steps: [two('forfeit'), step('2', 'forfeit')] },
      'x..x',
      '11-1',
    ],
    ['who left stays out', { steps: [step('1', 'exit')] }, 'x.', '11'],
  ]);
  it('a notice while a loss runs still loses the instalment', () =>
    expect(
      life({ steps: [two('forfeit'), step('2', 'notice')] }, 'xx.').runs.map((run) => run.payableMinor),
    ).toEqual([0, 0, 10100]));
  it('a notice after a loss that is over loses nothing', () =>
    expect(
      life({ steps: [step('1', 'forfeit'), step('2', 'notice')] }, 'xx').runs.map((run) => run.payableMinor),
    ).toEqual([0, 10100]));
  it('a notice alone moves no money', () =>
    expect(life({ steps: [step('1', 'notice')] }, 'x').last.effects).toEqual([
      { step: 's1', scope: 'household', rule: 'ladder:ladder' },
    ]));
  it('a step that goes on says so, and what it took', () =>
    expect(life({ steps: [two('forfeit')] }, 'x.').runs.map((run) => run.effects)).toEqual([
      [{ step: 's1', scope: 'household', rule: 'ladder:ladder', amountMinor: 10100 }],
      [{ step: 's1', scope: 'household', rule: 'ladder:ladder:continued', amountMinor: 10100 }],
    ]));
});

describe('what a step touches', () => {
  it('only the benefits that it names', () =>
    expect(life({ over: ['extra'], steps: lose }, 'x').last).toMatchObject({
      payableMinor: 10000,
      forfeitedMinor: 100,
    }));
  it('leaving ends the household, not where it is one member or one benefit', () => {
    const status = (more: Record<string, unknown>) =>
      life({ steps: [step('1', 'exit')], ...more }, 'x').last.state.status;
    expect([status({}), status({ scope: 'member' }), status({ over: ['extra'] })]).toEqual([
      'exited',
      'active',
      'active',
    ]);
  });
});

describe('what the state remembers of a ladder', () => {
  const remembered = (ladder: Record<string, unknown>, marks: string) =>
    life(ladder, marks).last.state.ladders?.ladder;
  it('forgets it only after its clock', () => {
    const ladder = { clockMonths: 'three', steps: lose };
    expect(remembered(ladder, 'x...')).toMatchObject({ step: 1 });
    expect(remembered(ladder, 'x....')).toBeUndefined();
  });
  it('failures that are no event yet', () =>
    expect(remembered({ trigger: { consecutive: 'three' }, steps: lose }, 'xx')).toEqual({
      step: 0,
      lastEffect: '2025-01',
      pending: 0,
      failures: ['2025-01', '2025-02'],
    }));
  it('nothing of a household that never failed', () =>
    expect(remembered({ trigger: { consecutive: 'three' }, steps: lose }, '..')).toBeUndefined());
  it('since when it stands on its rung', () =>
    expect(remembered({ steps: again }, '.xxx')).toEqual({
      step: 1,
      lastEffect: '2025-04',
      pending: 0,
      since: '2025-02',
    }));
  it('the conditions that failed, where only unbroken failure counts', () =>
    expect(remembered({ unbroken: true, steps: again }, 'x')).toMatchObject({ failed: ['c'] }));
});
