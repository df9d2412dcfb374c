import { describe, expect, it } from 'vitest';
import { compiled, fact, home, money, number, pay, person, rule } from './support.ts';

const label = { es: 'a', en: 'a' };
const everybody = { age: { min: 0 } };
const at = (parts: Record<string, unknown>, household = home([]), evidence: ReturnType<typeof fact>[] = []) =>
  pay(compiled(parts), household, evidence);
/** Members and amounts of the lines that are paid. */
const lines = (run: ReturnType<typeof at>) =>
  run.lines.filter((line) => line.outcome === 'payable').map((line) => [line.member, line.amountMinor]);

describe('who counts first where there is a maximum', () => {
  const old = person('B', '1960-01-01');
  const young = person('A', '2015-01-01');
  const first = (order: string, members: ReturnType<typeof person>[]) =>
    lines(
      at(
        {
          parameters: { low: money('10.00'), high: money('90.00'), one: number(1) },
          benefits: [
            {
              ...rule('each'),
              kind: 'per_member',
              per: 'month',
              order,
              max: 'one',
              bands: [
                { who: { age: { max: 17 } }, amount: 'high' },
                { who: everybody, amount: 'low' },
              ],
            },
          ],
        },
        home(members),
      ),
    );
  const rows: [string, string, ReturnType<typeof person>[], [string, number]][] = [
    ['the oldest, though another amount is higher', 'oldest', [young, old], ['B', 1000]],
    ['the highest, though another is older', 'highest', [old, young], ['A', 9000]],
    [
      'of equal amounts the lower id, though another is older',
      'highest',
      [person('Z', '2010-01-01'), person('Y', '2014-01-01')],
      ['Y', 9000],
    ],
    ['born the same day: the lower id', 'youngest', [person('Z'), person('Y')], ['Y', 9000]],
  ];
  for (const [name, order, members, expected] of rows)
    it(name, () => expect(first(order, members)).toEqual([expected]));
});

describe('limits of a household', () => {
  const child = { age: { max: 17 } };
  const cap = (more: Record<string, unknown>) => ({
    ...rule('cap'),
    method: 'truncate',
    over: ['each'],
    limit: 'most',
    ...more,
  });
  const each = (more: Record<string, unknown> = {}) => ({
    ...rule('each'),
    kind: 'per_member',
    per: 'month',
    bands: [{ who: child, amount: 'amount' }],
    ...more,
  });
  const parameters = { amount: money('100.00'), most: money('150.00'), two: number(2), nine: number(9) };

  it('cut in the order of ids, not in the order in which members were counted', () =>
    expect(
      lines(
        at(
          { parameters, benefits: [each({ max: 'nine', order: 'youngest' })], caps: [cap({})] },
          home([person('A', '2010-01-01'), person('B', '2018-01-01')]),
        ),
      ),
    ).toEqual([
      ['A', 10000],
      ['B', 5000],
    ]));
  it('of two equal amounts the lower id is kept', () =>
    expect(
      lines(
        at(
          {
            parameters: { ...parameters, one: number(1) },
            benefits: [each({ max: 'nine', order: 'youngest' })],
            caps: [{ ...rule('cap'), method: 'keep_highest', over: ['each'], keep: 'one' }],
          },
          home([person('A', '2010-01-01'), person('B', '2018-01-01')]),
        ),
      ),
    ).toEqual([['A', 10000]]));
  it('an amount that is not paid does not count towards "only above so many"', () => {
    const conditions = [
      {
        ...rule('c'),
        of: child,
        evidence: 'attends',
        check: { type: 'is_true' },
        window: { each: 'period' },
        missing: 'hold',
      },
    ];
    const run = at(
      {
        parameters,
        conditions,
        benefits: [each({ requires: [{ condition: 'c', scope: 'member' }] })],
        caps: [cap({ onlyAbove: 'two' })],
      },
      home([person('A'), person('B'), person('C')]),
      [fact('A', 'attends', true), fact('B', 'attends', true), fact('C', 'attends', false)],
    );
    expect(run.payableMinor).toBe(20000);
  });
  it('a guarantee that is exceeded takes nothing off what a limit counts', () => {
    const top = { ...rule('top'), kind: 'top_up', per: 'month', floor: 'small', over: ['each'] };
    const run = at(
      {
        parameters: { ...parameters, small: money('40.00'), most: money('90.00') },
        benefits: [each(), top],
        caps: [cap({ over: ['each', 'top'] })],
      },
      home([person('A')]),
    );
    expect(run.payableMinor).toBe(9000);
  });
});

