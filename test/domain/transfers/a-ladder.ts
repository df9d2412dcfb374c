import { expect, it } from 'vitest';
import { addMonths, month } from '../../../domain/kernel/period.ts';
import type { HouseholdState } from '../../../domain/records/household.ts';
import { compiled, condition, fact, flat, home, label, money, number, pay, person, rule } from './support.ts';

export const step = (id: string, effect: string, more: Record<string, unknown> = {}) => ({
  id: `s${id}`,
  label,
  effect,
  ...more,
});
export const parts = (
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
export function life(ladder: Record<string, unknown>, marks: string, conditions?: unknown[]) {
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
export const check = (rows: Rows) => {
  for (const [name, ladder, marks, steps] of rows)
    it(name, () => expect(life(ladder, marks).steps).toBe(steps));
};
export const lose = [step('1', 'forfeit'), step('2', 'forfeit')];
export const again = [step('1', 'forfeit', { repeat: true })];
