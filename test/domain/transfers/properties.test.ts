import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listProgrammes, loadProgramme } from '../../../cli/commands/programme-files.ts';
import { addMonths, type Day, FREQUENCY_MONTHS, month } from '../../../domain/kernel/period.ts';
import { Refused, unwrap } from '../../../domain/kernel/result.ts';
import type { EvidenceRow, Household, HouseholdState, Member } from '../../../domain/records/household.ts';
import { compileProgramme, periodOf } from '../../../domain/transfers/compile.ts';
import { pay, type Run } from './support.ts';

/** Every programme with a month in which it pays, and values for what was never published. */
const YEARS: Record<string, string> = {
  'progresa-1998': '1998-07',
  'prospera-2016': '2017-09',
  'bolsa-familia-2011': '2013-01',
  pati: '2012-01',
  'comunidades-solidarias': '2012-01',
  'nuestros-mayores-derechos': '2012-01',
  'mi-primer-empleo-digno': '2014-01',
  auh: '2026-01',
  'familias-en-accion': '2021-03',
};
const PROGRAMMES = listProgrammes().map(({ id }) => {
  const definition = unwrap(loadProgramme(id, '.'));
  const first = periodOf(month(YEARS[id] ?? '2025-03'), definition.frequency, definition.anchorMonth);
  const fill = Object.fromEntries(
    Object.entries(definition.parameters).flatMap(([name, { unit, values }]) => {
      const dated = values.find((v) => v.from <= first && first <= (v.until ?? first));
      const open =
        !dated ||
        'notPublished' in dated ||
        ('rows' in dated && dated.rows.some((row) => 'notPublished' in row));
      return open ? [[name, unit === 'percent' ? '50' : unit === 'money' ? '40' : 3]] : [];
    }),
  );
  return { id, definition, first, fill };
});
type Programme = (typeof PROGRAMMES)[number];

const attributeArb = (
  attributes: Programme['definition']['attributes'],
  of: 'household' | 'member',
  first: string,
) =>
  fc.record(
    Object.fromEntries(
      Object.entries(attributes)
        .filter(([, declared]) => declared.of === of)
        .map(([name, { type, values }]) => {
          const number = fc.integer({ min: 0, max: 40 });
          const arb: fc.Arbitrary<string | number | boolean> =
            type === 'boolean'
              ? fc.boolean()
              : type === 'text'
                ? fc.constantFrom(...(values ?? ['x']))
                : type === 'month'
                  ? fc.integer({ min: -80, max: 0 }).map((back) => addMonths(month(first), back))
                  : type === 'money'
                    ? fc.constantFrom('0', '25', '70', '100', '218', '219', '400', '20000', '367971')
                    : number;
          return [name, arb];
        }),
    ),
    { requiredKeys: [] },
  );

function memberArb({ definition, first }: Programme): fc.Arbitrary<Member> {
  const year = Number(first.slice(0, 4));
  return fc.record(
    {
      id: fc.constant(''),
      birthDate: fc
        .tuple(fc.integer({ min: 0, max: 75 }), fc.integer({ min: 1, max: 12 }))
        .map(([age, at]) => `${year - age - 1}-${String(at).padStart(2, '0')}-01` as Day),
      sex: fc.constantFrom('F' as const, 'M' as const),
      grade: fc.integer({ min: 0, max: 13 }),
      relationship: fc.constantFrom('mother', 'child'),
      attributes: attributeArb(definition.attributes, 'member', first) as fc.Arbitrary<Member['attributes']>,
    },
    { requiredKeys: ['id', 'attributes'] },
  ) as fc.Arbitrary<Member>;
}

const householdArb = (programme: Programme): fc.Arbitrary<Household> =>
  fc
    .record({
      members: fc.array(memberArb(programme), { maxLength: 6 }),
      attributes: attributeArb(programme.definition.attributes, 'household', programme.first) as fc.Arbitrary<
        Household['attributes']
      >,
    })
    .map(({ members, attributes }) => ({
      id: 'H1',
      territory: 'T1',
      attributes,
      members: members.map((member, i) => ({ ...member, id: `M${i}` })),
    }));

/** Evidence of every kind the programme declares, about every member, good, bad or missing. */
const evidenceArb = (
  programme: Programme,
  household: Household,
  period: string,
): fc.Arbitrary<EvidenceRow[]> => {
  const slots = Object.entries(programme.definition.evidence).flatMap(([kind, { of, type }]) => {
    const lags = programme.definition.conditions
      .filter((c) => c.evidence === kind)
      .map((c) => c.window.lagMonths);
    return (of === 'household' ? ['H1'] : household.members.map(({ id }) => id)).flatMap((subject) =>
      Array.from({ length: FREQUENCY_MONTHS[programme.definition.frequency] }, (_, i) => ({
        subject,
        kind,
        type,
        period: addMonths(month(period), i - (lags[0] ?? 0)),
      })),
    );
  });
  return fc
    .array(fc.constantFrom('good', 'bad', 'none'), { minLength: slots.length, maxLength: slots.length })
    .map((how) =>
      slots.flatMap(({ type, ...slot }, i) => {
        const good = how[i] === 'good';
        if (how[i] === 'none') return [];
        return [{ ...slot, value: type === 'boolean' ? good : good ? 100 : 0 }];
      }),
    );
};

const caseArb = fc.constantFrom(...PROGRAMMES).chain((programme) =>
  householdArb(programme).chain((household) => {
    const step = FREQUENCY_MONTHS[programme.definition.frequency];
    const periods = [0, 1, 2].map((n) => addMonths(programme.first, n * step));
    return fc
      .tuple(...periods.map((period) => evidenceArb(programme, household, period)))
      .map((evidence) => ({
        programme,
        household,
        periods,
        evidence,
      }));
  }),
);

