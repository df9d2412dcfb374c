import type { ProgrammeDefinition } from '../../../domain/records/programme.ts';
import { adult, benefits, child, named, off, rule } from './everything-benefits.ts';
import { define } from './support.ts';

const value = (es: string, en: string, unit: string, amount: string | number, more: object = {}) => ({
  label: named(es, en),
  unit,
  values: [{ from: '2020-01', value: amount, cite: 'law' }],
  ...more,
});
const step = (id: string, es: string, en: string, effect: string, more: object = {}) => ({
  id,
  label: named(es, en),
  effect,
  ...more,
});

const parameters = {
  amount: value('monto', 'amount', 'money', '100.00', { per: named('por mes', 'a month') }),
  small: value('menor', 'small', 'money', '7.50'),
  line: value('línea', 'line', 'money', '90.00'),
  half: value('mitad', 'half', 'percent', 50),
  two: value('dos', 'two', 'count', 2),
  term: value('plazo', 'term', 'months', 3),
  late: value('tarde', 'late', 'years', 1),
  days: value('días', 'days', 'days', 90),
  share: {
    label: named('parte', 'share'),
    unit: 'money',
    derived: { of: 'line', percent: 'half' },
    values: [],
  },
  open: {
    label: named('abierto', 'open'),
    unit: 'money',
    values: [
      { from: '2020-01', until: '2020-12', notPublished: true, cite: 'law' },
      { from: '2021-01', value: '1.00', cite: 'decree' },
    ],
  },
  table: {
    label: named('tabla', 'table'),
    unit: 'money',
    values: [
      {
        from: '2020-01',
        cite: 'law',
        rows: [
          { when: { sex: 'F', grade: { min: 7, max: 9 } }, value: '3.00' },
          { when: { grade: [1, 2, 3] }, value: '2.00' },
          { when: { grade: { max: 6 } }, value: '1.00' },
          { when: { age: { min: 18 } }, notPublished: true },
        ],
      },
    ],
  },
};

const conditions = [
  {
    ...rule('school', 'escuela', 'school'),
    of: child,
    evidence: 'pct',
    check: { type: 'at_least', value: 75, bands: [{ who: { age: { max: 9 } }, value: { param: 'two' } }] },
    window: { each: 'month', lagMonths: 2, combine: 'average' },
    missing: 'hold',
    unconditionedWhen: off,
    waivers: [{ from: '2020-04', until: '2020-12', label: named('Pandemia', 'Pandemic'), cite: 'decree' }],
  },
  ...(
    [
      [
        'words',
        'letras',
        'words',
        { evidence: 'level', check: { type: 'one_of', values: ['a', 'b'] } },
        'any',
        'pay',
      ],
      [
        'absences',
        'faltas',
        'absences',
        { evidence: 'visits', check: { type: 'at_most', value: 2 } },
        'sum',
        'forfeit',
      ],
      [
        'controls',
        'controles',
        'controls',
        { evidence: 'visits', check: { type: 'all_scheduled', scheduled: 'planned' } },
        'every',
        'hold',
      ],
      [
        'yearly',
        'libreta',
        'certificate',
        { evidence: 'attends', check: { type: 'is_true' } },
        'latest',
        'pay',
      ],
      [
        'reported',
        'reportado',
        'reported',
        { evidence: 'attends', check: { type: 'is_true' } },
        'reported',
        'pay',
      ],
    ] as const
  ).map(([id, es, en, what, combine, missing]) => ({
    ...rule(id, es, en),
    of: child,
    ...what,
    window: { each: 'period', combine },
    missing,
  })),
  {
    ...rule('collection', 'cobro', 'collection'),
    of: 'household',
    evidence: 'collected',
    check: { type: 'is_true' },
    window: { each: 'period' },
    missing: 'pay',
  },
];

