import { describe, expect, it } from 'vitest';
import type { HouseholdState } from '../../../domain/records/household.ts';
import { again, check, life, lose, parts, step } from './a-ladder.ts';
import { compiled, fact, home, label, pay, person } from './support.ts';

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

it('an amnesty forgives also whoever was out of the programme in its months', () => {
  const amnesties = [{ from: '2025-02', until: '2025-03', label, cite: 'law' }];
  const eligibility = { label, cite: 'law', rule: { not: { attribute: { name: 'off', is: true } } } };
  const steps = (amnesty: object[]) => {
    let state: HouseholdState | undefined;
    return [...'xoox'].map((mark, i) => {
      const period = `2025-0${i + 1}`;
      const programme = compiled({ ...parts({ amnesties: amnesty, steps: lose }), eligibility }, period);
      const household = home([person('A', '2020-01-01')], { off: mark === 'o' });
      const run = pay(programme, household, [fact('A', 'attends', false, period)], state ? { state } : {});
      state = run.state;
      return run.effects[0]?.step ?? '-';
    });
  };
  expect(steps(amnesties)).toEqual(['s1', '-', '-', 's1']);
  expect(steps([])).toEqual(['s1', '-', '-', 's2']);
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
  it('a loss goes on through a notice also where the clock had started the ladder again', () => {
    const steps = [step('1', 'notice'), step('2', 'forfeit', { instalments: 'three' })];
    const ladder = {
      clockMonths: 'two',
      pausedWhen: { attribute: { name: 'off', is: true } },
      steps,
    };
    const { runs } = life(ladder, 'xxooox..');
    expect(runs.map(({ payableMinor }) => payableMinor / 100)).toEqual([101, 0, 101, 101, 101, 0, 0, 101]);
  });
  it('a notice while a loss runs still loses the instalment', () =>
    expect(
      life({ steps: [two('forfeit'), step('2', 'notice')] }, 'xx.').runs.map((run) => run.payableMinor),
    ).toEqual([0, 0, 10100]));
  it('a notice while three are lost leaves the third lost too', () =>
    expect(
      life({ steps: [step('1', 'forfeit', { instalments: 'three' }), step('2', 'notice')] }, 'xx..').runs.map(
        (run) => run.payableMinor,
      ),
    ).toEqual([0, 0, 0, 10100]));
  it('a notice after a loss that is over loses nothing', () =>
    expect(
      life({ steps: [step('1', 'forfeit'), step('2', 'notice')] }, 'xx').runs.map((run) => run.payableMinor),
    ).toEqual([0, 10100]));
  it('a notice alone moves no money', () =>
    expect(life({ steps: [step('1', 'notice')] }, 'x').last.effects).toEqual([
      { step: 's1', scope: 'household', rule: 'ladder:ladder' },
    ]));
  it('leaving goes on, and says so', () =>
    expect(life({ steps: [step('1', 'exit')] }, 'x.').last.effects).toEqual([
      { step: 's1', scope: 'household', rule: 'ladder:ladder:continued' },
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
  it('no failure that an event has used up', () =>
    expect(remembered({ trigger: { consecutive: 'two' }, steps: lose }, 'xx')).toEqual({
      step: 1,
      lastEffect: '2025-02',
      pending: 0,
      since: '2025-02',
      failures: [],
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
