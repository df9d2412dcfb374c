import { isDay, isMonth } from '../kernel/period.ts';
import type { AttributeValue } from '../records/household.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';

const YES: ReadonlySet<unknown> = new Set([true, 1, '1', 'true', 'yes', 'si', 'sí']);
const NO: ReadonlySet<unknown> = new Set([false, 0, '0', 'false', 'no']);
const folded = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);
/** What evidence of a yes/no kind may be written as. */
export const isYesOrNo = (value: unknown): boolean => YES.has(folded(value)) || NO.has(folded(value));

const DECIMAL = /^-?\d{1,15}(\.\d+)?$/;
/** A number, also where it is written as a decimal string; NaN for anything else. */
const numberIn = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'string' && DECIMAL.test(value) ? Number(value) : NaN;

type Type = {
  readonly fits: (value: unknown) => boolean;
  /** What a refusal says that was expected. */
  readonly says: string;
};
/** The types of attributes and evidence in a case. */
export const TYPES: { readonly [type: string]: Type } = {
  money: {
    fits: (value) =>
      typeof value === 'string'
        ? /^\d{1,12}(\.\d+)?$/.test(value)
        : numberIn(value) >= 0 && numberIn(value) < 1e12,
    says: 'must be money: an amount that is not negative, such as "218.00"',
  },
  number: { fits: (value) => !Number.isNaN(numberIn(value)), says: 'must be a number' },
  boolean: { fits: (value) => typeof value === 'boolean', says: 'must be boolean: true or false' },
  text: { fits: (value) => typeof value === 'string', says: 'must be text, in quotes' },
  month: {
    fits: (value) => typeof value === 'string' && (isMonth(value) || isDay(value)),
    says: 'must be a month, YYYY-MM',
  },
  percent: {
    fits: (value) => numberIn(value) >= 0 && numberIn(value) <= 100,
    says: 'must be a percentage from 0 to 100',
  },
  count: { fits: (value) => numberIn(value) >= 0, says: 'must be a number that is not negative' },
};

const NUMBERS: ReadonlySet<string | undefined> = new Set(['number', 'percent', 'count']);
const plain = (type: string | undefined, value: AttributeValue): AttributeValue =>
  NUMBERS.has(type) ? numberIn(value) : value;

/** Evidence as rules read it: yes and no as true and false, decimal strings as numbers. */
export function plainValue(
  definition: ProgrammeDefinition,
  kind: string,
  value: AttributeValue,
): AttributeValue {
  const type = definition.evidence[kind]?.type;
  return type === 'boolean' ? YES.has(folded(value)) : plain(type, value);
}

/** Attributes as rules read them: decimal strings as numbers. */
export const plainAttributes = (
  definition: ProgrammeDefinition,
  attributes: { readonly [name: string]: AttributeValue },
): { [name: string]: AttributeValue } =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [
      name,
      plain(definition.attributes[name]?.type, value),
    ]),
  );
