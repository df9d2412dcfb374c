import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import type { Adjustment, HouseholdState, Member } from '../../../domain/records/household.ts';
import { verifyCompliance } from '../../../domain/transfers/compliance.ts';
import { compiled, fact, home, minorOf, money, number, pay, person, rule } from './support.ts';

const label = { es: 'a', en: 'a' };
const flat = { ...rule('flat'), kind: 'flat', per: 'month', amount: 'amount' };
const base = { amount: money('100.00') };
const paid = (
  parts: Record<string, unknown>,
  household = home([]),
  period = '2025-01',
  state?: HouseholdState,
) => pay(compiled({ parameters: base, ...parts }, period), household, [], state ? { state } : {});
const when = (predicate: Record<string, unknown>) => ({ benefits: [{ ...flat, when: predicate }] });
const each = (more: Record<string, unknown> = {}) => ({
  benefits: [
    {
      ...rule('each'),
      kind: 'per_member',
      per: 'month',
      bands: [{ who: { age: { min: 0 } }, amount: 'amount' }],
      ...more,
    },
  ],
});

describe('predicates on both sides', () => {
  const there = { ...home([]), territory: '150101' };
  const rows: [
    name: string,
    predicate: Record<string, unknown>,
    household: ReturnType<typeof home>,
    yes: boolean,
  ][] = [
    ['territory listed', { territory: { in: ['150101'] } }, there, true],
    ['territory not listed', { territory: { in: ['150102'] } }, there, false],
    ['territory by its beginning', { territory: { startsWith: '15' } }, there, true],
    ['territory of another beginning', { territory: { startsWith: '16' } }, there, false],
    ['attribute missing', { attribute: { name: 'off', missing: true } }, home([]), true],
    ['attribute there', { attribute: { name: 'off', missing: true } }, home([], { off: false }), false],
    [
      'attribute must be there',
      { attribute: { name: 'off', missing: false } },
      home([], { off: false }),
      true,
    ],
    [
      'money at a written bound',
      { attribute: { name: 'income', max: 218 } },
      home([], { income: '218.00' }),
      true,
    ],
    [
      'money a cent above it',
      { attribute: { name: 'income', max: 218 } },
      home([], { income: '218.01' }),
      false,
    ],
    [
      'money a third of a cent above rounds to it',
      { attribute: { name: 'income', max: 218 } },
      home([], { income: '218.0033' }),
      true,
    ],
    [
      'money half a cent above rounds up',
      { attribute: { name: 'income', max: 218 } },
      home([], { income: '218.005' }),
      false,
    ],
    [
      'money as a number with decimals',
      { attribute: { name: 'income', min: 0.5 } },
      home([], { income: 0.5 }),
      true,
    ],
    [
      'money that is no number',
      { attribute: { name: 'income', min: 0 } },
      home([], { income: 'much' }),
      false,
    ],
    [
      'money without digits after the point',
      { attribute: { name: 'income', min: 0 } },
      home([], { income: '5.' }),
      false,
    ],
    [
      'strictly above',
      { attribute: { name: 'income', above: { param: 'amount' } } },
      home([], { income: 100 }),
      false,
    ],
    [
      'strictly below',
      { attribute: { name: 'income', below: { param: 'amount' } } },
      home([], { income: '99.99' }),
      true,
    ],
    [
      'members counted',
      { members: { who: { age: { max: 17 } }, min: 2 } },
      home([person('A'), person('B')]),
      true,
    ],
    [
      'one too few',
      { members: { who: { age: { max: 17 } }, min: 2 } },
      home([person('A'), person('B', '1990-01-01')]),
      false,
    ],
    ['one too many', { members: { max: 1 } }, home([person('A'), person('B')]), false],
    [
      'every member',
      { everyMember: { age: { min: 18 } } },
      home([person('A'), person('B', '1990-01-01')]),
      false,
    ],
    ['the month', { calendarMonth: [1, 2] }, home([]), true],
    ['another month', { calendarMonth: [2] }, home([]), false],
    [
      'a relationship',
      { anyMember: { relationship: ['mother'] } },
      home([person('A', undefined, { relationship: 'mother' })]),
      true,
    ],
    [
      'months of age',
      { anyMember: { age: { max: 6, unit: 'months' } } },
      home([person('A', '2024-06-02')]),
      true,
    ],
    [
      'seven months',
      { anyMember: { age: { max: 6, unit: 'months' } } },
      home([person('A', '2024-06-01')]),
      false,
    ],
  ];
  for (const [name, predicate, household, yes] of rows)
    it(name, () => expect(paid(when(predicate), household).payableMinor).toBe(yes ? 10000 : 0));
});

