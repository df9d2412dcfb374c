import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import type { HouseholdState } from '../../../domain/records/household.ts';
import type { AgeDay } from '../../../domain/records/programme/predicate.ts';
import { ageDay, type Frame } from '../../../domain/transfers/predicates.ts';
import { compiled, flat, home, label, money, number, pay, person } from './support.ts';

type Household = ReturnType<typeof home>;
const parts = {
  parameters: { amount: money('100.00'), two: number(2) },
  attributes: {
    income: { of: 'household', type: 'money', label },
    rooms: { of: 'household', type: 'number', label },
    off: { of: 'household', type: 'boolean', label },
    zone: { of: 'household', type: 'text', label },
    entry: { of: 'household', type: 'month', label },
    wage: { of: 'member', type: 'money', label },
  },
  groups: { children: { age: { max: 17 } } },
  stay: { entered: 'entry', cite: 'law' },
};
const holds = (when: Record<string, unknown>, household: Household, state?: HouseholdState): boolean =>
  pay(
    compiled({ ...parts, benefits: [flat('flat', 'amount', { when })] }),
    household,
    [],
    state ? { state } : {},
  ).payableMinor > 0;

const of = (attributes: Household['attributes']) => home([], attributes);
const income = (test: Record<string, unknown>) => ({ attribute: { name: 'income', ...test } });
const rooms = (test: Record<string, unknown>) => ({ attribute: { name: 'rooms', ...test } });
const someone = (who: Record<string, unknown>) => ({ anyMember: who });
const member = (more: Parameters<typeof person>[2] = {}, birth?: string) => home([person('A', birth, more)]);
const there = { ...home([]), territory: '150101' };
const two = home([person('A'), person('B', '1990-01-01')]);
const children = home([person('A'), person('B')]);

