import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../cli/commands/programme-files.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { assessCase } from '../../domain/transfers/assess.ts';
import { type Draw, drawing, months, type Person, type Row, sum, two, years } from './hand.ts';

/**
 * Random households, and what the published rule gives them worked out a second time, here, in cents and without
 * the engine: one short function a programme, as somebody with the decree and a pencil would.
 */
const HOUSEHOLDS = 300;

/** One to eight people born from 1950 up to the last day of `until`; one in ten is pregnant. */
function people(draw: Draw, until: string): Person[] {
  const all = Array.from({ length: 1 + draw(8) }, (_, i) => ({
    id: `P${i}`,
    birthDate: `${1950 + draw(76)}-${two(1 + draw(12))}-${two(1 + draw(28))}`,
    attributes: draw(10) === 0 ? { pregnant: true } : ({} as Person['attributes']),
  }));
  const born = all.filter(({ birthDate }) => birthDate <= until);
  return born.length > 0 ? born : [{ id: 'P0', birthDate: '1980-01-01', attributes: {} }];
}

type Example = { attributes: Record<string, unknown>; members: Person[]; evidence?: Row[]; cents: number };
function check(programme: string, date: string, example: (draw: Draw) => Example): void {
  it(`${programme} pays ${HOUSEHOLDS} households what the rule gives by hand`, () => {
    const definition = unwrap(loadProgramme(programme, '.'));
    const draw = drawing(20_250_701);
    for (let i = 0; i < HOUSEHOLDS; i++) {
      const { attributes, members, evidence = [], cents } = example(draw);
      const household = { id: 'H', territory: 'T', attributes, members };
      const answer = unwrap(assessCase(definition, { programme, date, household, evidence }));
      expect([household, evidence, Math.round(Number(answer.payable) * 100)]).toEqual([
        household,
        evidence,
        cents,
      ]);
    }
  });
}
const pregnant = ({ attributes }: Person): boolean => attributes.pregnant === true;

describe('what the engine pays is what the rule says', () => {
  check('bolsa-familia-2023', '2025-07-15', (draw) => {
    const members = people(draw, '2025-07-31');
    const income = draw(300);
    const persons = 14_200 * members.length;
    const parts = members.map((person) => {
      const age = years(person, '2025-07-01');
      const youth = age >= 7 && 2025 - Number(person.birthDate.slice(0, 4)) <= 18;
      const baby = months(person, '2025-07') <= 6;
      return (
        (age <= 6 ? 15_000 : 0) + (youth ? 5_000 : 0) + (pregnant(person) ? 5_000 : 0) + (baby ? 5_000 : 0)
      );
    });
    const whole = Math.max(persons, 60_000) + sum(parts);
    return {
      attributes: { income_per_capita: income, already_receiving: true },
      members,
      cents: income > 218 ? whole / 2 : whole,
    };
  });

  check('bolsa-familia-2011', '2013-07-15', (draw) => {
    const members = people(draw, '2013-07-31');
    const income = draw(160) * 100;
    const ages = members.map((person) => years(person, '2013-07-01'));
    const variables = ages.filter((age) => age <= 15).length + members.filter(pregnant).length;
    const youths = ages.filter((age) => age === 16 || age === 17).length;
    const extreme = income <= 7_000;
    const benefits = (extreme ? 7_000 : 0) + 3_200 * Math.min(5, variables) + 3_800 * Math.min(2, youths);
    const lacks = (7_001 - income) * members.length - benefits;
    const gap = extreme && ages.some((age) => age <= 15) ? Math.max(0, lacks) : 0;
    return {
      attributes: { income_per_capita: income / 100 },
      members,
      cents: income > 14_000 ? 0 : benefits + gap,
    };
  });

  check('bdh', '2025-07-15', (draw) => {
    const members = people(draw, '2025-07-31').map((person) => ({ ...person, attributes: {} }));
    const ages = members.map((person) => years(person, '2025-07-01'));
    const small = [0, 3_000, 5_700, 8_130][Math.min(3, ages.filter((age) => age < 5).length)]!;
    const older = [0, 1_000, 1_900, 2_710][Math.min(3, ages.filter((age) => age >= 5 && age <= 18).length)]!;
    return {
      attributes: { registro_social_quintile: 1 + draw(2) },
      members,
      cents: Math.min(15_000, 5_500 + small + older),
    };
  });

  check('juntos', '2025-07-15', (draw) => {
    const evidence: Row[] = [];
    const members = people(draw, '2025-08-31').map((person) => {
      const age = years(person, '2025-07-01');
      const upper = age >= 14 && age <= 18 && draw(2) === 0;
      for (const kind of ['school_attendance', 'health_controls', 'first_childhood_package'])
        evidence.push({ member: person.id, kind, period: '2025-07', value: true });
      return {
        ...person,
        attributes: { ...person.attributes, newborn: age === 0, upper_secondary: upper },
      };
    });
    const reached = members.some((person) => years(person, '2025-07-01') <= 18 || pregnant(person));
    const first = members.some((person) => pregnant(person) || person.attributes.newborn);
    const upper = members.filter(({ attributes }) => attributes.upper_secondary).length;
    return {
      attributes: { sisfoh: 'poor' },
      members,
      evidence,
      cents: reached ? 20_000 + (first ? 10_000 : 0) + 8_000 * upper : 0,
    };
  });

  const LEVELS = { daycare: 30_000, elementary: 30_000, jhs: 50_000, shs: 70_000 };
  check('4ps', '2024-06-15', (draw) => {
    const evidence: Row[] = [];
    const grants: { [month: string]: number[] } = { '2024-06': [], '2024-07': [] };
    // Nobody changes age between the two months: that is another test's.
    const members = people(draw, '2024-05-31')
      .filter(({ birthDate }) => birthDate.slice(5) <= '06-01' || birthDate.slice(5) > '07-01')
      .map((person) => {
        const names = Object.keys(LEVELS) as (keyof typeof LEVELS)[];
        const level = draw(2) === 0 ? names[draw(4)] : undefined;
        const age = years(person, '2024-06-01');
        for (const [period, list] of Object.entries(grants)) {
          if (level === undefined || age < 3 || age > 18) continue;
          const value = draw(4) > 0 ? 85 : 84;
          evidence.push({ member: person.id, kind: 'attendance_pct', period, value });
          if (value === 85) list.push(LEVELS[level]);
        }
        return { ...person, attributes: { ...person.attributes, ...(level && { school_level: level }) } };
      });
    const reached = members.some((person) => years(person, '2024-06-01') <= 18 || pregnant(person));
    const month = (list: number[]) => 135_000 + sum(list.sort((a, b) => b - a).slice(0, 3));
    return {
      attributes: { registered_poor: true },
      members,
      evidence,
      cents: reached ? sum(Object.values(grants).map(month)) : 0,
    };
  });
});
