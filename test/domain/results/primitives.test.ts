import { describe, expect, it } from 'vitest';
import type { CaseEvent } from '../../../domain/records/claim-case.ts';
import { explainLine } from '../../../domain/results/explain.ts';
import { reasonText } from '../../../domain/results/reason-texts.ts';
import {
  contractWith,
  event,
  next,
  parameter,
  person,
  reasons,
  refusedAs,
  settled,
  worker,
} from './fixture.ts';

const dollars = (amount: number): number => amount * 100;
const attendance = (weeks: readonly string[]): CaseEvent[] => weeks.map((date) => event('attended', date));
/** Mondays from 6 January 2020; the school calendar is closed from 6 to 19 April (weeks 13 and 14). */
const mondays = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) =>
    new Date(Date.UTC(2020, 0, 6 + 7 * (from + i))).toISOString().slice(0, 10),
  );

describe('outcome predicates', () => {
  const base = contractWith();
  const rows: [string, CaseEvent[], string[]][] = [
    ['13 weeks in a row', attendance(mondays(0, 13)), ['sustained']],
    ['12 weeks', attendance(mondays(0, 12)), []],
    ['12 weeks, the holidays, one more week', attendance([...mondays(0, 12), ...mondays(15, 1)]), []],
    ['13 school weeks around the holidays', attendance([...mondays(8, 5), ...mondays(15, 8)]), ['sustained']],
    ['a gap of one week among 13', attendance([...mondays(0, 6), ...mondays(7, 7)]), []],
    [
      '5 of 6 months, one off',
      [
        event('certified', '2020-01-31'),
        event('job', '2020-02-03', { end: '2020-03-31' }),
        event('job', '2020-05-04', { end: '2020-07-03' }),
      ],
      ['placement', 'retention'],
    ],
    [
      '4 of 6 months',
      [
        event('certified', '2020-01-31'),
        event('job', '2020-02-03', { end: '2020-03-31' }),
        event('job', '2020-06-01', { end: '2020-07-03' }),
      ],
      ['placement'],
    ],
    [
      'placed on the last day of the window',
      [event('certified', '2020-01-15'), event('job', '2020-04-15')],
      ['placement'],
    ],
    ['placed a day after it', [event('certified', '2020-01-15'), event('job', '2020-04-16')], []],
    [
      'end of month leads to end of month',
      [event('certified', '2020-02-29'), event('job', '2020-05-31')],
      ['placement'],
    ],
    ['placed before the certificate', [event('certified', '2020-03-15'), event('job', '2020-03-14')], []],
  ];
  it.each(rows)('%s', (_, events, milestones) => {
    const settlement = settled(base, { participants: [person('p', events)] });
    expect(settlement.lines.map((line) => line.milestone)).toEqual(milestones);
  });

  it('gap in continuous weeks is named as a gap', () => {
    const events = attendance([...mondays(0, 6), ...mondays(7, 6), ...mondays(15, 2)]);
    expect(reasons(settled(base, { participants: [person('p', events)] }))).toContain('p sustained GAP');
  });

  it('attendance is compared as a fraction: 84.999 % is not 85 %', () => {
    const ratio = contractWith(
      {
        events: {
          log: {
            label: { es: 'l', en: 'l' },
            fields: {
              hours: { label: { es: 'h', en: 'h' }, type: 'integer' },
              of: { label: { es: 'o', en: 'o' }, type: 'integer' },
            },
          },
        },
        outcomes: {
          a: {
            label: { es: 'a', en: 'a' },
            predicate: {
              type: 'ratio',
              kind: 'log',
              numerator: 'hours',
              denominator: 'of',
              atLeast: 'least',
            },
            cite: 's',
          },
        },
        milestones: [
          {
            id: 'a',
            label: { es: 'a', en: 'a' },
            outcome: 'a',
            price: { type: 'unit', parameter: 'enrolmentPrice' },
            cite: 's',
          },
        ],
      },
      { least: parameter('percent', '85') },
    );
    const attended = (hours: number) =>
      person(`h${hours}`, [event('log', '2020-03-01', { hours, of: 100_000 })]);
    const settlement = settled(ratio, { participants: [attended(85_000), attended(84_999)] });
    expect(settlement.lines.map((line) => line.participant)).toEqual(['h85000']);
  });
});