const rows: [name: string, predicate: Record<string, unknown>, household: Household, yes: boolean][] = [
  ['territory listed', { territory: { in: ['150101'] } }, there, true],
  ['territory not listed', { territory: { in: ['150102'] } }, there, false],
  ['territory by its beginning', { territory: { startsWith: '15' } }, there, true],
  ['territory of another beginning', { territory: { startsWith: '16' } }, there, false],
  ['attribute missing', { attribute: { name: 'off', missing: true } }, of({}), true],
  ['attribute there', { attribute: { name: 'off', missing: true } }, of({ off: false }), false],
  ['attribute must be there', { attribute: { name: 'off', missing: false } }, of({ off: false }), true],
  ['attribute must be there and is not', { attribute: { name: 'off', missing: false } }, of({}), false],
  ['attribute is', { attribute: { name: 'zone', is: 'rural' } }, of({ zone: 'rural' }), true],
  ['attribute is another', { attribute: { name: 'zone', is: 'rural' } }, of({ zone: 'urban' }), false],
  [
    'attribute is one of',
    { attribute: { name: 'zone', in: ['rural', 'urban'] } },
    of({ zone: 'urban' }),
    true,
  ],
  ['attribute is none of', { attribute: { name: 'zone', in: ['rural'] } }, of({ zone: 'urban' }), false],
  ['attribute not recorded is none of', { attribute: { name: 'zone', in: ['rural'] } }, of({}), false],
  ['money at a written bound', income({ max: 218 }), of({ income: '218.00' }), true],
  ['money a cent above it', income({ max: 218 }), of({ income: '218.01' }), false],
  ['money a third of a cent above rounds to it', income({ max: 218 }), of({ income: '218.0033' }), true],
  ['money half a cent above rounds up', income({ max: 218 }), of({ income: '218.005' }), false],
  ['money as a number with decimals', income({ min: 0.5 }), of({ income: 0.5 }), true],
  ['money a cent below', income({ min: 0.5 }), of({ income: '0.49' }), false],
  ['money that is no number', income({ min: 0 }), of({ income: 'much' }), false],
  ['money without digits after the point', income({ min: 0 }), of({ income: '5.' }), false],
  ['money at a bound that it must pass', income({ above: { param: 'amount' } }), of({ income: 100 }), false],
  ['money a cent above that', income({ above: { param: 'amount' } }), of({ income: '100.01' }), true],
  [
    'money at a bound that it must stay below',
    income({ below: { param: 'amount' } }),
    of({ income: 100 }),
    false,
  ],
  ['money a cent below that', income({ below: { param: 'amount' } }), of({ income: '99.99' }), true],
  ['a number at its least', rooms({ min: 2, max: 3 }), of({ rooms: 2 }), true],
  ['a number below it', rooms({ min: 2, max: 3 }), of({ rooms: 1 }), false],
  ['a number at its most', rooms({ min: 2, max: { param: 'two' } }), of({ rooms: 2 }), true],
  ['a number above it', rooms({ min: 2, max: { param: 'two' } }), of({ rooms: 3 }), false],
  ['a number not recorded', rooms({ max: 3 }), of({}), false],
  ['a number that is none', rooms({ max: 3 }), of({ rooms: 'x' }), false],
  ['members counted', { members: { who: { group: 'children' }, min: 2 } }, children, true],
  ['one too few', { members: { who: { group: 'children' }, min: 2 } }, two, false],
  ['as many as there may be', { members: { max: 2 } }, two, true],
  ['one too many', { members: { max: 1 } }, two, false],
  ['as many as a parameter says', { members: { min: { param: 'two' } } }, two, true],
  ['every member', { everyMember: { age: { min: 18 } } }, home([person('A', '1990-01-01')]), true],
  ['not every member', { everyMember: { age: { min: 18 } } }, two, false],
  ['some member', someone({ age: { min: 18 } }), two, true],
  ['no member', someone({ age: { min: 18 } }), children, false],
  ['the month', { calendarMonth: [1, 2] }, of({}), true],
  ['another month', { calendarMonth: [2] }, of({}), false],
  ['a relationship', someone({ relationship: ['mother'] }), member({ relationship: 'mother' }), true],
  ['another relationship', someone({ relationship: ['mother'] }), member({ relationship: 'head' }), false],
  ['no relationship recorded', someone({ relationship: ['mother'] }), member(), false],
  ['sex', someone({ sex: 'F' }), member({ sex: 'F' }), true],
  ['another sex', someone({ sex: 'F' }), member({ sex: 'M' }), false],
  ['the lowest grade', someone({ grade: { min: 3, max: 6 } }), member({ grade: 3 }), true],
  ['below it', someone({ grade: { min: 3, max: 6 } }), member({ grade: 2 }), false],
  ['the highest grade', someone({ grade: { min: 3, max: 6 } }), member({ grade: 6 }), true],
  ['above it', someone({ grade: { min: 3, max: 6 } }), member({ grade: 7 }), false],
  ['no grade recorded', someone({ grade: { max: 6 } }), member(), false],
  ['no age without a birth date', someone({ age: { min: 0 } }), home([{ id: 'A', attributes: {} }]), false],
  ['eighteen on the day', someone({ age: { min: 18 } }), member({}, '2007-01-01'), true],
  ['eighteen a day later', someone({ age: { min: 18 } }), member({}, '2007-01-02'), false],
  ['the last day of seventeen', someone({ age: { max: 17 } }), member({}, '2007-01-02'), true],
  ['no longer seventeen', someone({ age: { max: 17 } }), member({}, '2007-01-01'), false],
  ['born on the day', someone({ age: { max: 17 } }), member({}, '2025-01-01'), true],
  ['born later in the period: of age 0', someone({ age: { max: 17 } }), member({}, '2025-01-31'), true],
  [
    'born later in the period, from age 0',
    someone({ age: { min: 0, max: 5 } }),
    member({}, '2025-01-02'),
    true,
  ],
  ['born later in the period, from age 1', someone({ age: { min: 1 } }), member({}, '2025-01-02'), false],
  ['not born in the period', someone({ age: { max: 17 } }), member({}, '2025-02-01'), false],
  ['six months of age', someone({ age: { max: 6, unit: 'months' } }), member({}, '2024-06-02'), true],
  ['seven months', someone({ age: { max: 6, unit: 'months' } }), member({}, '2024-06-01'), false],
  [
    'an attribute of a member',
    someone({ attribute: { name: 'wage', min: 5 } }),
    member({ attributes: { wage: 5 } }),
    true,
  ],
  ['an attribute that no member has', someone({ attribute: { name: 'wage', min: 5 } }), member(), false],
  [
    'a member of a household of a kind',
    someone({ household: income({ max: 1 }) }),
    { ...member(), attributes: { income: 1 } },
    true,
  ],
  [
    'a member of another household',
    someone({ household: income({ max: 1 }) }),
    { ...member(), attributes: { income: 2 } },
    false,
  ],
  ['not', someone({ not: { sex: 'F' } }), member({ sex: 'F' }), false],
  ['both', someone({ all: [{ sex: 'F' }, { grade: { min: 3 } }] }), member({ sex: 'F', grade: 3 }), true],
  [
    'one of both',
    someone({ all: [{ sex: 'F' }, { grade: { min: 3 } }] }),
    member({ sex: 'F', grade: 2 }),
    false,
  ],
  [
    'one of either',
    someone({ any: [{ sex: 'F' }, { grade: { min: 3 } }] }),
    member({ sex: 'F', grade: 2 }),
    true,
  ],
  [
    'none of either',
    someone({ any: [{ sex: 'F' }, { grade: { min: 3 } }] }),
    member({ sex: 'M', grade: 2 }),
    false,
  ],
  ['households: not', { not: income({ max: 1 }) }, of({ income: 1 }), false],
  [
    'households: one of both',
    { all: [income({ max: 1 }), rooms({ min: 2 })] },
    of({ income: 1, rooms: 1 }),
    false,
  ],
  ['households: both', { all: [income({ max: 1 }), rooms({ min: 2 })] }, of({ income: 1, rooms: 2 }), true],
  [
    'households: one of either',
    { any: [income({ max: 1 }), rooms({ min: 2 })] },
    of({ income: 1, rooms: 1 }),
    true,
  ],
  [
    'households: none of either',
    { any: [income({ max: 1 }), rooms({ min: 2 })] },
    of({ income: 2, rooms: 1 }),
    false,
  ],
];

