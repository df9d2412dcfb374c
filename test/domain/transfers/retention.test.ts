import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import type { HouseholdState } from '../../../domain/records/household.ts';
import { compileProgramme } from '../../../domain/transfers/compile.ts';
import {
  compiled,
  condition,
  define,
  fact,
  flat,
  home,
  label,
  money,
  number,
  pay,
  perChild,
  person,
  rule,
} from './support.ts';

const evidence = (of: string) => ({ label, of, type: 'boolean', certifier: label });
const parts = (
  retention: Record<string, unknown> = {},
  {
    benefits = [perChild('each')],
    yearly = {},
  }: { benefits?: unknown[]; yearly?: Record<string, unknown> } = {},
) => ({
  evidence: { attends: evidence('member'), certificate: evidence('member') },
  parameters: {
    amount: money('100.00'),
    odd: money('0.02'),
    fifth: number('20', 'percent'),
    quarter: number('25', 'percent'),
    late: number(1, 'years'),
  },
  conditions: [
    condition('school', { missing: 'pay' }),
    condition('yearly', { evidence: 'certificate', missing: 'pay', exemptions: ['health'], ...yearly }),
  ],
  benefits,
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

describe('a share is kept back', () => {
  const rows: [name: string, retention: Record<string, unknown>, held: number][] = [
    ['without dates', {}, 4000],
    ['from this month', { from: '2024-06' }, 4000],
    ['not from the next month', { from: '2024-07' }, 0],
    ['until this month', { until: '2024-06' }, 4000],
    ['not until the month before', { until: '2024-05' }, 0],
  ];
  for (const [name, retention, held] of rows)
    it(name, () => {
      const run = pay(compiled(parts(retention), '2024-06'), family);
      expect([run.payableMinor, run.heldMinor]).toEqual([20000 - held, held]);
    });
  it('of the benefits that it names, told as such', () => {
    const benefits = [perChild('each'), flat('other')];
    expect(pay(compiled(parts({}, { benefits })), home([person('A')])).lines).toEqual([
      {
        benefit: 'each',
        member: 'A',
        amountMinor: 8000,
        outcome: 'payable',
        rule: 'benefit:each',
        cite: 'law',
        reason: 'OWED',
      },
      {
        benefit: 'each',
        member: 'A',
        amountMinor: 2000,
        outcome: 'held',
        rule: 'retention:kept',
        cite: 'law',
        reason: 'RETAINED:kept',
      },
      {
        benefit: 'other',
        amountMinor: 10000,
        outcome: 'payable',
        rule: 'benefit:other',
        cite: 'law',
        reason: 'OWED',
      },
    ]);
  });
  it('rounded as it says', () => {
    const kept = (more: Record<string, unknown>) =>
      pay(compiled(parts({ percent: 'quarter', ...more }, { benefits: [flat('each', 'odd')] })), home([]))
        .heldMinor;
    expect([kept({}), kept({ rounding: 'down' })]).toEqual([1, 0]);
  });
});

describe('what was kept back in June 2024', () => {
  const { state } = pay(compiled(parts(), '2024-06'), family);
  /** Members whose share is paid, and members whose share is lost. */
  const released = (
    period: string,
    rows: ReturnType<typeof fact>[],
    { household = family, yearly = {} }: { household?: typeof family; yearly?: Record<string, unknown> } = {},
  ) => {
    const run = pay(compiled(parts({}, { yearly }), period), household, rows, { state });
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
  it('not in January, by a certificate that was presented in December', () =>
    expect(
      released('2025-01', [cert('A', '2024-12')], { yearly: { window: { each: 'period', lagMonths: 1 } } }),
    ).toEqual(['', '']));
  it('in February, by one that was presented in January', () =>
    expect(
      released('2025-02', [cert('A', '2025-01')], { yearly: { window: { each: 'period', lagMonths: 1 } } }),
    ).toEqual(['A', '']));
  it('by an exemption from the certificate', () => {
    const excuse = {
      subject: 'B',
      condition: 'yearly',
      kind: 'health',
      from: month('2025-03'),
      until: month('2025-03'),
      reason: '',
    } as const;
    const run = pay(compiled(parts(), '2025-03'), family, [], { state, exemptions: [excuse] });
    expect(run.arrears.map((line) => line.member)).toEqual(['B']);
  });
  it('is lost after the last year, for each', () =>
    expect(released('2026-01', [cert('A', '2026-01')])).toEqual(['', 'AB']));
  it('is not lost in December of the last year', () => expect(released('2025-12', [])).toEqual(['', '']));
  it('is released by the certificate of those who stayed, for a member who left', () =>
    expect(released('2025-03', [cert('A', '2025-03')], { household: home([person('A')]) })).toEqual([
      'AB',
      '',
    ]));
  it('is paid where the programme keeps nothing back any more', () => {
    const { retention: _retention, ...without } = parts();
    expect(pay(compiled(without, '2025-03'), family, [], { state }).arrearsMinor).toBe(4000);
  });
  it('of the household is released by any certificate', () => {
    const household = parts({}, { benefits: [flat('each')] });
    const first: { state: HouseholdState } = pay(compiled(household, '2024-06'), family);
    const run = pay(compiled(household, '2025-03'), family, [cert('B', '2025-03')], { state: first.state });
    expect(run.arrearsMinor).toBe(2000);
  });
});

describe('certificates that were presented since', () => {
  it('are told once each, good ones only, of those who are asked or wait for one', () => {
    const { state } = pay(compiled(parts(), '2024-06'), family);
    const household = home([person('A', '2007-01-15'), person('B'), person('P', '1980-01-01')]);
    const cert = (who: string, period: string, value = true) => fact(who, 'certificate', value, period);
    const run = pay(
      compiled(parts(), '2025-04'),
      household,
      [
        cert('A', '2024-12'),
        cert('A', '2025-02'),
        cert('B', '2025-02'),
        cert('P', '2025-02'),
        cert('B', '2025-03', false),
        cert('B', '2025-04'),
      ],
      { state },
    );
    expect(
      run.verdicts
        .filter(({ condition: id }) => id === 'yearly')
        .map(({ subject, period, status }) => `${subject} ${period} ${status}`),
    ).toEqual(['B 2025-04 compliant', 'A 2025-02 compliant', 'B 2025-02 compliant']);
  });
});

describe('a certificate of the household', () => {
  it('releases the share of its members, whatever else they are asked', () => {
    const ofHousehold = {
      ...parts({}, { yearly: { of: 'household' } }),
      evidence: { attends: evidence('member'), certificate: evidence('household') },
    };
    const { state } = pay(compiled(ofHousehold, '2024-06'), family);
    const run = pay(compiled(ofHousehold, '2025-03'), family, [fact('H1', 'certificate', true, '2025-03')], {
      state,
    });
    expect(run.arrears.map((line) => line.member)).toEqual(['A', 'B']);
    const later = pay(
      compiled(ofHousehold, '2025-05'),
      family,
      [fact('H1', 'certificate', true, '2025-03')],
      { state },
    );
    expect(later.arrears.map((line) => line.member)).toEqual(['A', 'B']);
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
