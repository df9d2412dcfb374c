import { describe, expect, it } from 'vitest';
import { contractWith, event, parameter, person, reasons, refusedAs, settled, worker } from './fixture.ts';

const contract = contractWith();

describe('fraud and error in claims', () => {
  it('a person claimed before by another institute: refused with the date, not the name', () => {
    const settlement = settled(contract, {
      participants: [worker('p', '2020-03-31')],
      claimedBefore: [{ participant: 'p', milestone: 'placement', date: '2020-03-10' }],
    });
    expect(settlement.refused).toContainEqual(
      expect.objectContaining({ milestone: 'placement', reason: 'DUPLICATE_CLAIM', about: '2020-03-10' }),
    );
    expect(JSON.stringify(settlement.refused)).not.toContain('institute');
    expect(settlement.lines.map((line) => line.milestone)).toEqual(['enrolment']);
  });
  it('a participant whom another institute registered', () => {
    const settlement = settled(contract, {
      participants: [worker('p', '2020-03-31', { provider: 'rival' })],
    });
    expect([...new Set(settlement.refused.map((entry) => entry.reason))]).toEqual(['OTHER_PROVIDER']);
    expect(settlement.totals.payable).toBe(0);
    expect(JSON.stringify(settlement)).not.toContain('rival');
  });
  it('a placement with the institute itself', () => {
    const events = [event('certified', '2020-02-01'), event('job', '2020-02-10', { employer: 'institute' })];
    expect(reasons(settled(contract, { participants: [person('p', events)] }))).toContain(
      'p placement OWN_EMPLOYER',
    );
  });
  it('an outcome after the contract has ended, one before it began, and a settlement after the deadline', () => {
    const enrolled = (date: string) => person('p', [event('enrolled', date)]);
    const on = (date: string, settledOn: string) =>
      reasons(settled(contract, { date: settledOn, participants: [enrolled(date)] }));
    expect(on('2020-12-31', '2021-01-31')).toEqual([]);
    expect(on('2021-01-01', '2021-01-31')).toEqual(['p enrolment AFTER_CONTRACT_END']);
    expect(on('2019-12-31', '2020-01-31')).toEqual(['p enrolment BEFORE_CONTRACT_START']);
    expect(on('2020-06-30', '2021-06-30')).toEqual([]);
    expect(on('2020-06-30', '2021-07-01')).toEqual(['p enrolment CLAIM_AFTER_DEADLINE']);
  });
  it('evidence dated after the settlement proves nothing yet', () => {
    const claimed = person('p', [event('enrolled', '2020-06-02')], { claims: ['enrolment'] });
    expect(reasons(settled(contract, { date: '2020-06-01', participants: [claimed] }))).toEqual([
      'p enrolment AFTER_SETTLEMENT_DATE',
    ]);
  });
  it('the same outcome again, in the same case or in a later one, is paid once', () => {
    const twice = { participants: [worker('p'), worker('p')] };
    expect(refusedAs(contract, twice).issues?.[0]?.code).toBe('DUPLICATE_PARTICIPANT');
    const one = settled(contract, { participants: [worker('p')] });
    const two = settled(contract, { participants: [worker('p')], state: one.state });
    expect(two.totals.payable).toBe(0);
    expect(reasons(two).filter((reason) => reason.endsWith('ALREADY_PAID'))).toHaveLength(one.lines.length);
  });
  it('an institute without the contract, and the state of another institute', () => {
    expect(refusedAs(contractWith({ providers: ['a'] }), {}).code).toBe('NOT_ALLOWED');
    const other = settled(contract, { provider: 'other', participants: [] }).state;
    expect(refusedAs(contract, { state: other }).code).toBe('STATE_MOVED');
  });
  it('a case may not replace a published price', () => {
    expect(refusedAs(contract, { parameters: { enrolmentPrice: '9999.00' } }).at).toBe(
      'parameters.enrolmentPrice',
    );
  });
  it('undeclared kinds, bad values and reversed dates are named with their path; undeclared fields are reported', () => {
    const bad = person(
      'p',
      [event('jobb', '2020-01-01'), event('job', '2020-02-02', { end: '2020-02-01' })],
      {
        attributes: { sex: 'x' },
      },
    );
    expect(
      refusedAs(contract, { participants: [bad] }).issues?.map((issue) => [issue.code, issue.path]),
    ).toEqual([
      ['UNKNOWN_EVENT', 'participants.0.events.0.kind'],
      ['IMPOSSIBLE_DATE', 'participants.0.events.1.end'],
      ['BAD_VALUE', 'participants.0.attributes.sex'],
    ]);
    const claimed = person('p', [], { claims: ['enrolement'] });
    expect(refusedAs(contract, { participants: [claimed] }).issues?.[0]).toMatchObject({
      code: 'UNKNOWN_MILESTONE',
      path: 'participants.0.claims.0',
    });
    const less = person('p', [event('pay', '2020-01-01', { amount: '-1.00', hours: '-1', gain: '-1' })]);
    const field = (type: string) => ({ label: { es: type, en: type }, type });
    const pay = contractWith({
      events: {
        ...contract.events,
        pay: {
          label: { es: 'p', en: 'p' },
          fields: { amount: field('money'), hours: field('integer'), gain: field('percent') },
        },
      },
    });
    expect(
      refusedAs(pay, { participants: [less] }).issues?.map(({ path, message }) => [path, message]),
    ).toEqual([
      ['participants.0.events.0.amount', '-1.00 is not an amount of zero or more'],
      ['participants.0.events.0.hours', '-1 is not a whole number of zero or more'],
    ]);
    const extra = person('p', [event('job', '2020-02-02', { boss: 'x' })]);
    expect(settled(contract, { participants: [extra] }).ignored).toEqual(['boss']);
  });
});

