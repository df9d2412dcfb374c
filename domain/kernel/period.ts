import { assert } from './assert.ts';

/** A calendar month, `YYYY-MM`. A payment period is named by its first month. */
export type Month = string & { readonly __month: unique symbol };
/** A calendar day, `YYYY-MM-DD`. */
export type Day = string & { readonly __day: unique symbol };

export const FREQUENCY_MONTHS = {
  monthly: 1,
  bimonthly: 2,
  quarterly: 3,
  four_monthly: 4,
  semiannual: 6,
  annual: 12,
} as const;
export type Frequency = keyof typeof FREQUENCY_MONTHS;

export const isMonth = (text: string): text is Month => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);
export function isDay(text: string): text is Day {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!match) return false;
  const day = Number(match[3]);
  return isMonth(text.slice(0, 7)) && day >= 1 && day <= daysInMonth(text.slice(0, 7) as Month);
}
export function month(text: string): Month {
  assert(isMonth(text), `not a month (YYYY-MM): ${text}`);
  return text;
}
export function day(text: string): Day {
  assert(isDay(text), `not a day (YYYY-MM-DD): ${text}`);
  return text;
}

/** Months since year 0, for arithmetic. */
export const monthIndex = (value: Month): number =>
  Number(value.slice(0, 4)) * 12 + Number(value.slice(5, 7)) - 1;
export function monthFromIndex(index: number): Month {
  const year = Math.floor(index / 12);
  return `${String(year).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}` as Month;
}
export const addMonths = (value: Month, count: number): Month => monthFromIndex(monthIndex(value) + count);
export const monthOf = (value: Day): Month => value.slice(0, 7) as Month;

export function daysInMonth(value: Month): number {
  const year = Number(value.slice(0, 4));
  const monthNumber = Number(value.slice(5, 7));
  if (monthNumber === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(monthNumber) ? 30 : 31;
}
export const lastDay = (value: Month): Day => `${value}-${daysInMonth(value)}` as Day;

/** Days since 1970-01-01 (proleptic Gregorian), for arithmetic. */
export const dayNumber = (value: Day): number => Math.round(Date.parse(`${value}T00:00:00Z`) / 86_400_000);
export const dayFromNumber = (count: number): Day =>
  new Date(count * 86_400_000).toISOString().slice(0, 10) as Day;
export const addDays = (value: Day, count: number): Day => dayFromNumber(dayNumber(value) + count);

/** The months of the period that starts with `first`. */
export const periodMonths = (first: Month, frequency: Frequency): Month[] =>
  Array.from({ length: FREQUENCY_MONTHS[frequency] }, (_, i) => addMonths(first, i));
export const nextPeriod = (first: Month, frequency: Frequency): Month =>
  addMonths(first, FREQUENCY_MONTHS[frequency]);

/** Completed years of age on `at` of somebody born on `birth`; 29 February birthdays fall on 1 March. */
export function ageYears(birth: Day, at: Day): number {
  const years = Number(at.slice(0, 4)) - Number(birth.slice(0, 4));
  return at.slice(5) < birth.slice(5) ? years - 1 : years;
}
/** Completed months of age on `at` of somebody born on `birth`. */
export function ageMonths(birth: Day, at: Day): number {
  const months = monthIndex(monthOf(at)) - monthIndex(monthOf(birth));
  return Number(at.slice(8)) < Number(birth.slice(8)) ? months - 1 : months;
}
