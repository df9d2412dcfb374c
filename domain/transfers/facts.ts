import { type Currency, MINOR_DIGITS, parseAmount } from '../kernel/money.ts';
import type { AttributeValue, Household, HouseholdState, Member } from '../records/household.ts';

/** What rules may ask about the household being assessed, in one month. */
export type Facts = {
  readonly household: Household;
  readonly state: HouseholdState | undefined;
  /** The month in the programme that is being reckoned, 1 for the first. */
  tenure: number;
  /** Instalments used so far, those of the months of this period that are already reckoned included. */
  counts?: { [key: string]: number } | undefined;
};

export type MemberTest = (member: Member, facts: Facts) => boolean;
export type HouseholdTest = (facts: Facts) => boolean;

/** A money attribute in minor units; undefined where it is absent or no amount. */
export function moneyAttribute(value: AttributeValue | undefined, currency: Currency): number | undefined {
  if (typeof value === 'number') {
    if (Number.isInteger(value)) return value * 10 ** MINOR_DIGITS[currency];
    return parseRounded(String(value), currency);
  }
  if (typeof value !== 'string') return undefined;
  return plain(value, MINOR_DIGITS[currency]) ?? parseRounded(value, currency);
}

/** "218" and "218.00" read digit by digit: registries write nothing else, and a pattern costs ten times more. */
function plain(text: string, digits: number): number | undefined {
  if (text.length === 0 || text.length > 13) return undefined;
  let number = 0;
  let decimals = -1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46 && decimals < 0 && i > 0) decimals = 0;
    else if (code >= 48 && code <= 57) {
      number = number * 10 + code - 48;
      if (decimals >= 0) decimals += 1;
    } else return undefined;
  }
  if (decimals > digits || decimals === 0) return undefined;
  for (let i = Math.max(decimals, 0); i < digits; i++) number *= 10;
  return number;
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
