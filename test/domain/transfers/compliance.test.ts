import { describe, expect, it } from 'vitest';
import { verifyCompliance } from '../../../domain/transfers/compliance.ts';
import { compiled, condition, fact, home, number, pay, person } from './support.ts';

const under = (check: Record<string, unknown>, window: Record<string, unknown>, evidence: string) =>
  compiled({
    frequency: 'bimonthly',
    parameters: { amount: number('1.00', 'money'), most: number(2) },
    conditions: [condition('c', { evidence, check, window: { each: 'period', ...window } })],
  });
const one = home([person('M')]);
const atLeast = { type: 'at_least', value: 80 };
const atMost = { type: 'at_most', value: 2 };
const scheduled = { type: 'all_scheduled', scheduled: 'planned' };
const words = { type: 'one_of', values: ['a', 'b'] };
const single = { months: 1 };

/** What January and February say of each kind; a hole is a month without a row. */
type Said = { [kind: string]: (number | string | undefined)[] };
const factsOf = (said: Said) =>
  Object.entries(said).flatMap(([kind, values]) =>
    values.flatMap((value, i) => (value === undefined ? [] : [fact('M', kind, value, `2025-0${i + 1}`)])),
  );
const rows: [
  name: string,
  check: Record<string, unknown>,
  window: Record<string, unknown>,
  evidence: string,
  said: Said,
  status: string,
][] = [
  ['at the threshold', atLeast, single, 'pct', { pct: [80] }, 'compliant'],
  ['a tenth below', atLeast, single, 'pct', { pct: [79.9] }, 'non_compliant'],
  ['no row', atLeast, single, 'pct', {}, 'unverified'],
  ['a row of another month', atLeast, single, 'pct', { pct: [undefined, 90] }, 'unverified'],
  ['every month: one missing', atLeast, {}, 'pct', { pct: [90] }, 'unverified'],
  ['every month: one missing, one bad', atLeast, {}, 'pct', { pct: [10] }, 'non_compliant'],
  ['every month: both good', atLeast, {}, 'pct', { pct: [90, 80] }, 'compliant'],
  [
    'reported: one missing is not asked',
    atLeast,
    { combine: 'reported' },
    'pct',
    { pct: [undefined, 90] },
    'compliant',
  ],
  ['reported: one bad', atLeast, { combine: 'reported' }, 'pct', { pct: [90, 1] }, 'non_compliant'],
  ['any month', atLeast, { combine: 'any' }, 'pct', { pct: [10, 80] }, 'compliant'],
  ['any month: one bad, one still missing', atLeast, { combine: 'any' }, 'pct', { pct: [10] }, 'unverified'],
  ['any month: both bad', atLeast, { combine: 'any' }, 'pct', { pct: [10, 10] }, 'non_compliant'],
  ['average', atLeast, { combine: 'average' }, 'pct', { pct: [70, 90] }, 'compliant'],
  ['average below', atLeast, { combine: 'average' }, 'pct', { pct: [70, 89] }, 'non_compliant'],
  ['latest', atLeast, { combine: 'latest' }, 'pct', { pct: [10, 80] }, 'compliant'],
  [
    'sum of counts',
    { type: 'at_least', value: 2 },
    { combine: 'sum' },
    'visits',
    { visits: [1, 1] },
    'compliant',
  ],
  [
    'sum of counts short of a parameter',
    { type: 'at_least', value: { param: 'most' } },
    { combine: 'sum' },
    'visits',
    { visits: [1] },
    'non_compliant',
  ],
  ['at most, at the bound', atMost, single, 'visits', { visits: [2] }, 'compliant'],
  ['at most, above', atMost, single, 'visits', { visits: [3] }, 'non_compliant'],
  ['all scheduled', scheduled, {}, 'visits', { planned: [2], visits: [undefined, 2] }, 'compliant'],
  [
    'one of the scheduled missed',
    scheduled,
    {},
    'visits',
    { planned: [2], visits: [undefined, 1] },
    'non_compliant',
  ],
  ['scheduled, nothing reported', scheduled, {}, 'visits', { planned: [2] }, 'unverified'],
  ['nothing was scheduled', scheduled, {}, 'visits', { planned: [0] }, 'compliant'],
  ['schedule unknown', scheduled, {}, 'visits', { visits: [5] }, 'unverified'],
  ['one of the words', words, single, 'level', { level: ['b'] }, 'compliant'],
  ['none of the words', words, single, 'level', { level: ['c'] }, 'non_compliant'],
];