const ladders = [
  {
    ...rule('home', 'escalera del hogar', 'ladder of the household'),
    conditions: ['school', 'words'],
    scope: 'household',
    clockMonths: 'term',
    trigger: { consecutive: 'two', inTwelveMonths: 'term' },
    pausedWhen: off,
    steps: [
      step('notice', 'aviso', 'notice', 'notice'),
      step('block', 'bloqueo', 'block', 'hold'),
      step('loss', 'pérdida', 'loss', 'forfeit', { instalments: 'two', repeat: true }),
      step('leave', 'salida', 'leaving', 'exit', { afterMonths: 'term' }),
    ],
  },
  {
    ...rule('own', 'escalera del joven', 'ladder of the youth'),
    conditions: ['absences'],
    scope: 'member',
    who: { age: { min: 16 } },
    trigger: { consecutive: 'two' },
    steps: [step('own_loss', 'pierde lo suyo', 'loses its own', 'forfeit')],
  },
];

/** A programme that has every kind of rule once, each with a name of its own: no real one. */
export const everything = (): ProgrammeDefinition =>
  define({
    citations: { law: { title: 'Law 1', url: 'https://law.example/1' }, decree: { title: 'Decree 2' } },
    readings: [
      { about: named('La ley no dice el redondeo.', 'The law does not say how to round.'), cite: 'law' },
    ],
    attributes: {
      income: { of: 'household', type: 'money', label: named('ingreso', 'income') },
      off: { of: 'household', type: 'boolean', label: named('sin servicios', 'without services') },
      wage: { of: 'member', type: 'money', label: named('sueldo', 'wage') },
    },
    evidence: Object.fromEntries(
      [
        ['pct', 'asistencia', 'attendance', 'member', 'percent'],
        ['level', 'nivel', 'level', 'member', 'text'],
        ['visits', 'visitas', 'visits', 'member', 'count'],
        ['planned', 'programadas', 'planned', 'member', 'count'],
        ['attends', 'asiste', 'attends', 'member', 'boolean'],
        ['collected', 'cobrado', 'collected', 'household', 'boolean'],
      ].map(([id, es, en, of, type]) => [
        id,
        { label: named(es!, en!), of, type, certifier: named('la UGEL', 'the school office') },
      ]),
    ),
    groups: { children: child },
    parameters,
    eligibility: {
      label: named('Pobreza', 'Poverty'),
      cite: 'law',
      rule: {
        any: [
          { attribute: { name: 'income', below: { param: 'line' } } },
          { anyMember: { group: 'children' } },
        ],
      },
    },
    conditions,
    benefits,
    caps: [
      {
        ...rule('cut', 'corte', 'cut'),
        method: 'truncate',
        over: ['declining'],
        limit: 'amount',
        counting: ['flat'],
        from: '2021-01',
      },
      {
        ...rule('scaled', 'proporción', 'scale'),
        method: 'scale',
        over: ['flat', 'per_person'],
        limit: 'line',
        until: '2021-12',
      },
      { ...rule('best', 'mejores', 'best'), method: 'keep_highest', over: ['per_member'], keep: 'two' },
    ],
    modifiers: [
      {
        ...rule('less', 'protección', 'protection'),
        when: off,
        percent: 'half',
        maxMonths: 'term',
        over: ['flat'],
        from: '2021-01',
      },
      {
        ...rule('all_less', 'reducción', 'reduction'),
        when: { not: off },
        percent: 'half',
        maxMonths: 'term',
      },
    ],
    retention: {
      ...rule('kept', 'retención', 'retention'),
      over: ['flat'],
      percent: 'half',
      releasedBy: 'yearly',
      lostAfterYears: 'late',
    },
    ladders,
    payment: {
      payees: [
        { label: named('la madre', 'the mother'), who: { all: [{ sex: 'F' }, adult] } },
        { label: named('el titular', 'the head'), who: { relationship: ['head'] } },
      ],
      channels: [{ when: off, channel: 'cash' }, { channel: 'account' }],
      unclaimed: { rule: 'expire', days: 'days', cite: 'decree' },
      calendar: [{ digit: 0, days: [10, 20, 30] }],
      cutOffDay: 15,
      recovery: { percent: 'half', floor: 'small', cite: 'law' },
    },
  });
