import { describe, expect, it } from 'vitest';
import { loadContract } from '../../../cli/commands/contract-files.ts';
import type { ContractDefinition } from '../../../domain/records/contract.ts';
import { contractWith, event, next, parameter, person, reasons, settled, trySettle } from './fixture.ts';

/** What an outside calculator of the published texts found to be paid otherwise, one by one. */
function shipped(id: string): ContractDefinition {
  const found = loadContract(id, '.');
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}
const cap = (id: string, scope: string, milestones?: string[]) => ({
  id,
  label: { es: id, en: id },
  scope,
  limit: id,
  ...(milestones && { milestones }),
});
const paidFor = ({ lines }: ReturnType<typeof settled>): string[] =>
  lines.map(({ participant, milestone, amountMinor }) => `${participant} ${milestone} ${amountMinor}`);

describe('an earlier course or attachment of the same person starts no window', () => {
  const nepal = shipped('nepal-employment-fund-2012');
  const parameters = { unitPrice: '30000.00', trainingShare: '40', outcomeShare: '60' };
  const earlier = [event('training_start', '2012-02-01'), event('training_end', '2012-04-30')];
  const income = [5, 6, 7, 8, 9, 10].map((month) =>
    event('income', `2013-${String(month).padStart(2, '0')}-10`, { amount: '4600.00', country: 'NP' }),
  );
  it('a course that ended before the contract does not make one just begun a completed one', () => {
    const participants = [person('y', [...earlier, event('training_start', '2013-03-31')])];
    expect(settled(nepal, { date: '2013-04-30', parameters, participants }).totals.payable).toBe(0);
  });
  it('nor does its start make up for one under the contract that came too late', () => {
    const course = [event('training_start', '2013-05-02'), event('training_end', '2013-06-15')];
    const participants = [person('y', [...earlier, ...course])];
    const settlement = settled(nepal, { date: '2013-07-31', parameters, participants });
    expect(reasons(settlement)).toEqual(['y training_completed TOO_LATE']);
  });
  it('nor does it end the eight months of the course under the contract', () => {
    const course = [event('training_start', '2013-01-10'), event('training_end', '2013-04-30')];
    const participants = [person('y', [...earlier, ...course, ...income])];
    expect(settled(nepal, { date: '2013-12-31', parameters, participants }).totals.payable).toBe(3_000_000);
  });
  it('weeks worked before the attachment under the contract do not count, whatever came before', () => {
    const work = (since: string[]) =>
      settled(shipped('work-programme-2011'), {
        date: '2011-12-31',
        participants: [
          person(
            'w',
            [
              ...since.map((date) => event('attachment', date)),
              event('employment', '2011-05-01', { end: '2011-08-27' }),
            ],
            { attributes: { group: '5' } },
          ),
        ],
      });
    expect(work(['2011-03-01', '2011-06-05']).totals.payable).toBe(40_000);
    expect(work(['2011-06-05']).totals.payable).toBe(40_000);
  });
  it('an event of another institute starts no window either', () => {
    const participants = [
      person('p', [
        event('certified', '2020-01-10', { provider: 'other' }),
        event('certified', '2020-06-30', { provider: 'institute' }),
        event('job', '2020-08-03', { end: '2020-08-31', employer: 'mill' }),
      ]),
    ];
    expect(paidFor(settled(contractWith(), { participants }))).toEqual(['p placement 33000']);
  });
});

it('given shares that change may not pay somebody more than the price, on whichever days they reach it', () => {
  const dated = (before: string, after: string) => [
    { when: {}, until: '2013-04-30', value: before },
    { when: {}, from: '2013-05-01', value: after },
  ];
  const given = (trainingShare: unknown, outcomeShare: unknown) =>
    trySettle(shipped('nepal-employment-fund-2012'), {
      date: '2013-12-31',
      parameters: { unitPrice: '100.00', trainingShare, outcomeShare } as Record<string, string>,
    });
  expect(given(dated('60', '40'), dated('40', '60'))).toMatchObject({
    ok: false,
    error: { code: 'BAD_INPUT' },
  });
  expect(given(dated('40', '40'), dated('40', '60')).ok).toBe(true);
});

it('what repeats and is paid up to now is told as paid, not passed over', () => {
  const participants = [
    person(
      'w',
      [event('attachment', '2011-06-01'), event('employment', '2011-06-06', { end: '2012-02-12' })],
      { attributes: { group: '1' } },
    ),
  ];
  const input = { date: '2012-02-29', parameters: { sustainmentFee: '100.00' }, participants };
  const one = settled(shipped('work-programme-2011'), input);
  expect(one.lines.map(({ key }) => key)).toEqual([
    'attachment',
    'job_outcome',
    'sustainment#1',
    'sustainment#2',
  ]);
  const two = settled(shipped('work-programme-2011'), { ...input, ...next(one) });
  expect(reasons(two)).toEqual(
    ['attachment', 'job_outcome', 'sustainment'].map((id) => `w ${id} ALREADY_PAID`),
  );
});

