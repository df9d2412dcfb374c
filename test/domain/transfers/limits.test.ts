import { describe, expect, it } from 'vitest';
import {
  child,
  compiled,
  condition,
  fact,
  flat,
  home,
  money,
  number,
  ofEach,
  pay,
  perChild,
  person,
  rule,
  split,
} from './support.ts';

const parameters = {
  amount: money('100.00'),
  small: money('30.00'),
  most: money('250.00'),
  one: number(1),
  two: number(2),
};
const cap = (more: Record<string, unknown>) => ({
  ...rule('cap'),
  method: 'truncate',
  over: ['each'],
  limit: 'most',
  ...more,
});
const family = (n: number) => home(Array.from({ length: n }, (_, i) => person(`M${i}`, `201${i}-06-15`)));
/** Children who each answer for school, under one limit. */
const limited = (more: Record<string, unknown>, values: Record<string, unknown> = {}) =>
  compiled({
    parameters: { ...parameters, ...values },
    conditions: [condition('school')],
    benefits: [perChild('each', { requires: ofEach('school') })],
    caps: [cap(more)],
  });
const keepOf = (name: string) => {
  const { limit: _limit, ...more } = cap({ method: 'keep_highest', keep: name });
  return more;
};
const attends = (...ids: string[]) => ids.map((id) => fact(id, 'attends', true));
const all = attends('M0', 'M1', 'M2');
const amounts = (run: ReturnType<typeof pay>) => run.lines.map((line) => line.amountMinor);

describe('a limit on children', () => {
  it('truncates the last lines', () =>
    expect(amounts(pay(limited({}), family(3), all))).toEqual([10000, 10000, 5000]));
  it('scales with floor shares and the remainder first come', () =>
    expect(amounts(pay(limited({ method: 'scale' }), family(3), all))).toEqual([8334, 8333, 8333]));
  for (const method of ['truncate', 'scale'])
    it(`leaves amounts at the limit alone: ${method}`, () =>
      expect(amounts(pay(limited({ method }, { most: money('300.00') }), family(3), all))).toEqual([
        10000, 10000, 10000,
      ]));
  it('keeps the two highest', () => {
    const programme = compiled({ parameters, benefits: [perChild('each')], caps: [keepOf('two')] });
    expect(split(pay(programme, family(3)))).toEqual([20000, 0, 0]);
  });
  it('a third child without evidence holds only what the limit leaves', () => {
    const run = pay(limited({ method: 'scale' }), family(3), all.slice(0, 2));
    expect(split(run)).toEqual([20000, 5000, 0]);
    expect(run.lines.filter((line) => line.outcome === 'held')).toMatchObject([
      { member: 'M2', amountMinor: 5000, reason: 'UNVERIFIED:school' },
    ]);
  });
  it('a third child who failed forfeits only what the limit leaves', () =>
    expect(split(pay(limited({}), family(3), [...all.slice(0, 2), fact('M2', 'attends', false)]))).toEqual([
      20000, 0, 5000,
    ]));
});

describe('the order in which a limit cuts', () => {
  const youngestFirst = perChild('each', { max: 'two', order: 'youngest' });
  const brothers = home([person('A', '2010-01-01'), person('B', '2018-01-01')]);
  const paid = (caps: unknown[]) =>
    pay(
      compiled({ parameters: { ...parameters, most: money('150.00') }, benefits: [youngestFirst], caps }),
      brothers,
    );
  it('is that of ids, not the one in which members were counted', () =>
    expect(paid([cap({})]).lines.map((line) => [line.member, line.amountMinor])).toEqual([
      ['A', 10000],
      ['B', 5000],
    ]));
  it('of two equal amounts keeps the lower id', () =>
    expect(paid([keepOf('one')]).lines.map((line) => line.member)).toEqual(['A']));
});

describe('a limit that applies only above so many amounts', () => {
  const programme = limited({ onlyAbove: 'two' }, { most: money('150.00') });
  it('cuts three and leaves two', () =>
    expect(
      [pay(programme, family(2), all), pay(programme, family(3), all)].map((run) => run.payableMinor),
    ).toEqual([20000, 15000]));
  // Else the two would be paid 200, and 150 as soon as their brother complies too.
  it('counts an amount that was lost', () =>
    expect(pay(programme, family(3), [...all.slice(0, 2), fact('M2', 'attends', false)]).payableMinor).toBe(
      15000,
    ));
  it('counts a child whose evidence is awaited', () =>
    expect(pay(programme, family(3), all.slice(0, 2)).payableMinor).toBe(15000));
  it('does not count benefits that the limit is not over', () => {
    const run = pay(
      compiled({
        parameters,
        benefits: [flat('other', 'small'), flat('base')],
        caps: [cap({ over: ['base'], limit: 'small', onlyAbove: 'one' })],
      }),
      home([]),
    );
    expect(amounts(run)).toEqual([3000, 10000]);
  });
});

