import { describe, expect, test } from 'vitest';
import {
  addDays,
  addMonths,
  ageMonths,
  ageYears,
  type Day,
  isDay,
  isMonth,
  lastDay,
  type Month,
  nextPeriod,
  periodMonths,
} from '../../../domain/kernel/period.ts';

const d = (text: string) => text as Day;
const mo = (text: string) => text as Month;

describe('calendar values', () => {
  test.each([
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2000-02-29', true],
    ['1900-02-29', false],
    ['2024-13-01', false],
    ['2024-00-10', false],
    ['2024-04-31', false],
    ['2024-4-3', false],
    ['2024-04-03T00:00', false],
  ])('%s is a day: %s', (text, expected) => expect(isDay(text)).toBe(expected));

  test.each([
    ['1998-11', true],
    ['1998-1', false],
    ['98-11', false],
  ])('%s is a month: %s', (text, expected) => expect(isMonth(text)).toBe(expected));

  test.each([
    ['1998-11', 2, '1999-01'],
    ['1999-01', -2, '1998-11'],
    ['2024-12', 13, '2026-01'],
  ])('%s plus %i months is %s', (from, count, expected) => expect(addMonths(mo(from), count)).toBe(expected));

  test('a bimonthly period has two months and is followed by the next', () => {
    expect(periodMonths(mo('1998-11'), 'bimonthly')).toEqual(['1998-11', '1998-12']);
    expect(nextPeriod(mo('1998-11'), 'bimonthly')).toBe('1999-01');
    expect(lastDay(mo('2024-02'))).toBe('2024-02-29');
    expect(addDays(d('2024-02-28'), 2)).toBe('2024-03-01');
  });
});

describe('age', () => {
  test.each([
    // birth, on, years, months: the day before the birthday is still the age before
    ['2018-05-10', '2025-05-09', 6, 83],
    ['2018-05-10', '2025-05-10', 7, 84],
    ['2020-02-29', '2021-02-28', 0, 11],
    ['2020-02-29', '2021-03-01', 1, 12],
    ['2025-01-31', '2025-02-28', 0, 0],
  ])('born %s, on %s: %i years, %i months', (birth, on, years, months) => {
    expect(ageYears(d(birth), d(on))).toBe(years);
    expect(ageMonths(d(birth), d(on))).toBe(months);
  });
});
