import { BASE, parameter } from './fixture.ts';

const text = (name: string) => ({ es: `es ${name}`, en: `en ${name}` });
const value = (name: string, unit: string, amount: string | number) =>
  parameter(unit, amount, { label: text(name) });
const all = (unit: string, amounts: { readonly [name: string]: string | number }) =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, value(name, unit, amount)]));
const months = { continuous: true, months: 'jobMonths' };
const outcome = (name: string, predicate: object) => ({ label: text(name), predicate, cite: 's' });
const evidence = {
  where: [
    { field: 'formal', is: true },
    { field: 'sector', is: ['trade', 'crafts'] },
    { field: 'wage', atLeast: 'leastWage' },
    { field: 'hours', atMost: 'mostHours' },
    { field: 'staff', below: 'belowStaff' },
  ],
  within: { after: { event: 'certified' }, months: 'window' },
  onOrBefore: 'lastDay',
};

const parameters = {
  ...all('money', {
    unit: '100.00',
    leastWage: '11.00',
    leastIncome: '12.00',
    base: '90.00',
    topCap: '800.00',
  }),
  ...all('money', { advance: '50.00', course: '60.00' }),
  ...all('percent', { start: 40, end: 60, bonus: 10, half: 51, floor: 52, band: 53, pays: 54, heldBack: 5 }),
  ...all('percent', {
    recover: 20,
    netted: 30,
    back: 31,
    atLeast: 32,
    wait: 33,
    goal: 34,
    reach: 35,
    attend: 85,
  }),
  ...all('percent', { confidence: 95, margin: 6, expected: 7, buffer: 150, tolerance: 8, extend: 9 }),
  ...all('count', { places: 500, mostHours: 48, belowStaff: 19, goalCount: 70, days: 21, repeats: 4 }),
  ...all('months', { window: 8, jobMonths: 3, some: 5, of: 6, follow: 2, income: 4 }),
  ...all('weeks', { weeks: 13, every: 12, later: 16 }),
  ...all('days', { gap: 14, inDays: 15 }),
  ...all('years', { leastAge: 17, mostAge: 24 }),
  lastDay: value('lastDay', 'day', '2020-11-30'),
  points: value('points', 'points', '41.74'),
  index: value('index', 'index', '1.25'),
  otherIndex: value('otherIndex', 'index', '1.5'),
  table: {
    label: text('table'),
    unit: 'money',
    keys: ['sex', 'sector'],
    values: [
      { until: '2020-06-30', notPublished: true, cite: 's', note: text('note') },
      {
        from: '2020-07-01',
        until: '2020-12-31',
        rows: [
          { when: { sex: 'female', sector: ['trade', 'crafts'] }, value: '33.00' },
          { when: { sex: 'male' }, notPublished: true },
          { when: {}, value: '22.00' },
        ],
        cite: 's',
        note: text('other note'),
      },
    ],
    indexedBy: { index: 'index', base: '2020-01-01' },
  },
};

const events = {
  certified: { label: text('certified'), covers: 'open', fields: {} },
  attended: { label: text('attended'), covers: 'week', fields: {} },
  report: {
    label: text('report'),
    level: 'contract',
    covers: 'month',
    fields: {
      share: { label: text('share'), type: 'percent', required: true },
      other: { label: text('other'), type: 'percent' },
    },
  },
  job: {
    label: text('job'),
    covers: 'month',
    fields: {
      employer: { label: text('employer'), type: 'id', notProvider: true, required: true },
      formal: { label: text('formal'), type: 'boolean', required: true },
      country: {
        label: text('country'),
        type: 'text',
        values: ['NP', 'abroad'],
        alsoWritten: { overseas: 'abroad' },
        otherCountries: 'abroad',
      },
      sector: { label: text('sector'), type: 'text' },
      wage: { label: text('wage'), type: 'money' },
      hours: { label: text('hours'), type: 'integer' },
      staff: { label: text('staff'), type: 'integer' },
    },
  },
};

const outcomes = {
  certified: outcome('certification', { type: 'event', kind: 'certified' }),
  placed: outcome('placed', { type: 'event', kind: 'job', ...evidence }),
  kept: outcome('kept', {
    type: 'duration',
    kind: 'job',
    ...evidence,
    ...months,
    allowedGapDays: 'gap',
    excluding: ['school', 'strike'],
    within: { after: { outcome: 'placed' }, weeks: 'weeks' },
  }),
  worked: outcome('worked', {
    type: 'duration',
    kind: 'attended',
    weeks: 'later',
    continuous: false,
    within: { after: { attribute: 'registered' }, days: 'inDays' },
  }),
  earned: outcome('earned', {
    type: 'income',
    kind: 'job',
    ...evidence,
    field: 'wage',
    by: 'country',
    months: 'income',
    consecutive: true,
    atLeast: 'leastIncome',
    within: { after: { contract: 'from' }, months: 'window' },
  }),
  mostMonths: outcome('months', { type: 'months_of', kind: 'job', ...evidence, atLeast: 'some', of: 'of' }),
  hours: outcome('hours', {
    type: 'ratio',
    kind: 'job',
    ...evidence,
    numerator: 'hours',
    denominator: 'staff',
    atLeast: 'attend',
  }),
  often: outcome('often', { type: 'count', kind: 'job', ...evidence, atLeast: 'days' }),
  both: outcome('both', {
    type: 'any',
    of: [
      { type: 'outcome', outcome: 'kept' },
      {
        type: 'all',
        of: [
          { type: 'outcome', outcome: 'often' },
          { type: 'not', of: { type: 'outcome', outcome: 'hours' } },
        ],
      },
    ],
  }),
};

