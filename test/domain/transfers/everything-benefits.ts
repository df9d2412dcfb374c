export const named = (es: string, en: string) => ({ es, en });
export const rule = (id: string, es: string, en: string, cite = 'law') => ({
  id,
  label: named(es, en),
  cite,
});
export const child = { age: { min: 6, max: 17 } };
export const adult = { age: { min: 18, at: 'year_end' } };
export const off = { attribute: { name: 'off', is: true } };

const benefit = (kind: string, es: string, en: string, more: object = {}) => ({
  ...rule(kind, es, en),
  kind,
  per: 'month',
  ...more,
});

/** Every kind of benefit, each way that it can be limited. */
export const benefits = [
  benefit('flat', 'fijo', 'flat', {
    amount: 'amount',
    months: { only: [3, 4], maxPerYear: 'two' },
    limit: 'once_a_year',
    factor: 'half',
    from: '2021-01',
    until: '2021-12',
  }),
  benefit('per_person', 'por persona', 'per person', {
    amount: 'small',
    months: { exclude: [1, 2] },
    instalments: 'two',
    requires: [{ condition: 'collection', scope: 'household' }],
  }),
  {
    ...benefit('per_person', 'por adulto', 'per adult', { amount: 'small', who: adult, per: 'period' }),
    id: 'per_adult',
  },
  benefit('per_member', 'por integrante', 'per member', {
    bands: [
      { who: { age: { min: 60 } }, amount: 'amount', max: 'two' },
      { who: { any: [{ sex: 'F' }, { age: { max: 5 } }] }, amount: 'small' },
    ],
    max: 'two',
    order: 'highest',
    requires: [
      { condition: 'school', scope: 'member' },
      { condition: 'words', scope: 'proportional' },
    ],
    when: { all: [{ attribute: { name: 'income', max: 218 } }, { not: off }] },
  }),
  benefit('declining', 'decreciente', 'declining', {
    bands: [{ who: child, amounts: ['amount', 'small'] }],
    limit: 'once_in_a_lifetime',
  }),
  benefit('table', 'según tabla', 'by table', {
    table: 'table',
    who: child,
    lowestIfMissing: ['sex', 'grade'],
  }),
  { ...benefit('table', 'según tabla, todos', 'by table, all', { table: 'table' }), id: 'table_all' },
  benefit('one_if_any', 'uno', 'one', { amount: 'amount', who: adult }),
  benefit('top_up', 'complemento', 'top-up', { floor: 'line', over: ['flat', 'per_person', 'declining'] }),
  {
    ...benefit('top_up', 'garantía', 'guarantee', { floor: { attribute: 'income' }, over: ['flat'] }),
    id: 'guarantee',
  },
  benefit('poverty_gap', 'brecha', 'gap', {
    line: 'line',
    income: 'income',
    share: 'half',
    counting: ['flat'],
  }),
  {
    ...benefit('poverty_gap', 'brecha entera', 'whole gap', { line: 'share', income: 'income' }),
    id: 'whole_gap',
  },
  benefit('achievement', 'logro', 'achievement', {
    bands: [
      { who: child, amount: 'amount' },
      { who: adult, amount: 'open' },
    ],
  }),
  benefit('share_of', 'parte del sueldo', 'share of the wage', { attribute: 'wage', share: 'half' }),
  ...[
    { id: 'advance', label: named('anticipo', 'advance'), share: 'half' },
    { id: 'final', label: named('final', 'final'), lessAdvances: ['advance'] },
  ].map((more) => ({
    ...benefit('trapezoid', '', ''),
    income: 'wage',
    who: adult,
    rateIn: 'half',
    flatFrom: 'small',
    flat: 'amount',
    outFrom: 'line',
    rateOut: 'half',
    ...more,
  })),
];
