import type { Month } from '../../domain/kernel/period.ts';
import { Draw } from './draw.ts';
import type { Generated, Recipe } from './recipe.ts';

const id = (prefix: string, number: number, width: number) =>
  `${prefix}${String(number).padStart(width, '0')}`;

/** Households in the shape of the PROGRESA export, read through that programme's mapping; the figures are made up. */
export const progresa: Recipe = {
  period: '1998-11' as Month,
  files: {
    households: ['household_id', 'locality', 'poverty_class', 'treatment', 'household_size'],
    members: ['household_id', 'member_id', 'sex', 'age_years', 'grade'],
    evidence: ['member_id', 'period', 'enrolled'],
  },
  names: { households: 'households.csv', members: 'members.csv', evidence: 'school-enrolment.csv' },
  household(seed, number, period): Generated {
    const draw = new Draw(seed, number);
    const household = id('H', number, 8);
    const locality = draw.between(1, 506);
    const children = draw.pick([1, 2, 2, 2, 3, 3, 4]);
    const made: Generated = {
      household: [
        household,
        id('V', locality, 3),
        draw.chance(0.82) ? 'poor' : 'non_poor',
        locality <= 320 ? 'programme' : 'control',
        children + draw.between(2, 5),
      ],
      members: [],
      evidence: [],
    };
    for (let child = 1; child <= children; child++) {
      const member = id('C', number * 8 + child, 9);
      const age = draw.between(7, 17);
      const grade = Math.max(1, age - 5 - draw.between(0, 2));
      const sex = draw.chance(0.001) ? '' : draw.chance(0.5) ? 'F' : 'M';
      made.members.push([household, member, sex, age, grade > 9 || draw.chance(0.1) ? '' : grade]);
      if (!draw.chance(0.15)) made.evidence.push([member, period, draw.chance(0.85) ? 1 : 0]);
    }
    return made;
  },
};