describe('caps in people', () => {
  const nepal = shipped('nepal-employment-fund-2012');
  it('500 youths are 500, also where training itself is paid nothing', () => {
    const parameters = { unitPrice: '10000.00', trainingShare: '0', outcomeShare: '100' };
    const participants = Array.from({ length: 502 }, (_, i) =>
      person(`y${String(i).padStart(3, '0')}`, [
        event('training_start', '2013-01-10'),
        event('training_end', i === 0 ? '2013-05-01' : '2013-04-30'),
        ...[5, 6, 7, 8, 9, 10].map((month) =>
          event('income', `2013-${String(month).padStart(2, '0')}-10`, { amount: '4600.00', country: 'NP' }),
        ),
      ]),
    );
    const all = settled(nepal, { date: '2013-12-31', parameters, participants });
    expect(all.totals.payable).toBe(500 * 1_000_000);
    expect(reasons(all)).toEqual([
      'y501 training_completed CAP_REACHED',
      'y000 training_completed CAP_REACHED',
      'y000 gainful_employment CAP_REACHED',
      'y501 gainful_employment CAP_REACHED',
    ]);
    const training = { date: '2013-04-30', parameters, participants: participants.slice(1) };
    const one = settled(nepal, training);
    expect(one.totals.payable).toBe(0);
    // The place of one whose training was false goes to the next; two settlements pay no more than one.
    const reversals = [
      { participant: 'y001', milestone: 'training_completed', date: '2013-05-02', reason: 'never came' },
    ];
    const two = settled(nepal, { date: '2013-12-31', parameters, participants, reversals, ...next(one) });
    expect(two.state.caps.places).toBe(500);
    expect(two.totals.payable).toBe(500 * 1_000_000);
  });
  it('a person takes one place, whatever they reach', () => {
    const contract = contractWith({ caps: [cap('people', 'contract')] }, { people: parameter('count', 2) });
    const participants = ['a', 'b', 'c'].map((id) =>
      person(id, [
        event('enrolled', '2020-01-10'),
        event('certified', '2020-02-28'),
        event('job', '2020-03-02', { end: '2020-08-31', employer: 'mill' }),
      ]),
    );
    const one = settled(contract, { date: '2020-03-31', participants });
    const two = settled(contract, { participants, ...next(one) });
    expect([one.totals.payable, two.totals.payable]).toEqual([2 * 40_000, 2 * 15_000]);
    expect(reasons(one).filter((each) => each.includes('CAP'))).toEqual([
      'c enrolment CAP_REACHED',
      'c placement CAP_REACHED',
    ]);
    const reverse = (milestone: string) => ({
      reversals: [{ participant: 'a', milestone, date: '2020-12-31', reason: 'false' }],
    });
    const stays = settled(contract, { participants, ...reverse('placement'), ...next(two) });
    expect(stays.state.caps.people).toBe(2);
    const goes = settled(contract, { participants, ...reverse('enrolment'), ...next(stays) });
    expect(goes.state.caps.people).toBe(1);
  });
  it('money that is used up takes nobody their place for what follows', () => {
    const contract = contractWith(
      {
        caps: [cap('perPlacement', 'milestone', ['placement']), cap('people', 'contract', ['placement'])],
        milestones: [
          ...contractWith().milestones.filter(({ id }) => id === 'placement' || id === 'retention'),
        ],
      },
      { perPlacement: parameter('money', '300.00'), people: parameter('count', 9) },
    );
    const worker = (id: string) =>
      person(id, [
        event('certified', '2020-02-28'),
        event('job', '2020-03-02', { end: '2020-08-31', employer: 'mill' }),
      ]);
    const both = settled(contract, { participants: [worker('a'), worker('b')] });
    expect(paidFor(both)).toEqual([
      'a placement 30000',
      'b placement 0',
      'a retention 15000',
      'b retention 15000',
    ]);
    expect(reasons(both)).toEqual(['b placement CAP_REACHED']);
  });
});