describe('prices', () => {
  it('by sex and by the date of the outcome', () => {
    const placed = (id: string, sex: string, date: string) =>
      person(id, [event('certified', date), event('job', date)], { attributes: { sex } });
    const settlement = settled(contractWith(), {
      participants: [
        placed('a', 'female', '2020-06-30'),
        placed('b', 'male', '2020-06-30'),
        placed('c', 'female', '2020-07-01'),
      ],
    });
    expect(settlement.lines.map((line) => [line.participant, line.earnedMinor])).toEqual([
      ['a', dollars(300)],
      ['b', dollars(200)],
      ['c', dollars(330)],
    ]);
  });
  it('a missing key refuses the line and names the attribute', () => {
    const settlement = settled(contractWith(), {
      participants: [worker('p', '2020-03-31', { attributes: {} })],
    });
    expect(settlement.refused).toContainEqual(
      expect.objectContaining({ milestone: 'placement', reason: 'MISSING_ATTRIBUTE', about: 'sex' }),
    );
  });
});

describe('caps', () => {
  const cap = (scope: string, limit: string, milestones?: string[]) => ({
    id: limit,
    label: { es: 'tope', en: 'cap' },
    scope,
    limit,
    ...(milestones ? { milestones } : {}),
  });
  it('per participant, per milestone and per contract, the narrowest first', () => {
    const contract = contractWith(
      {
        caps: [
          cap('contract', 'envelope'),
          cap('participant', 'perPerson'),
          cap('milestone', 'perMilestone', ['enrolment']),
        ],
      },
      {
        envelope: parameter('money', '700.00'),
        perPerson: parameter('money', '350.00'),
        perMilestone: parameter('money', '150.00'),
      },
    );
    const settlement = settled(contract, {
      participants: ['a', 'b', 'c'].map((id) => worker(id, '2020-03-31')),
    });
    expect(settlement.lines.map((line) => [line.participant, line.milestone, line.amountMinor])).toEqual([
      ['a', 'enrolment', dollars(100)],
      ['b', 'enrolment', dollars(50)],
      ['c', 'enrolment', 0],
      ['a', 'placement', dollars(250)],
      ['b', 'placement', dollars(300)],
      ['c', 'placement', 0],
    ]);
    expect(settlement.totals.payable).toBe(dollars(700));
    expect(settlement.totals.earned).toBe(settlement.totals.payable + settlement.totals.capped);
  });
  it('a cap remembers what earlier settlements used', () => {
    const contract = contractWith(
      { caps: [cap('contract', 'envelope')] },
      { envelope: parameter('money', '150.00') },
    );
    const one = settled(contract, { date: '2020-02-01', participants: [worker('a')] });
    const two = settled(contract, {
      participants: [person('b', [event('enrolled', '2020-04-01')])],
      ...next(one),
    });
    expect([one.totals.payable, two.totals.payable, two.totals.capped]).toEqual([
      dollars(100),
      dollars(50),
      dollars(50),
    ]);
  });
  it('a number of people is a cap, too', () => {
    const contract = contractWith(
      { caps: [cap('contract', 'places', ['enrolment'])] },
      { places: parameter('count', 1) },
    );
    const settlement = settled(contract, {
      participants: ['b', 'a'].map((id) => person(id, [event('enrolled', '2020-02-01')])),
    });
    expect(reasons(settlement)).toEqual(['b enrolment CAP_REACHED']);
  });
  it('an indexed cap grows with its index on the day of the settlement', () => {
    const indexed = parameter('money', '100.00', { indexedBy: { index: 'cpi', base: '2020-01-01' } });
    const cpi = {
      label: { es: 'ipc', en: 'cpi' },
      unit: 'index',
      values: [
        { until: '2020-05-31', value: '100', cite: 's' },
        { from: '2020-06-01', value: '112.5', cite: 's' },
      ],
    };
    const contract = contractWith({ caps: [cap('contract', 'limit')] }, { limit: indexed, cpi });
    const both = ['a', 'b'].map((id) => person(id, [event('enrolled', '2020-02-01')]));
    expect(settled(contract, { date: '2020-05-31', participants: both }).totals.payable).toBe(dollars(100));
    expect(settled(contract, { date: '2020-06-01', participants: both }).totals.payable).toBe(11_250);
  });
});

