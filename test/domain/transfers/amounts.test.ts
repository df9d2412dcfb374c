import { describe, expect, it } from 'vitest';
import { compiled, fact, home, money, number, pay, person, rule, split } from './support.ts';

const adult = { age: { min: 18 } };
const child = { age: { max: 17 } };
const grown = (id: string) => person(id, '1990-01-01');
const members = (n: number) => Array.from({ length: n }, (_, i) => person(`M${i}`, `201${i}-06-15`));
const condition = (id: string, more: Record<string, unknown> = {}) => ({
  ...rule(id),
  of: child,
  evidence: 'attends',
  check: { type: 'is_true' },
  window: { each: 'period' },
  missing: 'hold',
  ...more,
});

type Row = [
  name: string,
  benefit: Record<string, unknown>,
  parameters: Record<string, unknown>,
  household: ReturnType<typeof home>,
  payable: number,
];
const ROWS: Row[] = [
  ['flat: per household', { kind: 'flat', amount: 'amount' }, {}, home(members(3)), 10000],
  ['per person: everybody', { kind: 'per_person', amount: 'amount' }, {}, home(members(3)), 30000],
  [
    'per person: only those who fit',
    { kind: 'per_person', amount: 'amount', who: adult },
    {},
    home([...members(3), grown('A')]),
    10000,
  ],
  ['per person: nobody fits', { kind: 'per_person', amount: 'amount', who: adult }, {}, home(members(3)), 0],
  [
    'per member: at the maximum',
    { kind: 'per_member', bands: [{ who: child, amount: 'amount' }], max: 'three' },
    { three: number(3) },
    home(members(3)),
    30000,
  ],
  [
    'per member: above the maximum',
    { kind: 'per_member', bands: [{ who: child, amount: 'amount' }], max: 'three' },
    { three: number(3) },
    home(members(4)),
    30000,
  ],
  [
    'per member: first band wins',
    {
      kind: 'per_member',
      bands: [
        { who: child, amount: 'amount' },
        { who: { age: { min: 0 } }, amount: 'small' },
      ],
    },
    { small: money('1.00') },
    home([...members(1), grown('A')]),
    10100,
  ],
  [
    'per member: maximum in a band',
    {
      kind: 'per_member',
      bands: [
        { who: child, amount: 'amount', max: 'one' },
        { who: adult, amount: 'small' },
      ],
    },
    { small: money('1.00'), one: number(1) },
    home([...members(2), grown('A')]),
    10100,
  ],
  [
    'declining: second child',
    { kind: 'declining', bands: [{ who: child, amounts: ['amount', 'small'] }] },
    { small: money('90.00') },
    home(members(2)),
    19000,
  ],
  [
    'declining: third adds nothing',
    { kind: 'declining', bands: [{ who: child, amounts: ['amount', 'small'] }] },
    { small: money('90.00') },
    home(members(3)),
    19000,
  ],
  [
    'one if any: two count once',
    { kind: 'one_if_any', amount: 'amount', who: child },
    {},
    home(members(2)),
    10000,
  ],
  ['one if any: nobody', { kind: 'one_if_any', amount: 'amount', who: child }, {}, home([grown('A')]), 0],
  [
    'poverty gap: each person rounded half up',
    { kind: 'poverty_gap', line: 'amount', income: 'income', share: 'share' },
    { share: number('33.335', 'percent') },
    home(members(3), { income: '40.00' }),
    6000,
  ],
  [
    'poverty gap: the household rounded',
    { kind: 'poverty_gap', line: 'amount', income: 'income', share: 'share', roundEach: 'household' },
    { share: number('33.335', 'percent') },
    home(members(3), { income: '40.01' }),
    5999,
  ],
  [
    'poverty gap: to a multiple, upwards',
    {
      kind: 'poverty_gap',
      line: 'amount',
      income: 'income',
      roundEach: 'household',
      rounding: 'up',
      multipleOf: 'two',
    },
    { two: money('2.00') },
    home(members(1), { income: '94.99' }),
    600,
  ],
  [
    'poverty gap: exactly a multiple',
    {
      kind: 'poverty_gap',
      line: 'amount',
      income: 'income',
      roundEach: 'household',
      rounding: 'up',
      multipleOf: 'two',
    },
    { two: money('2.00') },
    home(members(1), { income: '94.00' }),
    600,
  ],
  [
    'poverty gap: at the line',
    { kind: 'poverty_gap', line: 'amount', income: 'income' },
    {},
    home(members(2), { income: 100 }),
    0,
  ],
  [
    'poverty gap: income unknown',
    { kind: 'poverty_gap', line: 'amount', income: 'income' },
    {},
    home(members(2)),
    0,
  ],
  [
    'share of a wage',
    { kind: 'share_of', attribute: 'wage', share: 'share' },
    { share: number('30', 'percent') },
    home([person('M', undefined, { attributes: { wage: '2000.00' } })]),
    60000,
  ],
  [
    'top up by an attribute: nothing missing',
    { kind: 'top_up', floor: { attribute: 'income' }, over: ['base'] },
    {},
    home(members(1), { income: '100.00' }),
    10000,
  ],
  [
    'top up by an attribute: one cent missing',
    { kind: 'top_up', floor: { attribute: 'income' }, over: ['base'] },
    {},
    home(members(1), { income: '100.01' }),
    10001,
  ],
];