describe('verdicts', () => {
  for (const [name, check, window, evidence, said, status] of rows)
    it(name, () =>
      expect(
        verifyCompliance(under(check, window, evidence), one, factsOf(said)).map((verdict) => verdict.status),
      ).toEqual([status]),
    );
  it('lag: the window is three months earlier, the month itself does not count', () => {
    const programme = under(atLeast, { months: 1, lagMonths: 3 }, 'pct');
    const at = (period: string) =>
      verifyCompliance(programme, one, [fact('M', 'pct', 90, period)])[0]?.status;
    expect([at('2024-10'), at('2024-11'), at('2024-09'), at('2025-01')]).toEqual([
      'compliant',
      'unverified',
      'unverified',
      'unverified',
    ]);
  });
  it('month by month: a month in which the rule is not in force has no verdict', () => {
    const months = (more: Record<string, unknown>) =>
      verifyCompliance(
        compiled({
          frequency: 'bimonthly',
          conditions: [condition('c', { window: { each: 'month' }, ...more })],
        }),
        one,
        [],
      ).map((verdict) => verdict.period);
    expect([months({}), months({ until: '2025-01' }), months({ from: '2025-02' })]).toEqual([
      ['2025-01', '2025-02'],
      ['2025-01'],
      ['2025-02'],
    ]);
  });
  it('say what was observed, required and why', () => {
    const verdict = (value: number) =>
      verifyCompliance(under(atLeast, single, 'pct'), one, [fact('M', 'pct', value)])[0];
    const common = { condition: 'c', subject: 'M', period: '2025-01', required: 80, cite: 'law' };
    expect(verdict(79)).toEqual({ ...common, status: 'non_compliant', observed: 79, reason: 'NOT_MET' });
    expect(verdict(80)).toEqual({ ...common, status: 'compliant', observed: 80, reason: 'MET' });
    expect(verifyCompliance(under(atLeast, single, 'pct'), one, [])[0]).toEqual({
      ...common,
      status: 'unverified',
      observed: null,
      reason: 'NO_EVIDENCE',
    });
  });
  it('say which words were asked for, and how many were scheduled', () => {
    const required = (check: Record<string, unknown>, evidence: string, said: Said) =>
      verifyCompliance(under(check, single, evidence), one, factsOf(said))[0]?.required;
    expect([
      required(words, 'level', {}),
      required(scheduled, 'visits', { planned: [3] }),
      required(scheduled, 'visits', {}),
      required(atMost, 'visits', {}),
    ]).toEqual(['a | b', 3, null, 2]);
  });
});

describe('who is asked', () => {
  it('those whom the condition is about', () =>
    expect(verifyCompliance(under(atLeast, single, 'pct'), home([person('A', '1990-01-01')]), [])).toEqual(
      [],
    ));
  it('households of a kind', () => {
    const programme = compiled({
      conditions: [condition('c', { when: { attribute: { name: 'off', is: true } } })],
    });
    const asked = (off: boolean) => verifyCompliance(programme, home([person('M')], { off }), []).length;
    expect([asked(true), asked(false)]).toEqual([1, 0]);
  });
  it('households from their second month on', () => {
    const programme = compiled({ conditions: [condition('c', { when: { monthsInProgramme: { min: 2 } } })] });
    const { state } = pay(programme, one);
    const again = compiled(
      { conditions: [condition('c', { when: { monthsInProgramme: { min: 2 } } })] },
      '2025-02',
    );
    expect([
      verifyCompliance(programme, one, []).length,
      verifyCompliance(again, one, [], [], state).length,
    ]).toEqual([0, 1]);
  });
  it('each member by the first band that fits', () => {
    const check = {
      type: 'at_least',
      value: 50,
      bands: [
        { who: { age: { max: 5 } }, value: 60 },
        { who: { age: { max: 17 } }, value: 85 },
      ],
    };
    const programme = compiled({
      conditions: [condition('c', { of: { age: { min: 0 } }, evidence: 'pct', check })],
    });
    const family = home([person('A', '2020-01-01'), person('B', '2015-01-01'), person('C', '1990-01-01')]);
    expect(verifyCompliance(programme, family, []).map((verdict) => verdict.required)).toEqual([60, 85, 50]);
  });
  it('nobody for a band where no band fits and no value is left: whatever was reported will do', () => {
    const check = { type: 'at_least', bands: [{ who: { age: { max: 5 } }, value: 60 }] };
    const programme = compiled({ conditions: [condition('c', { evidence: 'pct', check })] });
    expect(verifyCompliance(programme, one, [fact('M', 'pct', 0)])[0]).toMatchObject({
      required: null,
      status: 'compliant',
    });
  });
});

describe('evidence words', () => {
  const programme = compiled({ conditions: [condition('c')] });
  const rows: [value: string | number | boolean, status: string][] = [
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
  ];
  for (const [value, status] of rows)
    it(`${JSON.stringify(value)} is ${status}`, () =>
      expect(verifyCompliance(programme, one, [fact('M', 'attends', value)])[0]).toMatchObject({
        status,
        required: true,
      }));
});