describe('money that waits or comes back', () => {
  it('a holdback is released by the later milestone', () => {
    const contract = contractWith(
      { holdbacks: [{ milestones: ['placement'], share: 'share', until: 'retention', cite: 's' }] },
      { share: parameter('percent', '20') },
    );
    const one = settled(contract, { date: '2020-03-31', participants: [worker('a')] });
    expect([one.totals.payable, one.totals.withheld]).toEqual([dollars(340), dollars(60)]);
    const two = settled(contract, { participants: [worker('a')], ...next(one) });
    expect([two.totals.released, two.totals.payable]).toEqual([dollars(60), dollars(210)]);
    expect(settled(contract, { participants: [worker('a')], ...next(two) }).totals.payable).toBe(0);
  });
  it('an advance is limited by its guarantee and recovered from later payments', () => {
    const contract = contractWith(
      {
        advance: { amount: 'advance', recoverShare: 'half', cite: 's' },
        guarantee: { covers: 'advance', effect: 'withhold', cite: 's' },
      },
      { advance: parameter('money', '1000.00'), half: parameter('percent', '50') },
    );
    const guarantees = [{ id: 'g', amount: '120.00', until: '2020-12-31' }];
    const one = settled(contract, { date: '2020-01-05', guarantees });
    expect([one.totals.advance, one.warnings]).toEqual([dollars(120), ['ADVANCE_LIMITED_BY_GUARANTEE']]);
    const two = settled(contract, { date: '2020-02-01', participants: [worker('a')], ...next(one) });
    expect([two.totals.advanceRecovered, two.totals.payable]).toEqual([dollars(50), dollars(50)]);
    const three = settled(contract, { participants: [worker('a')], ...next(two) });
    expect([three.totals.advanceRecovered, three.totals.payable]).toEqual([dollars(70), dollars(380)]);
    expect(refusedAs(contract, { date: '2020-01-01', ...next(three) }).code).toBe('PERIOD_OUT_OF_ORDER');
  });
  it('a reversal is netted from later payments, down to the floor, and is never paid again', () => {
    const contract = contractWith(
      { clawback: { maxShare: 'half', cite: 's' } },
      { half: parameter('percent', '50') },
    );
    const one = settled(contract, { date: '2020-03-31', participants: [worker('a')] });
    expect(one.totals.payable).toBe(dollars(400));
    const reversals = [
      { participant: 'a', milestone: 'placement', date: '2020-04-10', reason: 'never worked there' },
    ];
    const two = settled(contract, {
      date: '2020-04-30',
      participants: [worker('a'), person('b', [event('enrolled', '2020-04-01')])],
      reversals,
      ...next(one),
    });
    expect([two.totals.clawedBack, two.totals.payable, two.owed]).toEqual([
      dollars(50),
      dollars(50),
      dollars(250),
    ]);
    expect(reasons(two)).toContain('a placement REVERSED');
    const again = settled(contract, {
      participants: [worker('a'), worker('c', '2020-03-31')],
      reversals,
      ...next(two),
    });
    expect([again.totals.clawedBack, again.totals.payable, again.owed]).toEqual([
      dollars(200),
      dollars(200),
      dollars(50),
    ]);
  });
  it('a placement that never was takes the months kept in it along, each netted down to the floor', () => {
    const contract = contractWith(
      { clawback: { maxShare: 'half', cite: 's' } },
      { half: parameter('percent', '50') },
    );
    const one = settled(contract, { date: '2020-08-31', participants: [worker('a')] });
    expect(one.totals.payable).toBe(dollars(550));
    const gone = (milestone: string) => ({
      participant: 'a',
      milestone,
      date: '2020-09-10',
      reason: 'never worked there',
    });
    const placement = [gone('placement')];
    const again = { participants: [worker('a'), worker('b', '2020-03-31')], reversals: placement };
    const two = settled(contract, { date: '2020-09-30', ...again, ...next(one) });
    expect(
      two.recoveries.map(({ milestone, reason, amountMinor }) => [milestone, reason, amountMinor]),
    ).toEqual([
      ['placement', 'never worked there', dollars(300)],
      ['retention', 'RESTED_ON placement', dollars(150)],
    ]);
    expect([two.totals.clawedBack, two.totals.payable, two.owed]).toEqual([
      dollars(200),
      dollars(200),
      dollars(250),
    ]);
    expect(two.state.paid.a && Object.keys(two.state.paid.a)).toEqual(['enrolment']);
    expect(reasons(two)).toEqual(expect.arrayContaining(['a placement REVERSED', 'a retention REVERSED']));
    const three = settled(contract, { ...again, ...next(two) });
    expect([three.recoveries, three.owed]).toEqual([[], dollars(250)]);
    // Found false by name as well: told once, with the verifier's own reason. What rests on nothing stays paid.
    const both = settled(contract, { reversals: [gone('retention'), ...placement], ...next(one) });
    expect(both.recoveries.map(({ reason }) => reason)).toEqual(['never worked there', 'never worked there']);
    const last = settled(contract, { reversals: [gone('retention')], ...next(one) });
    expect([last.owed, Object.keys(last.state.paid.a!)]).toEqual([dollars(150), ['enrolment', 'placement']]);
  });
  it('an instalment is returned when the next milestone does not follow in time', () => {
    const contract = contractWith(
      {
        clawback: {
          maxShare: 'all',
          unless: [{ milestone: 'enrolment', follows: 'placement', months: 'six', share: 'half' }],
          cite: 's',
        },
      },
      { all: parameter('percent', '100'), half: parameter('percent', '50') },
    );
    const left = person('a', [event('enrolled', '2020-01-10')]);
    const one = settled(contract, { date: '2020-01-31', participants: [left] });
    const inTime = settled(contract, { date: '2020-07-10', participants: [left], ...next(one) });
    expect(inTime.owed).toBe(0);
    const late = settled(contract, { date: '2020-07-11', participants: [left], ...next(inTime) });
    expect([late.owed, late.recoveries[0]?.reason]).toEqual([dollars(50), 'NOT_FOLLOWED_BY placement']);
  });
  it('an equity floor that is not met withholds its share and releases it once met', () => {
    const group = { type: 'attribute', test: { field: 'rural', is: true } };
    const contract = contractWith(
      {
        equityFloors: [
          {
            id: 'rural',
            label: { es: 'r', en: 'r' },
            milestone: 'enrolment',
            group,
            atLeast: 'half',
            effect: { withhold: 'tenth' },
            cite: 's',
          },
        ],
      },
      { half: parameter('percent', '50'), tenth: parameter('percent', '10') },
    );
    const town = person('a', [event('enrolled', '2020-02-01')]);
    const country = person('b', [event('enrolled', '2020-03-01')], {
      attributes: { sex: 'male', rural: true },
    });
    const one = settled(contract, { date: '2020-02-28', participants: [town] });
    expect([one.totals.withheld, one.checks[0]?.status]).toEqual([dollars(10), 'not_met']);
    const two = settled(contract, { date: '2020-03-31', participants: [town, country], ...next(one) });
    expect([two.totals.released, two.totals.payable, two.checks[0]?.status]).toEqual([
      dollars(10),
      dollars(110),
      'met',
    ]);
  });
  it('performance bands: nothing, pro rata, full, on both sides of each edge', () => {
    const contract = contractWith(
      {
        events: {
          report: {
            label: { es: 'i', en: 'r' },
            level: 'contract',
            fields: { rate: { label: { es: 't', en: 'r' }, type: 'percent', required: true } },
          },
        },
        outcomes: {},
        indicators: { rate: { label: { es: 't', en: 'r' }, event: 'report', field: 'rate', cite: 's' } },
        milestones: [
          {
            id: 'bonus',
            label: { es: 'b', en: 'b' },
            level: 'contract',
            price: {
              type: 'performance',
              base: 'pool',
              share: 'tenth',
              indicator: 'rate',
              bands: [
                { from: 'zero', pays: 'nothing' },
                { from: 'fifty', pays: 'pro_rata' },
                { from: 'seventy', pays: 'full' },
              ],
            },
            cite: 's',
          },
        ],
      },
      {
        pool: parameter('money', '10000.00'),
        tenth: parameter('percent', '10'),
        zero: parameter('percent', '0'),
        fifty: parameter('percent', '50'),
        seventy: parameter('percent', '70'),
      },
    );
    const at = (rate: string) =>
      settled(contract, { events: [event('report', '2020-06-30', { rate })] }).totals.payable;
    expect(['49.99', '50', '69.99', '70', '120'].map(at)).toEqual([
      0,
      dollars(500),
      69_990,
      dollars(1000),
      dollars(1000),
    ]);
  });
});