describe('amounts', () => {
  for (const [name, benefit, parameters, household, payable] of ROWS)
    it(name, () => {
      const base = { ...rule('base'), kind: 'flat', per: 'month', amount: 'amount' };
      const benefits = [
        ...(benefit.kind === 'top_up' ? [base] : []),
        { ...rule('benefit'), per: 'month', ...benefit },
      ];
      const run = pay(
        compiled({ parameters: { amount: money('100.00'), ...parameters }, benefits }),
        household,
      );
      expect(split(run)).toEqual([payable, 0, 0]);
    });

  it('a declining order skips the child who does not comply', () => {
    const programme = compiled({
      parameters: { amount: money('30.00'), second: money('27.00') },
      conditions: [condition('school')],
      benefits: [
        {
          ...rule('d'),
          kind: 'declining',
          per: 'month',
          bands: [{ who: child, amounts: ['amount', 'second'] }],
          requires: [{ condition: 'school', scope: 'member' }],
        },
      ],
    });
    const two = [fact('M0', 'attends', false), fact('M1', 'attends', true)];
    expect(split(pay(programme, home(members(2)), two))).toEqual([3000, 0, 2700]);
    expect(split(pay(programme, home(members(2)), [fact('M1', 'attends', true)]))).toEqual([3000, 2700, 0]);
  });

  it('pays in proportion to the verdicts that are met', () => {
    const programme = compiled({
      conditions: [condition('school')],
      benefits: [
        {
          ...rule('d'),
          kind: 'flat',
          per: 'month',
          amount: 'amount',
          requires: [{ condition: 'school', scope: 'proportional' }],
        },
      ],
    });
    const rows = [fact('M0', 'attends', true), fact('M1', 'attends', false)];
    expect(split(pay(programme, home(members(3)), rows))).toEqual([3333, 3334, 3333]);
    expect(split(pay(programme, home(members(3)), [...rows, fact('M2', 'attends', true)]))).toEqual([
      6667, 0, 3333,
    ]);
  });

  it('a taper without a row pays nothing', () => {
    const rows = [{ when: { tenure: { max: 2 } }, value: '50' }];
    const taper = {
      label: { es: 'a', en: 'a' },
      unit: 'percent',
      values: [{ from: '2020-01', rows, cite: 'law' }],
    };
    const benefits = [{ ...rule('b'), kind: 'flat', per: 'month', amount: 'amount', factor: 'taper' }];
    const parts = { parameters: { amount: money('100.00'), taper }, benefits };
    const first = pay(compiled(parts, '2025-01'), home([]));
    const second = pay(compiled(parts, '2025-02'), home([]), [], { state: first.state });
    const third = pay(compiled(parts, '2025-03'), home([]), [], { state: second.state });
    expect([first, second, third].map((run) => run.payableMinor)).toEqual([5000, 5000, 0]);
  });
});

describe('limits', () => {
  const each = {
    ...rule('each'),
    kind: 'per_member',
    per: 'month',
    bands: [{ who: child, amount: 'amount' }],
    order: 'oldest',
  };
  const school = condition('school');
  const limited = (cap: Record<string, unknown>, parameters: Record<string, unknown>) =>
    compiled({
      parameters: { amount: money('100.00'), ...parameters },
      conditions: [school],
      benefits: [{ ...each, requires: [{ condition: 'school', scope: 'member' }] }],
      caps: [{ ...rule('cap'), over: ['each'], ...cap }],
    });
  const all = members(3).map(({ id }) => fact(id, 'attends', true));

  it('truncates the last lines', () => {
    const run = pay(
      limited({ method: 'truncate', limit: 'most' }, { most: money('250.00') }),
      home(members(3)),
      all,
    );
    expect(run.lines.map((line) => line.amountMinor)).toEqual([10000, 10000, 5000]);
  });
  it('scales with floor shares and the remainder first come', () => {
    const run = pay(
      limited({ method: 'scale', limit: 'most' }, { most: money('250.00') }),
      home(members(3)),
      all,
    );
    expect(run.lines.map((line) => line.amountMinor)).toEqual([8334, 8333, 8333]);
  });
  it('leaves amounts at the limit alone', () => {
    const run = pay(
      limited({ method: 'scale', limit: 'most' }, { most: money('300.00') }),
      home(members(3)),
      all,
    );
    expect(run.lines.map((line) => line.amountMinor)).toEqual([10000, 10000, 10000]);
  });
  it('keeps the two highest', () => {
    const run = pay(
      limited({ method: 'keep_highest', keep: 'two' }, { two: number(2) }),
      home(members(3)),
      all,
    );
    expect(split(run)).toEqual([20000, 0, 0]);
  });
  it('a third child without evidence holds only what the limit leaves', () => {
    const programme = limited({ method: 'scale', limit: 'most' }, { most: money('250.00') });
    const run = pay(programme, home(members(3)), all.slice(0, 2));
    expect(split(run)).toEqual([20000, 5000, 0]);
    expect(run.lines.filter((line) => line.outcome === 'held')).toMatchObject([
      { member: 'M2', amountMinor: 5000, reason: 'UNVERIFIED:school' },
    ]);
  });
  it('a third child who failed forfeits only what the limit leaves', () => {
    const programme = limited({ method: 'truncate', limit: 'most' }, { most: money('250.00') });
    expect(
      split(pay(programme, home(members(3)), [...all.slice(0, 2), fact('M2', 'attends', false)])),
    ).toEqual([20000, 0, 5000]);
  });
});
