import { lastDay, monthIndex } from '../kernel/period.ts';
import type { AttributeValue, Member } from '../records/household.ts';
import type { Key } from '../records/programme/parameter.ts';
import type { Facts } from './facts.ts';
import { ageDay, type Frame } from './predicates.ts';

/** The amount (or percentage, or count) that a member, or a household without one, looks up. */
export type Lookup = (member: Member | undefined, facts: Facts) => number | undefined;
type KeyOf = (member: Member | undefined, facts: Facts) => AttributeValue | undefined;

function keyOf(name: string, frame: Frame): KeyOf {
  const calendar = Number(frame.month.slice(5));
  const day = ageDay(frame.definition.ageAt, frame);
  const born = lastDay(frame.periodEnd);
  switch (name) {
    case 'sex':
    case 'grade':
    case 'relationship':
      return (member) => member?.[name];
    case 'territory':
      return (_, facts) => facts.household.territory;
    case 'tenure':
      return (_, facts) => facts.tenure;
    case 'month':
      return () => calendar;
    case 'age':
      return (member) =>
        member?.birthDate === undefined || member.birthDate > born
          ? undefined
          : yearsOn(member.birthDate, day);
    default:
      return frame.definition.attributes[name]?.of === 'member'
        ? (member) => member?.attributes[name]
        : (_, facts) => facts.household.attributes[name];
  }
}

const yearsOn = (birth: string, day: string): number =>
  Math.max(0, Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0));

function matches(key: Key): (value: AttributeValue) => boolean {
  if (Array.isArray(key)) {
    const set = new Set<AttributeValue>(key);
    return (value) => set.has(value);
  }
  if (typeof key === 'object') {
    const { min = -Infinity, max = Infinity } = key;
    return (value) => typeof value === 'number' && value >= min && value <= max;
  }
  return (value) => value === key;
}

type Test = {
  readonly name: string;
  readonly of: KeyOf;
  readonly matches: (value: AttributeValue) => boolean;
};

/** Whether all keys fit a member, or a household without one. */
export function fits(
  when: { readonly [key: string]: Key },
  frame: Frame,
): (member: Member | undefined, facts: Facts) => boolean {
  const tests = Object.entries(when).map(([key, wanted]) => ({
    of: keyOf(key, frame),
    matches: matches(wanted),
  }));
  return (member, facts) =>
    tests.every(({ of, matches }) => {
      const found = of(member, facts);
      return found !== undefined && matches(found);
    });
}

/**
 * A parameter ready to be looked up: a constant, or the first row whose keys all fit; undefined where none
 * fits. A member who lacks a key of `lowestIfMissing` gets the lowest of the rows that otherwise fit. An open
 * value throws the refusal VALUE_NOT_PUBLISHED when it is reached.
 */
export function lookup(name: string, frame: Frame, lowestIfMissing: readonly string[] = []): Lookup {
  const value = frame.values.get(name);
  if (!value.rows) {
    const { number } = value;
    return number === undefined ? () => frame.values.need(name) : () => number;
  }
  const rows = value.rows.map((row) => ({
    number: row.number,
    tests: Object.entries(row.when).map(
      ([key, wanted]): Test => ({ name: key, of: keyOf(key, frame), matches: matches(wanted) }),
    ),
  }));
  const lenient = new Set(lowestIfMissing);
  return (member, facts) => {
    let lowest: number | undefined;
    search: for (const row of rows) {
      let guessed = false;
      for (const test of row.tests) {
        const found = test.of(member, facts);
        if (found === undefined && lenient.has(test.name)) guessed = true;
        else if (found === undefined || !test.matches(found)) continue search;
      }
      const number = row.number ?? frame.values.need(name);
      if (!guessed) return number;
      if (lowest === undefined || number < lowest) lowest = number;
    }
    return lowest;
  };
}

/** Months from `entered` to the frame's month, the first counted as 1. */
export const tenureSince = (entered: string, month: string): number =>
  monthIndex(month as never) - monthIndex(entered as never) + 1;
