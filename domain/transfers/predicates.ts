import { addMonths, daysInMonth, type Month, month as toMonth } from '../kernel/period.ts';
import type { AttributeValue } from '../records/household.ts';
import type {
  AgeDay,
  AgeTest,
  AttributeTest,
  Bound,
  HouseholdPredicate,
  MemberPredicate,
} from '../records/programme/predicate.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { type HouseholdTest, type MemberTest, moneyAttribute } from './facts.ts';
import type { Values } from './values.ts';

/** The month that rules are compiled for, inside its period. */
export type Frame = {
  readonly definition: ProgrammeDefinition;
  readonly values: Values;
  readonly month: Month;
  readonly periodStart: Month;
  readonly periodEnd: Month;
};

const end = (value: Month): string => `${value}-${String(daysInMonth(value)).padStart(2, '0')}`;

/** The day that an age is taken on. */
export function ageDay(at: AgeDay, frame: Frame): string {
  const year = frame.month.slice(0, 4);
  switch (at) {
    case 'period_start':
      return `${frame.periodStart}-01`;
    case 'period_end':
      return end(frame.periodEnd);
    case 'month_start':
      return `${frame.month}-01`;
    case 'month_middle':
      return `${frame.month}-15`;
    case 'month_end':
      return end(frame.month);
    case 'march_31':
      return `${year}-03-31`;
    case 'year_start':
      return `${year}-01-01`;
    case 'year_end':
      return `${year}-12-31`;
  }
}

/** Somebody is at least n when born on or before this day. Texts compare as dates do. */
function bornBy(day: string, count: number, unit: 'years' | 'months'): string {
  const months = unit === 'years' ? count * 12 : count;
  return addMonths(toMonth(day.slice(0, 7)), -months) + day.slice(7);
}

function ageTest(test: AgeTest, frame: Frame): MemberTest {
  const day = ageDay(test.at ?? frame.definition.ageAt, frame);
  // Whoever is born between that day and the period's end is in the household and has age 0.
  const youngest = test.min === undefined || test.min <= 0;
  let latest = youngest ? end(frame.periodEnd) : bornBy(day, test.min!, test.unit);
  if (youngest && latest < day) latest = day;
  const after = test.max === undefined ? '' : bornBy(day, test.max + 1, test.unit);
  return ({ birthDate }) => birthDate !== undefined && birthDate <= latest && birthDate > after;
}

export const bound = (value: Bound, values: Values): number =>
  typeof value === 'number' ? value : values.need(value.param);

/** `null` bounds are open values: they refuse when a household needs them, not before. */
const lazily = (value: Bound, values: Values): (() => number) => {
  const known = typeof value === 'number' ? value : values.get(value.param).number;
  return known === undefined ? () => bound(value, values) : () => known;
};

function attributeTest(test: AttributeTest, frame: Frame): (value: AttributeValue | undefined) => boolean {
  const { definition, values } = frame;
  const declared = definition.attributes[test.name];
  const currency = definition.currency;
  const isMoney = declared?.type === 'money';
  if (test.missing !== undefined) return (value) => (value === undefined) === test.missing;
  if (test.is !== undefined) return (value) => value === test.is;
  if (test.in !== undefined) {
    const set = new Set(test.in);
    return (value) => value !== undefined && set.has(value);
  }
  const literal = (number: Bound): Bound =>
    isMoney && typeof number === 'number' ? (moneyAttribute(number, currency) ?? number) : number;
  const min = test.min === undefined ? undefined : lazily(literal(test.min), values);
  const max = test.max === undefined ? undefined : lazily(literal(test.max), values);
  const above = test.above === undefined ? undefined : lazily(literal(test.above), values);
  const below = test.below === undefined ? undefined : lazily(literal(test.below), values);
  return (value) => {
    const number = isMoney
      ? moneyAttribute(value, currency)
      : value === undefined
        ? undefined
        : Number(value);
    if (number === undefined || Number.isNaN(number)) return false;
    if (min && number < min()) return false;
    if (max && number > max()) return false;
    if (above && number <= above()) return false;
    return !(below && number >= below());
  };
}

