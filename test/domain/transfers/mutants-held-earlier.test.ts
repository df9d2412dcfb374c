import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import type { Adjustment } from '../../../domain/records/household.ts';
import { compiled, fact, home, minorOf, money, pay, person, rule } from './support.ts';

// A mutation run let through which verdict held money waits for: any other one released it.

const child = { age: { max: 17 } };
const condition = (id: string, evidence: string) => ({
  ...rule(id),
  of: child,
  evidence,
  check: { type: 'is_true' },
  window: { each: 'period' },
  missing: 'hold',
});
const each = (id: string, amount: string, asks: string, cite: string) => ({
  ...rule(id),
  cite,
  kind: 'per_member',
  per: 'month',
  bands: [{ who: child, amount }],
  requires: [{ condition: asks, scope: 'member' }],
});
const parts = {
  citations: { law: { title: 'Law 1' }, decree: { title: 'Decree 2' } },
  evidence: {
    attends: { label: { es: 'a', en: 'a' }, of: 'member', type: 'boolean', certifier: { es: 'a', en: 'a' } },
    checked: { label: { es: 'a', en: 'a' }, of: 'member', type: 'boolean', certifier: { es: 'a', en: 'a' } },
  },
  parameters: { amount: money('100.00'), small: money('7.00') },
  conditions: [condition('school', 'attends'), condition('health', 'checked')],
  benefits: [each('study', 'amount', 'school', 'law'), each('care', 'small', 'health', 'decree')],
};
const family = home([person('A'), person('B')]);
const january = pay(compiled(parts, '2025-01'), family);
const february = (rows: Parameters<typeof fact>[]) =>
  pay(
    compiled(parts, '2025-02'),
    family,
    rows.map((row) => fact(...row)),
    { state: january.state },
  );

describe('held money of an earlier period', () => {
  it('waits for its own member, its own condition and its own month', () => {
    const rows: [name: string, row: Parameters<typeof fact>, arrears: unknown[]][] = [
      ['school of A', ['A', 'attends', true, '2025-01'], [['study', 'A', 10000, 'law']]],
      ['school of B', ['B', 'attends', true, '2025-01'], [['study', 'B', 10000, 'law']]],
      ['health of A', ['A', 'checked', true, '2025-01'], [['care', 'A', 700, 'decree']]],
      ['health of B', ['B', 'checked', true, '2025-01'], [['care', 'B', 700, 'decree']]],
      ['school of A in the month after', ['A', 'attends', true, '2025-02'], []],
    ];
    for (const [name, row, arrears] of rows) {
      const run = february([row]);
      expect(
        [name, run.arrears.map((line) => [line.benefit, line.member, line.amountMinor, line.cite])],
        name,
      ).toEqual([name, arrears]);
      expect(run.lapsed).toEqual([]);
    }
  });
  it('is paid to one member and lost by the other in the same period', () => {
    const run = february([
      ['A', 'attends', false, '2025-01'],
      ['B', 'attends', true, '2025-01'],
    ]);
    expect(run.arrears.map((line) => [line.benefit, line.member])).toEqual([['study', 'B']]);
    expect(run.lapsed.map((line) => [line.benefit, line.member])).toEqual([['study', 'A']]);
  });
  it('an exemption releases it as compliance does', () => {
    const run = pay(
      compiled(
        { ...parts, conditions: parts.conditions.map((item) => ({ ...item, exemptions: ['health'] })) },
        '2025-02',
      ),
      family,
      [],
      {
        state: january.state,
        exemptions: [
          {
            subject: 'A',
            condition: 'school',
            kind: 'health',
            from: month('2025-01'),
            until: month('2025-01'),
            reason: 'x',
          },
        ],
      },
    );
    expect(run.arrears.map((line) => [line.benefit, line.member])).toEqual([['study', 'A']]);
  });
});

describe('recoveries where nothing is due', () => {
  it('take nothing and stay owed whole', () => {
    const owed: Adjustment = {
      id: 'R',
      kind: 'recovery',
      benefit: 'study',
      amountMinor: minorOf(500),
      origin: month('2024-12'),
      reason: 'registry_change',
      cite: 'law',
    };
    const run = pay(compiled(parts, '2025-01'), family, [], { adjustments: [owed] });
    expect([run.payableMinor, run.recoveredMinor, run.recoveries]).toEqual([0, 0, []]);
    expect(run.state.recoveries).toEqual([owed]);
  });
});