describe('fraud that a settlement let pass', () => {
  const onDocument = (id: string, document: string) =>
    person(id, [
      event('certified', '2020-02-01'),
      event('job', '2020-02-10', { employer: 'mill', document }),
    ]);

  it('a document shown for two people is of the first who showed it, and of whom it was paid for', () => {
    const both = settled(contract, { participants: [onDocument('q', 'D-1'), onDocument('p', 'D-1')] });
    expect(reasons(both)).toContain('p placement DOCUMENT_REUSED');
    expect(both.lines.map((line) => line.participant)).toEqual(['q']);
    expect(both.state.documents).toEqual({ 'D-1': 'q' });
    const first = settled(contract, { date: '2020-06-30', participants: [onDocument('p', 'D-1')] });
    const later = settled(contract, {
      participants: [onDocument('q', 'D-1'), onDocument('p', 'D-1'), onDocument('r', 'D-2')],
      state: first.state,
    });
    expect(reasons(later)).toEqual(
      expect.arrayContaining(['p placement ALREADY_PAID', 'q placement DOCUMENT_REUSED']),
    );
    expect(later.lines.map((line) => line.participant)).toEqual(['r']);
  });
  it('a copy is not remembered as of whom another result was paid', () => {
    const copier = onDocument('a', 'D-1');
    const enrolled = { ...copier, events: [...copier.events!, event('enrolled', '2020-01-10')] };
    const { state } = settled(contract, { participants: [onDocument('q', 'D-1'), enrolled] });
    expect(state.documents).toEqual({ 'D-1': 'q' });
  });
  it('what a verifier rejected shows no document first', () => {
    const { events } = onDocument('p', 'D-1');
    const wrong = person('p', [], { rejected: [{ milestone: 'placement', events: events! }] });
    const { lines } = settled(contract, { participants: [wrong, onDocument('q', 'D-1')] });
    expect(lines.map((line) => line.participant)).toEqual(['q']);
  });
  it('a document that another institute shows for somebody else proves nothing, for the same person it does', () => {
    const paid = (participant: string) =>
      settled(contract, {
        participants: [onDocument('p', 'D-1')],
        documentsElsewhere: [{ document: 'D-1', participant }],
      });
    expect(reasons(paid('q'))).toContain('p placement DOCUMENT_REUSED');
    expect(paid('p').totals.payable).toBe(30_000);
    const kept = settled(contract, {
      participants: [onDocument('p', 'D-1')],
      documentsElsewhere: [{ document: 'D-1', participant: 'q' }],
      state: settled(contract, { date: '2020-06-30', participants: [onDocument('p', 'D-1')] }).state,
    });
    expect(reasons(kept)).toContain('p placement ALREADY_PAID');
  });
  it('a person whom two institutes list is paid to neither, and is no error of the file', () => {
    const twice = settled(contract, {
      participants: [
        worker('p', '2020-03-31', { provider: 'institute' }),
        worker('p', '2020-03-31', { provider: 'rival' }),
      ],
    });
    expect([...new Set(twice.refused.map(({ reason }) => reason))]).toEqual(['DUPLICATE_PARTICIPANT']);
    expect(twice.totals.payable).toBe(0);
    const [ours, theirs] = [worker('p', '2020-03-31'), worker('p', '2020-03-31', { provider: 'rival' })];
    for (const participants of [
      [ours, theirs],
      [theirs, ours],
    ])
      expect(settled(contract, { participants }).refused).toEqual(twice.refused);
  });
  it('another institute named among the attributes or in an event is not overlooked', () => {
    const attributes = { sex: 'female', rural: false, provider: 'rival' };
    const among = settled(contract, { participants: [worker('p', '2020-03-31', { attributes })] });
    expect([...new Set(among.refused.map(({ reason }) => reason))]).toEqual(['OTHER_PROVIDER']);
    const job = event('job', '2020-02-10', { employer: 'mill', provider: 'rival' });
    const inEvent = settled(contract, {
      participants: [person('p', [event('certified', '2020-02-01'), job])],
    });
    expect(reasons(inEvent)).toContain('p placement OTHER_PROVIDER');
  });
  it('the institute as employer is found whatever the case of its letters', () => {
    const events = [event('certified', '2020-02-01'), event('job', '2020-02-10', { employer: ' Institute' })];
    expect(reasons(settled(contract, { participants: [person('p', events)] }))).toContain(
      'p placement OWN_EMPLOYER',
    );
  });
  it('a case that lists only what is new: the window starts on the day that was paid before', () => {
    const kept = contractWith({
      outcomes: {
        ...contract.outcomes,
        certified: {
          label: { es: 'c', en: 'c' },
          predicate: { type: 'event', kind: 'certified' },
          cite: 's',
        },
      },
      milestones: contract.milestones.map((each) =>
        each.id === 'enrolment' ? { ...each, outcome: 'certified' } : each,
      ),
    });
    const first = settled(kept, {
      date: '2020-02-28',
      participants: [person('p', [event('certified', '2020-02-10')])],
    });
    const job = (date: string) => ({
      participants: [person('p', [event('job', date, { employer: 'mill' })])],
    });
    const later = (date: string) => settled(kept, { ...job(date), state: first.state });
    expect(later('2020-05-10').totals.payable).toBe(30_000);
    expect(reasons(later('2020-05-11'))).toContain('p placement OUTSIDE_WINDOW');
    expect(settled(kept, job('2020-05-10')).totals.payable).toBe(0);
  });
  it('after the deadline every milestone says so, also those that require another', () => {
    const late = settled(contract, { date: '2021-07-01', participants: [worker('p')] });
    expect(reasons(late)).toContain('p retention CLAIM_AFTER_DEADLINE');
  });
  it('one week missing among thirteen is a gap, not a short time', () => {
    const weeks = [0, 7, 14, 21, 28, 35, 49, 56, 63, 70, 77, 84].map((days) =>
      event('attended', new Date(Date.UTC(2020, 4, 4 + days)).toISOString().slice(0, 10)),
    );
    expect(reasons(settled(contract, { participants: [person('p', weeks)] }))).toContain('p sustained GAP');
    expect(reasons(settled(contract, { participants: [person('p', weeks.slice(0, 6))] }))).toContain(
      'p sustained BELOW_THRESHOLD',
    );
  });
  it('who found no place under a cap in people is not paid for what follows, in the same settlement or later', () => {
    const one = contractWith(
      {
        caps: [
          {
            id: 'places',
            label: { es: 'x', en: 'x' },
            scope: 'contract',
            milestones: ['placement'],
            limit: 'one',
          },
        ],
      },
      { one: parameter('count', 1) },
    );
    const claims = ['placement', 'retention'];
    const participants = [worker('a', '2020-08-31', { claims }), worker('b', '2020-08-31', { claims })];
    const refused = ['b placement CAP_REACHED', 'b retention CAP_REACHED'];
    const once = settled(one, { participants });
    expect(reasons(once)).toEqual(refused);
    expect(once.totals.payable).toBe(45_000);
    const first = settled(one, { date: '2020-04-30', participants });
    const later = settled(one, { participants, state: first.state });
    expect(later.totals.payable).toBe(15_000);
    expect(reasons(later)).toContain('b retention CAP_REACHED');
  });
});
