import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import { ANOMALY_KINDS } from '../../../domain/records/programme/payment.ts';
import {
  accountsInSeveralHouseholds,
  amountChange,
  anomalyLimit,
  coverage,
  incompatibleProgrammes,
  leakage,
  recertificationDue,
} from '../../../domain/transfers/anomalies.ts';
import { define, home, label, money, number } from './support.ts';

const programme = define({
  parameters: {
    amount: { label, unit: 'money', values: [{ from: '2020-01', value: '1.00', cite: 'law' }] },
    renew: number(24, 'months'),
  },
  attributes: {
    off: { of: 'household', type: 'boolean', label },
    seen: { of: 'household', type: 'month', label },
  },
  stay: { recertifyMonths: 'renew', certified: 'seen', cite: 'law' },
  incompatibilities: [
    { programme: 'other', label, effect: 'report', attribute: 'off', cite: 'law', until: '2025-06' },
  ],
  anomalies: [
    { kind: 'person_in_two_households', stopAbovePct: 1 },
    { kind: 'account_in_several_households', tolerate: 2 },
    { kind: 'recertification_due' },
  ],
});
const at = month('2025-01');

describe('anomalies', () => {
  it('an account is tolerated in two households, not in three, and is masked', () => {
    const pairs = [
      ['0011223344', 'H1'],
      ['0011223344', 'H2'],
    ] as const;
    expect(accountsInSeveralHouseholds(programme, pairs)).toEqual([]);
    const found = accountsInSeveralHouseholds(programme, [...pairs, ['0011223344', 'H3']]);
    expect(found.map(({ household, detail }) => [household, detail])).toEqual([
      ['H1', '…3344'],
      ['H2', '…3344'],
      ['H3', '…3344'],
    ]);
  });
  it('what the definition does not ask for is not reported', () => {
    const silent = define();
    expect(
      accountsInSeveralHouseholds(silent, [
        ['A', 'H1'],
        ['A', 'H2'],
      ]),
    ).toEqual([]);
    expect(recertificationDue(silent, home([], { seen: '2000-01' }), at)).toBeUndefined();
  });
  it('an incompatible programme, while the rule is in force', () => {
    expect(incompatibleProgrammes(programme, home([], { off: true }), at)).toHaveLength(1);
    expect(incompatibleProgrammes(programme, home([], { off: false }), at)).toEqual([]);
    expect(incompatibleProgrammes(programme, home([], { off: true }), month('2025-07'))).toEqual([]);
  });
  it('recertification is due after 24 months, not at 24', () => {
    expect(recertificationDue(programme, home([], { seen: '2023-01' }), at)).toBeUndefined();
    expect(recertificationDue(programme, home([], { seen: '2022-12' }), at)).toMatchObject({
      detail: '2022-12',
    });
    expect(recertificationDue(programme, home([]), at)).toBeUndefined();
  });
  it('leakage and coverage in hundredths of a per cent, half up', () => {
    expect([
      leakage(3, 1).basisPoints,
      leakage(0, 0).basisPoints,
      coverage(3, 2).basisPoints,
      coverage(0, 0).basisPoints,
      coverage(20_000, 1).basisPoints,
      coverage(20_001, 1).basisPoints,
    ]).toEqual([3333, 0, 6667, 0, 1, 0]);
  });
});