describe('amounts at their bounds', () => {
  it('a guarantee that is not recorded tops nothing up', () => {
    const top = {
      ...rule('top'),
      kind: 'top_up',
      per: 'month',
      floor: { attribute: 'income' },
      over: ['each'],
    };
    const each = {
      ...rule('each'),
      kind: 'flat',
      per: 'month',
      amount: 'amount',
      when: { attribute: { name: 'off', is: true } },
    };
    const parts = { parameters: { amount: money('100.00') }, benefits: [each, top] };
    expect(at(parts).lines).toEqual([]);
    expect(at(parts, home([], { income: 5 })).payableMinor).toBe(500);
  });

  const credit = {
    ...rule('credit'),
    kind: 'trapezoid',
    per: 'month',
    income: 'wage',
    who: everybody,
    rateIn: 'rate_in',
    flatFrom: 'flat_from',
    flat: 'flat',
    outFrom: 'out_from',
    rateOut: 'rate_out',
  };
  const parameters = {
    rate_in: number('10', 'percent'),
    flat_from: money('100.00'),
    flat: money('30.00'),
    out_from: money('200.00'),
    rate_out: number('20', 'percent'),
    half: number('50', 'percent'),
  };
  const rows: [string, unknown, number][] = [
    ['nothing earned: nothing', 0, 0],
    ['where the flat part begins the rate still gives the amount', 100, 1000],
    ['a cent above: the flat amount', '100.01', 3000],
    ['where the flat part ends', 200, 3000],
    ['beyond: less a share of the excess', 250, 2000],
    ['where nothing is left', 350, 0],
    ['beyond that still nothing', 1000, 0],
  ];
  for (const [name, wage, expected] of rows)
    it(`a credit on wages: ${name}`, () => {
      const household = home([person('A', '1990-01-01', { attributes: { wage: wage as number } })]);
      expect(at({ parameters, benefits: [credit] }, household).payableMinor).toBe(expected);
      expect(at({ parameters, benefits: [{ ...credit, share: 'half' }] }, household).payableMinor).toBe(
        expected / 2,
      );
    });
  it('a share of what the household has is one line of the household', () => {
    const benefits = [{ ...rule('s'), kind: 'share_of', per: 'month', attribute: 'income', share: 'half' }];
    expect(lines(at({ parameters, benefits }, home([person('A'), person('B')], { income: 90 })))).toEqual([
      [undefined, 4500],
    ]);
    expect(at({ parameters, benefits }).lines).toEqual([]);
  });
});

describe('tables', () => {
  const table = (when: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    parameters: {
      amount: {
        label,
        unit: 'money',
        values: [
          {
            from: '2020-01',
            rows: [
              { when, value: '7.00' },
              { when: {}, value: '1.00' },
            ],
            cite: 'law',
          },
        ],
      },
    },
    benefits: [{ ...rule('t'), kind: 'table', per: 'month', table: 'amount', ...more }],
  });
  const someone = person('A', '2015-02-01', {
    sex: 'F',
    grade: 3,
    relationship: 'child',
    attributes: { wage: '5.00' },
  });
  const household = { ...home([someone], { off: true }), territory: '15' };
  const rows: [string, Record<string, unknown>, boolean][] = [
    ['the territory', { territory: '15' }, true],
    ['another territory', { territory: '16' }, false],
    ['the relationship', { relationship: 'child' }, true],
    ['another relationship', { relationship: 'head' }, false],
    ['the sex', { sex: 'F' }, true],
    ['the grade, in a list', { grade: [2, 3] }, true],
    ['a grade that the list lacks', { grade: [1, 2] }, false],
    ['at the lowest grade', { grade: { min: 3 } }, true],
    ['below the lowest grade', { grade: { min: 4 } }, false],
    ['at the highest grade', { grade: { max: 3 } }, true],
    ['above the highest grade', { grade: { max: 2 } }, false],
    ['the calendar month', { month: 1 }, true],
    ['another month', { month: 2 }, false],
    ['the first month in the programme', { tenure: 1 }, true],
    ['a later month in the programme', { tenure: { min: 2 } }, false],
    ['an attribute of the household', { off: true }, true],
    ['another value of it', { off: false }, false],
    ['an attribute of the member', { wage: '5.00' }, true],
    ['the age, a month before the birthday', { age: 9 }, true],
    ['the age that comes next month', { age: 10 }, false],
  ];
  for (const [name, when, fits] of rows)
    it(`row by ${name}`, () => expect(at(table(when), household).payableMinor).toBe(fits ? 700 : 100));
});
