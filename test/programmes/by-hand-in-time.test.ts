import { describe } from 'vitest';
import { type Draw, follow, later, type Person, type Row, sum, two, years } from './hand.ts';

/**
 * Households over many periods, each period's money worked out a second time from the published rule, in cents and
 * without the engine: what was failed, what came late, what is suspended, what is used up.
 */
const person = (id: string, birthDate: string, attributes: Person['attributes'] = {}): Person => ({
  id,
  birthDate,
  attributes,
});
/** A birthday in the year, half of them on the first or the second of a month, where ages change. */
const born = (draw: Draw, year: number): string =>
  `${year}-${two(1 + draw(12))}-${two(draw(2) === 0 ? 1 + draw(2) : 1 + draw(28))}`;

type Step = 'alert' | 'block' | 'suspension' | 'cancellation';
/**
 * The Brazilian ladder: alert, block, suspension of two instalments; a failure more than six months after the last
 * effect starts again, one after twelve months of suspension ends it. What is in force each month, if anything.
 */
function brazilian(): (failed: boolean) => Step | undefined {
  let [now, step, last, since, lostUntil] = [0, 0, -99, -1, -1];
  let over = false;
  return (failed) => {
    now++;
    if (failed && now - last > 6) step = 0;
    if (failed && step === 3 && now - since >= 12) over = true;
    if (over) return 'cancellation';
    if (failed) {
      step = Math.min(3, step + 1);
      last = now;
      if (step < 3) since = -1;
      else if (since < 0) since = now;
      if (step === 3) lostUntil = now + 1;
    }
    if (lostUntil >= now) return 'suspension';
    return failed ? (['alert', 'block'] as const)[step - 1] : undefined;
  };
}

