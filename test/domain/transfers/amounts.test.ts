import { describe, expect, it } from 'vitest';
import {
  child,
  compiled,
  condition,
  fact,
  flat,
  home,
  label,
  money,
  number,
  ofEach,
  pay,
  person,
  rule,
  split,
} from './support.ts';

const adult = { age: { min: 18 } };
const grown = (id: string) => person(id, '1990-01-01');
const members = (n: number) => Array.from({ length: n }, (_, i) => person(`M${i}`, `201${i}-06-15`));
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
      const benefits = [
        ...(benefit.kind === 'top_up' ? [flat('base')] : []),
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
          requires: ofEach('school'),
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
      benefits: [flat('d', 'amount', { requires: [{ condition: 'school', scope: 'proportional' }] })],
    });
    const rows = [fact('M0', 'attends', true), fact('M1', 'attends', false)];
    expect(split(pay(programme, home(members(3)), rows))).toEqual([3333, 3334, 3333]);
    expect(split(pay(programme, home(members(3)), [...rows, fact('M2', 'attends', true)]))).toEqual([
      6667, 0, 3333,
    ]);
  });

  it('in proportion to its own condition only, and whole where nobody is asked', () => {
    const check = { type: 'at_least', value: 80 };
    const programme = compiled({
      conditions: [condition('school'), condition('marks', { evidence: 'pct', check }), condition('last')],
      benefits: [
        flat('d', 'amount', {
          requires: [
            { condition: 'school', scope: 'household' },
            { condition: 'marks', scope: 'proportional' },
          ],
        }),
      ],
    });
    const rows = ['M0', 'M1'].map((id) => fact(id, 'attends', true));
    const marks = [fact('M0', 'pct', 90), fact('M1', 'pct', 10)];
    expect(split(pay(programme, home(members(2)), [...rows, ...marks]))).toEqual([5000, 0, 5000]);
    expect(split(pay(programme, home([grown('A')])))).toEqual([10000, 0, 0]);
  });

  it('a taper without a row pays nothing', () => {
    const rows = [{ when: { tenure: { max: 2 } }, value: '50' }];
    const taper = { label, unit: 'percent', values: [{ from: '2020-01', rows, cite: 'law' }] };
    const benefits = [flat('b', 'amount', { factor: 'taper' })];
    const parts = { parameters: { amount: money('100.00'), taper }, benefits };
    const first = pay(compiled(parts, '2025-01'), home([]));
    const second = pay(compiled(parts, '2025-02'), home([]), [], { state: first.state });
    const third = pay(compiled(parts, '2025-03'), home([]), [], { state: second.state });
    expect([first, second, third].map((run) => run.payableMinor)).toEqual([5000, 5000, 0]);
  });
});