describe('a limit over several benefits', () => {
  const top = {
    ...rule('top'),
    kind: 'top_up',
    per: 'month',
    floor: { attribute: 'income' },
    over: ['small'],
  };
  const sixty = { ...parameters, most: money('60.00') };
  const lines = (parts: Record<string, unknown>, household = home([], { income: '100.00' })) =>
    pay(compiled({ parameters: sixty, ...parts }), household).lines.map((line) => [
      line.benefit,
      line.amountMinor as number,
    ]);
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
    expect(lines({ benefits: [flat('other'), flat('base')], caps: [cap({ over: ['base'] })] })).toEqual([
      ['other', 10000],
      ['base', 6000],
    ]));
  it('leaves less room after the benefits that it counts, and none below nothing', () => {
    const benefits = [flat('small', 'small'), flat('base')];
    expect(lines({ benefits, caps: [cap({ over: ['base'], counting: ['small'] })] })).toEqual([
      ['small', 3000],
      ['base', 3000],
    ]);
    const large = [flat('first'), flat('base', 'small')];
    for (const method of ['truncate', 'scale'])
      expect(
        lines({ benefits: large, caps: [cap({ method, over: ['base'], counting: ['first'] })] }),
      ).toEqual([['first', 10000]]);
  });
  it('a guarantee that is exceeded takes nothing off what the limit counts', () => {
    const floor = { ...top, floor: 'small', over: ['each'] };
    expect(
      lines(
        { benefits: [perChild('each'), floor], caps: [cap({ over: ['each', 'top'] })] },
        home([person('A')]),
      ),
    ).toEqual([['each', 6000]]);
  });
  it('a limit on benefits of the period is applied once, in a period of two months', () => {
    const benefits = [flat('monthly'), flat('base', 'amount', { per: 'period' })];
    expect(lines({ frequency: 'bimonthly', benefits, caps: [cap({ over: ['base'] })] })).toEqual([
      ['monthly', 20000],
      ['base', 6000],
    ]);
  });
});

describe('a limit that has no value', () => {
  const rows = [{ when: { territory: 'T9' }, value: '1.00' }];
  const elsewhere = { ...money('1.00'), values: [{ from: '2020-01', rows, cite: 'law' }] };
  const { limit: _limit, ...highest } = cap({ method: 'keep_highest', over: ['base'], keep: 'most' });
  for (const limit of [cap({ over: ['base'] }), cap({ over: ['base'], method: 'scale' }), highest])
    it(`for this household cuts nothing: ${limit.method}`, () => {
      const most =
        limit.method === 'keep_highest'
          ? {
              ...elsewhere,
              unit: 'count',
              values: [{ from: '2020-01', rows: [{ when: { territory: 'T9' }, value: 1 }], cite: 'law' }],
            }
          : elsewhere;
      const programme = compiled({
        parameters: { ...parameters, most },
        benefits: [flat('base')],
        caps: [limit],
      });
      expect(pay(programme, home([])).payableMinor).toBe(10000);
    });
  it('because nobody published it, refuses only a household that it could cut', () => {
    const most = { ...money('1.00'), values: [{ from: '2020-01', notPublished: true, cite: 'law' }] };
    const programme = compiled(
      { parameters: { ...parameters, most }, benefits: [flat('other'), perChild('each')], caps: [cap({})] },
      '2025-01',
      {
        unpublished: 'when_used',
      },
    );
    expect(pay(programme, home([])).payableMinor).toBe(10000);
    expect(() => pay(programme, family(1))).toThrow(/"most"/);
  });
});

describe('a limit that keeps the highest', () => {
  it('keeps larger amounts, in whatever order they stand', () => {
    const benefits = [flat('low', 'small'), flat('high'), flat('other', 'small')];
    const { over: _over, ...keep } = keepOf('one');
    const run = pay(compiled({ parameters, benefits, caps: [{ ...keep, over: ['low', 'high'] }] }), home([]));
    expect(run.lines.map((line) => line.benefit)).toEqual(['high', 'other']);
  });
  it('of a household and its members', () => {
    const { over: _over, ...keep } = keepOf('two');
    const run = pay(
      compiled({
        parameters,
        benefits: [flat('base'), perChild('each', { bands: [{ who: child, amount: 'amount' }] })],
        caps: [{ ...keep, over: ['base', 'each'] }],
      }),
      home([person('B'), person('A')]),
    );
    expect(run.lines.map((line) => [line.benefit, line.member])).toEqual([
      ['base', undefined],
      ['each', 'A'],
    ]);
  });
});
