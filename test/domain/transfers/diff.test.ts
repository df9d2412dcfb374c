import { describe, expect, it } from 'vitest';
import { compareProgrammes } from '../../../domain/transfers/diff.ts';
import { condition, define, flat, label, money, number, rule } from './support.ts';

const ladder = (id: string) => ({
  ...rule(id),
  conditions: ['school'],
  scope: 'household',
  steps: [{ id: `${id}_step`, label, effect: 'notice' }],
});
const cap = (id: string) => ({ ...rule(id), method: 'truncate', over: ['flat'], limit: 'amount' });
const modifier = (id: string) => ({
  ...rule(id),
  when: { attribute: { name: 'off', is: true } },
  percent: 'half',
  maxMonths: 'most',
});
const retention = {
  ...rule('kept'),
  over: ['flat'],
  percent: 'half',
  releasedBy: 'school',
  lostAfterYears: 'years',
};
const base = {
  parameters: {
    amount: money('100.00'),
    half: number('50', 'percent'),
    most: number(2, 'months'),
    years: number(1, 'years'),
  },
  conditions: [condition('school')],
  benefits: [flat('flat')],
};
const compare = (parts: Record<string, unknown>) =>
  compareProgrammes(define(base), define({ ...base, ...parts }), 'en');

describe('a new version', () => {
  const rows: [path: string, parts: Record<string, unknown>][] = [
    ['conditions.health', { conditions: [condition('school'), condition('health')] }],
    ['benefits.more', { benefits: [flat('flat'), flat('more')] }],
    ['caps.cap', { caps: [cap('cap')] }],
    ['modifiers.less', { modifiers: [modifier('less')] }],
    ['ladders.steps', { ladders: [ladder('steps')] }],
    ['retention', { retention }],
    ['groups.children', { groups: { children: { age: { max: 17 } } } }],
    ['stay', { stay: { maxMonths: 'most', cite: 'law' } }],
    ['parameters.extra 2020-01', { parameters: { ...base.parameters, extra: money('1.00') } }],
  ];
  for (const [path, parts] of rows) {
    it(`adds ${path}`, () =>
      expect(compare(parts)).toEqual([{ path, change: 'added', after: expect.stringMatching(/\S/) }]));
    it(`removes ${path}`, () =>
      expect(compareProgrammes(define({ ...base, ...parts }), define(base), 'en')).toEqual([
        { path, change: 'removed', before: expect.stringMatching(/\S/) },
      ]));
  }
  it('changes eligibility, payment and the period', () =>
    expect(
      compare({
        eligibility: { label, cite: 'law', rule: { inProgramme: true } },
        payment: { channels: [{ channel: 'account' }], unclaimed: { rule: 'accumulate', cite: 'law' } },
        frequency: 'bimonthly',
      }).map(({ path, change }) => [path, change]),
    ).toEqual([
      ['eligibility', 'changed'],
      ['payment', 'changed'],
      ['period', 'changed'],
    ]));
  it('says how eligibility reads before and after', () =>
    expect(compare({ eligibility: { label, cite: 'law', rule: { inProgramme: true } } })).toEqual([
      {
        path: 'eligibility',
        change: 'changed',
        before: 'one: every household',
        after: 'one: already in the programme',
      },
    ]));
  it('says how its periods read before and after', () =>
    expect(compare({ until: '2026-12' })).toEqual([
      {
        path: 'period',
        change: 'changed',
        before: 'monthly, PEN, 2020-01–, month_start',
        after: 'monthly, PEN, 2020-01–2026-12, month_start',
      },
    ]));
  it('ends a value, with its last month in words', () => {
    const values = [{ from: '2020-01', until: '2024-12', value: '100.00', cite: 'law' }];
    expect(compare({ parameters: { ...base.parameters, amount: { ...money('100.00'), values } } })).toEqual([
      {
        path: 'parameters.amount 2020-01',
        change: 'changed',
        before: 'one, 2020-01–: PEN 100.00 [law]',
        after: 'one, 2020-01–2024-12: PEN 100.00 [law]',
      },
    ]);
  });
  it('that is the same has no differences', () => expect(compare({})).toEqual([]));
});