describe('a rule asks for', () => {
  for (const [name, predicate, household, yes] of rows)
    it(`${name}: ${yes ? 'yes' : 'no'}`, () => expect(holds(predicate, household)).toBe(yes));
});

describe('a household in the programme', () => {
  const stateBefore = (status: HouseholdState['status']): HouseholdState => ({
    lastPeriod: month('2024-12'),
    firstPeriod: month('2024-12'),
    months: 1,
    status,
  });
  const old = of({ entry: '2024-11' });
  const rows: [name: string, household: Household, state: HouseholdState | undefined, yes: boolean][] = [
    ['was paid last period', of({}), stateBefore('active'), true],
    ['was not paid last period', of({}), stateBefore('out'), false],
    ['was not paid last period, though it entered long ago', old, stateBefore('out'), false],
    ['is new', of({}), undefined, false],
    ['enters this month', of({ entry: '2025-01' }), undefined, false],
    ['entered a month ago, by its record', of({ entry: '2024-12' }), undefined, true],
  ];
  for (const [name, household, state, yes] of rows)
    it(`${name}: ${yes ? 'yes' : 'no'}`, () => {
      expect(holds({ inProgramme: true }, household, state)).toBe(yes);
      expect(holds({ inProgramme: false }, household, state)).toBe(!yes);
    });
  it('for so many months', () => {
    const third = (bounds: Record<string, unknown>) => holds({ monthsInProgramme: bounds }, old);
    expect([
      third({ min: 3 }),
      third({ min: 4 }),
      third({ max: 3 }),
      third({ max: { param: 'two' } }),
    ]).toEqual([true, false, true, false]);
  });
});

describe('the day that an age is taken on, in February 2024 of a quarter', () => {
  const frame = { month: '2024-02', periodStart: '2024-01', periodEnd: '2024-03' } as Frame;
  const rows: [at: AgeDay, day: string][] = [
    ['period_start', '2024-01-01'],
    ['period_end', '2024-03-31'],
    ['month_start', '2024-02-01'],
    ['month_middle', '2024-02-15'],
    ['month_end', '2024-02-29'],
    ['march_31', '2024-03-31'],
    ['year_start', '2024-01-01'],
    ['year_end', '2024-12-31'],
  ];
  for (const [at, day] of rows) it(`${at}: ${day}`, () => expect(ageDay(at, frame)).toBe(day));
});
