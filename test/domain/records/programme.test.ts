import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { programmeJsonSchema } from '../../../domain/records/programme/json-schema.ts';
import { parseProgramme } from '../../../domain/records/programme.ts';
import { condition, draft, money, number, rule } from '../transfers/support.ts';

const label = { es: 'a', en: 'a' };
const flat = { ...rule('flat'), kind: 'flat', per: 'month', amount: 'amount' };
const value = (from: string, until?: string, more: Record<string, unknown> = { value: '1.00' }) => ({
  from,
  ...(until && { until }),
  cite: 'law',
  ...more,
});
const amount = (...values: unknown[]) => ({ parameters: { amount: { label, unit: 'money', values } } });

const unclaimed = (rule: object) => ({
  payment: { channels: [{ channel: 'cash' }], unclaimed: { cite: 'law', ...rule } },
});
const days = number(90, 'days');

type Case = [fault: string, parts: Record<string, unknown>, at: string, says: RegExp];
const CASES: Case[] = [
  [
    'an unknown field',
    { benefits: [{ ...flat, ammount: 'x' }] },
    'benefits[0]',
    /unknown field "ammount": remove it or correct its name/,
  ],
  ['an unknown field at the top', { colour: 'red' }, '', /unknown field "colour"/],
  [
    'a missing field',
    { benefits: [{ ...rule('b'), kind: 'flat', per: 'month' }] },
    'benefits[0].amount',
    /missing: add it/,
  ],
  ['a kind that does not exist', { benefits: [{ ...flat, kind: 'formula' }] }, 'benefits[0].kind', /./],
  [
    'a gap in dates',
    amount(value('2020-01', '2020-06'), value('2020-08')),
    'parameters.amount.values[1].from',
    /gap: nothing is said from 2020-07 to 2020-07/,
  ],
  [
    'an overlap of dates',
    amount(value('2020-01', '2020-06'), value('2020-06')),
    'parameters.amount.values[1].from',
    /overlap/,
  ],
  [
    'an open value before another',
    amount(value('2020-01'), value('2020-06')),
    'parameters.amount.values[0]',
    /overlap.*end it in 2020-05/,
  ],
  [
    'dates that run backwards',
    amount(value('2020-06', '2020-01')),
    'parameters.amount.values[0].until',
    /before/,
  ],
  [
    'a missing citation',
    { benefits: [{ ...flat, cite: 'other' }] },
    'benefits[0].cite',
    /no citation "other": declare it under "citations"/,
  ],
  [
    'no citation at all',
    { benefits: [{ kind: 'flat', id: 'b', label, per: 'month', amount: 'amount' }] },
    'benefits[0].cite',
    /missing/,
  ],
  [
    'a value without citation',
    amount({ from: '2020-01', value: '1.00' }),
    'parameters.amount.values[0].cite',
    /missing/,
  ],
  [
    'a parameter that does not exist',
    { benefits: [{ ...flat, amount: 'nothing' }] },
    'benefits[0].amount',
    /no parameter "nothing"/,
  ],
  [
    'a condition that does not exist',
    { benefits: [{ ...flat, requires: [{ condition: 'x', scope: 'member' }] }] },
    'benefits[0].requires[0].condition',
    /no condition "x"/,
  ],
  [
    'an attribute that does not exist',
    { eligibility: { label, cite: 'law', rule: { attribute: { name: 'x', is: true } } } },
    'eligibility.rule.attribute',
    /no attribute "x"/,
  ],
  [
    'a group that does not exist',
    {
      benefits: [
        {
          ...rule('b'),
          kind: 'per_member',
          per: 'month',
          bands: [{ who: { group: 'x' }, amount: 'amount' }],
        },
      ],
    },
    'benefits[0].bands[0].who.group',
    /no group "x"/,
  ],
  ['an id used twice', { benefits: [flat, flat] }, 'benefits[1].id', /used twice/],
  [
    'an amount with too many decimals',
    amount(value('2020-01', undefined, { value: '1.005' })),
    'parameters.amount.values[0].value',
    /PEN/,
  ],
  [
    'an amount written as a number with a fraction',
    amount(value('2020-01', undefined, { value: 1.5 })),
    'parameters.amount.values[0].value',
    /./,
  ],
  [
    'benefits that top each other up',
    {
      benefits: [
        { ...rule('a'), kind: 'top_up', per: 'month', floor: 'amount', over: ['b'] },
        { ...rule('b'), kind: 'top_up', per: 'month', floor: 'amount', over: ['a'] },
      ],
    },
    'benefits[0]',
    /circular reference a -> b -> a/,
  ],
  [
    'parameters derived from each other',
    {
      parameters: {
        amount: { label, unit: 'money', derived: { of: 'amount', percent: 'amount' }, values: [] },
      },
    },
    'parameters.amount.derived',
    /circular reference/,
  ],
  [
    'a cap below a floor',
    {
      parameters: { amount: money('100.00'), floor: money('600.00'), cap: money('599.99') },
      benefits: [flat, { ...rule('top'), kind: 'top_up', per: 'month', floor: 'floor', over: ['flat'] }],
      caps: [{ ...rule('cap'), method: 'truncate', over: ['flat', 'top'], limit: 'cap' }],
    },
    'caps[0].limit',
    /the cap "cap" is below the floor "floor"/,
  ],
  [
    'a cap over benefits of the month and of the period',
    {
      benefits: [flat, { ...flat, id: 'other', per: 'period' }],
      caps: [{ ...rule('cap'), method: 'truncate', over: ['flat', 'other'], limit: 'amount' }],
    },
    'caps[0]',
    /month.*period/,
  ],
  ['cash that expires at no time', unclaimed({ rule: 'expire' }), 'payment.unclaimed', /one of both/],
  [
    'cash that expires at two times',
    {
      ...unclaimed({ rule: 'expire', days: 'days', months: 'days' }),
      parameters: { amount: money('1.00'), days },
    },
    'payment.unclaimed',
    /one of both/,
  ],
  [
    'cash whose collection is asked of children',
    { ...unclaimed({ rule: 'suspend', condition: 'school' }), conditions: [condition('school')] },
    'payment.unclaimed.condition',
    /must be asked of the household/,
  ],
  [
    'cash whose collection is no condition',
    unclaimed({ rule: 'suspend', condition: 'none' }),
    'payment.unclaimed.condition',
    /there is no condition "none"/,
  ],
];

