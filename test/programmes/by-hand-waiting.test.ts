import { describe } from 'vitest';
import { follow, later, type Person, type Row, sum, type Turn, two, years } from './hand.ts';

/**
 * Households over many periods, in cents and without the engine, as in by-hand-in-time: here money that waits for
 * evidence or for a certificate, and instalments that are used up.
 */
const person = (id: string, birthDate: string, attributes: Person['attributes'] = {}): Person => ({
  id,
  birthDate,
  attributes,
});

describe('what the engine pays over time is what the rule says: money that waits', () => {
  // Base for all or nobody, TPI once, TAS for each; what was not reported comes a period or two later, or never.
  follow('juntos', '2025-01', [60, 8], (draw) => {
    const members = [
      person('A', '1990-01-01'),
      person('B', '2024-12-15', { newborn: true }),
      person('C', '2014-06-15'),
      person('S', '2009-05-05', { upper_secondary: true }),
    ];
    const ASKED = [
      ['B', 'health_controls'],
      ['B', 'first_childhood_package'],
      ['C', 'school_attendance'],
      ['S', 'school_attendance'],
    ] as const;
    const [worst, silent] = [6 + draw(6), 2 + draw(8)];
    /** Held amounts, each with the reports that it waits for: `B health_controls 2025-01`. */
    let held: { amount: number; waits: string[] }[] = [];
    let missing: Row[] = [];
    return {
      attributes: { sisfoh: 'poor' },
      members,
      turn: (month) => {
        const evidence: Row[] = [];
        const gives = { payable: 0, held: 0, lost: 0, late: 0 };
        const told = new Map<string, boolean>();
        const still: Row[] = [];
        for (const row of missing) {
          if (draw(2) === 0) evidence.push(row);
          else still.push(row);
        }
        for (const row of evidence) told.set(`${row.member} ${row.kind} ${row.period}`, row.value === true);
        held = held.flatMap(({ amount, waits }) => {
          if (waits.some((one) => told.get(one) === false)) return [];
          const left = waits.filter((one) => !told.has(one));
          if (left.length > 0) return [{ amount, waits: left }];
          gives.late += amount;
          return [];
        });
        missing = still;
        for (const [member, kind] of ASKED) {
          const row = { member, kind, period: month, value: draw(worst) > 0 };
          if (draw(silent) === 0) missing.push(row);
          else {
            evidence.push(row);
            told.set(`${member} ${kind} ${month}`, row.value);
          }
        }
        const pay = (amount: number, needs: string[]) => {
          const keys = needs.map((one) => `${one} ${month}`);
          const waits = keys.filter((one) => !told.has(one));
          if (keys.some((one) => told.get(one) === false)) gives.lost += amount;
          else if (waits.length === 0) gives.payable += amount;
          else {
            gives.held += amount;
            held.push({ amount, waits });
          }
        };
        pay(20_000, ['B health_controls', 'C school_attendance', 'S school_attendance']);
        pay(10_000, ['B first_childhood_package']);
        pay(8_000, ['S school_attendance']);
        return { evidence, ...gives };
      },
    };
  });

  // A fifth is kept back each month; a libreta pays, two months later, what was kept back in the years before.
  follow('auh', '2026-03', [25, 40], (draw) => {
    const members = [
      person('A', '1985-01-01'),
      person('B', `2008-${two(3 + draw(10))}-0${1 + draw(2)}`),
      person('C', `2015-05-05`, draw(3) === 0 ? { milk_supplement: true } : {}),
      person('D', `2012-05-05`, { disability: true }),
    ];
    const often = 3 + draw(20);
    const kept: { who: string; year: number; amount: number }[] = [];
    const libretas: { who: string; month: string }[] = [];
    return {
      attributes: { eligible_family: true, alimentar: true },
      members,
      turn: (month) => {
        const [evidence, gives]: [Row[], Turn] = [[], { evidence: [], payable: 5_225_000, held: 0, late: 0 }];
        for (const who of ['B', 'C', 'D'])
          if (draw(often) === 0) {
            evidence.push({ member: who, kind: 'libreta', period: month, value: true });
            libretas.push({ who, month });
          }
        for (const { who, year, amount } of kept.splice(0)) {
          const paid = libretas.some(
            (one) =>
              one.who === who && Number(one.month.slice(0, 4)) === year + 1 && later(one.month, 2) <= month,
          );
          if (paid) gives.late! += amount;
          else kept.push({ who, year, amount });
        }
        for (const child of members.slice(1)) {
          if (child.attributes.milk_supplement) gives.payable += 4_734_100;
          if (child.attributes.disability) gives.payable += 43_246_100;
          else if (years(child, `${month}-01`) <= 17) {
            gives.payable += 10_041_440;
            gives.held! += 2_510_360;
            kept.push({ who: child.id, year: Number(month.slice(0, 4)), amount: 2_510_360 });
          }
        }
        return { ...gives, evidence };
      },
    };
  });

  // 100 for six months, whether earned or not; the bonus of 300 once.
  follow('pati', '2010-10', [80, 10], (draw) => {
    const members = ['A', '1001', 'P'].map((id) =>
      person(id, `199${draw(4)}-${two(10 + draw(3))}-0${1 + draw(2)}`, {
        participant: true,
        residence_months: 6,
        ...(draw(2) === 0 && { plans_validated: true }),
      }),
    );
    const used: { [id: string]: number } = { A: 0, '1001': 0, P: 0 };
    let bonus = members.filter(({ attributes }) => attributes.plans_validated).length;
    return {
      attributes: {},
      members,
      turn: (month) => {
        const [evidence, gives]: [Row[], Turn] = [[], { evidence: [], payable: 0, lost: 0 }];
        const grown = members.filter((one) => years(one, `${month}-01`) >= 16);
        if (grown.length > 0) {
          gives.payable += 30_000 * bonus;
          bonus = 0;
        }
        for (const { id } of grown) {
          const [trained, worked] = [draw(5) > 0, draw(5) > 0];
          evidence.push({ member: id, kind: 'training', period: month, value: trained });
          evidence.push({ member: id, kind: 'works', period: month, value: worked });
          if (used[id]! >= 6) continue;
          used[id]!++;
          gives[trained && worked ? 'payable' : 'lost']! += 10_000;
        }
        return { ...gives, evidence };
      },
    };
  });

  // Months one by one: the pupils who attended, the three highest; notice of failures, removal after a year of them.
  const LEVELS = { daycare: 30_000, elementary: 30_000, jhs: 50_000, shs: 70_000 };
  follow('4ps', '2021-02', [40, 12], (draw) => {
    const names = Object.keys(LEVELS) as (keyof typeof LEVELS)[];
    const members = [
      person('A', '1990-01-01'),
      ...['B', 'C', 'D', 'E'].map((id) =>
        person(id, `20${two(3 + draw(15))}-${two(1 + draw(12))}-0${1 + draw(2)}`, {
          school_level: names[draw(4)]!,
        }),
      ),
    ];
    const often = 1 + draw(12);
    let [since, out, atSchool] = ['', false, false];
    return {
      attributes: { registered_poor: true, entry_month: '2021-02' },
      members,
      turn: (start) => {
        const evidence: Row[] = [];
        const gives = { payable: 0, lost: 0, steps: [] as string[] };
        let failed = false;
        let absent = false;
        for (const month of [start, later(start, 1)]) {
          const school = !['04', '05'].includes(month.slice(5));
          const lists: { good: number[]; all: number[] } = { good: [], all: [] };
          for (const child of members.slice(1)) {
            const value = draw(often) === 0 ? 84.9 : 85;
            evidence.push({ member: child.id, kind: 'attendance_pct', period: month, value });
            const age = years(child, `${month}-01`);
            if (!school || age < 3 || age > 18) continue;
            const amount = LEVELS[child.attributes.school_level as keyof typeof LEVELS];
            lists.all.push(amount);
            if (value === 85) lists.good.push(amount);
            else absent = true;
          }
          const session = draw(often) > 0;
          evidence.push({ kind: 'fds', period: month, value: session });
          failed ||= !session;
          const best = (list: number[]) => sum(list.sort((a, b) => b - a).slice(0, 3));
          gives.payable += best(lists.good) + (session ? 135_000 : 0);
          gives.lost += best(lists.all) - best(lists.good) + (session ? 0 : 135_000);
        }
        failed ||= absent;
        if (out) return { evidence, payable: 0, steps: ['removal'] };
        if (failed && since !== '' && start >= later(since, 12)) {
          out = true;
          return { evidence, payable: 0, lost: gives.payable + gives.lost, steps: ['removal'] };
        }
        if (failed) {
          since ||= start;
          atSchool = absent;
          gives.steps.push('notice');
          // The long holidays ask nobody about school: they do not end a run of absences.
        } else if (start.slice(5) !== '04' || !atSchool) since = '';
        return { evidence, ...gives };
      },
    };
  });
});
