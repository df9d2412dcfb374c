import { addMonths, type Month } from '../../domain/kernel/period.ts';
import { cciOf, Draw, nameOf } from './draw.ts';
import type { Generated, Recipe } from './recipe.ts';

const DISTRICTS = 240;
const id = (prefix: string, number: number, width: number) =>
  `${prefix}${String(number).padStart(width, '0')}`;

/**
 * JUNTOS-like households: a mother and up to four children, three in four in an account; shares are chosen to
 * look alive, no published figure is behind them. Evidence is a row per child and month.
 */
export const juntos: Recipe = {
  period: '2025-09' as Month,
  files: {
    households: [
      'household_id',
      'territory',
      'sisfoh',
      'payee_name',
      'payee_document',
      'payee_member_id',
      'payee_channel',
      'payee_account',
      'payee_pay_point',
    ],
    members: [
      'household_id',
      'member_id',
      'birth_date',
      'sex',
      'grade',
      'relationship',
      'pregnant',
      'newborn',
      'upper_secondary',
    ],
    evidence: ['subject', 'kind', 'period', 'value', 'source'],
  },
  names: { households: 'households.csv', members: 'members.csv', evidence: 'evidence.csv' },
  household: makeHousehold,
};

function makeHousehold(seed: number, number: number, period: Month): Generated {
  const draw = new Draw(seed, number);
  const household = id('H', number, 8);
  const district = draw.between(1, DISTRICTS);
  const sisfoh = draw.chance(0.45) ? 'extreme_poor' : draw.chance(0.93) ? 'poor' : 'non_poor';
  const cash = draw.chance(0.25);
  const account = cash ? '' : cciOf(number, draw.chance(0.002));
  const payPoint = cash ? id('AG-', district, 3) : '';
  const mother = id('M', number * 8, 9);
  const pregnant = draw.chance(0.04);
  const birth = (age: number) => birthDate(draw, age, period);
  const made: Generated = {
    household: [
      household,
      id('Distrito ', district, 3),
      sisfoh,
      nameOf(draw),
      id('9', number, 7),
      mother,
      cash ? 'cash' : 'account',
      account,
      payPoint,
    ],
    members: [
      [household, mother, birth(draw.between(20, 45)), 'F', '', 'mother', pregnant ? 'true' : '', '', ''],
    ],
    evidence: [],
  };
  if (pregnant) addHealth(made, draw, mother, period, true);
  const children = draw.pick([1, 1, 1, 2, 2, 2, 2, 3, 3, 4]);
  for (let child = 1; child <= children; child++) {
    const member = id('M', number * 8 + child, 9);
    const age = draw.between(0, 17);
    const grade = age >= 6 ? Math.min(11, age - 5) : 0;
    const upper = age >= 15 && draw.chance(0.8);
    const sex = draw.chance(0.5) ? 'F' : 'M';
    const newborn = age === 0;
    made.members.push([
      household,
      member,
      birth(age),
      sex,
      grade || '',
      sex === 'F' ? 'daughter' : 'son',
      '',
      newborn ? 'true' : '',
      upper ? 'true' : '',
    ]);
    if (age >= 6) addSchool(made, draw, member, period, district);
    else addHealth(made, draw, member, period, newborn);
  }
  return made;
}

/** A birthday that makes `age` completed years on the first day of the period. */
function birthDate(draw: Draw, age: number, period: Month): string {
  const month = draw.between(1, 12);
  const had = month < Number(period.slice(5));
  return `${Number(period.slice(0, 4)) - age - (had ? 0 : 1)}-${id('', month, 2)}-${id('', draw.between(2, 28), 2)}`;
}

const months = (period: Month) => [period, addMonths(period, 1)];
/** Nine in ten comply in both months; some fail both; a few are never reported. */
function said(draw: Draw): [string, string] | undefined {
  if (draw.chance(0.03)) return undefined;
  if (draw.chance(0.05)) return ['false', 'false'];
  return ['true', draw.chance(0.95) ? 'true' : 'false'];
}

function addSchool(made: Generated, draw: Draw, member: string, period: Month, district: number): void {
  const values = said(draw);
  if (values)
    for (const [i, month] of months(period).entries())
      made.evidence.push([member, 'school_attendance', month, values[i]!, id('IE ', district, 5)]);
}

function addHealth(made: Generated, draw: Draw, member: string, period: Month, whole: boolean): void {
  const values = said(draw);
  if (!values) return;
  made.evidence.push([member, 'health_controls', period, values[0], 'CS']);
  if (whole) made.evidence.push([member, 'first_childhood_package', period, values[1], 'CS']);
}
