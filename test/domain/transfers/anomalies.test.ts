import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import {
  accountsInSeveralHouseholds,
  anomalyLimit,
  coverage,
  incompatibleProgrammes,
  leakage,
  peopleInSeveralHouseholds,
  recertificationDue,
} from '../../../domain/transfers/anomalies.ts';
import { define, home, number } from './support.ts';

const label = { es: 'a', en: 'a' };
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
  it('a person in two households stands at both', () => {
    const pairs = [
      ['P1', 'H1'],
      ['P2', 'H1'],
      ['P1', 'H2'],
      ['P1', 'H1'],
    ] as const;
    expect(peopleInSeveralHouseholds(programme, pairs)).toEqual([
      { kind: 'person_in_two_households', household: 'H1', detail: 'P1', with: ['H2'] },
      { kind: 'person_in_two_households', household: 'H2', detail: 'P1', with: ['H1'] },
    ]);
  });
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
      peopleInSeveralHouseholds(silent, [
        ['P', 'H1'],
        ['P', 'H2'],
      ]),
    ).toEqual([]);
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
  it('stops a cycle above the limit, not at it', () => {
    expect(anomalyLimit(programme, { person_in_two_households: 1 }, 100)).toBeUndefined();
    expect(anomalyLimit(programme, { person_in_two_households: 2 }, 100)).toMatchObject({
      code: 'ANOMALY_LIMIT',
      at: 'anomalies.person_in_two_households',
    });
    expect(anomalyLimit(programme, { account_in_several_households: 90 }, 100)).toBeUndefined();
  });
  it('leakage and coverage in hundredths of a per cent', () => {
    expect([
      leakage(3, 1).basisPoints,
      leakage(0, 0).basisPoints,
      coverage(3, 2).basisPoints,
      coverage(0, 0).basisPoints,
    ]).toEqual([3333, 0, 6667, 0]);
  });
});
