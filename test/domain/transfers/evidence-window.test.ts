import { describe, expect, it } from 'vitest';
import { verifyCompliance } from '../../../domain/transfers/compliance.ts';
import { compiled, condition, fact, home, person } from './support.ts';

type Value = number | boolean | string;
const atLeast = (value: number) => ({ type: 'at_least', value });
const MONTHS = ['2025-01', '2025-02', '2025-03'];

/** Status and what was observed over a quarter; `undefined` is a month without a row. */
function judged(
  check: Record<string, unknown>,
  combine: string | undefined,
  evidence: string,
  values: readonly (Value | undefined)[],
  more: readonly ReturnType<typeof fact>[] = [],
) {
  const window = { each: 'period', ...(combine && { combine }) };
  const programme = compiled({
    frequency: 'quarterly',
    conditions: [condition('c', { evidence, check, window })],
  });
  const rows = values.flatMap((value, i) =>
    value === undefined ? [] : [fact('M', evidence, value, MONTHS[i])],
  );
  const [verdict] = verifyCompliance(programme, home([person('M')]), [...rows, ...more]);
  return [verdict?.status, verdict?.observed];
}

describe('three months of evidence', () => {
  const rows: [
    name: string,
    combine: string | undefined,
    values: (number | undefined)[],
    expected: [string, Value | null],
  ][] = [
    ['the latest of three', 'latest', [90, 90, 10], ['non_compliant', 10]],
    ['the latest reported', 'latest', [10, 90, undefined], ['compliant', 90]],
    ['an average is over what was reported', 'average', [70, undefined, 90], ['compliant', 80]],
    ['every month: the failing one is shown', undefined, [90, 10, 85], ['non_compliant', 10]],
    ['every month: two of three reported', undefined, [90, undefined, 85], ['unverified', null]],
    ['any month: the good one is shown', 'any', [10, 90, 20], ['compliant', 90]],
    ['any month: good before all is reported', 'any', [90, undefined, undefined], ['compliant', 90]],
    ['reported: one of three', 'reported', [undefined, 85, undefined], ['compliant', 85]],
    ['nothing reported', 'reported', [], ['unverified', null]],
  ];
  for (const [name, combine, values, expected] of rows)
    it(name, () => expect(judged(atLeast(80), combine, 'pct', values)).toEqual(expected));
  it('a sum counts yes as one and no as nothing', () =>
    expect([
      judged(atLeast(2), 'sum', 'attends', [true, false, true]),
      judged(atLeast(2), 'sum', 'attends', [false, true, false]),
    ]).toEqual([
      ['compliant', 2],
      ['non_compliant', 1],
    ]));
});

describe('as many as were scheduled, over three months', () => {
  const check = { type: 'all_scheduled', scheduled: 'planned' };
  const planned = (...values: number[]) => values.map((value, i) => fact('M', 'planned', value, MONTHS[i]));
  const rows: [name: string, done: (number | undefined)[], planned: number[], expected: unknown[]][] = [
    ['all', [1, 1, 1], [1, 1, 1], ['compliant', 3]],
    ['made up for in another month', [0, 0, 3], [1, 1, 1], ['compliant', 3]],
    ['one short', [1, 1, 0], [1, 1, 1], ['non_compliant', 2]],
    ['none were scheduled and none reported', [], [0], ['compliant', 0]],
    ['scheduled, nothing reported', [], [1], ['unverified', null]],
    ['reported, nothing scheduled', [1], [], ['unverified', null]],
  ];
  for (const [name, done, plan, expected] of rows)
    it(name, () => expect(judged(check, undefined, 'visits', done, planned(...plan))).toEqual(expected));
});

describe('two rows for one month: the better one, in either order', () => {
  const words = { type: 'one_of', values: ['a', 'b'] };
  const atMost = { type: 'at_most', value: 2 };
  const rows: [
    name: string,
    check: Record<string, unknown>,
    evidence: string,
    worse: Value,
    better: Value,
    status: string,
  ][] = [
    ['yes before no', { type: 'is_true' }, 'attends', false, true, 'compliant'],
    ['a listed word before another', words, 'level', 'c', 'b', 'compliant'],
    ['the higher of two percentages', atLeast(80), 'pct', 79, 80, 'compliant'],
    ['the higher, where both fail', atLeast(80), 'pct', 10, 79, 'non_compliant'],
    ['the lower of two absences', atMost, 'visits', 3, 2, 'compliant'],
    ['the lower, where both fail', atMost, 'visits', 9, 3, 'non_compliant'],
  ];
  for (const [name, check, evidence, worse, better, status] of rows)
    it(name, () => {
      const programme = compiled({ conditions: [condition('c', { evidence, check })] });
      for (const values of [
        [worse, better],
        [better, worse],
      ])
        expect(
          verifyCompliance(
            programme,
            home([person('M')]),
            values.map((value) => fact('M', evidence, value)),
          ),
        ).toMatchObject([{ status, observed: better }]);
    });
  it('two noes are no, two words that do not count do not count', () => {
    const status = (check: Record<string, unknown>, evidence: string, values: Value[]) =>
      verifyCompliance(
        compiled({ conditions: [condition('c', { evidence, check })] }),
        home([person('M')]),
        values.map((value) => fact('M', evidence, value)),
      )[0]?.status;
    expect([
      status({ type: 'is_true' }, 'attends', [false, 'no']),
      status(words, 'level', ['c', 'd']),
    ]).toEqual(['non_compliant', 'non_compliant']);
  });
});
