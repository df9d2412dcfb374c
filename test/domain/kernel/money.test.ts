import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocate } from '../../../domain/kernel/allocation.ts';
import {
  formatAmount,
  MINOR_DIGITS,
  type Minor,
  minor,
  parseAmount,
  type Rounding,
  scale,
} from '../../../domain/kernel/money.ts';

const m = (value: number) => minor(value);

describe('amounts as decimal strings', () => {
  test.each([
    ['1234.50', 'PEN', 123450],
    ['1234.5', 'PEN', 123450],
    ['0.05', 'USD', 5],
    ['-3.00', 'USD', -300],
    ['27853', 'CLP', 27853],
    ['27853.0', 'CLP', 27853],
    ['27853.5', 'CLP', undefined],
    ['4.355', 'USD', undefined],
    ['1e3', 'USD', undefined],
    ['', 'USD', undefined],
    ['1,000.00', 'USD', undefined],
    [' 1.00', 'USD', undefined],
    ['999999999999999.99', 'USD', undefined],
  ] as const)('%s %s is %s minor units', (text, currency, expected) => {
    expect(parseAmount(text, currency)).toBe(expected);
  });

  test('what is written reads back as the same amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e12, max: 1e12 }),
        fc.constantFrom('PEN', 'CLP', 'BRL'),
        (value, currency) => {
          expect(parseAmount(formatAmount(m(value), currency as 'PEN'), currency as 'PEN')).toBe(
            value === 0 ? 0 : value,
          );
        },
      ),
    );
  });

  test('every currency has the minor units of ISO 4217', () => {
    const one = Object.keys(MINOR_DIGITS).map((currency) => [
      currency,
      formatAmount(m(100), currency as keyof typeof MINOR_DIGITS),
    ]);
    expect(one).toEqual(one.map(([currency]) => [currency, currency === 'CLP' ? '100' : '1.00']));
  });

  test('a fraction is a bug', () => expect(() => minor(0.5)).toThrow('safe integer'));
});

describe('scale: value x ratio, then rounded', () => {
  test.each<[number, number, number, Rounding, number, number]>([
    // value, numerator, denominator, rounding, unit, expected
    [3276800, 85, 100, 'half_up', 100, 2785300], // 0.85 x 32,768.00 = 27,852.80 -> 27,853
    [5, 1, 2, 'half_up', 1, 3],
    [5, 1, 2, 'half_even', 1, 2],
    [7, 1, 2, 'half_even', 1, 4],
    [5, 1, 2, 'up', 1, 3],
    [5, 1, 2, 'down', 1, 2],
    [5, 1, 3, 'down', 1, 1], // 1.67: more than half is cut too
    [-5, 1, 3, 'down', 1, -1],
    [5, 1, 3, 'half_up', 1, 2],
    [5, 1, 3, 'half_even', 1, 2],
    [4, 1, 3, 'up', 1, 2],
    [-4, 1, 3, 'up', 1, -2],
    [6, 1, 3, 'up', 1, 2],
    [4, 1, 3, 'half_up', 1, 1],
    [5, 1, 3, 'half_up', 1, 2],
    [1, 1, 3, 'up', 1, 1],
    [-5, 1, 2, 'half_up', 1, -3],
    [-5, 1, 2, 'down', 1, -2],
    [9_000_000_000_000_000, 1, 3, 'down', 1, 3_000_000_000_000_000],
  ])('%i x %i/%i %s to %i = %i', (value, numerator, denominator, rounding, unit, expected) => {
    expect(scale(m(value), numerator, denominator, rounding, unit)).toBe(expected);
  });
});

describe('what is a bug and not an amount', () => {
  test.each<[string, () => unknown, string]>([
    ['a total below nothing', () => allocate(m(-1), [1]), 'a total of at least 0'],
    ['no weight at all', () => allocate(m(1), []), 'a positive weight'],
    ['only weights of nothing', () => allocate(m(1), [0, 0]), 'a positive weight'],
    ['a weight below nothing', () => allocate(m(1), [2, -1]), 'an integer of at least 0: -1'],
    ['half a weight', () => allocate(m(1), [0.5, 0.5]), 'an integer of at least 0: 0.5'],
    ['a share of nothing', () => scale(m(1), 1, 0, 'up'), 'a positive denominator and unit'],
    ['a multiple of nothing', () => scale(m(1), 1, 1, 'up', 0), 'a positive denominator and unit'],
    ['half a numerator', () => scale(m(1), 0.5, 1, 'up'), 'integer ratios'],
    ['half a denominator', () => scale(m(1), 1, 0.5, 'up'), 'integer ratios'],
  ])('%s', (_, run, message) => expect(run).toThrow(message));
});

describe('allocate', () => {
  test.each([
    [52500, [1, 1, 1], [17500, 17500, 17500]],
    [100, [1, 1, 1], [34, 33, 33]],
    [101, [1, 0, 1], [51, 0, 50]],
    [0, [3, 1], [0, 0]],
    [10, [255, 135, 255], [4, 3, 3]],
  ])('%i over %j is %j', (total, weights, expected) => {
    expect(allocate(m(total), weights)).toEqual(expected);
  });

  test('parts add up to the total and no part strays a unit from its share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e10 }),
        fc
          .array(fc.integer({ min: 0, max: 1e5 }), { minLength: 1, maxLength: 12 })
          .filter((w) => w.some((x) => x > 0)),
        (total, weights) => {
          const parts = allocate(m(total), weights);
          expect(parts.reduce((a: number, b: Minor) => a + b, 0)).toBe(total);
          const all = weights.reduce((a, b) => a + b, 0);
          parts.forEach((part, i) => {
            expect(Math.abs(part - (total * weights[i]!) / all)).toBeLessThanOrEqual(1);
          });
        },
      ),
    );
  });
});
