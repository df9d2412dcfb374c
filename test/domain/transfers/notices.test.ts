import { describe, expect, it } from 'vitest';
import { listProgrammes, loadProgramme } from '../../../cli/commands/programme-files.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import { definitionNotices } from '../../../domain/transfers/notices.ts';
import { condition, define, money, ofEach, perChild, rule } from './support.ts';

const label = { es: 'a', en: 'a' };
const flat = { ...rule('flat'), kind: 'flat', per: 'period', amount: 'amount' };
const dated = (...values: [from: string, until?: string][]) => ({
  label,
  unit: 'money',
  values: values.map(([from, until]) => ({ from, ...(until && { until }), value: '1.00', cite: 'law' })),
});
const START = String(define().from);

type Case = [what: string, parts: Record<string, unknown>, path: string, en: RegExp];
const CASES: Case[] = [
  [
    'a condition that nothing requires',
    { conditions: [condition('c')] },
    'conditions[0]',
    /no benefit and no ladder requires "c"/,
  ],
  [
    'a parameter that no rule uses',
    { parameters: { amount: money('1.00'), extra: money('1.00') } },
    'parameters.extra',
    /no rule uses it/,
  ],
  [
    'a value that ends before its benefit',
    { parameters: { amount: dated([START, '2030-12']) }, benefits: [flat] },
    'parameters.amount.values[0].until',
    /nothing is said after 2030-12, and benefits\[0\] goes on: a later cycle is refused/,
  ],
  [
    'a value that starts after its benefit',
    { parameters: { amount: dated(['2030-01']) }, benefits: [flat] },
    'parameters.amount.values[0].from',
    /nothing is said before 2030-01/,
  ],
  [
    'a value that changes inside a period',
    {
      frequency: 'bimonthly',
      anchorMonth: 1,
      parameters: { amount: dated([START, '2030-03'], ['2030-04']) },
      benefits: [flat],
    },
    'parameters.amount.values[1].from',
    /2030-04 is inside the period that starts in 2030-03: what is paid by period takes it from 2030-05 on/,
  ],
];

describe('a definition in order is noted', () => {
  it.each(CASES)('for %s', (_what, parts, path, en) => {
    const [notice, ...others] = definitionNotices(define(parts));
    expect(others).toEqual([]);
    expect(notice).toMatchObject({ path, says: { en: expect.stringMatching(en) } });
    expect(notice!.says.es).not.toBe(notice!.says.en);
  });
  it('and not where the benefit ends with its value, is paid by month, or the condition is required', () => {
    const month = { ...flat, per: 'month' };
    expect(
      definitionNotices(
        define({
          parameters: { amount: dated([START, '2030-12']) },
          benefits: [{ ...flat, until: '2030-12' }],
        }),
      ),
    ).toEqual([]);
    expect(
      definitionNotices(
        define({
          frequency: 'bimonthly',
          anchorMonth: 1,
          parameters: { amount: dated([START, '2030-03'], ['2030-04']) },
          benefits: [month],
        }),
      ),
    ).toEqual([]);
    expect(
      definitionNotices(
        define({ conditions: [condition('c')], benefits: [perChild('each', { requires: ofEach('c') })] }),
      ),
    ).toEqual([]);
  });
  it('and what ships has none but that no money of BDH depends on compliance', () => {
    const noted = listProgrammes().flatMap(({ id }) =>
      definitionNotices(unwrap(loadProgramme(id, '.'))).map(({ path }) => `${id} ${path}`),
    );
    expect(noted).toEqual(['bdh conditions[0]', 'bdh conditions[1]']);
  });
});
