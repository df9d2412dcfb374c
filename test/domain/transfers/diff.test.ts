import { describe, expect, it } from 'vitest';
import { hashOf } from '../../../domain/kernel/hash.ts';
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
const reading = { about: label, cite: 'law' };
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
    ['anomalies.unverified_share', { anomalies: [{ kind: 'unverified_share', stopAbovePct: 60 }] }],
    [
      'incompatibilities.other (2)',
      {
        incompatibilities: [
          { programme: 'other', label, effect: 'report', cite: 'law', until: '2024-12' },
          { programme: 'other', label, effect: 'exclude', cite: 'law', from: '2025-01' },
        ],
      },
    ],
    [`readings ${hashOf(reading).slice(0, 6)}`, { readings: [reading] }],
    ['citations.decree', { citations: { law: { title: 'Law 1' }, decree: { title: 'Decree 2' } } }],
    ['parameters.extra', { parameters: { ...base.parameters, extra: money('1.00') } }],
    ['parameters.extra 2020-01', { parameters: { ...base.parameters, extra: money('1.00') } }],
  ];
  for (const [path, parts] of rows) {
    it(`adds ${path}`, () =>
      expect(compare(parts)).toContainEqual({ path, change: 'added', after: expect.stringMatching(/\S/) }));
    it(`removes ${path}`, () =>
      expect(compareProgrammes(define({ ...base, ...parts }), define(base), 'en')).toContainEqual({
        ...{ path, change: 'removed', before: expect.stringMatching(/\S/) },
      }));
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
  it('changes who approves, who certifies and what it is called', () => {
    const { attends, ...others } = define(base).evidence;
    const evidence = { ...others, attends: { ...attends, certifier: { es: 'otro', en: 'another' } } };
    expect(
      compare({ approval: { secondCheckerFrom: '5.00' }, evidence, version: '2' }).map(
        ({ path, before, after }) => [path, before, after],
      ),
    ).toEqual([
      [
        'approval',
        'Whoever opens a cycle does not approve it; from PEN 1000.00 on, two people approve.',
        'Whoever opens a cycle does not approve it; from PEN 5.00 on, two people approve.',
      ],
      ['evidence.attends', 'one (one)', 'one (another)'],
      ['programme', 'one (test, TEST, PE), 1', 'one (test, TEST, PE), 2'],
    ]);
  });
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
        before: 'Paid every month; from 2020-01.\nAges are taken on the first day of the month.\nPEN.',
        after:
          'Paid every month; from 2020-01 until 2026-12.\nAges are taken on the first day of the month.\nPEN.',
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
