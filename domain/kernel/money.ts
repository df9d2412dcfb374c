import { assert } from './assert.ts';

/** Integer minor units (cents, centavos); never a fraction, always a safe integer. */
export type Minor = number & { readonly __minor: unique symbol };
export type Currency = keyof typeof MINOR_DIGITS;

/** ISO 4217 minor digits of the currencies that shipped programmes pay in. */
export const MINOR_DIGITS = {
  PEN: 2,
  USD: 2,
  CLP: 0,
  BRL: 2,
  MXN: 2,
  MXP: 2,
  COP: 2,
  BOB: 2,
  PAB: 2,
  PHP: 2,
  ARS: 2,
  NPR: 2,
  INR: 2,
  GBP: 2,
  EUR: 2,
  GTQ: 2,
  HNL: 2,
  DOP: 2,
  IDR: 2,
  CHF: 2,
} as const;

export const ZERO = 0 as Minor;

/** An integer as minor units. Refuses (as a bug) fractions and unsafe integers. */
export function minor(value: number): Minor {
  assert(Number.isSafeInteger(value), `money must be a safe integer of minor units, got ${value}`);
  return (value === 0 ? 0 : value) as Minor;
}

export const subtract = (a: Minor, b: Minor): Minor => minor(a - b);
export function sum(values: Iterable<Minor>): Minor {
  let total = 0;
  for (const value of values) total += value;
  return minor(total);
}

/** A decimal string such as "1234.50" as minor units of `currency`; undefined where it is not one exactly. */
export function parseAmount(text: string, currency: Currency): Minor | undefined {
  const digits = MINOR_DIGITS[currency];
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(text);
  if (!match) return undefined;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > digits) return undefined;
  const value = BigInt(`${match[2]}${fraction.padEnd(digits, '0')}`);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return minor(match[1] === '-' ? -Number(value) : Number(value));
}

/** Minor units as a decimal string with all the currency's digits: 5 BRL cents is "0.05", 700 CLP is "700". */
export function formatAmount(value: Minor, currency: Currency): string {
  const digits = MINOR_DIGITS[currency];
  const sign = value < 0 ? '-' : '';
  const text = String(Math.abs(value)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

export const ROUNDING = ['half_up', 'half_even', 'up', 'down'] as const;
export type Rounding = (typeof ROUNDING)[number];

/**
 * `value` x `numerator` / `denominator`, exactly, then rounded to a multiple of `unit` minor units.
 * Integers throughout (BigInt inside); `up` and `down` are away from and towards zero.
 */
export function scale(
  value: Minor,
  numerator: number,
  denominator: number,
  rounding: Rounding,
  unit = 1,
): Minor {
  assert(denominator > 0 && unit > 0, 'scale needs a positive denominator and unit');
  assert(Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator), 'scale takes integer ratios');
  const top = BigInt(value) * BigInt(numerator);
  const bottom = BigInt(denominator) * BigInt(unit);
  const negative = top < 0n;
  const magnitude = negative ? -top : top;
  let quotient = magnitude / bottom;
  const rest = magnitude % bottom;
  if (rest > 0n) {
    const twice = rest * 2n;
    const half = twice === bottom;
    if (rounding === 'up' || twice > bottom) quotient += rounding === 'down' ? 0n : 1n;
    else if (half && (rounding === 'half_up' || (rounding === 'half_even' && quotient % 2n === 1n)))
      quotient += 1n;
  }
  const result = Number(quotient) * unit;
  return minor(negative ? -result : result);
}