describe('a definition is refused', () => {
  for (const [fault, parts, at, says] of CASES)
    it(`for ${fault}`, () => {
      const parsed = parseProgramme(draft(parts));
      expect(parsed.ok).toBe(false);
      if (parsed.ok) return;
      expect(parsed.error).toMatchObject({ code: 'INVALID_DEFINITION', at });
      expect(parsed.error.message).toMatch(says);
      expect(parsed.error.next).toBeTruthy();
    });

  it('and accepted when it is in order, with a cap equal to the floor', () => {
    expect(parseProgramme(draft()).ok).toBe(true);
    const parts = {
      parameters: { amount: money('100.00'), floor: money('600.00') },
      benefits: [flat, { ...rule('top'), kind: 'top_up', per: 'month', floor: 'floor', over: ['flat'] }],
      caps: [{ ...rule('cap'), method: 'truncate', over: ['flat', 'top'], limit: 'floor' }],
    };
    expect(parseProgramme(draft(parts)).ok).toBe(true);
  });
  it('is refused when it is no object', () => {
    for (const json of [null, 'text', 3, []]) expect(parseProgramme(json).ok).toBe(false);
  });
});

describe('the JSON Schema for editors', () => {
  it('is the one that ships', () => {
    const shipped = readFileSync(
      new URL('../../../programmes/programme.schema.json', import.meta.url),
      'utf8',
    );
    expect(JSON.parse(shipped)).toEqual(JSON.parse(JSON.stringify(programmeJsonSchema())));
  });
});