/** A test on members, ready to run. `frame` fixes dates and values. */
export function compileMember(predicate: MemberPredicate, frame: Frame): MemberTest {
  if ('group' in predicate) return compileMember(frame.definition.groups[predicate.group]!, frame);
  if ('age' in predicate) return ageTest(predicate.age, frame);
  if ('sex' in predicate) return (member) => member.sex === predicate.sex;
  if ('grade' in predicate) {
    const { min = -Infinity, max = Infinity } = predicate.grade;
    return ({ grade }) => grade !== undefined && grade >= min && grade <= max;
  }
  if ('relationship' in predicate) {
    const set = new Set(predicate.relationship);
    return ({ relationship }) => relationship !== undefined && set.has(relationship);
  }
  if ('attribute' in predicate) {
    const test = attributeTest(predicate.attribute, frame);
    const { name } = predicate.attribute;
    return (member) => test(member.attributes[name]);
  }
  if ('household' in predicate) {
    const test = compileHousehold(predicate.household, frame);
    return (_, facts) => test(facts);
  }
  if ('not' in predicate) {
    const test = compileMember(predicate.not, frame);
    return (member, facts) => !test(member, facts);
  }
  const all = 'all' in predicate;
  const tests = (all ? predicate.all : predicate.any).map((item) => compileMember(item, frame));
  if (all) return (member, facts) => tests.every((test) => test(member, facts));
  return (member, facts) => tests.some((test) => test(member, facts));
}

/** A test on households, ready to run. */
export function compileHousehold(predicate: HouseholdPredicate, frame: Frame): HouseholdTest {
  const { values } = frame;
  if ('everyHousehold' in predicate) return () => true;
  if ('attribute' in predicate) {
    const test = attributeTest(predicate.attribute, frame);
    const { name } = predicate.attribute;
    return (facts) => test(facts.household.attributes[name]);
  }
  if ('territory' in predicate) {
    const { in: list, startsWith } = predicate.territory;
    const set = new Set(list);
    return ({ household: { territory } }) =>
      (list !== undefined && set.has(territory)) ||
      (startsWith !== undefined && territory.startsWith(startsWith));
  }
  if ('anyMember' in predicate || 'everyMember' in predicate) {
    const any = 'anyMember' in predicate;
    const test = compileMember(any ? predicate.anyMember : predicate.everyMember, frame);
    if (any) return (facts) => facts.household.members.some((member) => test(member, facts));
    return (facts) => facts.household.members.every((member) => test(member, facts));
  }
  if ('members' in predicate) {
    const { who, min = 0, max = Infinity } = predicate.members;
    const test = who ? compileMember(who, frame) : () => true;
    const least = lazily(min, values);
    const most = lazily(max, values);
    return (facts) => {
      let count = 0;
      for (const member of facts.household.members) if (test(member, facts)) count += 1;
      return count >= least() && count <= most();
    };
  }
  if ('inProgramme' in predicate)
    return ({ state, tenure }) =>
      (state?.status === 'active' || (state === undefined && tenure > 1)) === predicate.inProgramme;
  if ('monthsInProgramme' in predicate) {
    const least = lazily(predicate.monthsInProgramme.min ?? 0, values);
    const most = lazily(predicate.monthsInProgramme.max ?? Infinity, values);
    return ({ tenure }) => tenure >= least() && tenure <= most();
  }
  if ('calendarMonth' in predicate) {
    const yes = predicate.calendarMonth.includes(Number(frame.month.slice(5)));
    return () => yes;
  }
  if ('not' in predicate) {
    const test = compileHousehold(predicate.not, frame);
    return (facts) => !test(facts);
  }
  const all = 'all' in predicate;
  const tests = (all ? predicate.all : predicate.any).map((item) => compileHousehold(item, frame));
  if (all) return (facts) => tests.every((test) => test(facts));
  return (facts) => tests.some((test) => test(facts));
}
