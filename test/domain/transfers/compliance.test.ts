import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import { verifyCompliance } from '../../../domain/transfers/compliance.ts';
import { compiled, fact, home, number, person, rule } from './support.ts';

const under = (
  check: Record<string, unknown>,
  window: Record<string, unknown>,
  evidence: string,
  more: Record<string, unknown> = {},
) =>
  compiled(
    {
      frequency: 'bimonthly',
      parameters: {
        amount: {
          label: { es: 'a', en: 'a' },
          unit: 'money',
          values: [{ from: '2020-01', value: '1.00', cite: 'law' }],
        },
        most: number(2),
      },
      conditions: [
        {
          ...rule('c'),
          of: { age: { max: 17 } },
          evidence,
          check,
          window: { each: 'period', ...window },
          missing: 'hold',
          ...more,
        },
      ],
    },
    '2025-01',
  );
const one = home([person('M')]);
type Case = [
  name: string,
  check: Record<string, unknown>,
  window: Record<string, unknown>,
  evidence: string,
  rows: [kind: string, value: unknown, period: string][],
  status: string,
];
const atLeast = { type: 'at_least', value: 80 };
const CASES: Case[] = [
  ['at the threshold', atLeast, { months: 1 }, 'pct', [['pct', 80, '2025-01']], 'compliant'],
  ['a tenth below', atLeast, { months: 1 }, 'pct', [['pct', 79.9, '2025-01']], 'non_compliant'],
  ['no row', atLeast, { months: 1 }, 'pct', [], 'unverified'],
  ['a row of another month', atLeast, { months: 1 }, 'pct', [['pct', 90, '2025-02']], 'unverified'],
  [
    'lag: the window is three months earlier',
    atLeast,
    { months: 1, lagMonths: 3 },
    'pct',
    [['pct', 90, '2024-10']],
    'compliant',
  ],
  [
    'lag: the month itself does not count',
    atLeast,
    { months: 1, lagMonths: 3 },
    'pct',
    [['pct', 90, '2025-01']],
    'unverified',
  ],
  ['every month: one missing', atLeast, {}, 'pct', [['pct', 90, '2025-01']], 'unverified'],
  ['every month: one missing, one bad', atLeast, {}, 'pct', [['pct', 10, '2025-01']], 'non_compliant'],
  [
    'every month: both good',
    atLeast,
    {},
    'pct',
    [
      ['pct', 90, '2025-01'],
      ['pct', 80, '2025-02'],
    ],
    'compliant',
  ],
  [
    'reported: one missing is not asked',
    atLeast,
    { combine: 'reported' },
    'pct',
    [['pct', 90, '2025-02']],
    'compliant',
  ],
  [
    'reported: one bad',
    atLeast,
    { combine: 'reported' },
    'pct',
    [
      ['pct', 90, '2025-01'],
      ['pct', 1, '2025-02'],
    ],
    'non_compliant',
  ],
  [
    'any month',
    atLeast,
    { combine: 'any' },
    'pct',
    [
      ['pct', 10, '2025-01'],
      ['pct', 80, '2025-02'],
    ],
    'compliant',
  ],
  [
    'any month: one bad, one still missing',
    atLeast,
    { combine: 'any' },
    'pct',
    [['pct', 10, '2025-01']],
    'unverified',
  ],
  [
    'any month: both bad',
    atLeast,
    { combine: 'any' },
    'pct',
    [
      ['pct', 10, '2025-01'],
      ['pct', 10, '2025-02'],
    ],
    'non_compliant',
  ],
  [
    'average',
    atLeast,
    { combine: 'average' },
    'pct',
    [
      ['pct', 70, '2025-01'],
      ['pct', 90, '2025-02'],
    ],
    'compliant',
  ],
  [
    'average below',
    atLeast,
    { combine: 'average' },
    'pct',
    [
      ['pct', 70, '2025-01'],
      ['pct', 89, '2025-02'],
    ],
    'non_compliant',
  ],
  [
    'latest',
    atLeast,
    { combine: 'latest' },
    'pct',
    [
      ['pct', 10, '2025-01'],
      ['pct', 80, '2025-02'],
    ],
    'compliant',
  ],
  [
    'sum of counts',
    { type: 'at_least', value: 2 },
    { combine: 'sum' },
    'visits',
    [
      ['visits', 1, '2025-01'],
      ['visits', 1, '2025-02'],
    ],
    'compliant',
  ],
  [
    'sum of counts short',
    { type: 'at_least', value: { param: 'most' } },
    { combine: 'sum' },
    'visits',
    [['visits', 1, '2025-01']],
    'non_compliant',
  ],
  [
    'at most, at the bound',
    { type: 'at_most', value: 2 },
    { months: 1 },
    'visits',
    [['visits', 2, '2025-01']],
    'compliant',
  ],
  [
    'at most, above',
    { type: 'at_most', value: 2 },
    { months: 1 },
    'visits',
    [['visits', 3, '2025-01']],
    'non_compliant',
  ],
  [
    'two rows for a month: the better counts',
    atLeast,
    { months: 1 },
    'pct',
    [
      ['pct', 10, '2025-01'],
      ['pct', 85, '2025-01'],
    ],
    'compliant',
  ],
  [
    'two rows for a month, at most',
    { type: 'at_most', value: 2 },
    { months: 1 },
    'visits',
    [
      ['visits', 9, '2025-01'],
      ['visits', 1, '2025-01'],
    ],
    'compliant',
  ],
  [
    'all scheduled',
    { type: 'all_scheduled', scheduled: 'planned' },
    {},
    'visits',
    [
      ['planned', 2, '2025-01'],
      ['visits', 2, '2025-02'],
    ],
    'compliant',
  ],
  [
    'one of the scheduled missed',
    { type: 'all_scheduled', scheduled: 'planned' },
    {},
    'visits',
    [
      ['planned', 2, '2025-01'],
      ['visits', 1, '2025-02'],
    ],
    'non_compliant',
  ],
  [
    'scheduled, nothing reported',
    { type: 'all_scheduled', scheduled: 'planned' },
    {},
    'visits',
    [['planned', 2, '2025-01']],
    'unverified',
  ],
  [
    'nothing was scheduled',
    { type: 'all_scheduled', scheduled: 'planned' },
    {},
    'visits',
    [['planned', 0, '2025-01']],
    'compliant',
  ],
  [
    'schedule unknown',
    { type: 'all_scheduled', scheduled: 'planned' },
    {},
    'visits',
    [['visits', 5, '2025-01']],
    'unverified',
  ],
  [
    'one of the words',
    { type: 'one_of', values: ['a', 'b'] },
    { months: 1 },
    'level',
    [['level', 'b', '2025-01']],
    'compliant',
  ],
  [
    'none of the words',
    { type: 'one_of', values: ['a', 'b'] },
    { months: 1 },
    'level',
    [['level', 'c', '2025-01']],
    'non_compliant',
  ],
];