describe('months', () => {
  const bimonthly = { frequency: 'bimonthly' };
  it('an age that changes inside the period counts from its month', () => {
    const benefits = [
      {
        ...rule('b'),
        kind: 'per_member',
        per: 'month',
        bands: [{ who: { age: { min: 6, at: 'month_start' } }, amount: 'amount' }],
      },
    ];
    const child = home([person('A', '2019-02-01')]);
    expect(paid({ ...bimonthly, benefits }, child).payableMinor).toBe(10000);
    expect(paid({ ...bimonthly, benefits }, home([person('A', '2019-01-01')])).payableMinor).toBe(20000);
  });
  it('a value that changes inside the period counts from its month', () => {
    const amount = {
      label,
      unit: 'money',
      values: [
        { from: '2020-01', until: '2025-01', value: '1.00', cite: 'law' },
        { from: '2025-02', value: '2.00', cite: 'law' },
      ],
    };
    expect(paid({ ...bimonthly, parameters: { amount } }).payableMinor).toBe(300);
    expect(paid({ ...bimonthly, parameters: { amount } }, home([]), '2025-03').payableMinor).toBe(400);
    expect(paid({ ...bimonthly, parameters: { amount } }, home([]), '2024-11').payableMinor).toBe(200);
  });
  it('months that are never paid', () => {
    expect(paid({ ...bimonthly, benefits: [{ ...flat, months: { exclude: [2] } }] }).payableMinor).toBe(
      10000,
    );
    expect(paid({ ...bimonthly, benefits: [{ ...flat, months: { only: [3] } }] }).payableMinor).toBe(0);
  });
  it('at most two months of a calendar year, and again in the next', () => {
    const parts = {
      parameters: { ...base, two: number(2, 'months') },
      benefits: [{ ...flat, months: { maxPerYear: 'two' } }],
    };
    let state: HouseholdState | undefined;
    const amounts = ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03'].map((period) => {
      const run = paid(parts, home([]), period, state);
      state = run.state;
      return run.payableMinor;
    });
    expect(amounts).toEqual([10000, 10000, 0, 10000, 10000, 0]);
    expect(state?.counts).toEqual({ 'flat|2026': 2 });
  });
  it('once a year, once in a lifetime', () => {
    const life = (limit: string) => {
      let state: HouseholdState | undefined;
      return ['2025-11', '2025-12', '2026-01', '2026-02'].map((period) => {
        const run = paid({ benefits: [{ ...flat, limit }] }, home([]), period, state);
        state = run.state;
        return run.payableMinor;
      });
    };
    expect(life('once_a_year')).toEqual([10000, 0, 10000, 0]);
    expect(life('once_in_a_lifetime')).toEqual([10000, 0, 0, 0]);
  });
  it('waits before it pays and ends after the longest stay', () => {
    const parts = {
      parameters: { ...base, wait: number(1, 'months'), most: number(3, 'months') },
      attributes: { entry: { of: 'household', type: 'month', label } },
      stay: { entered: 'entry', waitMonths: 'wait', maxMonths: 'most', cite: 'law' },
    };
    const at = (entry: string) => paid(parts, home([], { entry }));
    expect(
      [at('2025-02'), at('2025-01'), at('2024-12'), at('2024-11'), at('2024-10')].map((run) => [
        run.reason,
        run.payableMinor,
      ]),
    ).toEqual([
      ['WAITING', 0],
      ['WAITING', 0],
      ['ELIGIBLE', 10000],
      ['ELIGIBLE', 10000],
      ['STAY_ENDED', 0],
    ]);
  });
});

describe('who counts first', () => {
  const old = person('B', '2010-01-01');
  const middle = person('A', '2015-01-01');
  const young = person('C', '2020-01-01');
  const first = (order: string, members: Member[] = [young, old, middle]) =>
    paid(
      { ...each({ order, max: 'one' }), parameters: { ...base, one: number(1) } },
      home(members),
    ).lines.map((line) => line.member);
  it('the oldest, the youngest, the listed', () =>
    expect([first('oldest'), first('youngest'), first('as_listed')]).toEqual([['B'], ['C'], ['A']]));
  it('of the same day the lower id', () =>
    expect(first('oldest', [person('Z', '2010-01-01'), old])).toEqual(['B']));
  it('without a birth date last', () =>
    expect(first('oldest', [{ id: 'A', attributes: {} }, young])).toEqual(['C']));
});

