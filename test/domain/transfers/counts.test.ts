import { describe, expect, it } from 'vitest';
import type { HouseholdState } from '../../../domain/records/household.ts';
import { parseProgramme } from '../../../domain/records/programme.ts';
import { countKey, readCountKey } from '../../../domain/transfers/counts.ts';
import { compiled, draft, home, money, number, pay, perChild, person, rule } from './support.ts';

const label = { es: 'uno', en: 'one' };
const flat = (more: object) => ({ ...rule('flat'), kind: 'flat', per: 'month', amount: 'amount', ...more });

const parameters = { amount: money('10.00'), one: number(1), three: number(3) };
const bimonthly = { frequency: 'bimonthly', parameters };

describe('a limit inside a period of two months', () => {
  for (const [name, more, payableMinor] of [
    ['no limit pays both', {}, 2000],
    ['one instalment', { instalments: 'one' }, 1000],
    ['three instalments', { instalments: 'three' }, 2000],
    ['once in a lifetime', { limit: 'once_in_a_lifetime' }, 1000],
    ['once a year', { limit: 'once_a_year' }, 1000],
    ['one month a year', { months: { maxPerYear: 'one' } }, 1000],
  ] as const)
    it(name, () => {
      const programme = compiled({ ...bimonthly, benefits: [flat(more)] });
      expect(pay(programme, home([])).payableMinor).toBe(payableMinor);
    });
  it('three instalments end in the middle of the second period', () => {
    const parts = { ...bimonthly, benefits: [flat({ instalments: 'three' })] };
    const first = pay(compiled(parts), home([]));
    const second = pay(compiled(parts, '2025-03'), home([]), [], { state: first.state });
    expect([second.payableMinor, second.state.counts]).toEqual([1000, { flat: 3 }]);
  });
  it('once a year is once in each year of a period over the new year', () => {
    const parts = {
      ...bimonthly,
      anchorMonth: 12,
      benefits: [flat({ limit: 'once_a_year' })],
    };
    expect(pay(compiled(parts, '2024-12'), home([])).payableMinor).toBe(2000);
  });
});

describe('instalments of a member whose id ends like a year or a month', () => {
  for (const id of ['1001', '2024', '9999', 'x|2024', '2024-05', '"', '"2024"', 'a|b'])
    it(`${id}: three are three`, () => {
      let state: HouseholdState | undefined;
      const paid = [0, 1, 2, 3, 4].map((turn) => {
        const programme = compiled(
          { parameters, benefits: [perChild('grant', { instalments: 'three' })] },
          `202${5 + Math.floor(turn / 3)}-0${1 + turn}`,
        );
        const result = pay(programme, home([person(id, '2020-01-01')]), [], state && { state });
        state = result.state;
        return result.payableMinor / 1000;
      });
      expect(paid).toEqual([1, 1, 1, 0, 0]);
    });
  it('is read back from the key', () => {
    const ids = ['M', '2024', 'x|2024', 'a|b', '"', '"2024"', undefined];
    expect(ids.map((id) => readCountKey(countKey('grant', id)))).toEqual(
      ids.map((member) => ({ benefit: 'grant', member })),
    );
  });
});

const during = { attribute: { name: 'pregnant', is: true } };
const episode = (named?: string) => ({
  parameters,
  attributes: {
    pregnant: { of: 'member', type: 'boolean', label },
    since: { of: 'member', type: 'month', label },
    due: { of: 'member', type: 'text', label },
    area: { of: 'household', type: 'month', label },
  },
  benefits: [
    {
      ...rule('grant'),
      kind: 'per_member',
      per: 'month',
      bands: [{ who: during, amount: 'amount' }],
      instalments: 'three',
      episode: { during, ...(named && { named }) },
    },
  ],
});

/** Payable of months that follow each other, one woman's attributes in each. */
function months(
  named: string | undefined,
  attributes: readonly Record<string, string | boolean>[],
): number[] {
  let state: HouseholdState | undefined;
  return attributes.map((given, i) => {
    const programme = compiled(episode(named), `2025-${String(i + 1).padStart(2, '0')}`);
    const result = pay(
      programme,
      home([person('A', '1990-01-01', { attributes: given })]),
      [],
      state && { state },
    );
    state = result.state;
    return result.payableMinor / 1000;
  });
}

describe('instalments of an episode', () => {
  const yes = { pregnant: true };
  const named = (since: string) => ({ pregnant: true, since });
  it('start anew after a break', () => {
    expect(months(undefined, [yes, yes, yes, yes, { pregnant: false }, yes, yes, yes, yes])).toEqual([
      1, 1, 1, 0, 0, 1, 1, 1, 0,
    ]);
  });
  it('start anew with another name, and go on with the same one over a break', () => {
    const [a, b] = [named('2025-01'), named('2025-04')];
    expect(months('since', [a, a, a, a, b, b, b, b])).toEqual([1, 1, 1, 0, 1, 1, 1, 0]);
    expect(months('since', [a, a, { pregnant: false }, a, a])).toEqual([1, 1, 0, 1, 0]);
  });
  it('a name that comes late goes on with an unfinished series and starts anew after a finished one', () => {
    const a = named('2025-01');
    expect(months('since', [yes, yes, a, a])).toEqual([1, 1, 1, 0]);
    expect(months('since', [yes, yes, yes, yes, named('2025-05'), named('2025-05')])).toEqual([
      1, 1, 1, 0, 1, 1,
    ]);
  });
  it('a day of the same month is the same name', () => {
    expect(
      months('since', [named('2025-01'), named('2025-01-20'), named('2025-01'), named('2025-01')]),
    ).toEqual([1, 1, 1, 0]);
  });
  it('of one woman say nothing about another', () => {
    const programme = compiled(episode());
    const women = home([
      person('A', '1990-01-01', { attributes: { pregnant: false } }),
      person('B', '1990-01-01', { attributes: yes }),
    ]);
    const state = {
      ...pay(programme, women).state,
      lastPeriod: '2024-12',
      counts: { 'grant|A': 3, 'grant|B': 3 },
    };
    const result = pay(programme, women, [], { state: state as unknown as HouseholdState });
    expect([result.payableMinor, result.state.counts]).toEqual([0, { 'grant|B': 3 }]);
  });
  it('end while the household is out, too', () => {
    const parts = {
      ...episode(),
      eligibility: { label, cite: 'law', rule: { members: { min: 2 } } },
    };
    const woman = home([person('A', '1990-01-01', { attributes: { pregnant: false } })]);
    const state = {
      lastPeriod: '2024-12',
      firstPeriod: '2024-12',
      months: 1,
      status: 'active',
      counts: { 'grant|A': 3 },
    };
    const result = pay(compiled(parts), woman, [], { state: state as unknown as HouseholdState });
    expect([result.state.status, result.state.counts]).toEqual(['out', undefined]);
  });
  for (const [name, change, says] of [
    ['counts nothing', { instalments: undefined }, /benefits\[0\]\.episode: nothing is counted/],
    [
      'is named by a text',
      { episode: { during, named: 'due' } },
      /"due" must be a month attribute of the member/,
    ],
    ['is named by the household', { episode: { during, named: 'area' } }, /"area" must be a month attribute/],
    ['is named by nothing known', { episode: { during, named: 'none' } }, /there is no attribute "none"/],
  ] as const)
    it(`is refused where it ${name}`, () => {
      const parts = episode('since');
      const parsed = parseProgramme(draft({ ...parts, benefits: [{ ...parts.benefits[0], ...change }] }));
      expect(parsed.ok ? '' : parsed.error.message).toMatch(says);
    });
});
