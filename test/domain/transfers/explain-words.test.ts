import { describe, expect, it } from 'vitest';
import type { HouseholdPredicate } from '../../../domain/records/programme/predicate.ts';
import { ageDayText, householdText, scalarText } from '../../../domain/transfers/explain-words.ts';
import { everything } from './everything.ts';

const definition = everything();

describe('a test on households reads', () => {
  const someone = (who: Record<string, unknown>) => ({ anyMember: who });
  const rows: [predicate: Record<string, unknown>, es: string, en: string][] = [
    [
      { territory: { in: ['15', '16'], startsWith: '07' } },
      'territorio 15, 16 o 07…',
      'territory 15, 16 or 07…',
    ],
    [{ territory: { in: ['15'] } }, 'territorio 15', 'territory 15'],
    [{ everyMember: { sex: 'M' } }, 'cada integrante: hombre', 'every member: male'],
    [{ members: { min: 2, max: { param: 'two' } } }, 'integrantes ≥ 2 y ≤ 2', 'members ≥ 2 and ≤ 2'],
    [{ members: { who: { sex: 'F' }, max: 3 } }, 'integrantes (mujer) ≤ 3', 'members (female) ≤ 3'],
    [{ inProgramme: true }, 'ya recibe el programa', 'already in the programme'],
    [{ inProgramme: false }, 'aún no recibe el programa', 'not yet in the programme'],
    [{ monthsInProgramme: { min: 3 } }, 'meses en el programa ≥ 3', 'months in the programme ≥ 3'],
    [{ calendarMonth: [2, 12] }, 'mes 2 o 12', 'month 2 or 12'],
    [{ not: { calendarMonth: [2] } }, 'no mes 2', 'not month 2'],
    [{ all: [{ inProgramme: true }] }, 'ya recibe el programa', 'already in the programme'],
    [
      { any: [{ inProgramme: true }, { calendarMonth: [2] }] },
      '(ya recibe el programa o mes 2)',
      '(already in the programme or month 2)',
    ],
    [{ attribute: { name: 'off', is: true } }, '«sin servicios» = sí', '«without services» = yes'],
    [
      { attribute: { name: 'off', missing: true } },
      '«sin servicios» sin registrar',
      '«without services» not recorded',
    ],
    [
      { attribute: { name: 'off', missing: false } },
      '«sin servicios» registrado',
      '«without services» recorded',
    ],
    [
      { attribute: { name: 'income', above: 1, below: { param: 'small' } } },
      '«ingreso» > 1 y < PEN 7.50',
      '«income» > 1 and < PEN 7.50',
    ],
    [
      someone({ relationship: ['mother', 'head'] }),
      'algún integrante: parentesco mother o head',
      'some member: relationship mother or head',
    ],
    [someone({ grade: { min: 3, max: 6 } }), 'algún integrante: grado 3–6', 'some member: grade 3–6'],
    [someone({ grade: { min: 3 } }), 'algún integrante: grado ≥ 3', 'some member: grade ≥ 3'],
    [someone({ grade: { max: 6 } }), 'algún integrante: grado ≤ 6', 'some member: grade ≤ 6'],
    [someone({ not: { sex: 'F' } }), 'algún integrante: no mujer', 'some member: not female'],
    [
      someone({ all: [{ sex: 'F' }, { age: { min: 18, unit: 'years', at: 'year_end' } }] }),
      'algún integrante: (mujer y edad desde 18 años al 31 de diciembre)',
      'some member: (female and age from 18 years on 31 December)',
    ],
  ];
  for (const [predicate, es, en] of rows)
    it(en, () => {
      expect(householdText(definition, predicate as HouseholdPredicate, 'es')).toBe(es);
      expect(householdText(definition, predicate as HouseholdPredicate, 'en')).toBe(en);
    });
  it('every household', () =>
    expect(householdText(definition, { everyHousehold: true }, 'en')).toBe('every household'));
});

describe('an age is taken', () => {
  const rows: [day: string, es: string, en: string][] = [
    ['period_start', 'el primer día del período', 'on the first day of the period'],
    ['period_end', 'el último día del período', 'on the last day of the period'],
    ['month_start', 'el primer día del mes', 'on the first day of the month'],
    ['month_middle', 'el día 15 del mes', 'on day 15 of the month'],
    ['month_end', 'el último día del mes', 'on the last day of the month'],
    ['march_31', 'al 31 de marzo', 'on 31 March'],
    ['year_start', 'al 1 de enero', 'on 1 January'],
    ['year_end', 'al 31 de diciembre', 'on 31 December'],
  ];
  for (const [day, es, en] of rows)
    it(en, () => expect([ageDayText(day, 'es'), ageDayText(day, 'en')]).toEqual([es, en]));
});

describe('a value of the registry reads', () => {
  const rows: [value: unknown, es: string, en: string][] = [
    [true, 'sí', 'yes'],
    [false, 'no', 'no'],
    [84.5, '84.5', '84.5'],
    ['poor', 'poor', 'poor'],
  ];
  for (const [value, es, en] of rows)
    it(`${value}`, () => expect([scalarText(value, 'es'), scalarText(value, 'en')]).toEqual([es, en]));
});
