import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import {
  incompatibleProgrammes,
  peopleInSeveralHouseholds,
  recertificationDue,
} from '../../../domain/transfers/anomalies.ts';
import { compareProgrammes } from '../../../domain/transfers/diff.ts';
import { timeline } from '../../../domain/transfers/timeline.ts';
import { compiled, define, fact, home, money, number, pay, person, rule } from './support.ts';

const label = { es: 'a', en: 'a' };

describe('a household over its periods', () => {
  const parts = {
    parameters: { amount: money('100.00') },
    conditions: [
      {
        ...rule('c'),
        of: { age: { max: 17 } },
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
        bands: [{ who: { age: { max: 17 } }, amount: 'amount' }],
        requires: [{ condition: 'c', scope: 'member' }],
      },
    ],
  };
  const family = home([person('A'), person('B')]);
  const first = pay(compiled(parts), family, [fact('A', 'attends', true)]);
  const second = pay(
    compiled(parts, '2025-02'),
    family,
    [
      fact('A', 'attends', true, '2025-02'),
      fact('B', 'attends', true, '2025-02'),
      fact('B', 'attends', true, '2025-01'),
    ],
    { state: first.state },
  );
  const entries = timeline(
    define(parts),
    [
      { period: month('2025-02'), verdicts: second.verdicts, result: second },
      { period: month('2025-01'), verdicts: first.verdicts, result: first },
    ],
    'en',
  );

  it('comes oldest first, with what was paid, held and paid later', () =>
    expect(entries.map(({ period, payable, held, arrears }) => [period, payable, held, arrears])).toEqual([
      ['2025-01', '100.00', '100.00', '0.00'],
      ['2025-02', '200.00', '0.00', '100.00'],
    ]));
  it('tells what was not met or not known, and nothing of what was met', () => {
    expect(entries[0]?.events.map((text) => text.slice(0, 1))).toEqual(['B']);
    expect(entries[1]?.events).toMatchObject([expect.stringMatching(/^2025-01: 100\.00/)]);
  });
});

describe('two versions of a programme', () => {
  const cap = { ...rule('cap'), method: 'truncate', over: ['flat'], limit: 'amount' };
  const plain = define({});
  const limited = define({ caps: [cap] });
  const changes = (before: typeof plain, after: typeof plain) =>
    compareProgrammes(before, after, 'en').map(({ change, before: was, after: is }) => [
      change,
      was === undefined,
      is === undefined,
    ]);
  it('a rule that is new stands there as it will be', () =>
    expect(changes(plain, limited)).toEqual([['added', true, false]]));
  it('a rule that went stands there as it was', () =>
    expect(changes(limited, plain)).toEqual([['removed', false, true]]));
  it('a rule that changed stands there both ways', () =>
    expect(changes(plain, define({ parameters: { amount: money('120.00') } }))).toContainEqual([
      'changed',
      false,
      false,
    ]));
  it('the same version differs in nothing', () => expect(changes(limited, limited)).toEqual([]));
});

describe('what stands before the approver', () => {
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
      anomalies: [{ kind: 'person_in_two_households' }, { kind: 'recertification_due' }],
    });
  it('people come by their id, their households too', () =>
    expect(
      peopleInSeveralHouseholds(programme({}), [
        ['P2', 'H9'],
        ['P1', 'H3'],
        ['P2', 'H1'],
        ['P1', 'H2'],
      ]).map(({ detail, household }) => [detail, household]),
    ).toEqual([
      ['P1', 'H2'],
      ['P1', 'H3'],
      ['P2', 'H1'],
      ['P2', 'H9'],
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