describe('tables and derived values', () => {
  it('a table by age', () => {
    const rows = [
      { when: { age: { max: 5 } }, value: '10.00' },
      { when: { age: { min: 6 } }, value: '20.00' },
    ];
    const amount = { label, unit: 'money', values: [{ from: '2020-01', rows, cite: 'law' }] };
    const benefits = [{ ...rule('t'), kind: 'table', per: 'month', table: 'amount' }];
    const at = (birth: string) =>
      paid({ parameters: { amount }, benefits }, home([person('A', birth)])).payableMinor;
    expect([at('2019-01-02'), at('2019-01-01')]).toEqual([1000, 2000]);
  });
  it('a parameter that is a percentage of another', () => {
    const parameters = {
      line: money('333.33'),
      share: number('85', 'percent'),
      amount: { label, unit: 'money', derived: { of: 'line', percent: 'share' }, values: [] },
    };
    expect(paid({ parameters }).payableMinor).toBe(28333);
  });
  it('is open while either of the two is', () => {
    const open = { label, unit: 'money', values: [{ from: '2020-01', notPublished: true, cite: 'law' }] };
    const parameters = {
      line: open,
      share: number('85', 'percent'),
      amount: { label, unit: 'money', derived: { of: 'line', percent: 'share' }, values: [] },
    };
    expect(() => compiled({ parameters })).toThrow(/"amount".*also open: line/);
  });
  it('a limit applies only above so many amounts', () => {
    const caps = [{ ...rule('cap'), method: 'truncate', over: ['each'], limit: 'most', onlyAbove: 'two' }];
    const parts = { ...each(), caps, parameters: { ...base, most: money('150.00'), two: number(2) } };
    const people = ['A', 'B', 'C'].map((id) => person(id));
    expect(
      [paid(parts, home(people.slice(0, 2))), paid(parts, home(people))].map((run) => run.payableMinor),
    ).toEqual([20000, 15000]);
  });
});

describe('recoveries', () => {
  const owed = (amount: number): Adjustment => ({
    id: 'R',
    kind: 'recovery',
    benefit: 'flat',
    amountMinor: minorOf(amount),
    origin: month('2024-12'),
    reason: 'registry_change',
    cite: 'law',
  });
  const recovery = (parts: Record<string, unknown>, amount: number) => {
    const parameters = { ...base, fifth: number('20', 'percent'), floor: money('70.00') };
    const payment = {
      channels: [{ channel: 'cash' }],
      unclaimed: { rule: 'accumulate', cite: 'law' },
      recovery: { cite: 'law', ...parts },
    };
    const run = pay(compiled({ parameters, payment }), home([]), [], { adjustments: [owed(amount)] });
    return [run.recoveredMinor, run.state.recoveries?.[0]?.amountMinor ?? 0];
  };
  it('at most the share of what is due', () =>
    expect(recovery({ percent: 'fifth' }, 5000)).toEqual([2000, 3000]));
  it('never below the floor', () => expect(recovery({ floor: 'floor' }, 5000)).toEqual([3000, 2000]));
  it('whichever leaves more', () =>
    expect(recovery({ percent: 'fifth', floor: 'floor' }, 5000)).toEqual([2000, 3000]));
  it('all of it where it fits', () => expect(recovery({ percent: 'fifth' }, 2000)).toEqual([2000, 0]));
  it('without a rule, all that is due', () => expect(recovery({}, 15000)).toEqual([10000, 5000]));
  it('an incompatible programme keeps a household out', () => {
    const incompatibilities = [
      { programme: 'other', label, effect: 'exclude', attribute: 'off', cite: 'law' },
    ];
    expect(paid({ incompatibilities }, home([], { off: true }))).toMatchObject({
      eligible: false,
      reason: 'INCOMPATIBLE:other',
    });
    expect(paid({ incompatibilities }, home([], { off: false })).eligible).toBe(true);
  });
});

describe('evidence words', () => {
  const programme = compiled({
    parameters: base,
    conditions: [
      {
        ...rule('c'),
        of: { age: { max: 17 } },
        evidence: 'attends',
        check: { type: 'is_true' },
        window: { each: 'period' },
        missing: 'hold',
        exemptions: ['temporary'],
      },
    ],
  });
  const one = home([person('M')]);
  for (const [value, status] of [
    [true, 'compliant'],
    [1, 'compliant'],
    ['1', 'compliant'],
    ['true', 'compliant'],
    ['si', 'compliant'],
    ['sí', 'compliant'],
    ['yes', 'compliant'],
    [false, 'non_compliant'],
    [0, 'non_compliant'],
    ['no', 'non_compliant'],
    ['false', 'non_compliant'],
  ] as const)
    it(`${JSON.stringify(value)} is ${status}`, () => {
      expect(verifyCompliance(programme, one, [fact('M', 'attends', value)])[0]).toMatchObject({
        status,
        required: true,
      });
    });
  it('an exemption of the household excuses its members, another household’s does not', () => {
    const excuse = (subject: string) => [
      {
        subject,
        condition: 'c',
        kind: 'temporary' as const,
        from: month('2025-01'),
        until: month('2025-01'),
        reason: '',
      },
    ];
    expect(verifyCompliance(programme, one, [], excuse('H1'))[0]?.status).toBe('exempt');
    expect(verifyCompliance(programme, one, [], excuse('H2'))[0]?.status).toBe('unverified');
  });
});
