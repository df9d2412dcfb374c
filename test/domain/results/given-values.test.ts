import { describe, expect, it } from 'vitest';
import { contractWith, event, person, refusedAs, settled } from './fixture.ts';

const text = (name: string) => ({ es: name, en: name });
const open = (unit: string) => ({
  label: text('open'),
  unit,
  values: [{ notPublished: true, cite: 's' }],
});
const instalment = (id: string, outcome: string) => ({
  id,
  label: text(id),
  outcome,
  price: { type: 'instalment', schedule: 'course' },
  cite: 's',
});
const contract = contractWith(
  {
    schedules: {
      course: {
        unitPrice: 'price',
        shares: [
          { milestone: 'start', share: 'first' },
          { milestone: 'end', share: 'second' },
        ],
      },
    },
    milestones: [instalment('start', 'enrolled'), instalment('end', 'placed')],
  },
  { price: open('money'), first: open('percent'), second: open('percent') },
);
const participants = [
  person('p', [
    event('enrolled', '2020-01-10'),
    event('certified', '2020-02-01'),
    event('job', '2020-02-10', { employer: 'mill' }),
  ]),
];

describe('values that a case gives for what was not published', () => {
  it.each([
    ['a price that is no number', { price: 'abc' }, 'parameters.price'],
    ['a fraction of a cent', { price: '10.001' }, 'parameters.price'],
    ['a price below zero', { price: '-5.00' }, 'parameters.price'],
    ['a row below zero', { price: [{ when: { sex: 'female' }, value: '-5.00' }] }, 'parameters.price'],
    ['a share below zero', { first: '-40' }, 'parameters.first'],
  ])('%s is bad input and no price', (_, given, at) => {
    const parameters = { price: '1000.00', first: '40', second: '60', ...given };
    expect(refusedAs(contract, { participants, parameters })).toMatchObject({ code: 'BAD_INPUT', at });
  });
  it.each([0, '-1'])('an index of %s is bad input: amounts are divided by it', (priceIndex) => {
    const values = [{ value: '150', cite: 's' }];
    const indexed = contractWith(
      {},
      {
        retentionPrice: {
          label: text('r'),
          unit: 'money',
          values,
          indexedBy: { index: 'priceIndex', base: '2020-01-01' },
        },
        priceIndex: open('index'),
      },
    );
    expect(refusedAs(indexed, { participants, parameters: { priceIndex } })).toMatchObject({
      code: 'BAD_INPUT',
      at: 'parameters.priceIndex',
      message: expect.stringContaining('above zero'),
    });
  });
  it.each([
    ['60', 100_000],
    ['59.99', 99_990],
  ])('instalments of 40 and %s pay %s cents', (second, cents) => {
    const parameters = { price: '1000.00', first: '40', second };
    expect(settled(contract, { participants, parameters }).totals.payable).toBe(cents);
  });
  it('instalments of more than the whole price are refused', () => {
    const parameters = { price: '1000.00', first: '40', second: '60.01' };
    expect(refusedAs(contract, { participants, parameters })).toMatchObject({
      code: 'BAD_INPUT',
      at: 'parameters.first parameters.second',
    });
  });
});
