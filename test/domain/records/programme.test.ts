import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultInSpanish } from '../../../domain/records/programme/fault-texts.ts';
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
  [
    'a kind that does not exist',
    { benefits: [{ ...flat, kind: 'formula' }] },
    'benefits[0].kind',
    /must be one of "flat", "per_person"/,
  ],
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
    /overlap.*end that one in 2020-05 or start this one in 2020-07/,
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
    /in quotes, with the 2 decimals that PEN has: "200\.00"/,
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
  [
    'a misspelt parameter, with the one that was meant',
    { benefits: [{ ...flat, amount: 'amuont' }] },
    'benefits[0].amount',
    /no parameter "amuont": did you mean "amount"\?/,
  ],
  [
    'a value that the registry never says',
    {
      attributes: { class: { of: 'household', type: 'text', label, values: ['poor', 'non_poor'] } },
      eligibility: { label, cite: 'law', rule: { attribute: { name: 'class', in: ['poor', 'por'] } } },
    },
    'eligibility.rule.attribute.in',
    /"por" is no value of this attribute: it is one of "poor", "non_poor"/,
  ],
  [
    'a yes or no that is compared with a text',
    {
      attributes: { pregnant: { of: 'household', type: 'boolean', label } },
      eligibility: { label, cite: 'law', rule: { attribute: { name: 'pregnant', is: 'true' } } },
    },
    'eligibility.rule.attribute.is',
    /of type "boolean" and is never "true": write true or false, without quotes/,
  ],
  [
    'groups that are each other',
    { groups: { a: { any: [{ group: 'b' }] }, b: { not: { group: 'a' } } } },
    'groups.a',
    /circular reference a -> b -> a/,
  ],
  [
    'a sum of money where times are counted',
    { benefits: [{ ...flat, instalments: 'amount' }] },
    'benefits[0].instalments',
    /"amount" is in money, but here it is used as count/,
  ],
  [
    'times where a sum of money is paid',
    { parameters: { amount: money('1.00'), days }, benefits: [{ ...flat, amount: 'days' }] },
    'benefits[0].amount',
    /"days" is in days, but here it is used as money/,
  ],
  [
    'a limit that is no money',
    {
      parameters: { amount: money('1.00'), days },
      caps: [{ ...rule('cap'), method: 'truncate', over: ['flat'], limit: 'days' }],
    },
    'caps[0].limit',
    /"days" is in days, but here it is used as money/,
  ],
  [
    'a share of more than all',
    {
      ...{
        parameters: {
          amount: money('1.00'),
          part: { ...number(1, 'percent'), values: [value('2020-01', undefined, { value: '150' })] },
        },
      },
      payment: {
        channels: [{ channel: 'cash' }],
        unclaimed: { cite: 'law', rule: 'accumulate' },
        recovery: { percent: 'part', cite: 'law' },
      },
    },
    'payment.recovery.percent',
    /"part" is 150 per cent since 2020-01: a share is at most 100/,
  ],
  [
    'a month that is a day',
    amount(value('2020-01-01')),
    'parameters.amount.values[0].from',
    /must be a month, written YYYY-MM/,
  ],
  [
    'an amount with a comma',
    amount(value('2020-01', undefined, { value: '1,00' })),
    'parameters.amount.values[0].value',
    /digits and a point, no comma/,
  ],
  [
    'a name in one language',
    { benefits: [{ ...flat, label: 'Base' }] },
    'benefits[0].label',
    /must be in both languages/,
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
    'a cap whose limit is the word of a benefit',
    {
      benefits: [flat],
      caps: [{ ...rule('cap'), method: 'truncate', over: ['flat'], limit: 'once_a_year' }],
    },
    'caps[0].limit',
    /there is no parameter "once_a_year"/,
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
      for (const line of parsed.error.message.split('\n')) {
        const what = line.slice(line.indexOf(': ') + 2);
        const es = faultInSpanish(what);
        expect(es, 'it is said in Spanish too').not.toBe(what);
        expect(es).not.toMatch(/\$\d|\b(the|must|it|is)\b/);
      }
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
