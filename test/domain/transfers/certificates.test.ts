import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import type { EvidenceRow, HouseholdState } from '../../../domain/records/household.ts';
import { compileProgramme } from '../../../domain/transfers/compile.ts';
import { compiled, define, fact, home, money, number, pay, person, rule } from './support.ts';

const label = { es: 'uno', en: 'one' };
const child = { age: { max: 17 } };
const parts = (more: Record<string, unknown> = {}) => ({
  evidence: { certificate: { label, of: 'member', type: 'boolean', certifier: label } },
  parameters: {
    amount: money('100.00'),
    fifth: number('20', 'percent'),
    late: number(1, 'years'),
    later: number(2, 'months'),
  },
  conditions: [
    {
      ...rule('yearly'),
      of: child,
      evidence: 'certificate',
      check: { type: 'is_true' },
      window: { each: 'period' },
      missing: 'pay',
      exemptions: ['health'],
    },
  ],
  benefits: [
    { ...rule('each'), kind: 'per_member', per: 'month', bands: [{ who: child, amount: 'amount' }] },
  ],
  retention: {
    ...rule('kept'),
    over: ['each'],
    percent: 'fifth',
    releasedBy: 'yearly',
    lostAfterYears: 'late',
    afterMonths: 'later',
  },
  ...more,
});
const family = home([person('A'), person('B')]);
const cert = (who: string, period: string, value = true) => fact(who, 'certificate', value, period);

/** A household from June 2024 to `until`, evidence given in the cycle of its own month; what each month paid late or lost. */
function life(rows: readonly EvidenceRow[], until: string, household = family) {
  let state: HouseholdState | undefined;
  const events: string[] = [];
  for (let index = 2024 * 12 + 5; ; index++) {
    const period = `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
    const now = rows.filter((row) => row.period === period);
    const run = pay(compiled(parts(), period), household, now, state && { state });
    state = run.state;
    for (const [word, lines] of [
      ['paid', run.arrears],
      ['lost', run.lapsed],
    ] as const)
      if (lines.length > 0)
        events.push(
          `${period} ${word} ${[...new Set(lines.map((line) => line.member))].join('')} ${lines.length}`,
        );
    if (period === until) return { events, state };
  }
}

describe('a certificate presented once', () => {
  const rows: [name: string, rows: EvidenceRow[], until: string, events: string[]][] = [
    [
      'pays two months later what earlier years kept back',
      [cert('A', '2025-03')],
      '2025-12',
      ['2025-05 paid A 7'],
    ],
    ['in January pays in March', [cert('A', '2025-01')], '2025-03', ['2025-03 paid A 7']],
    ['in December of the same year pays nothing', [cert('A', '2024-12')], '2025-12', []],
    [
      'in the last December pays in February, and nothing is lost in between',
      [cert('A', '2025-12'), cert('B', '2025-12')],
      '2026-02',
      ['2026-02 paid AB 14'],
    ],
    [
      'a month too late pays only the next year, and the first is lost',
      [cert('A', '2026-01')],
      '2026-03',
      ['2026-03 paid A 12', '2026-03 lost AB 14'],
    ],
    [
      'twice pays once, at the first',
      [cert('A', '2025-03'), cert('A', '2025-04')],
      '2025-12',
      ['2025-05 paid A 7'],
    ],
    [
      'in December and in January pays each its own years',
      [cert('A', '2025-12'), cert('A', '2026-01'), cert('B', '2025-12')],
      '2026-03',
      ['2026-02 paid AB 14', '2026-03 paid A 12'],
    ],
    ['refused, pays nothing', [cert('A', '2025-03', false)], '2025-12', []],
  ];
  for (const [name, evidence, until, events] of rows)
    it(name, () => expect(life(evidence, until).events).toEqual(events));

  it('is remembered until it pays, and no longer', () => {
    expect(life([cert('A', '2025-03')], '2025-04').state.certificates).toEqual({ A: ['2025-03'] });
    expect(life([cert('A', '2025-03')], '2025-05').state.certificates).toBeUndefined();
  });
  it('counts where its evidence only comes with a later cycle', () => {
    const { state } = life([], '2025-06');
    const run = pay(compiled(parts(), '2025-07'), family, [cert('A', '2025-03')], { state });
    expect(run.arrears.length).toBe(7);
  });
  it('counts for a child who has grown out of the benefit', () => {
    const grown = home([person('A', '2007-12-20')]);
    expect(life([cert('A', '2025-12')], '2026-02', grown).events).toEqual(['2026-02 paid A 7']);
  });
  it('of a younger child says nothing about one who has grown out of the benefit', () => {
    const grown = home([person('A', '2007-12-20'), person('B')]);
    const { events } = life([cert('B', '2026-01')], '2026-03', grown);
    expect(events).toEqual(['2026-03 paid B 12', '2026-03 lost AB 14']);
  });
  it('an exemption of an earlier month counts too', () => {
    const { state } = life([], '2025-06');
    const excuse = { subject: 'B', condition: 'yearly', kind: 'health', reason: '' } as const;
    const exemptions = [{ ...excuse, from: month('2025-04'), until: month('2025-04') }];
    expect(pay(compiled(parts(), '2025-07'), family, [], { state, exemptions }).arrears.length).toBe(7);
  });
  it('counts over a year in which the household had left', () => {
    const { state } = life([cert('A', '2025-03')], '2025-03');
    expect(pay(compiled(parts(), '2025-11'), family, [], { state }).arrears.length).toBe(7);
  });
  it('without a time to payment pays at once', () => {
    const { state } = life([], '2025-02');
    const retention = { ...parts().retention, afterMonths: undefined };
    const run = pay(compiled(parts({ retention }), '2025-03'), family, [cert('A', '2025-03')], { state });
    expect([run.arrears.length, run.state.certificates]).toEqual([7, undefined]);
  });
  it('a time to payment that was not published refuses the period', () => {
    const later = { label, unit: 'months', values: [{ from: '2020-01', notPublished: true, cite: 'law' }] };
    const open = define(parts({ parameters: { ...parts().parameters, later } }));
    expect(compileProgramme(open, month('2025-01'))).toMatchObject({
      ok: false,
      error: { at: 'parameters.later' },
    });
  });
});

it('remembers a certificate of somebody whose id is a word of the language', () => {
  for (const id of ['__proto__', 'constructor']) {
    const household = home([person(id)]);
    const [before, after] = ['2025-03', '2025-05'].map((until) =>
      life([cert(id, '2025-03')], until, household),
    );
    expect(Object.entries(before!.state.certificates!), id).toEqual([[id, ['2025-03']]]);
    expect(after!.events, id).toEqual([`2025-05 paid ${id} 7`]);
  }
});
