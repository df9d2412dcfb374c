import { describe, expect, it } from 'vitest';
import { compiled, fact, home, money, number, pay, person, rule } from './support.ts';

// A mutation run let through in which order a limit cuts, and what `onlyAbove` counts.

const child = { age: { max: 17 } };
const flat = (id: string, amount: string, more: Record<string, unknown> = {}) => ({
  ...rule(id),
  kind: 'flat',
  per: 'month',
  amount,
  ...more,
});
const top = { ...rule('top'), kind: 'top_up', per: 'month', floor: { attribute: 'income' }, over: ['small'] };
const parameters = {
  amount: money('100.00'),
  small: money('30.00'),
  most: money('60.00'),
  one: number(1),
  two: number(2),
};
const cap = (more: Record<string, unknown>) => ({
  ...rule('cap'),
  method: 'truncate',
  limit: 'most',
  ...more,
});
const lines = (parts: Record<string, unknown>, household = home([], { income: '100.00' })) =>
  pay(compiled({ parameters, ...parts }), household).lines.map((line) => [
    line.benefit,
    line.amountMinor as number,
  ]);

describe('a limit over several benefits', () => {
  it('cuts the benefit declared last, though it is reckoned first', () =>
    expect(
      lines({ benefits: [top, flat('small', 'small')], caps: [cap({ over: ['top', 'small'] })] }),
    ).toEqual([['top', 6000]]));
  it('cuts the benefit declared last where that is the one reckoned last', () =>
    expect(
      lines({ benefits: [flat('small', 'small'), top], caps: [cap({ over: ['top', 'small'] })] }),
    ).toEqual([
      ['small', 3000],
      ['top', 3000],
    ]));
  it('leaves a benefit alone that it is not over, even where that is larger', () =>
    expect(
      lines({
        benefits: [flat('other', 'amount'), flat('base', 'amount')],
        caps: [cap({ over: ['base'] })],
      }),
    ).toEqual([
      ['other', 10000],
      ['base', 6000],
    ]));
  it('leaves less room after the benefits that it counts, and none below nothing', () => {
    const benefits = [flat('small', 'small'), flat('base', 'amount')];
    expect(lines({ benefits, caps: [cap({ over: ['base'], counting: ['small'] })] })).toEqual([
      ['small', 3000],
      ['base', 3000],
    ]);
    const large = [flat('first', 'amount'), flat('base', 'small')];
    for (const method of ['truncate', 'scale'])
      expect(
        lines({ benefits: large, caps: [cap({ method, over: ['base'], counting: ['first'] })] }),
      ).toEqual([['first', 10000]]);
  });
  it('`onlyAbove` does not count benefits that the limit is not over', () =>
    expect(
      lines({
        benefits: [flat('other', 'small'), flat('base', 'amount')],
        caps: [cap({ over: ['base'], onlyAbove: 'one' })],
      }),
    ).toEqual([
      ['other', 3000],
      ['base', 10000],
    ]));
  it('`onlyAbove` does not count a member whose evidence is awaited', () => {
    const programme = compiled({
      parameters,
      conditions: [
        {
          ...rule('school'),
          of: child,
          evidence: 'attends',
          check: { type: 'is_true' },
          window: { each: 'period' },
          missing: 'hold',
        },
      ],
      benefits: [
        {
          ...rule('each'),
          kind: 'per_member',
          per: 'month',
          bands: [{ who: child, amount: 'amount' }],
          requires: [{ condition: 'school', scope: 'member' }],
        },
      ],
      caps: [cap({ over: ['each'], onlyAbove: 'one' })],
    });
    const two = home([person('A'), person('B')]);
    expect(pay(programme, two, [fact('A', 'attends', true)]).payableMinor).toBe(10000);
    expect(pay(programme, two, [fact('A', 'attends', true), fact('B', 'attends', true)]).payableMinor).toBe(
      6000,
    );
  });
  it('a limit on benefits of the period is applied once, in a period of two months', () => {
    const benefits = [flat('monthly', 'amount'), flat('base', 'amount', { per: 'period' })];
    expect(lines({ frequency: 'bimonthly', benefits, caps: [cap({ over: ['base'] })] })).toEqual([
      ['monthly', 20000],
      ['base', 6000],
    ]);
  });
});
