import { type Currency, MINOR_DIGITS, parseAmount } from '../kernel/money.ts';
import type { AttributeValue, Household, HouseholdState, Member } from '../records/household.ts';

/** What rules may ask about the household being assessed, in one month. */
export type Facts = {
  readonly household: Household;
  readonly state: HouseholdState | undefined;
  /** The month in the programme that is being reckoned, 1 for the first. */
  tenure: number;
};

export type MemberTest = (member: Member, facts: Facts) => boolean;
export type HouseholdTest = (facts: Facts) => boolean;

/** A money attribute in minor units; undefined where it is absent or no amount. */
export function moneyAttribute(value: AttributeValue | undefined, currency: Currency): number | undefined {
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return value * 10 ** MINOR_DIGITS[currency];
    return parseRounded(String(value), currency);
  }
  return typeof value === 'string' ? parseRounded(value, currency) : undefined;
}

/** Incomes per person come with more decimals than the currency has: 33.333 is 33.33. */
function parseRounded(text: string, currency: Currency): number | undefined {
  const exact = parseAmount(text, currency);
  if (exact !== undefined) return exact;
  const match = /^(-?\d{1,12})\.(\d+)$/.exec(text);
  if (!match) return undefined;
  const digits = MINOR_DIGITS[currency];
  const cut = parseAmount(digits === 0 ? match[1]! : `${match[1]}.${match[2]!.slice(0, digits)}`, currency);
  if (cut === undefined) return undefined;
  return cut + (Number(match[2]![digits] ?? '0') >= 5 ? (cut < 0 ? -1 : 1) : 0);
}
