import { describe } from 'vitest';
import { follow, later, type Person, type Row, sum, two, years } from './hand.ts';

/**
 * Households over many periods, in the currency's smallest unit and without the engine, as in by-hand-in-time: here
 * tables by grade, sex and month in the programme, shares of an income, and what is paid once.
 */
const person = (id: string, birthDate: string, attributes: Person['attributes'] = {}): Person => ({
  id,
  birthDate,
  attributes,
});
/** A share in percent, half a unit rounded up. */
const percent = (amount: number, share: number): number => Math.floor((amount * share + 50) / 100);

describe('what the engine pays over time is what the rule says: tables and shares', () => {
  const BOTH: { [grade: number]: number } = { 3: 175, 4: 205, 5: 265, 6: 350 };
  const GIRLS: { [grade: number]: number } = { 7: 540, 8: 600, 9: 660, 10: 990, 11: 1055 };
  const BOYS: { [grade: number]: number } = { 7: 505, 8: 540, 9: 570, 10: 865, 11: 925 };
  follow('prospera-2016', '2017-07', [120, 3], (draw) => {
    const rural = draw(2) === 0;
    const members = Array.from({ length: 1 + draw(6) }, (_, i) => ({
      ...person(`P${i}`, '2005-05-05'),
      sex: (['F', 'M'] as const)[draw(2)]!,
      grade: draw(13) % 12,
    }));
    const grants = members.map(({ sex, grade }) =>
      grade === 1 || grade === 2
        ? rural
          ? 175
          : 0
        : (BOTH[grade] ?? (sex === 'F' ? GIRLS : BOYS)[grade] ?? 0),
    );
    const best = (list: number[]) => sum([...list].sort((a, b) => b - a).slice(0, 3));
    const free = draw(4) === 0;
    return {
      attributes: {
        identified_poor: true,
        locality: rural ? 'rural' : 'urban',
        track: free ? 'without_coresponsibility' : 'with_coresponsibility',
      },
      members,
      turn: (start) => {
        const evidence: Row[] = [];
        const gives = { payable: 0, lost: 0 };
        for (const period of [start, later(start, 1)]) {
          const attended = members.map(() => draw(4) > 0);
          const visited = draw(4) > 0;
          for (const [i, { id }] of members.entries())
            evidence.push({ member: id, kind: 'school_notice', period, value: attended[i]! });
          evidence.push({ kind: 'health_visits', period, value: visited });
          const paid = best(grants.filter((_, i) => free || attended[i])) + (free || visited ? 350 : 0);
          gives.payable += 100 * paid;
          gives.lost += 100 * (best(grants) + 350 - paid);
        }
        return { evidence, ...gives };
      },
    };
  });

  const ANNUAL = [3_390_139, 4_237_674] as const;
  follow('ingreso-etico-familiar', '2025-01', [60, 16], (draw) => {
    const child = (id: string, year: number) =>
      person(id, `${year}-${two(2 + draw(3))}-${two(1 + draw(2) * 30 || 31)}`);
    const fix = (one: Person): Person => ({
      ...one,
      birthDate: one.birthDate.replace('-02-31', '-02-28').replace('-04-31', '-04-01'),
    });
    const income = draw(8) * 9_000_00;
    const annual = [
      3_000_000 + draw(6_000_000),
      ...ANNUAL,
      ANNUAL[0] + 1,
      ANNUAL[1] + 1,
      7_627_811,
      7_627_813,
    ][draw(7)]!;
    const mother: Person = {
      ...person('A', `${draw(2) === 0 ? 1965 : 2000}-08-${15 + draw(2)}`, {
        annual_income: annual,
        btm_mode: 'annual',
      }),
      sex: 'F',
    };
    const children = [
      fix(child('B', 2019)),
      fix(child('C', 2020)),
      fix(child('D', 2006)),
      fix(child('E', 2007)),
    ];
    const members = [mother, ...children];
    const percapita = Math.floor(income / 100);
    let month = 0;
    return {
      attributes: {
        income_per_capita: percapita,
        accompanied: true,
        entry_month: '2025-01',
        rsh_percent: 40,
      },
      members,
      turn: (period) => {
        month++;
        const evidence: Row[] = [];
        const gives = { payable: 0, lost: 0 };
        gives.payable += percent(Math.max(0, 52_768 - percapita), 85) * members.length;
        gives.payable += [23_694, 18_033, 12_398][Math.ceil(month / 6) - 1]!;
        for (const one of children) {
          const age = years(one, `${period.slice(0, 4)}-03-31`);
          const [checked, attended] = [draw(4) > 0, draw(4) > 0 ? 85 : 84.9];
          evidence.push({ member: one.id, kind: 'child_checkup', period, value: checked });
          evidence.push({ member: one.id, kind: 'attendance_pct', period, value: attended });
          if (age < 6) gives[checked ? 'payable' : 'lost'] += 11_000;
          else if (age <= 18) gives[attended === 85 ? 'payable' : 'lost'] += 6_000;
        }
        const worker = years(mother, `${period}-15`);
        if (period.slice(5) === '08' && worker >= 25 && worker <= 59) {
          if (annual <= ANNUAL[0]) gives.payable += percent(annual, 20);
          else gives.payable += percent(Math.max(0, 67_802_800 - 20 * Math.max(0, annual - ANNUAL[1])), 1);
        }
        // The Chilean peso has no cents; what is compared has two decimals.
        return { evidence, payable: gives.payable * 100, lost: gives.lost * 100 };
      },
    };
  });

  // Monthly advances of the women's bonus from February; in August the yearly payment less what was advanced.
  follow('ingreso-etico-familiar', '2026-02', [60, 9], (draw) => {
    const fourth = draw(2) === 0;
    const [rate, flat] = fourth ? [10, 29_438] : [15, 44_157];
    const annual = draw(7_800_000);
    const mother: Person = { ...person('1999', '1990-08-15', {}), sex: 'F' };
    const members = [mother];
    const falling = (income: number, from: number, top: number, share: number, flatTo: number) =>
      income <= from
        ? percent(income, share)
        : percent(Math.max(0, 100 * top - share * Math.max(0, income - flatTo)), 1);
    let advanced = 0;
    return {
      attributes: { income_per_capita: 60_000, rsh_percent: 40, entry_month: '2024-01' },
      members,
      turn: (period) => {
        const income = [0, 294_377, 294_378, 367_971, 367_972, 662_347, 700_000, draw(700_000)][draw(8)]!;
        mother.attributes = {
          btm_mode: 'monthly',
          btm_year: fourth ? 4 : 1,
          monthly_income: income,
          annual_income: annual,
        };
        const monthly = falling(income, 294_377, flat, rate, 367_971);
        const yearly = period.endsWith('-08')
          ? Math.max(0, falling(annual, 3_390_139, 678_028, 20, 4_237_674) - advanced)
          : 0;
        advanced += monthly;
        return { evidence: [], payable: 100 * (monthly + yearly) };
      },
    };
  });

  // Above 218 a person half is paid, for the months of the cause, and then nothing until the family is poor again.
  const MONTHS = { income: 12, stable_income: 2, bpc_disability: 12, entered_before_june_2025: 24 };
  follow('bolsa-familia-2023', '2025-07', [40, 30], (draw) => {
    const causes = Object.keys(MONTHS) as (keyof typeof MONTHS)[];
    const cause = causes[draw(4)]!;
    const moves = 2 + draw(20);
    let [income, ran, inside] = [218, 0, false];
    return {
      attributes: { protection_cause: cause },
      members: [person('A', '1980-05-05'), person('C', '2015-02-28')],
      turn: () => {
        if (draw(moves) === 0) income = [0, 218, 218.01, 500, 706, 706.01][draw(6)]!;
        if (income <= 218) [ran, inside] = [0, true];
        else if (income > 706 || ran >= MONTHS[cause]) inside = false;
        const whole = inside ? 65_000 : 0;
        if (income > 218 && inside) ran++;
        const payable = income > 218 ? whole / 2 : whole;
        return { evidence: [], attributes: { income_per_capita: income }, payable };
      },
    };
  });

  // 200 of welcome and six instalments of 200, earned or not; the bonuses of the VRAEM once for each pupil.
  follow('juntos', '2020-09', [80, 9], (draw) => {
    const members = [
      person('B', `2018-${two(8 + draw(3))}-0${1 + draw(2)}`),
      person('2020', '2008-01-01', { vraem_year_passed: draw(2) === 0, vraem_top_third: draw(2) === 0 }),
    ];
    const { vraem_year_passed: passed, vraem_top_third: top } = members[1]!.attributes;
    const enters =
      years(
        { birthDate: later(members[0]!.birthDate.slice(0, 7), 12) + members[0]!.birthDate.slice(7) },
        '2020-09-01',
      ) < 1;
    let used = 0;
    return {
      attributes: { sisfoh: 'poor', temporary_affiliate: true },
      members,
      turn: (period) => {
        const good = draw(4) > 0;
        const evidence: Row[] = [
          { member: 'B', kind: 'health_controls', period, value: true },
          { member: '2020', kind: 'school_attendance', period, value: good },
        ];
        if (!enters) return { evidence, payable: 0 };
        const once = used === 0 ? 20_000 + (passed ? 30_000 + (top ? 20_000 : 0) : 0) : 0;
        const due = used++ < 6 ? 20_000 : 0;
        return { evidence, payable: once + (good ? due : 0), lost: good ? 0 : due };
      },
    };
  });

  follow('mi-primer-empleo-digno', '2012-01', [60, 2], (draw) => {
    const members = Array.from({ length: 1 + draw(3) }, (_, i) =>
      person(`P${i}`, '1985-01-01', { pae: draw(4) > 0, salary: `${draw(5_000)}.${two(draw(100))}` }),
    );
    const share = ({ attributes: { pae, salary } }: Person): number =>
      pae === true ? percent(Number(String(salary).replace('.', '')), 30) : 0;
    return { attributes: {}, members, turn: () => ({ evidence: [], payable: sum(members.map(share)) }) };
  });
});
