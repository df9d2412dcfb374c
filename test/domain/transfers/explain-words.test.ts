import { describe, expect, it } from 'vitest';
import type { HouseholdPredicate } from '../../../domain/records/programme/predicate.ts';
import { explainProgramme } from '../../../domain/transfers/explain.ts';
import { householdText } from '../../../domain/transfers/explain-words.ts';
import { define, money, number, rule } from './support.ts';

const child = { age: { min: 6, max: 17 } };
const definition = define({
  parameters: {
    amount: money('100.00'),
    small: money('7.50'),
    two: number(2),
    half: number('50', 'percent'),
  },
  conditions: [
    {
      ...rule('school'),
      of: child,
      evidence: 'pct',
      check: { type: 'at_least', value: 80 },
      window: { each: 'month', lagMonths: 2 },
      missing: 'hold',
    },
    {
      ...rule('words'),
      of: 'household',
      evidence: 'level',
      check: { type: 'one_of', values: ['a', 'b'] },
      window: { each: 'period' },
      missing: 'pay',
    },
  ],
  benefits: [
    {
      ...rule('flat'),
      kind: 'flat',
      per: 'month',
      amount: 'amount',
      months: { only: [3, 4] },
      limit: 'once_a_year',
      factor: 'half',
      from: '2021-01',
    },
    {
      ...rule('each'),
      kind: 'per_member',
      per: 'month',
      bands: [
        { who: { age: { min: 60 } }, amount: 'amount' },
        { who: { any: [{ sex: 'F' }, { age: { max: 5 } }] }, amount: 'small' },
      ],
      max: 'two',
      requires: [{ condition: 'school', scope: 'member' }],
      when: { all: [{ attribute: { name: 'income', max: 218 } }, { attribute: { name: 'off', is: false } }] },
    },
  ],
  caps: [
    { ...rule('cut'), method: 'truncate', over: ['each'], limit: 'amount', counting: ['flat'] },
    { ...rule('scaled'), method: 'scale', over: ['flat', 'each'], limit: 'amount' },
  ],
  ladders: [
    {
      ...rule('steps'),
      conditions: ['school'],
      scope: 'household',
      steps: [
        { id: 'one', label: { es: 'aviso', en: 'notice' }, effect: 'notice' },
        {
          id: 'two',
          label: { es: 'pérdida', en: 'loss' },
          effect: 'forfeit',
          instalments: 'two',
          repeat: true,
        },
      ],
    },
  ],
});
const sentences = (lang: 'es' | 'en') => explainProgramme(definition, lang).flatMap((part) => part.sentences);

describe('a definition reads', () => {
  it('in Spanish', () =>
    expect(sentences('es')).toEqual([
      'uno: todo hogar. [law]',
      'Las edades se toman el primer día del mes.',
      'uno — edad 6–17 años: uno, ≥ 80, mes a mes (cada mes, 2 meses antes); certifica uno; sin evidencia se retiene. [law]',
      'uno — el hogar: uno, a o b, por período (cada mes); certifica uno; sin evidencia se paga. [law]',
      'uno, cada mes: PEN 100.00, fijo por hogar; solo en los meses 3, 4; una vez al año; por 50%. desde 2021-01 [law]',
      'uno, cada mes si («uno» ≤ 218 y «uno» = no): PEN 100.00 por cada integrante con edad desde 60 años; PEN 7.50 por cada integrante con (mujer o edad hasta 5 años); a lo más 2 en el hogar, de mayor a menor edad; exige «uno» (cada integrante responde por sí). [law]',
      'uno: «uno» (contando «uno»), si pasa de PEN 100.00, se corta. [law]',
      'uno: «uno» y «uno», si pasa de PEN 100.00, se reduce en proporción. [law]',
      'uno: por incumplir «uno», todo el hogar. [law]',
      '  1. aviso: sin efecto en el pago.',
      '  2. pérdida: se pierde (2 cuotas), se repite.',
      'uno, 2020-01–: PEN 100.00. [law]',
      'uno, 2020-01–: PEN 7.50. [law]',
      'uno, 2020-01–: 2. [law]',
      'uno, 2020-01–: 50%. [law]',
      '[law] Law 1',
    ]));
  it('in English', () =>
    expect(sentences('en')).toEqual([
      'one: every household. [law]',
      'Ages are taken on the first day of the month.',
      'one — age 6–17 years: one, ≥ 80, month by month (every month, 2 months earlier); certified by one; without evidence it is held. [law]',
      'one — the household: one, a or b, by period (every month); certified by one; without evidence it is paid. [law]',
      'one, each month: PEN 100.00, flat per household; only in months 3, 4; once a year; times 50%. from 2021-01 [law]',
      'one, each month if («one» ≤ 218 and «one» = no): PEN 100.00 for each member with age from 60 years; PEN 7.50 for each member with (female or age up to 5 years); at most 2 in the household, oldest first; requires «one» (each member answers for itself). [law]',
      'one: «one» (counting «one»), above PEN 100.00 it is cut off. [law]',
      'one: «one» and «one», above PEN 100.00 it is scaled down in proportion. [law]',
      'one: for failing «one», the whole household. [law]',
      '  1. notice: no effect on the money.',
      '  2. loss: lost (2 instalments), repeats.',
      'one, 2020-01–: PEN 100.00. [law]',
      'one, 2020-01–: PEN 7.50. [law]',
      'one, 2020-01–: 2. [law]',
      'one, 2020-01–: 50%. [law]',
      '[law] Law 1',
    ]));
});

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
    [{ attribute: { name: 'off', is: true } }, '«uno» = sí', '«one» = yes'],
    [{ attribute: { name: 'off', missing: true } }, '«uno» sin registrar', '«one» not recorded'],
    [{ attribute: { name: 'off', missing: false } }, '«uno» registrado', '«one» recorded'],
    [
      { attribute: { name: 'income', above: 1, below: { param: 'small' } } },
      '«uno» > 1 y < PEN 7.50',
      '«one» > 1 and < PEN 7.50',
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
});