describe('the order and the dates of what stands before the approver', () => {
  const programme = (stay: Record<string, unknown>) =>
    define({
      parameters: { amount: money('1.00'), renew: number(24, 'months') },
      attributes: {
        off: { of: 'household', type: 'boolean', label },
        seen: { of: 'household', type: 'month', label },
      },
      stay: { cite: 'law', ...stay },
      incompatibilities: [
        {
          programme: 'other',
          label,
          effect: 'report',
          attribute: 'off',
          cite: 'law',
          from: '2025-02',
          until: '2025-03',
        },
      ],
      anomalies: [{ kind: 'account_in_several_households' }, { kind: 'recertification_due' }],
    });
  it('accounts come by their number, their households by their id; one twice in a household is one', () =>
    expect(
      accountsInSeveralHouseholds(programme({}), [
        ['A2', 'H9'],
        ['A1', 'H3'],
        ['A1', 'H3'],
        ['A2', 'H1'],
        ['A1', 'H2'],
        ['A3', 'H1'],
        ['A3', 'H1'],
      ]).map(({ detail, household }) => [detail, household]),
    ).toEqual([
      ['…A1', 'H2'],
      ['…A1', 'H3'],
      ['…A2', 'H1'],
      ['…A2', 'H9'],
    ]));
  it('another programme is reported in its own months only', () =>
    expect(
      ['2025-01', '2025-02', '2025-03', '2025-04'].map(
        (period) => incompatibleProgrammes(programme({}), home([], { off: true }), month(period)).length,
      ),
    ).toEqual([0, 1, 1, 0]));
  it('a renewal is due only where the programme says after how long and since when', () => {
    const due = (stay: Record<string, unknown>, seen: string) =>
      recertificationDue(programme(stay), home([], { seen }), month('2025-01'))?.detail;
    const both = { recertifyMonths: 'renew', certified: 'seen' };
    expect([due(both, '2022-12'), due(both, '2023-01')]).toEqual(['2022-12', undefined]);
    expect([due({ certified: 'seen' }, '2020-01'), due({ recertifyMonths: 'renew' }, '2020-01')]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('what an anomaly says', () => {
  const all = (more: Record<string, unknown> = {}) =>
    define({
      parameters: { amount: money('1.00'), renew: number(24, 'months') },
      attributes: {
        off: { of: 'household', type: 'boolean', label },
        seen: { of: 'household', type: 'month', label },
      },
      stay: { recertifyMonths: 'renew', certified: 'seen', cite: 'law' },
      incompatibilities: [
        { programme: 'other', label, effect: 'report', attribute: 'off', cite: 'law' },
        { programme: 'unknown', label, effect: 'report', cite: 'law' },
      ],
      anomalies: [{ kind: 'account_in_several_households' }, { kind: 'recertification_due' }],
      ...more,
    });
  it('an account in two households, where no number is tolerated', () =>
    expect(
      accountsInSeveralHouseholds(all(), [
        ['0011223344', 'H2'],
        ['0011223344', 'H1'],
        ['55', 'H1'],
      ]),
    ).toEqual([
      { kind: 'account_in_several_households', household: 'H1', detail: '…3344', with: ['H2'] },
      { kind: 'account_in_several_households', household: 'H2', detail: '…3344', with: ['H1'] },
    ]));
  it('another programme, which one', () =>
    expect(incompatibleProgrammes(all(), home([], { off: true }), at)).toEqual([
      { kind: 'incompatible_programme', household: 'H1', detail: 'other' },
    ]));
  it('a renewal, since when: a day is of its month', () => {
    expect(recertificationDue(all(), home([], { seen: '2022-12-31' }), at)).toEqual({
      kind: 'recertification_due',
      household: 'H1',
      detail: '2022-12-31',
    });
    expect(recertificationDue(all(), home([], { seen: '2023-01-01' }), at)).toBeUndefined();
  });
  it('a renewal after the time in force in that month, or none where none was published', () => {
    const dated = (period: string) =>
      recertificationDue(
        all({
          parameters: {
            amount: money('1.00'),
            renew: {
              label,
              unit: 'months',
              values: [
                { from: '2020-01', until: '2024-12', value: 12, cite: 'law' },
                { from: '2025-01', until: '2025-06', value: 24, cite: 'law' },
                { from: '2025-07', notPublished: true, cite: 'law' },
              ],
            },
          },
        }),
        home([], { seen: '2023-06' }),
        month(period),
      )?.detail;
    expect(['2024-06', '2024-07', '2024-12', '2025-01', '2025-06', '2025-07'].map(dated)).toEqual([
      undefined,
      '2023-06',
      '2023-06',
      undefined,
      undefined,
      undefined,
    ]);
  });
  it('a renewal only where the approver is to see it', () =>
    expect(recertificationDue(all({ anomalies: [] }), home([], { seen: '2000-01' }), at)).toBeUndefined());
});

describe('an amount that changes by more than 50 % is an anomaly', () => {
  const changing = define({ anomalies: [{ kind: 'amount_change', tolerate: 50 }] });
  it.each`
    before   | now      | expected
    ${10000} | ${15000} | ${undefined}
    ${10000} | ${15001} | ${'100.00 before, 150.01 now'}
    ${10000} | ${5000}  | ${undefined}
    ${10000} | ${4999}  | ${'100.00 before, 49.99 now'}
    ${10000} | ${0}     | ${'100.00 before, 0.00 now'}
    ${0}     | ${10000} | ${undefined}
  `('$before then $now', ({ before, now, expected }) => {
    expect(amountChange(changing, 'H1', before, now)?.detail).toBe(expected);
  });
  it('where the definition asks for it, and not at all where it states no tolerance', () => {
    expect(amountChange(programme, 'H1', 1, 100)).toBeUndefined();
    const strict = define({ anomalies: [{ kind: 'amount_change' }] });
    expect(amountChange(strict, 'H1', 100, 101)).toMatchObject({ kind: 'amount_change', household: 'H1' });
    expect(amountChange(strict, 'H1', 100, 100)).toBeUndefined();
  });
});

describe('a limit in the definition stops a cycle above it, not at it', () => {
  const rows = `
    kind                          | pct  | found | of     | stops
    person_in_two_households      | 1    | 1     | 100    | no
    person_in_two_households      | 1    | 2     | 100    | yes
    account_in_several_households | 0    | 0     | 100    | no
    account_in_several_households | 0    | 1     | 100    | yes
    incompatible_programme        | 0.5  | 5     | 1000   | no
    incompatible_programme        | 0.5  | 6     | 1000   | yes
    recertification_due           | 10   | 10    | 100    | no
    recertification_due           | 10   | 11    | 100    | yes
    unverified_share              | 60   | 60    | 100    | no
    unverified_share              | 60   | 61    | 100    | yes
    amount_change                 | 0.57 | 57    | 10000  | no
    amount_change                 | 0.57 | 58    | 10000  | yes
    payee_out_of_order            | 2    | 2     | 100    | no
    payee_out_of_order            | 2    | 3     | 100    | yes
    channel_out_of_rule           | 2    | 2     | 100    | no
    channel_out_of_rule           | 2    | 3     | 100    | yes
    payee_changed                 | 1    | 1     | 100    | no
    payee_changed                 | 1    | 2     | 100    | yes
    unverified_share              | 60   | 0     | 0      | no`
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split('|').map((cell) => cell.trim()));
  it.each(rows)('%s at %s %%: %s of %s', (kind, pct, found, of, stops) => {
    const limited = define({ anomalies: [{ kind, stopAbovePct: Number(pct) }] });
    const among = kind === 'unverified_share' ? 'checks' : 'households';
    expect(anomalyLimit(limited, { [kind!]: { found: Number(found), of: Number(of) } })).toEqual(
      stops === 'no'
        ? undefined
        : {
            code: 'ANOMALY_LIMIT',
            message: `${kind}: ${found} found among ${of} ${among}, limit ${pct} %`,
            next: expect.stringMatching(/list of exceptions.*correct the inputs.*limit changed/),
            at: `anomalies.${kind}`,
          },
    );
  });
  it('every kind is in the table on both sides', () => {
    for (const kind of ANOMALY_KINDS)
      expect(new Set(rows.filter(([row]) => row === kind).map((row) => row[4]))).toEqual(
        new Set(['no', 'yes']),
      );
  });
  it('a kind without a limit stops nothing', () => {
    const shared = { found: 90, of: 100 };
    expect(anomalyLimit(programme, { account_in_several_households: shared })).toBeUndefined();
    expect(anomalyLimit(define(), { account_in_several_households: shared })).toBeUndefined();
  });
});
