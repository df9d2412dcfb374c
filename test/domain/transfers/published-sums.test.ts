import { describe, expect, it } from 'vitest';
import type { Household, Member } from '../../../domain/records/household.ts';
import { parseProgramme } from '../../../domain/records/programme.ts';
import { compiled, draft, fact, home, pay, person, rule, split } from './support.ts';

const label = { es: 'uno', en: 'one' };
const sums = [
  { when: { area: 'far' }, members: [{ grade: 4 }, { grade: 8 }], value: '115.00' },
  { members: [{ grade: { min: 1, max: 9 } }, { grade: 1 }], value: '30.00' },
];
const parts = (more: Record<string, unknown> = {}) => ({
  attributes: { area: { of: 'household', type: 'text', label } },
  parameters: {
    grants: {
      label,
      unit: 'money',
      values: [
        {
          from: '2020-01',
          cite: 'law',
          rows: [
            { when: { grade: 5 }, value: '50.00' },
            { when: { grade: { min: 1, max: 9 } }, notPublished: true },
          ],
          sums,
          ...more,
        },
      ],
    },
  },
  conditions: [
    {
      ...rule('school'),
      of: { grade: { min: 1 } },
      evidence: 'attends',
      check: { type: 'is_true' },
      window: { each: 'period' },
      missing: 'hold',
    },
  ],
  benefits: [
    {
      ...rule('grant'),
      kind: 'table',
      per: 'month',
      table: 'grants',
      requires: [{ condition: 'school', scope: 'member' }],
    },
  ],
});
const pupil = (id: string, grade: number): Member => person(id, '2012-01-01', { grade });
const family = (grades: readonly number[], area = 'far'): Household =>
  home(
    grades.map((grade, i) => pupil(`C${i}`, grade)),
    { area },
  );
/** Payable, held and forfeited; y complies, n fails, ? is not reported. */
function paid(grades: readonly number[], reports: string, area?: string, fill = {}) {
  const household = family(grades, area);
  const evidence = [...reports].flatMap((mark, i) =>
    mark === '?' ? [] : [fact(`C${i}`, 'attends', mark === 'y')],
  );
  return pay(compiled(parts(), '2025-01', { unpublished: 'when_used', fill }), household, evidence);
}

describe('a sum published for several members together', () => {
  const rows: [name: string, grades: number[], reports: string, gives: [number, number, number]][] = [
    ['is paid where all comply', [4, 8], 'yy', [11500, 0, 0]],
    ['in any order', [8, 4], 'yy', [11500, 0, 0]],
    ['beside a member whose amount was published', [4, 5, 8], 'yyy', [16500, 0, 0]],
    ['is lost where none complies', [4, 8], 'nn', [0, 0, 11500]],
    ['is held where nobody was reported', [4, 8], '??', [0, 11500, 0]],
    ['finds each member a place of its own', [1, 3], 'yy', [3000, 0, 0]],
    ['also where the first fits both', [3, 1], 'yy', [3000, 0, 0]],
    ['asks nothing where nobody has an open row', [5], 'y', [5000, 0, 0]],
  ];
  for (const [name, grades, reports, gives] of rows)
    it(name, () => expect(split(paid(grades, reports))).toEqual(gives));
  it('is a line of the household, with how many it is for', () => {
    expect(paid([4, 8], 'yy').lines).toMatchObject([{ benefit: 'grant', amountMinor: 11500, count: 2 }]);
    expect(paid([4, 8], 'yy').lines[0]).not.toHaveProperty('member');
  });
  const refused: [name: string, grades: number[], reports: string, area?: string][] = [
    ['one of them fails', [4, 8], 'yn'],
    ['one of them is not reported', [4, 8], 'y?'],
    ['one is there alone', [4], 'y'],
    ['there is a third', [4, 8, 8], 'yyy'],
    ['another grade', [4, 7], 'yy'],
    ['another area', [4, 8], 'yy', 'near'],
  ];
  for (const [name, grades, reports, area] of refused)
    it(`is refused where ${name}`, () => {
      expect(() => paid(grades, reports, area)).toThrow(
        expect.objectContaining({ refusal: expect.anything() }),
      );
    });
  it('gives way to the values that are filled in', () =>
    expect(split(paid([4, 8], 'yn', 'near', { grants: '60.00' }))).toEqual([6000, 0, 6000]));
  it('is read strictly: an amount of the currency, two members at least', () => {
    for (const bad of [
      { sums: [{ ...sums[0], value: '1.234' }] },
      { sums: [{ ...sums[0], members: [{ grade: 4 }] }] },
      { sums: [] },
    ])
      expect(parseProgramme(draft(parts(bad))).ok).toBe(false);
    expect(parseProgramme(draft(parts())).ok).toBe(true);
  });
});