const milestone = (id: string, price: object, more: object) => ({
  id,
  label: text(id),
  price,
  cite: 's',
  ...more,
});
const milestones = [
  milestone('begin', { type: 'instalment', schedule: 'course' }, { outcome: 'certified', afterEnd: 'allow' }),
  milestone(
    'placement',
    { type: 'instalment', schedule: 'course' },
    { outcome: 'placed', requires: ['begin'], pricedOn: { attribute: 'registered' } },
  ),
  milestone(
    'kept',
    { type: 'unit', parameter: 'table' },
    { outcome: 'kept', requires: ['begin', 'placement'] },
  ),
  milestone('extra', { type: 'share', of: 'unit', share: 'bonus' }, { outcome: 'both' }),
  milestone(
    'again',
    { type: 'unit', parameter: 'unit' },
    { outcome: 'worked', repeat: { everyWeeks: 'every', atMost: 'repeats' } },
  ),
  milestone(
    'learning',
    {
      type: 'performance',
      base: 'base',
      share: 'half',
      indicator: 'measured',
      bands: [
        { from: 'floor', pays: 'nothing' },
        { from: 'band', pays: { share: 'pays' } },
        { from: 'goal', pays: 'pro_rata' },
        { from: 'reach', pays: 'full' },
      ],
    },
    { level: 'contract', afterEnd: 'allow' },
  ),
];

const group = { type: 'attribute', test: { field: 'rural', is: true } };
const floor = { label: text('floor'), milestone: 'placement', group, atLeast: 'atLeast', cite: 's' };

/** A contract with every kind of rule, and with every option that a contract may give given away from its default. */
export const everyRule = (): object => ({
  ...BASE,
  providers: ['institute', 'school'],
  rounding: 'down',
  sources: {
    s: { title: 'A test source', url: 'source.test', year: '2020', confidence: 'high' },
    decree: { title: 'A decree', confidence: 'low' },
  },
  parameters,
  calendars: {
    school: [{ from: '2020-04-06', until: '2020-04-19' }],
    strike: [{ from: '2020-05-04', until: '2020-05-10' }],
  },
  attributes: {
    sex: { label: text('sex'), type: 'text', values: ['female', 'male'], required: true },
    rural: { label: text('rural'), type: 'boolean' },
    birth: { label: text('birth'), type: 'date' },
    registered: { label: text('registered'), type: 'date' },
    score: { label: text('score'), type: 'points' },
  },
  events,
  eligibility: {
    predicate: {
      type: 'all',
      of: [
        {
          type: 'age',
          attribute: 'birth',
          at: { contract: 'until' },
          atLeast: 'leastAge',
          atMost: 'mostAge',
        },
        { type: 'attribute', test: { field: 'score', below: 'points' } },
      ],
    },
    cite: 's',
  },
  outcomes,
  schedules: {
    course: {
      unitPrice: 'course',
      shares: [
        { milestone: 'begin', share: 'start' },
        { milestone: 'placement', share: 'end' },
      ],
    },
  },
  indicators: {
    measured: { label: text('measured'), event: 'report', field: 'share', target: 'goal', cite: 's' },
    placedOf: { label: text('placedOf'), milestone: 'placement', over: 'begin', cite: 's' },
    ofTarget: { label: text('ofTarget'), milestone: 'kept', target: 'goalCount', cite: 's' },
  },
  milestones,
  caps: [
    { id: 'places', label: text('places'), scope: 'contract', milestones: ['begin'], limit: 'places' },
    { id: 'each', label: text('each'), scope: 'participant', milestones: ['kept', 'extra'], limit: 'topCap' },
    { id: 'of', label: text('of'), scope: 'milestone', limit: 'topCap' },
  ],
  holdbacks: [{ milestones: ['begin', 'placement'], share: 'heldBack', until: 'kept', cite: 's' }],
  advance: { amount: 'advance', recoverShare: 'recover', cite: 's' },
  guarantee: { covers: ['begin', 'placement'], effect: 'withhold', whenUnstated: 'warn', cite: 's' },
  clawback: {
    maxShare: 'netted',
    unless: [{ milestone: 'begin', follows: 'placement', months: 'follow', share: 'back' }],
    cite: 's',
  },
  equityFloors: [
    { ...floor, id: 'told', effect: 'report' },
    { ...floor, id: 'held', effect: { withhold: 'wait' } },
  ],
  targets: [{ indicator: 'placedOf', atLeast: 'goal', cite: 's' }],
  verification: {
    confidence: 'confidence',
    margin: 'margin',
    expectedError: 'expected',
    buffer: 'buffer',
    judgedOn: 'upper',
    tolerance: 'tolerance',
    extendAbove: 'extend',
    cite: 's',
  },
  notes: [text('reading')],
});
