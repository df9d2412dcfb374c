import { describe, expect, it } from 'vitest';
import type { HouseholdState } from '../../../domain/records/household.ts';
import { compiled, fact, home, number, pay, person, rule } from './support.ts';

// A mutation run let the trigger of a ladder through: nothing failed on `inTwelveMonths`, nor on its window.

const school = {
  ...rule('school'),
  of: { age: { max: 17 } },
  evidence: 'attends',
  check: { type: 'is_true' },
  window: { each: 'period' },
  missing: 'hold',
};
const ladder = (trigger: Record<string, unknown>) => ({
  conditions: [school],
  ladders: [
    {
      ...rule('steps'),
      conditions: ['school'],
      scope: 'household',
      trigger,
      steps: [{ id: 'loss', label: { es: 'a', en: 'a' }, effect: 'forfeit', repeat: true }],
    },
  ],
});
const household = home([person('M')]);

/** Steps taken, month by month from January 2025; `x` failed, `.` met. */
function steps(trigger: Record<string, unknown>, history: string): string {
  const parts = {
    ...ladder(trigger),
    parameters: {
      amount: { ...number('100.00', 'money') },
      two: number(2),
      three: number(3),
    },
  };
  let state: HouseholdState | undefined;
  return [...history]
    .map((mark, i) => {
      const period = `${2025 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`;
      const run = pay(compiled(parts, period), household, [fact('M', 'attends', mark === '.', period)], {
        ...(state && { state }),
      });
      state = run.state;
      return run.effects.length > 0 ? '!' : '-';
    })
    .join('');
}

describe('what makes failures an event', () => {
  const rows: [name: string, trigger: Record<string, unknown>, history: string, steps: string][] = [
    ['three in twelve months, apart', { inTwelveMonths: 'three' }, 'x.x.x.', '----!-'],
    ['two are not three', { inTwelveMonths: 'three' }, 'x.x...', '------'],
    ['the failure of eleven months ago counts', { inTwelveMonths: 'two' }, 'x..........x', '-----------!'],
    ['the failure of a year ago does not', { inTwelveMonths: 'two' }, 'x...........x', '-------------'],
    ['an event starts the count anew', { inTwelveMonths: 'two' }, 'xxxx', '-!-!'],
    ['two in a row', { consecutive: 'two' }, '.xx.', '--!-'],
    ['a month that is met breaks the row', { consecutive: 'two' }, 'x.x.x', '-----'],
    ['either of the two', { consecutive: 'two', inTwelveMonths: 'three' }, 'x.x.x', '----!'],
  ];
  for (const [name, trigger, history, expected] of rows)
    it(name, () => expect(steps(trigger, history)).toBe(expected));
});
