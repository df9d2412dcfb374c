import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../domain/kernel/result.ts';
import { parseProgramme } from '../../../domain/records/programme.ts';
import { assessCase } from '../../../domain/transfers/assess.ts';
import { draft, number, rule } from './support.ts';

const definition = unwrap(
  parseProgramme(
    draft({
      evidence: {
        attends: { label: rule('a').label, of: 'member', type: 'boolean', certifier: rule('a').label },
        collects: { label: rule('a').label, of: 'household', type: 'boolean', certifier: rule('a').label },
      },
      parameters: {
        amount: {
          label: rule('a').label,
          unit: 'money',
          values: [{ from: '2020-01', notPublished: true, cite: 'law' }],
        },
        least: number('85', 'percent'),
      },
      conditions: [
        {
          ...rule('school'),
          of: { age: { min: 0 } },
          evidence: 'attends',
          check: { type: 'is_true' },
          window: { each: 'period' },
          missing: 'hold',
          exemptions: ['health'],
        },
      ],
      benefits: [
        {
          ...rule('grant'),
          kind: 'flat',
          per: 'month',
          amount: 'amount',
          requires: [{ condition: 'school', scope: 'household' }],
        },
      ],
    }),
  ),
);

const child = { id: 'C', birthDate: '2015-01-01' };
const good = {
  programme: 'test',
  date: '2025-02-10',
  household: { id: 'H', attributes: { income: '10.00' }, members: [child] },
  evidence: [{ member: 'C', kind: 'attends', period: '2025-02', value: true as unknown }],
  parameters: { amount: '100.00' },
};
const assess = (change: Record<string, unknown>) => assessCase(definition, { ...good, ...change });
const family = (change: Record<string, unknown>) => ({ household: { ...good.household, ...change } });
const fact = (change: Record<string, unknown>) => ({ evidence: [{ ...good.evidence[0], ...change }] });
const state = (change: Record<string, unknown>) => ({
  state: { lastPeriod: '2025-01', firstPeriod: '2025-01', months: 1, status: 'active', ...change },
});
const held = (change: Record<string, unknown>) =>
  state({ held: [{ benefit: 'grant', origin: '2025-01', amountMinor: 500, why: 'blocked', ...change }] });

describe('a bad case is refused with its path, never paid wrongly and never a bug', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['yes/no evidence that is a word was read as no', fact({ value: 'maybe' }), 'evidence[0].value'],
    ['yes/no evidence that is a number was read as no', fact({ value: 42 }), 'evidence[0].value'],
    ['evidence about a member without one was ignored', fact({ member: undefined }), 'evidence[0].member'],
    [
      'evidence about the household for a member was ignored',
      fact({ kind: 'collects' }),
      'evidence[0].member',
    ],
    ['evidence about nobody known', fact({ member: 'X' }), 'evidence[0].member'],
    [
      'born after the period',
      family({ members: [{ ...child, birthDate: '2025-03-01' }] }),
      'household.members[0].birthDate',
    ],
    [
      'a member named as the household',
      family({ members: [{ ...child, id: 'H' }] }),
      'household.members[0].id',
    ],
    ['half a grade', family({ members: [{ ...child, grade: 4.5 }] }), 'household.members[0].grade'],
    ['income below nothing', family({ attributes: { income: '-5' } }), 'household.attributes.income'],
    [
      'income as a number below nothing',
      family({ attributes: { income: -5 } }),
      'household.attributes.income',
    ],
    [
      'income beyond what money can count',
      family({ attributes: { income: 1e15 } }),
      'household.attributes.income',
    ],
    ['a filled value that is no amount paid nothing', { parameters: { amount: 'abc' } }, 'parameters.amount'],
    ['a filled value below nothing', { parameters: { amount: '-5.00' } }, 'parameters.amount'],
    ['a filled value with a third of a cent', { parameters: { amount: '1.005' } }, 'parameters.amount'],
    ['a filled share above the whole', { parameters: { least: 101 } }, 'parameters.least'],
    [
      'an exemption from no condition',
      {
        exemptions: [{ condition: 'scool', kind: 'health', from: '2025-02', until: '2025-02' }],
      },
      'exemptions[0].condition',
    ],
    [
      'an exemption that ends before it starts',
      {
        exemptions: [{ condition: 'school', kind: 'health', from: '2025-03', until: '2025-02' }],
      },
      'exemptions[0].until',
    ],
    ['a state whose held money is a text halted as a bug', state({ held: 'x' }), 'state.held'],
    [
      'held money without an amount halted as a bug',
      held({ amountMinor: undefined }),
      'state.held[0].amountMinor',
    ],
    ['held money of half a cent halted as a bug', held({ amountMinor: 1.5 }), 'state.held[0].amountMinor'],
    ['held money below nothing was taken off', held({ amountMinor: -5 }), 'state.held[0].amountMinor'],
    ['held money of another programme was paid', held({ benefit: 'zzz' }), 'state.held[0].benefit'],
    ['a ladder that is a number', state({ ladders: { x: 1 } }), 'state.ladders.x'],
    ['a count that is a text', state({ counts: { grant: 'x' } }), 'state.counts.grant'],
    ['a status that does not exist', state({ status: 'zz' }), 'state.status'],
    [
      'an adjustment without an amount halted as a bug',
      { adjustments: [{ kind: 'arrears' }] },
      'adjustments[0].id',
    ],
    ['an adjustment that is a text', { adjustments: ['x'] }, 'adjustments[0]'],
  ])('%s', (_, change, at) =>
    expect(assess(change)).toMatchObject({ ok: false, error: { code: 'BAD_INPUT', at } }),
  );

  it.each<[unknown, string]>([
    [true, '100.00'],
    [1, '100.00'],
    ['Sí', '100.00'],
    ['YES', '100.00'],
    [false, '0.00'],
    [0, '0.00'],
    ['No', '0.00'],
  ])('evidence %j pays %s', (value, payable) =>
    expect(unwrap(assess(fact({ value }))).payable).toBe(payable),
  );

  it('the state of a period that this programme does not have', () => {
    const bimonthly = unwrap(parseProgramme(draft({ frequency: 'bimonthly' })));
    const answer = assessCase(bimonthly, {
      ...good,
      evidence: [],
      parameters: {},
      date: '2025-03-10',
      ...state({ lastPeriod: '2025-02' }),
    });
    expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_INPUT', at: 'state.lastPeriod' } });
  });
});
