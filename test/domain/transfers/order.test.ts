import { describe, expect, it } from 'vitest';
import { compiled, home, money, number, pay, perChild, person } from './support.ts';

const parameters = { amount: money('100.00'), low: money('10.00'), high: money('90.00'), one: number(1) };
const everybody = { age: { min: 0 } };
/** Who is paid what where only one can be: children the high amount, everybody else the low one. */
const first = (order: string, members: ReturnType<typeof person>[]) =>
  pay(
    compiled({
      parameters,
      benefits: [
        perChild('each', {
          order,
          max: 'one',
          bands: [
            { who: { age: { max: 17 } }, amount: 'high' },
            { who: everybody, amount: 'low' },
          ],
        }),
      ],
    }),
    home(members),
  ).lines.map((line) => [line.member, line.amountMinor]);

describe('who counts first where there is a maximum', () => {
  const old = person('B', '1960-01-01');
  const young = person('C', '2015-01-01');
  const younger = person('D', '2020-01-01');
  const listed = person('A', '1990-01-01');
  const undated = { id: 'A', attributes: {} };
  const rows: [name: string, order: string, ReturnType<typeof person>[], [string, number][]][] = [
    ['the oldest, though another amount is higher', 'oldest', [young, listed, old], [['B', 1000]]],
    ['the youngest', 'youngest', [old, younger, young], [['D', 9000]]],
    ['the highest, though another is older', 'highest', [old, young], [['C', 9000]]],
    ['the listed', 'as_listed', [younger, old, listed], [['A', 1000]]],
    [
      'of equal amounts the lower id, though another is older',
      'highest',
      [person('Z', '2010-01-01'), person('Y', '2014-01-01')],
      [['Y', 9000]],
    ],
    ['the oldest of one day: the lower id', 'oldest', [person('Z'), person('Y')], [['Y', 9000]]],
    ['the youngest of one day: the lower id', 'youngest', [person('Z'), person('Y')], [['Y', 9000]]],
    [
      'without a birth date, who has no age: nobody before the others',
      'oldest',
      [undated, young],
      [['C', 9000]],
    ],
  ];
  for (const [name, order, members, expected] of rows)
    it(name, () => {
      expect(first(order, members)).toEqual(expected);
      expect(first(order, [...members].reverse())).toEqual(expected);
    });
  it('without a birth date last of the oldest, where no age is asked', () => {
    const anybody = { bands: [{ who: { not: { sex: 'M' } }, amount: 'amount' }], max: 'one' };
    const programme = compiled({ parameters, benefits: [perChild('each', anybody)] });
    expect(pay(programme, home([undated, young])).lines.map((line) => line.member)).toEqual(['C']);
  });
});