describe('what the engine pays over time is what the rule says: ladders', () => {
  follow('bolsa-familia-2023', '2025-07', [40, 20], (draw) => {
    const members = [person('A', '1980-05-05'), person('C', '2014-06-15'), person('D', born(draw, 2018))];
    const often = 1 + draw(4);
    const ladder = brazilian();
    let [blocked, out] = [0, false];
    return {
      attributes: { income_per_capita: 100 },
      members,
      turn: (month) => {
        const failed = draw(often) === 0;
        const value = failed ? 74.9 : [75, 100][draw(2)]!;
        const children = members.slice(1).map((child) => years(child, `${month}-01`));
        const amount = out ? 0 : 60_000 + sum(children.map((age) => (age < 7 ? 15_000 : 5_000)));
        const step = ladder(failed);
        const late = blocked;
        blocked = step === 'block' ? amount : 0;
        const lost = step === 'suspension' || step === 'cancellation' ? amount : 0;
        out ||= step === 'cancellation';
        return {
          evidence: [{ member: 'C', kind: 'attendance_pct', period: month, value }],
          payable: amount - blocked - lost,
          held: blocked,
          lost,
          late,
          steps: step === undefined ? [] : [step],
        };
      },
    };
  });

  // The family answers for the child of ten and loses everything, the adolescent for her own benefit only. What was
  // blocked is paid with the next instalment of that benefit which nobody blocks.
  follow('bolsa-familia-2011', '2012-01', [60, 14], (draw) => {
    const members = [person('A', '1980-05-05'), person('C', '2003-02-01'), person('Y', '1995-11-15')];
    const [often, own] = [1 + draw(4), 1 + draw(4)];
    const [family, adolescent] = [brazilian(), brazilian()];
    let [blockedOfChild, blockedOfYouth] = [0, 0];
    return {
      attributes: { income_per_capita: '100.00' },
      members,
      turn: (month) => {
        const [ofChild, ofYouth] = [draw(often) === 0 ? 84 : 85, draw(own) === 0 ? 74 : 75];
        const evidence: Row[] = [
          { member: 'C', kind: 'attendance_pct', period: month, value: ofChild },
          { member: 'Y', kind: 'attendance_pct', period: month, value: ofYouth },
        ];
        const [step, hers] = [family(ofChild < 85), adolescent(ofYouth < 75)];
        const gives = { payable: 0, held: 0, lost: 0, late: 0 };
        const account = (amount: number, steps: (Step | undefined)[], before: number): number => {
          const [first] = steps.filter((name) => name !== undefined && name !== 'alert');
          gives[first === undefined ? 'payable' : first === 'block' ? 'held' : 'lost'] += amount;
          const waits = steps.includes('block') ? before : 0;
          gives.late += before - waits;
          return waits + (first === 'block' ? amount : 0);
        };
        blockedOfChild = account(3_200, [step], blockedOfChild);
        blockedOfYouth = account(3_800, [step, hers], blockedOfYouth);
        const steps = [...(step ? [step] : []), ...(hers ? [`${hers} Y`] : [])];
        return { evidence, ...gives, steps };
      },
    };
  });

  follow('red-de-oportunidades', '2022-01', [100, 10], (draw) => {
    const members = [
      person('A', born(draw, 1957), { pension_120: true }),
      person('C', born(draw, 2004)),
      person('D', born(draw, 2017)),
    ];
    const often = 1 + draw(6);
    let until = '';
    return {
      attributes: { vulnerable: true },
      members,
      turn: (month) => {
        const evidence: Row[] = [];
        let failed = false;
        const report = (row: Omit<Row, 'value' | 'period'>, asked: boolean) => {
          if (draw(5) === 0) return;
          const value = draw(often + 6) > 0;
          evidence.push({ ...row, value, period: later(month, draw(3)) });
          failed ||= asked && !value;
        };
        const ages = members.map((who) => years(who, `${month}-01`));
        report({ kind: 'collected' }, true);
        for (const at of [1, 2]) {
          report({ kind: 'school_attendance', member: members[at]!.id }, ages[at]! >= 4 && ages[at]! <= 17);
          report({ kind: 'health_checks', member: members[at]!.id }, ages[at]! <= 4);
        }
        if (failed) until = later(month, 3);
        const lost = month <= until ? 15_000 : 0;
        const payable = 15_000 - lost + (ages[0]! >= 65 ? 36_000 : 0);
        return { evidence, payable, lost, steps: lost > 0 ? ['suspension'] : [] };
      },
    };
  });

  follow('familias-en-accion', '2021-01', [60, 14], (draw) => {
    const members = [
      { ...person('C', '2012-01-01'), grade: 3 },
      { ...person('D', born(draw, 2015)), grade: 0 },
    ];
    const often = 1 + draw(5);
    /** Periods in which a child failed, and of them the school periods that count in a row. */
    const failed: { [who: string]: string[] } = { C: [], D: [], health: [] };
    const asked: { [who: string]: string[] } = { C: [], D: [], health: [] };
    /** Three of the last three that asked, or four in twelve months: suspended, and counted anew. */
    const suspends = (who: string, month: string, bad: boolean): boolean => {
      asked[who]!.push(month);
      if (!bad) return false;
      const list = [...failed[who]!, month].filter((one) => one > later(month, -12));
      failed[who] = list;
      const three = asked[who]!.slice(-3);
      const event = list.length >= 4 || (three.length === 3 && three.every((one) => list.includes(one)));
      if (event) failed[who] = [];
      return event;
    };
    return {
      attributes: { population: 'sisben' },
      members,
      turn: (month) => {
        const evidence: Row[] = [];
        const [steps, gives] = [[] as string[], { payable: 0, lost: 0 }];
        const school = month.slice(5) !== '05';
        const small = years(members[1]!, `${month}-01`) <= 5;
        if (small) {
          const value = draw(often + 1) === 0 ? 99 : 100;
          evidence.push({ member: 'D', kind: 'checkups_pct', period: later(month, -5 + draw(2)), value });
          gives[value === 100 ? 'payable' : 'lost'] += 16_005_000;
          if (suspends('health', month, value < 100)) steps.push('health_suspension');
        }
        for (const [who, amount] of [
          ['C', 2_675_000],
          ['D', 5_335_000],
        ] as const) {
          const value = [79.9, 80, 100, undefined][draw(often) === 0 ? 0 : 1 + draw(3)];
          if (value !== undefined)
            for (const lag of [-5, -4])
              evidence.push({ member: who, kind: 'attendance_pct', period: later(month, lag), value });
          if (!school) continue;
          gives[value !== undefined && value >= 80 ? 'payable' : 'lost'] += amount;
          if (suspends(who, month, value === 79.9)) steps.push(`suspension ${who}`);
        }
        return {
          evidence,
          ...gives,
          steps: [...steps.filter((s) => s[0] === 's'), ...steps.filter((s) => s[0] === 'h')],
        };
      },
    };
  });
});