describe('verdicts', () => {
  for (const [name, check, window, evidence, rows, status] of CASES)
    it(name, () => {
      const facts = rows.map(([kind, value, period]) => fact('M', kind, value as number, period));
      expect(
        verifyCompliance(under(check, window, evidence), one, facts).map((verdict) => verdict.status),
      ).toEqual([status]);
    });

  it('says what was observed, required and why', () => {
    const [verdict] = verifyCompliance(under(atLeast, { months: 1 }, 'pct'), one, [fact('M', 'pct', 79)]);
    expect(verdict).toEqual({
      condition: 'c',
      subject: 'M',
      period: '2025-01',
      status: 'non_compliant',
      observed: 79,
      required: 80,
      reason: 'NOT_MET',
      cite: 'law',
    });
  });
  it('asks only those the condition is about', () => {
    expect(
      verifyCompliance(under(atLeast, { months: 1 }, 'pct'), home([person('A', '1990-01-01')]), []),
    ).toEqual([]);
  });
});

describe('excuses', () => {
  const excused = (
    kind: string,
    from: string,
    until: string,
    more: Record<string, unknown> = {},
    row: number | undefined = 10,
  ) => {
    const programme = under(atLeast, { months: 1 }, 'pct', { exemptions: ['health'], ...more });
    const exemption = {
      subject: 'M',
      condition: 'c',
      kind: kind as 'health',
      from: month(from),
      until: month(until),
      reason: 'x',
    };
    const rows = row === undefined ? [] : [fact('M', 'pct', row)];
    return verifyCompliance(programme, one, rows, [exemption])[0];
  };
  it('an exemption in force excuses a failure', () =>
    expect(excused('health', '2025-01', '2025-01')).toMatchObject({
      status: 'exempt',
      reason: 'EXEMPT:health',
    }));
  it('and missing evidence', () =>
    expect(excused('health', '2024-01', '2025-12', {}, undefined)).toMatchObject({ status: 'exempt' }));
  it('but not after it ended', () =>
    expect(excused('health', '2024-01', '2024-12')).toMatchObject({ status: 'non_compliant' }));
  it('nor of a kind that the condition does not know', () =>
    expect(excused('age', '2025-01', '2025-01')).toMatchObject({ status: 'non_compliant' }));
  it('who complied is compliant, not exempt', () =>
    expect(excused('health', '2025-01', '2025-01', {}, 90)).toMatchObject({ status: 'compliant' }));
  it('a waiver excuses everybody', () => {
    const waivers = [{ from: '2025-01', until: '2025-02', label: { es: 'a', en: 'a' }, cite: 'law' }];
    expect(excused('age', '2020-01', '2020-01', { waivers })).toMatchObject({
      status: 'exempt',
      reason: 'WAIVER',
    });
  });
  it('households without services are on the unconditioned track', () => {
    const programme = under(atLeast, { months: 1 }, 'pct', {
      unconditionedWhen: { attribute: { name: 'off', is: true } },
    });
    expect(verifyCompliance(programme, home([person('M')], { off: true }), [])[0]).toMatchObject({
      status: 'exempt',
      reason: 'NO_SUPPLY_TRACK',
    });
    expect(verifyCompliance(programme, one, [])[0]).toMatchObject({ status: 'unverified' });
  });
});
