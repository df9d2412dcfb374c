import { describe, expect, it } from 'vitest';
import { verifyCompliance } from '../../../domain/transfers/compliance.ts';
import { compiled, fact, home, person, rule } from './support.ts';

// A mutation run let through how three months of evidence make one value: every earlier test had two.

type Value = number | boolean;
const atLeast = (value: number) => ({ type: 'at_least', value });
const MONTHS = ['2025-01', '2025-02', '2025-03'];

/** Status and what was observed; `undefined` is a month without a row. */
function judged(
  check: Record<string, unknown>,
  combine: string | undefined,
  evidence: string,
  values: readonly (Value | undefined)[],
  more: readonly ReturnType<typeof fact>[] = [],
) {
  const programme = compiled({
    frequency: 'quarterly',
    conditions: [
      {
        ...rule('c'),
        of: { age: { max: 17 } },
        evidence,
        check,
        window: { each: 'period', ...(combine && { combine }) },
        missing: 'hold',
      },
    ],
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
    check: Record<string, unknown>,
    combine: string | undefined,
    evidence: string,
    values: (Value | undefined)[],
    expected: [string, Value | null],
  ][] = [
    ['the latest of three', atLeast(80), 'latest', 'pct', [90, 90, 10], ['non_compliant', 10]],
    ['the latest reported', atLeast(80), 'latest', 'pct', [10, 90, undefined], ['compliant', 90]],
    [
      'a sum counts yes as one and no as nothing',
      atLeast(2),
      'sum',
      'attends',
      [true, false, true],
      ['compliant', 2],
    ],
    ['a sum of one yes', atLeast(2), 'sum', 'attends', [false, true, false], ['non_compliant', 1]],
    [
      'an average is over what was reported',
      atLeast(80),
      'average',
      'pct',
      [70, undefined, 90],
      ['compliant', 80],
    ],
    [
      'every month: the failing one is shown',
      atLeast(80),
      undefined,
      'pct',
      [90, 10, 85],
      ['non_compliant', 10],
    ],
    [
      'every month: two of three reported',
      atLeast(80),
      undefined,
      'pct',
      [90, undefined, 85],
      ['unverified', null],
    ],
    ['any month: the good one is shown', atLeast(80), 'any', 'pct', [10, 90, 20], ['compliant', 90]],
    [
      'any month: good before all is reported',
      atLeast(80),
      'any',
      'pct',
      [90, undefined, undefined],
      ['compliant', 90],
    ],
    ['reported: one of three', atLeast(80), 'reported', 'pct', [undefined, 85, undefined], ['compliant', 85]],
    ['nothing reported', atLeast(80), 'reported', 'pct', [], ['unverified', null]],
  ];
  for (const [name, check, combine, evidence, values, expected] of rows)
    it(name, () => expect(judged(check, combine, evidence, values)).toEqual(expected));
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