describe('edges that a change of one sign would move', () => {
  const enrolled = (id: string, date = '2020-02-01') => person(id, [event('enrolled', date)]);
  it('a fact of the settlement day itself counts', () => {
    expect(
      settled(contractWith(), { date: '2020-02-01', participants: [enrolled('a')] }).totals.payable,
    ).toBe(dollars(100));
  });
  it.each([
    ['2020-02-17', ['sustained']],
    ['2020-02-18', []],
  ])('a second spell from %s', (date, milestones) => {
    const events = [
      event('attended', '2020-01-06', { end: '2020-02-16' }),
      event('attended', date, { end: '2020-04-05' }),
    ];
    expect(
      settled(contractWith(), { participants: [person('p', events)] }).lines.map((line) => line.milestone),
    ).toEqual(milestones);
  });
  it("an outcome that a cap reduces to nothing takes nobody's place", () => {
    const caps = [
      { id: 'none', label: { es: 'n', en: 'n' }, scope: 'participant', limit: 'perPerson' },
      {
        id: 'places',
        label: { es: 'p', en: 'p' },
        scope: 'contract',
        milestones: ['placement'],
        limit: 'places',
      },
    ];
    const contract = contractWith(
      { caps },
      { perPerson: parameter('money', '100.00'), places: parameter('count', 1) },
    );
    const first = settled(contract, { participants: [worker('a', '2020-03-31')] });
    expect(reasons(first)).toContain('a placement CAP_REACHED');
    expect(first.caps.find((use) => use.cap === 'places')?.usedAfter).toBe(0);
  });
  it('a reversal gives its room under the cap back, once', () => {
    const caps = [{ id: 'envelope', label: { es: 'e', en: 'e' }, scope: 'contract', limit: 'envelope' }];
    const contract = contractWith({ caps }, { envelope: parameter('money', '100.00') });
    const one = settled(contract, { date: '2020-02-01', participants: [enrolled('a')] });
    const reversals = [
      { participant: 'a', milestone: 'enrolment', date: '2020-03-01', reason: 'no such person' },
    ];
    const two = settled(contract, { date: '2020-03-01', reversals, ...next(one) });
    expect([two.state.caps.envelope, two.owed, two.warnings]).toEqual([
      0,
      dollars(100),
      ['OWED_WITHOUT_CLAWBACK_CLAUSE'],
    ]);
    const three = settled(contract, { participants: [enrolled('b', '2020-04-01')], reversals, ...next(two) });
    expect([three.totals.payable, three.state.caps.envelope, three.owed]).toEqual([
      dollars(100),
      dollars(100),
      dollars(100),
    ]);
  });
  it('lengths of time are told in the language of the sentence, the words of others as they are', () => {
    const said = (
      reason: 'GAP' | 'TOO_FEW_MONTHS' | 'VERIFIER_REJECTED',
      observed: string,
      required: string,
    ) => reasonText({ reason, observed, required }).es;
    expect(said('GAP', '12 weeks 1 days', '13 weeks')).toBe(
      'Hay una interrupción: el tramo más largo es 12 semanas 1 día y se exige 13 semanas sin interrupción.',
    );
    expect(said('TOO_FEW_MONTHS', '4 of 6 months', '5 of 6 months')).toBe(
      'Hay 4 de 6 meses; se exigen 5 de 6 meses.',
    );
    expect(said('VERIFIER_REJECTED', '3 of 5 months on the payroll', '')).toContain('3 of 5 months');
    const held = contractWith(
      { holdbacks: [{ milestones: ['placement'], share: 'half', until: 'retention', cite: 's' }] },
      { half: parameter('percent', '50') },
    );
    const one = settled(held, { date: '2020-03-31', participants: [worker('a', '2020-03-31')] });
    const two = settled(held, { participants: [worker('a')], ...next(one) });
    const released = two.lines.find(({ kind }) => kind === 'release')!;
    expect(explainLine(held, released).es).toContain('(retenido desde 2020-03-31)');
  });
  it('what a cap cut to nothing is told as cut in the settlements after it, not as paid', () => {
    const caps = [{ id: 'envelope', label: { es: 'e', en: 'e' }, scope: 'contract', limit: 'envelope' }];
    const contract = contractWith({ caps }, { envelope: parameter('money', '150.00') });
    const participants = ['a', 'b', 'c'].map((id) => enrolled(id));
    const one = settled(contract, { date: '2020-03-01', participants });
    expect(one.lines.map(({ amountMinor }) => amountMinor)).toEqual([dollars(100), dollars(50), 0]);
    const two = settled(contract, { participants, ...next(one) });
    expect(two.refused.map(({ participant, reason, about }) => [participant, reason, about])).toEqual([
      ['a', 'ALREADY_PAID', '2020-03-01'],
      ['b', 'ALREADY_PAID', '2020-03-01'],
      ['c', 'CAP_REACHED', 'envelope'],
    ]);
    expect(reasonText(two.refused[2]!).en).toBe('The cap "envelope" was reached on 2020-03-01.');
  });
  it('a reversal of what a cap in people had cut to nothing frees no place', () => {
    const caps = [
      {
        id: 'places',
        label: { es: 'p', en: 'p' },
        scope: 'contract',
        milestones: ['enrolment'],
        limit: 'one',
      },
    ];
    const contract = contractWith({ caps }, { one: parameter('count', 1) });
    const one = settled(contract, { date: '2020-02-01', participants: [enrolled('a'), enrolled('b')] });
    const reversals = [
      { participant: 'b', milestone: 'enrolment', date: '2020-03-01', reason: 'no such person' },
    ];
    const two = settled(contract, { participants: [enrolled('c', '2020-04-01')], reversals, ...next(one) });
    expect([two.totals.payable, two.owed, two.state.caps.places]).toEqual([0, 0, 1]);
  });
  it('an advance that its guarantee covers to the cent is paid whole, without a warning', () => {
    const contract = contractWith(
      {
        advance: { amount: 'advance', recoverShare: 'half', cite: 's' },
        guarantee: { covers: 'advance', effect: 'withhold', cite: 's' },
      },
      { advance: parameter('money', '1000.00'), half: parameter('percent', '50') },
    );
    const guarantees = [{ id: 'g', amount: '1000.00', from: '2020-01-05', until: '2020-01-05' }];
    const on = (date: string) => settled(contract, { date, guarantees });
    expect([on('2020-01-05').totals.advance, on('2020-01-05').warnings]).toEqual([dollars(1000), []]);
    expect([on('2020-01-04').totals.advance, on('2020-01-06').totals.advance]).toEqual([0, 0]);
  });
});
