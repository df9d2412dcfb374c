import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import type { HouseholdState } from '../../../domain/records/household.ts';
import { compileProgramme } from '../../../domain/transfers/compile.ts';
import { compiled, define, fact, home, money, number, pay, person, rule } from './support.ts';

// A mutation run let through when a share is kept back, and whose certificate releases it.

const label = { es: 'a', en: 'a' };
const child = { age: { max: 17 } };
const condition = (id: string, evidence: string) => ({
  ...rule(id),
  of: child,
  evidence,
  check: { type: 'is_true' },
  window: { each: 'period' },
  missing: 'pay',
});
const each = { kind: 'per_member', bands: [{ who: child, amount: 'amount' }] };
const parts = (retention: Record<string, unknown> = {}, benefit: Record<string, unknown> = each) => ({
  evidence: {
    attends: { label, of: 'member', type: 'boolean', certifier: label },
    certificate: { label, of: 'member', type: 'boolean', certifier: label },
  },
  parameters: { amount: money('100.00'), fifth: number('20', 'percent'), late: number(1, 'years') },
  conditions: [condition('school', 'attends'), condition('yearly', 'certificate')],
  benefits: [{ ...rule('each'), per: 'month', ...benefit }],
  retention: {
    ...rule('kept'),
    over: ['each'],
    percent: 'fifth',
    releasedBy: 'yearly',
    lostAfterYears: 'late',
    ...retention,
  },
});
const family = home([person('A'), person('B')]);

describe('a share that is kept back', () => {
  const rows: [name: string, retention: Record<string, unknown>, held: number][] = [
    ['in force without dates', {}, 4000],
    ['from this month', { from: '2024-06' }, 4000],
    ['from the next month', { from: '2024-07' }, 0],
    ['until this month', { until: '2024-06' }, 4000],
    ['until the month before', { until: '2024-05' }, 0],
  ];
  for (const [name, retention, held] of rows)
    it(name, () => {
      const run = pay(compiled(parts(retention), '2024-06'), family);
      expect([run.payableMinor, run.heldMinor]).toEqual([20000 - held, held]);
    });

  const { state } = pay(compiled(parts(), '2024-06'), family);
  const released = (period: string, rows: ReturnType<typeof fact>[], household = family) => {
    const run = pay(compiled(parts(), period), household, rows, { state });
    return [run.arrears, run.lapsed].map((lines) => lines.map((line) => line.member ?? '').join(''));
  };
  const cert = (who: string, period: string, value = true) => fact(who, 'certificate', value, period);
  it('is released by the member’s own certificate of a later year', () =>
    expect(released('2025-03', [cert('A', '2025-03')])).toEqual(['A', '']));
  it('not by a certificate of the same year', () =>
    expect(released('2024-12', [cert('A', '2024-12')])).toEqual(['', '']));
  it('not by one that says no, nor by other evidence', () =>
    expect(released('2025-03', [cert('A', '2025-03', false), fact('A', 'attends', true, '2025-03')])).toEqual(
      ['', ''],
    ));
  it('is lost after the last year, for each', () =>
    expect(released('2026-01', [cert('A', '2026-01')])).toEqual(['', 'AB']));
  it('is not lost in December of the last year', () => expect(released('2025-12', [])).toEqual(['', '']));
  it('is released by the certificate of those who stayed, for a member who left', () =>
    expect(released('2025-03', [cert('A', '2025-03')], home([person('A')]))).toEqual(['AB', '']));
  it('of the household by any certificate', () => {
    const flat = parts({}, { kind: 'flat', amount: 'amount' });
    const first: { state: HouseholdState } = pay(compiled(flat, '2024-06'), family);
    const run = pay(compiled(flat, '2025-03'), family, [cert('B', '2025-03')], { state: first.state });
    expect(run.arrearsMinor).toBe(2000);
  });
});

describe('a value of the retention that was not published', () => {
  for (const name of ['fifth', 'late'])
    it(`refuses the period while the rule is in force, not after: ${name}`, () => {
      const open = { label, unit: 'percent', values: [{ from: '2020-01', notPublished: true, cite: 'law' }] };
      const base = parts({ until: '2024-12' });
      const definition = define({ ...base, parameters: { ...base.parameters, [name]: open } });
      expect(compileProgramme(definition, month('2024-12'))).toMatchObject({
        ok: false,
        error: { code: 'VALUE_NOT_PUBLISHED', at: `parameters.${name}` },
      });
      expect(compileProgramme(definition, month('2025-01')).ok).toBe(true);
    });
});
