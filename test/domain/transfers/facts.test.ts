import { describe, expect, it } from 'vitest';
import { moneyAttribute } from '../../../domain/transfers/facts.ts';

describe('money as registries write it', () => {
  const rows: [text: string | number | boolean, currency: 'PEN' | 'CLP', minorUnits: number | undefined][] = [
    ['218', 'PEN', 21800],
    ['218.5', 'PEN', 21850],
    ['0.05', 'PEN', 5],
    ['1.004', 'PEN', 100],
    ['1.005', 'PEN', 101],
    ['1.009', 'PEN', 101],
    ['-1.004', 'PEN', -100],
    ['-1.005', 'PEN', -101],
    ['-2.50', 'PEN', -250],
    ['218.4', 'CLP', 218],
    ['218.5', 'CLP', 219],
    ['-218.5', 'CLP', -219],
    ['218', 'CLP', 218],
    ['9999999999999', 'CLP', 9999999999999],
    ['', 'PEN', undefined],
    ['.', 'PEN', undefined],
    ['.5', 'PEN', undefined],
    ['5.', 'PEN', undefined],
    ['1.2.3', 'PEN', undefined],
    ['1,20', 'PEN', undefined],
    ['1/2', 'PEN', undefined],
    ['1:2', 'PEN', undefined],
    [true, 'PEN', undefined],
    [33.333, 'PEN', 3333],
    [33, 'PEN', 3300],
    [33, 'CLP', 33],
  ];
  for (const [text, currency, minorUnits] of rows)
    it(`${JSON.stringify(text)} ${currency} is ${minorUnits ?? 'no amount'}`, () =>
      expect(moneyAttribute(text, currency)).toBe(minorUnits));
});
