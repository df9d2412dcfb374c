import { describe, expect, it } from 'vitest';
import type { HouseholdState } from '../../../domain/records/household.ts';
import { compiled, flat, home, label, money, number, pay, perChild, person, rule } from './support.ts';

const parameters = {
  amount: money('100.01'),
  other: money('3.00'),
  half: number('50', 'percent'),
  most: number(2, 'months'),
};
const parts = (modifier: Record<string, unknown> = {}) => ({
  parameters,
  benefits: [flat('base'), flat('extra', 'other')],
  modifiers: [
    {
      ...rule('protection'),
      when: { attribute: { name: 'off', is: true } },
      percent: 'half',
      maxMonths: 'most',
      ...modifier,
    },
  ],
});
const MONTHS = ['2025-01', '2025-02', '2025-03', '2025-04'];
/** Payable by month; `off` says in which months the household is under the rule. */
function life(off: string, modifier?: Record<string, unknown>) {
  let state: HouseholdState | undefined;
  return MONTHS.map((period, i) => {
    const run = pay(compiled(parts(modifier), period), home([person('M')], { off: off[i] === 'x' }), [], {
      ...(state && { state }),
    });
    state = run.state;
    return run.reason === 'ELIGIBLE' ? run.payableMinor : run.reason;
  });
}

describe('a share of the whole for a time', () => {
  it('ends after its months', () =>
    expect(life('xxxx')).toEqual([5151, 5151, 'MODIFIER_ENDED:protection', 'MODIFIER_ENDED:protection']));
  it('counts anew after a break', () => expect(life('xx.x')).toEqual([5151, 5151, 10301, 5151]));
  it('is not counted while it does not apply', () =>
    expect(life('..xx')).toEqual([10301, 10301, 5151, 5151]));
  it('is in force from its first month to its last', () =>
    expect(life('xxxx', { from: '2025-02', until: '2025-03' })).toEqual([10301, 5151, 5151, 10301]));
  it('touches only the benefits that it is over', () =>
    expect(life('x...', { over: ['extra'] })[0]).toBe(10151));
  it('takes nothing off where no row of its table fits', () => {
    const rows = [{ when: { territory: 'T9' }, value: '50' }];
    const half = { ...parameters.half, values: [{ from: '2020-01', rows, cite: 'law' }] };
    const programme = compiled({ ...parts(), parameters: { ...parameters, half } });
    expect(pay(programme, home([person('M')], { off: true })).payableMinor).toBe(10301);
  });
  describe('lasts as long as was in force when it began', () => {
    const most = {
      label: parameters.most.label,
      unit: 'months',
      values: [
        { from: '2020-01', until: '2025-02', value: 4, cite: 'law' },
        { from: '2025-03', value: 2, cite: 'law' },
      ],
    };
    const eligibility = { label, cite: 'law', rule: { not: { attribute: { name: 'income', above: 500 } } } };
    /** `x` under the rule, `o` under it and not eligible, ` ` not on the roster. */
    const reasons = (marks: string) => {
      let state: HouseholdState | undefined;
      return [...marks].map((mark, i) => {
        if (mark === ' ') return '';
        const of = { ...parts(), parameters: { ...parameters, most }, eligibility };
        const household = home([person('M')], { off: mark !== '.', income: mark === 'o' ? '501' : '0' });
        const run = pay(compiled(of, `2025-0${i + 1}`), household, [], state ? { state } : {});
        state = JSON.parse(JSON.stringify(run.state)) as HouseholdState;
        return run.reason === 'ELIGIBLE' ? 'paid' : run.reason;
      });
    };
    const ended = 'MODIFIER_ENDED:protection';
    it('also for a household that was not on the roster for a while', () =>
      expect(reasons('xx  xxx')).toEqual(['paid', 'paid', '', '', 'paid', 'paid', ended]));
    it('also for one that was out for another reason', () =>
      expect(reasons('xooxxxx').slice(3)).toEqual(['paid', 'paid', 'paid', ended]));
    it('and anew where it began anew', () =>
      expect(reasons('x..xxx')).toEqual(['paid', 'paid', 'paid', 'paid', 'paid', ended]));
  });
  it('leaves a household alone that is paid nothing', () => {
    const programme = compiled({ ...parts(), benefits: [perChild('each')] });
    expect(pay(programme, home([], { off: true }))).toMatchObject({ reason: 'ELIGIBLE', lines: [] });
  });
  it('rounds once, as it says', () => expect(life('x...', { rounding: 'down' })[0]).toBe(5150));
  it('counts its months once where a benefit is of the whole period too', () => {
    const benefits = [flat('base'), flat('extra', 'other', { per: 'period' })];
    const household = home([person('M')], { off: true });
    const months = (more: Record<string, unknown>) =>
      pay(compiled({ ...parts(), benefits, ...more }), household).state.modifiers;
    expect([months({}), months({ frequency: 'bimonthly' })]).toEqual([{ protection: 1 }, { protection: 2 }]);
  });
  it('spreads its one rounded sum over the lines', () => {
    const programme = compiled({ ...parts(), benefits: [perChild('each')] });
    const run = pay(programme, home([person('A'), person('B'), person('C')], { off: true }));
    // Half of 300.03 is 150.015.
    expect(run.lines.map((line) => line.amountMinor)).toEqual([5001, 5001, 5000]);
  });
});
