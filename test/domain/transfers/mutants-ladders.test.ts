import { describe, expect, it } from 'vitest';
import { addMonths, month } from '../../../domain/kernel/period.ts';
import type { HouseholdState } from '../../../domain/records/household.ts';
import { compiled, fact, home, money, number, pay, person, rule } from './support.ts';

const label = { es: 'a', en: 'a' };
const step = (id: string, effect: string, more: Record<string, unknown> = {}) => ({
  id: `s${id}`,
  label,
  effect,
  ...more,
});
const parts = (ladder: Record<string, unknown>) => ({
  parameters: {
    amount: money('100.00'),
    small: money('1.00'),
    two: number(2),
    three: number(3, 'months'),
  },
  conditions: [
    {
      ...rule('c'),
      of: { age: { max: 17 } },
      evidence: 'attends',
      check: { type: 'is_true' },
      window: { each: 'period' },
      missing: 'pay',
    },
  ],
  benefits: [
    { ...rule('flat'), kind: 'flat', per: 'month', amount: 'amount' },
    { ...rule('extra'), kind: 'flat', per: 'month', amount: 'small' },
  ],
  ladders: [{ ...rule('ladder'), conditions: ['c'], scope: 'household', ...ladder }],
});

/** Months from January 2025, `x` not met, `.` met: the step that had an effect in each, `-` for none. */
function life(ladder: Record<string, unknown>, marks: string) {
  let state: HouseholdState | undefined;
  const runs = [...marks].map((mark, i) => {
    const period = addMonths(month('2025-01'), i);
    const run = pay(
      compiled(parts(ladder), period),
      home([person('A', '2020-01-01')]),
      [fact('A', 'attends', mark === '.', period)],
      state ? { state } : {},
    );
    state = run.state;
    return run;
  });
  return { steps: runs.map((run) => run.effects[0]?.step.slice(1) ?? '-').join(''), last: runs.at(-1)! };
}

const lose = [step('1', 'forfeit'), step('2', 'forfeit')];
const rows: [name: string, ladder: Record<string, unknown>, marks: string, steps: string][] = [
  ['two failures in a row', { trigger: { consecutive: 'two' }, steps: lose }, 'x.xx', '---1'],
  ['an event uses its failures up', { trigger: { consecutive: 'two' }, steps: lose }, 'xxxx', '-1-2'],
  [
    'two failures within twelve months',
    { trigger: { inTwelveMonths: 'two' }, steps: lose },
    'x..........x',
    '-----------1',
  ],
  [
    'a failure of twelve months ago is forgotten',
    { trigger: { inTwelveMonths: 'two' }, steps: lose },
    'x...........x',
    '-------------',
  ],
  [
    'as many months as the clock since the last effect: the next rung',
    { clockMonths: 'three', steps: lose },
    'x..x',
    '1--2',
  ],
  [
    'more months than the clock: the first rung again',
    { clockMonths: 'three', steps: lose },
    'x...x',
    '1---1',
  ],
  ['without a clock nothing is forgotten', { steps: lose }, 'x......x', '1------2'],
  ['the last rung goes on', { steps: lose }, 'xxx', '122'],
  [
    'a rung that repeats keeps everybody on it',
    { steps: [step('1', 'forfeit', { repeat: true }), step('2', 'exit')] },
    'xxx',
    '111',
  ],
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
  [
    'two instalments lost, though the next month is met',
    { steps: [step('1', 'forfeit', { instalments: 'two' })] },
    'x..',
    '11-',
  ],
  ['only unbroken failure climbs', { unbroken: true, steps: lose }, 'x.xx', '1-12'],
  ['who left stays out', { steps: [step('1', 'exit')] }, 'x', '1'],
];

describe('ladders: what each month does', () => {
  for (const [name, ladder, marks, steps] of rows)
    it(name, () => expect(life(ladder, marks).steps).toBe(steps));
  it('a step touches only the benefits that it names', () =>
    expect(life({ over: ['extra'], steps: lose }, 'x').last).toMatchObject({
      payableMinor: 10000,
      forfeitedMinor: 100,
    }));
  it('the state forgets a ladder only after its clock', () => {
    const ladder = { clockMonths: 'three', steps: lose };
    expect(life(ladder, 'x...').last.state.ladders).toMatchObject({ ladder: { step: 1 } });
    expect(life(ladder, 'x....').last.state.ladders).toBeUndefined();
  });
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