/** All periods in a row; undefined where a period needs a value that nobody published. */
function life(at: {
  programme: Programme;
  household: Household;
  periods: string[];
  evidence: EvidenceRow[][];
}): Run[] | undefined {
  const runs: Run[] = [];
  let state: HouseholdState | undefined;
  try {
    at.periods.forEach((period, i) => {
      const compiled = compileProgramme(at.programme.definition, month(period), {
        unpublished: 'when_used',
        fill: at.programme.fill,
      });
      if (!compiled.ok) throw new Refused(compiled.error);
      // Evidence of earlier periods stays on file.
      const known = at.evidence.slice(0, i + 1).flat();
      const run = pay(compiled.value, at.household, known, state ? { state } : {});
      state = JSON.parse(JSON.stringify(run.state)) as HouseholdState;
      runs.push(run);
    });
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
  return runs;
}
const money = (run: Run) => [
  run.entitledMinor,
  run.payableMinor,
  run.heldMinor,
  run.forfeitedMinor,
  run.arrearsMinor,
];
const RUNS = { numRuns: 300, seed: 20_251_125 };

describe('whatever the household, the programme and the evidence', () => {
  it('lines add up, and entitled = payable + held + forfeited in every period', () => {
    fc.assert(
      fc.property(caseArb, (at) => {
        for (const run of life(at) ?? []) {
          const sum = (outcome: string) =>
            run.lines.filter((l) => l.outcome === outcome).reduce((s, l) => s + l.amountMinor, 0);
          expect([sum('payable'), sum('held'), sum('forfeited')]).toEqual([
            run.payableMinor,
            run.heldMinor,
            run.forfeitedMinor,
          ]);
          expect(run.payableMinor + run.heldMinor + run.forfeitedMinor).toBe(run.entitledMinor);
          for (const line of run.lines) expect(line.amountMinor).toBeGreaterThan(0);
        }
      }),
      RUNS,
    );
  });

  it('over a life paid + still held + forfeited = entitled', () => {
    fc.assert(
      fc.property(caseArb, (at) => {
        const runs = life(at);
        if (!runs || runs.length === 0) return;
        const total = (of: (run: Run) => number) => runs.reduce((sum, run) => sum + of(run), 0);
        const lapsed = total((run) => run.lapsed.reduce((sum, line) => sum + line.amountMinor, 0));
        const held = (runs.at(-1)!.state.held ?? []).reduce((sum, item) => sum + item.amountMinor, 0);
        const paid = total((run) => run.payableMinor + run.arrearsMinor);
        expect(paid + held + total((run) => run.forfeitedMinor) + lapsed).toBe(
          total((run) => run.entitledMinor),
        );
      }),
      RUNS,
    );
  });

  it('the order of members and of evidence changes nothing', () => {
    fc.assert(
      fc.property(caseArb, fc.infiniteStream(fc.nat()), (at, order) => {
        const shuffle = <T>(items: readonly T[]): T[] =>
          items
            .map((item) => [order.next().value as number, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item);
        const other = {
          ...at,
          household: { ...at.household, members: shuffle(at.household.members) },
          evidence: at.evidence.map(shuffle),
        };
        const a = life(at);
        const b = life(other);
        expect(b?.map(money)).toEqual(a?.map(money));
        expect(b?.map((run) => run.lines)).toEqual(a?.map((run) => run.lines));
      }),
      RUNS,
    );
  });

  it('adding compliant evidence never lowers what is paid in the first period', () => {
    fc.assert(
      fc.property(caseArb, fc.nat(), (at, pick) => {
        const rows = at.evidence[0]!;
        const bad = rows.filter((row) => row.value === false || row.value === 0);
        const row = bad[pick % Math.max(1, bad.length)];
        if (!row) return;
        const better = { ...row, value: row.value === false ? true : 100 };
        const before = life({ ...at, periods: at.periods.slice(0, 1) });
        const after = life({ ...at, periods: at.periods.slice(0, 1), evidence: [[...rows, better]] });
        if (before?.[0] && after?.[0])
          expect(after[0].payableMinor).toBeGreaterThanOrEqual(before[0].payableMinor);
      }),
      RUNS,
    );
  });

  it('a failure less, in any period, never lowers what is paid and held over all of them', () => {
    const given = (runs: Run[]) =>
      runs.reduce((sum, run) => sum + run.payableMinor + run.arrearsMinor, 0) +
      (runs.at(-1)!.state.held ?? []).reduce((sum, item) => sum + item.amountMinor, 0);
    fc.assert(
      fc.property(caseArb, fc.nat(), (at, pick) => {
        const bad = at.evidence.flat().filter((row) => row.value === false || row.value === 0);
        const worse = bad[pick % Math.max(1, bad.length)];
        if (!worse) return;
        const better = { ...worse, value: worse.value === false ? true : 100 };
        const evidence = at.evidence.map((rows) => rows.map((row) => (row === worse ? better : row)));
        const [before, after] = [life(at), life({ ...at, evidence })];
        if (before && after) expect(given(after)).toBeGreaterThanOrEqual(given(before));
      }),
      RUNS,
    );
  });

  it('what is paid is what the rule gives to those who comply: those who fail change nothing', () => {
    fc.assert(
      fc.property(caseArb, (at) => {
        const first = life({ ...at, periods: at.periods.slice(0, 1) })?.[0];
        if (!first) return;
        const without = life({
          ...at,
          periods: at.periods.slice(0, 1),
          evidence: [at.evidence[0]!.filter((row) => row.value === true || row.value === 100)],
        })?.[0];
        if (without) expect(without.entitledMinor).toBe(first.entitledMinor);
      }),
      RUNS,
    );
  });
});
