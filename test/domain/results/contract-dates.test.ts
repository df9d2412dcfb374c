import { describe, expect, it } from 'vitest';
import { loadContract } from '../../../cli/commands/contract-files.ts';
import type { ContractDefinition } from '../../../domain/records/contract.ts';
import { contractWith, event, person, reasons, settled, trySettle } from './fixture.ts';

function shipped(id: string): ContractDefinition {
  const found = loadContract(id, '.');
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

describe('reports of an evaluator outside the contract (educate-girls-2015)', () => {
  const contract = shipped('educate-girls-2015');
  const report = (date: string, achievedPct: string) => event('learning_report', date, { achievedPct });
  const settle = (date: string, events: ReturnType<typeof report>[], more = {}) =>
    settled(contract, { date, parameters: { targetPayment: '300000.00' }, events, ...more });

  it.each([
    ['2015-05-31', 0, [' learning BEFORE_CONTRACT_START']],
    ['2015-06-01', 24_000_000, []],
    ['2018-07-31', 24_000_000, []],
    ['2018-08-01', 0, [' learning AFTER_CONTRACT_END']],
  ])('a report of %s pays %s cents', (date, cents, refused) => {
    const settlement = settle('2018-12-31', [report(date, '100')]);
    expect(settlement.totals.payable).toBe(cents);
    expect(reasons(settlement)).toEqual(refused);
  });
  it('a report of after the end replaces none of before it, and takes nothing back', () => {
    const events = [report('2018-06-30', '90'), report('2018-09-30', '160')];
    const first = settle('2018-07-13', events);
    expect(first.totals.payable).toBe(21_600_000);
    const again = settle('2018-12-31', events, { state: first.state });
    expect([again.totals.payable, reasons(again)]).toEqual([0, []]);
  });
});

describe('what happened before the contract', () => {
  it('an older job does not hide the placement under the contract', () => {
    const contract = contractWith({
      outcomes: {
        placed: { label: { es: 'x', en: 'x' }, predicate: { type: 'event', kind: 'job' }, cite: 's' },
      },
      milestones: [
        {
          id: 'placement',
          label: { es: 'x', en: 'x' },
          outcome: 'placed',
          price: { type: 'unit', parameter: 'enrolmentPrice' },
          cite: 's',
        },
      ],
    });
    const jobs = [event('job', '2019-03-01', { end: '2019-06-30' }), event('job', '2020-05-04')];
    expect(settled(contract, { participants: [person('p', jobs)] }).lines).toMatchObject([
      { milestone: 'placement', outcomeOn: '2020-05-04' },
    ]);
    expect(reasons(settled(contract, { participants: [person('p', jobs.slice(0, 1))] }))).toEqual([
      'p placement BEFORE_CONTRACT_START',
    ]);
  });
  it('a job kept before the training is no retention after it (proyecta-tu-futuro)', () => {
    const contract = shipped('proyecta-tu-futuro');
    const parameters = {
      completionPrice: '100.00',
      insertionPrice: '200.00',
      retention4Price: '300.00',
      retention12Price: '400.00',
      priceIndex: '1',
    };
    const events = [
      event('job', '2018-01-01', { end: '2018-12-31' }),
      event('completed', '2019-01-15'),
      event('job', '2019-02-01', { end: '2019-03-31' }),
    ];
    const attributes = { birthDate: '2000-01-01', enrolledOn: '2018-10-01' };
    const result = trySettle(contract, {
      date: '2019-12-31',
      parameters,
      participants: [{ id: 'p', attributes, events }],
    });
    if (!result.ok) throw new Error(result.error.message);
    expect(result.value.totals.payable).toBe(30_000);
    expect(reasons(result.value)).toEqual(['p retention4 BELOW_THRESHOLD', 'p retention12 BELOW_THRESHOLD']);
  });
  it('three months of an earlier formal job are no retention (empleando-futuro-2017)', () => {
    const contract = shipped('empleando-futuro-2017');
    const job = (date: string, end: string) => event('job', date, { end, contract: 'formal' });
    const attributes = {
      birthDate: '1990-05-05',
      registeredOn: '2017-02-01',
      highSchool: true,
      sisben: '41.73',
      redUnidos: false,
      displaced: false,
      earlierProgramme: false,
    };
    const settle = (until: string) =>
      settled(contract, {
        date: '2018-12-31',
        parameters: { unitPrice: '1000000.00' },
        participants: [
          { id: 'p', attributes, events: [job('2016-01-01', '2016-12-31'), job('2017-03-15', until)] },
        ],
      }).lines.map((line) => `${line.milestone} ${line.outcomeOn}`);
    expect(settle('2017-06-13')).toEqual(['placement 2017-03-15']);
    expect(settle('2017-06-14')).toEqual(['placement 2017-03-15', 'retention3 2017-06-14']);
  });
  it('a course that ends before it starts was not completed (nepal-employment-fund-2012)', () => {
    const events = [event('training_start', '2013-05-01'), event('training_end', '2013-03-01')];
    const parameters = { unitPrice: '100.00', trainingShare: '40', outcomeShare: '60' };
    const settlement = settled(shipped('nepal-employment-fund-2012'), {
      date: '2013-12-31',
      parameters,
      participants: [{ id: 'p', attributes: { level: 'level1', tier: 'A' }, events }],
    });
    expect(reasons(settlement)).toEqual(['p training_completed OUTSIDE_WINDOW']);
    expect(settlement.totals.payable).toBe(0);
  });
});
