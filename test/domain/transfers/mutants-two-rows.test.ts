import { describe, expect, it } from 'vitest';
import { verifyCompliance } from '../../../domain/transfers/compliance.ts';
import { compiled, fact, home, person, rule } from './support.ts';

// A mutation run let through which of two rows for one month counts: the better one, in either order.

const rows: [
  name: string,
  check: Record<string, unknown>,
  evidence: string,
  worse: string | number | boolean,
  better: string | number | boolean,
  status: string,
][] = [
  ['yes before no', { type: 'is_true' }, 'attends', false, true, 'compliant'],
  ['a listed word before another', { type: 'one_of', values: ['a', 'b'] }, 'level', 'c', 'b', 'compliant'],
  ['the higher of two percentages', { type: 'at_least', value: 80 }, 'pct', 79, 80, 'compliant'],
  ['the higher, where both fail', { type: 'at_least', value: 80 }, 'pct', 10, 79, 'non_compliant'],
  ['the lower of two absences', { type: 'at_most', value: 2 }, 'visits', 3, 2, 'compliant'],
  ['the lower, where both fail', { type: 'at_most', value: 2 }, 'visits', 9, 3, 'non_compliant'],
];

describe('two rows for one month', () => {
  for (const [name, check, evidence, worse, better, status] of rows)
    it(name, () => {
      const programme = compiled({
        conditions: [
          {
            ...rule('c'),
            of: { age: { max: 17 } },
            evidence,
            check,
            window: { each: 'period', months: 1 },
            missing: 'hold',
          },
        ],
      });
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
});