describe('a cap or a holdback that says nothing of a person', () => {
  const bySex = {
    label: { es: 'v', en: 'v' },
    unit: 'money',
    keys: ['sex'],
    values: [{ rows: [{ when: { sex: 'female' }, value: '60.00' }], cite: 's' }],
  };
  const people = [
    person('a', [event('enrolled', '2020-01-10')]),
    person('b', [event('enrolled', '2020-01-10')], { attributes: {} }),
    person('c', [event('enrolled', '2020-01-10')], { attributes: { sex: 'male' } }),
  ];
  it('does not let them be paid without it', () => {
    const most = contractWith({ caps: [cap('most', 'participant')] }, { most: bySex });
    const settlement = settled(most, { participants: people });
    expect(paidFor(settlement)).toEqual(['a enrolment 6000']);
    expect(reasons(settlement)).toEqual(['b enrolment MISSING_ATTRIBUTE', 'c enrolment NO_PRICE']);
    const holdbacks = [{ milestones: ['enrolment'], share: 'share', until: 'retention', cite: 's' }];
    const values = [{ rows: [{ when: { sex: 'female' }, value: '25' }], cite: 's' }];
    const held = contractWith({ holdbacks }, { share: { ...bySex, unit: 'percent', values } });
    const waiting = settled(held, { participants: people });
    expect(paidFor(waiting)).toEqual(['a enrolment 7500']);
    expect(reasons(waiting)).toEqual(['b enrolment MISSING_ATTRIBUTE', 'c enrolment NO_PRICE']);
  });
});

describe('what waits for a guarantee', () => {
  const contract = contractWith({ guarantee: { covers: ['enrolment'], effect: 'withhold', cite: 's' } });
  const participants = ['a', 'b'].map((id) => person(id, [event('enrolled', '2020-01-10')]));
  const cover = (amount: string) => [{ id: `g${amount}`, amount, until: '2020-12-31' }];
  it('is released as far as a guarantee covers it, and none of the cover is lost', () => {
    const one = settled(contract, { date: '2020-02-01', participants, guarantees: [] });
    const two = settled(contract, {
      date: '2020-03-01',
      participants,
      guarantees: cover('60.00'),
      ...next(one),
    });
    const three = settled(contract, {
      date: '2020-04-01',
      participants,
      guarantees: cover('150.00'),
      ...next(two),
    });
    const four = settled(contract, {
      date: '2020-05-01',
      participants,
      guarantees: cover('500.00'),
      ...next(three),
    });
    expect([one, two, three, four].map(({ totals }) => totals.payable)).toEqual([0, 6000, 9000, 5000]);
    expect(two.warnings).toEqual(['GUARANTEE_DOES_NOT_COVER']);
    expect(four.warnings).toEqual([]);
    const five = settled(contract, {
      date: '2020-06-01',
      participants,
      guarantees: cover('500.00'),
      ...next(four),
    });
    expect([five.totals.payable, five.state.payable]).toEqual([0, 20_000]);
  });
});

describe('an income with an end of a month or less (nepal-employment-fund-2012)', () => {
  const nepal = shipped('nepal-employment-fund-2012');
  const parameters = { unitPrice: '10000.00', trainingShare: '0', outcomeShare: '100' };
  it.each([
    ['2013-06-01', '2013-06-30', 1_000_000, 'within the eight months'],
    ['2013-04-20', '2013-05-19', 0, 'begun before the course ended'],
    ['2013-12-20', '2014-01-19', 0, 'ends after the eight months and the settlement'],
  ])('%s to %s pays %s: %s', (date, end, cents) => {
    const incomes = [7, 8, 9, 10, 11].map((month) =>
      event('income', `2013-${String(month).padStart(2, '0')}-05`, { amount: '4600.00', country: 'NP' }),
    );
    const participants = [
      person('y', [
        event('training_start', '2013-01-10'),
        event('training_end', '2013-04-30'),
        event('income', date, { end, amount: '4600.00', country: 'NP' }),
        ...incomes,
      ]),
    ];
    expect(settled(nepal, { date: '2013-12-31', parameters, participants }).totals.payable).toBe(cents);
  });
  it('months that overlap are not counted twice', () => {
    const pay = (date: string, more = {}) =>
      event('income', date, { amount: '9200.00', country: 'NP', ...more });
    const participants = [
      person('y', [
        event('training_start', '2013-01-10'),
        event('training_end', '2013-04-30'),
        pay('2013-05-20', { end: '2013-06-19' }),
        ...['2013-06-01', '2013-06-25', '2013-07-05', '2013-08-05', '2013-09-05'].map((date) => pay(date)),
      ]),
    ];
    const settlement = settled(nepal, { date: '2013-12-31', parameters, participants });
    expect(reasons(settlement)).toEqual(['y gainful_employment TOO_FEW_MONTHS']);
  });
});
