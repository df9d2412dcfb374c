import { describe, expect, it } from 'vitest';
import { spread } from '../../../domain/transfers/spread.ts';

describe('an amount spread by weights', () => {
  const rows: [name: string, total: number, weights: number[], shares: number[]][] = [
    ['exactly', 100, [1, 3], [25, 75]],
    ['the rest one unit each, in order', 100, [1, 1, 1], [34, 33, 33]],
    ['none of the rest to a weight of nothing', 2, [0, 1, 1, 1], [0, 1, 1, 0]],
    ['nothing', 0, [1, 2], [0, 0]],
    [
      'beyond what plain numbers multiply, too',
      1_238_206_386,
      [2_032_174_855, 2_517_593_801, 7_144_857_108],
      [215_163_096, 266_558_399, 756_484_891],
    ],
    [
      'beyond what plain numbers multiply',
      9_007_199_254_740_991,
      [3, 4],
      [3_860_228_252_031_854, 5_146_971_002_709_137],
    ],
  ];
  for (const [name, total, weights, shares] of rows)
    it(name, () => expect(spread(total, weights)).toEqual(shares));
});
