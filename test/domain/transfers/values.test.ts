import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import { compileProgramme } from '../../../domain/transfers/compile.ts';
import { ratio, shareOf, valuesAt } from '../../../domain/transfers/values.ts';
import { compiled, define, home, label, money, number, pay } from './support.ts';

const open = { label, unit: 'money', values: [{ from: '2020-01', notPublished: true, cite: 'law' }] };
const derived = { label, unit: 'money', derived: { of: 'line', percent: 'share' }, values: [] };
const share = number('85', 'percent');

describe('a parameter that is a percentage of another', () => {
  it('is reckoned exactly and rounded half up', () => {
    const paid = (line: string) =>
      pay(compiled({ parameters: { line: money(line), share, amount: derived } }), home([])).payableMinor;
    // 85 % of 333.33 is 283.3305; of 0.10, 0.085.
    expect([paid('333.33'), paid('0.10')]).toEqual([28333, 9]);
  });
  it('is open while either of the two is', () => {
    expect(() => compiled({ parameters: { line: open, share, amount: derived } })).toThrow(
      /"amount".*also open: line/,
    );
    const unknown = { ...share, values: [{ from: '2020-01', notPublished: true, cite: 'law' }] };
    expect(() => compiled({ parameters: { line: money('1.00'), share: unknown, amount: derived } })).toThrow(
      /"amount".*also open: share/,
    );
  });
  it('takes a value that the case fills in only while it is open', () => {
    const filled = (line: unknown) =>
      pay(
        compiled({ parameters: { line, share, amount: derived } }, '2025-01', {
          fill: { amount: '7.00' },
          unpublished: 'when_used',
        }),
        home([]),
      ).payableMinor;
    expect([filled(open), filled(money('100.00'))]).toEqual([700, 8500]);
  });
});

describe('the value in force', () => {
  const values = [
    { from: '2020-01', until: '2020-12', value: '1.00', cite: 'law' },
    { from: '2021-01', until: '2021-12', notPublished: true, cite: 'law' },
    { from: '2022-01', until: '2023-12', value: '2.00', cite: 'law' },
  ];
  const at = (period: string) => {
    const definition = define({ parameters: { amount: { label, unit: 'money', values } } });
    return valuesAt(definition, month(period)).get('amount').number;
  };
  it('is from its first month to its last, and none where none was published', () =>
    expect(['2020-01', '2020-12', '2021-01', '2021-12', '2022-01', '2023-12', '2024-01'].map(at)).toEqual([
      100,
      100,
      undefined,
      undefined,
      200,
      200,
      undefined,
    ]));
  it('a row that was not published leaves the parameter open, and only that row', () => {
    const rows = [
      { when: { month: 1 }, value: '1.00' },
      { when: { month: 2 }, notPublished: true },
    ];
    const parameters = { amount: { label, unit: 'money', values: [{ from: '2020-01', rows, cite: 'law' }] } };
    expect(compileProgramme(define({ parameters }), month('2025-01'))).toMatchObject({
      ok: false,
      error: { code: 'VALUE_NOT_PUBLISHED', at: 'parameters.amount' },
    });
    const used = (period: string) =>
      pay(compiled({ parameters }, period, { unpublished: 'when_used' }), home([])).payableMinor;
    expect(used('2025-01')).toBe(100);
    expect(() => used('2025-02')).toThrow(/"amount"/);
  });
  it('says in which language and by whom it is to be filled in', () =>
    expect(compileProgramme(define({ parameters: { amount: open } }), month('2025-01'))).toMatchObject({
      error: {
        message: 'programme test: the value of "amount" (uno) in 2025-01 was not published',
        next: "Fill in parameters.amount in the programme's definition with the value, its dates and its source.",
      },
    }));
});

describe('a share of an amount', () => {
  it('is a ratio in lowest terms with up to six decimals', () =>
    expect([ratio(85), ratio(0.000001), ratio(33.3), ratio(100), ratio(0)]).toEqual([
      { top: 17, bottom: 20 },
      { top: 1, bottom: 100_000_000 },
      { top: 333, bottom: 1000 },
      { top: 1, bottom: 1 },
      { top: 0, bottom: 1 },
    ]));
  const rows: [
    amount: number,
    percent: number,
    rounding: 'half_up' | 'half_even' | 'up' | 'down',
    unit: number,
    share: number,
  ][] = [
    [25, 50, 'half_up', 1, 13],
    [25, 50, 'half_even', 1, 12],
    [25, 50, 'up', 1, 13],
    [25, 50, 'down', 1, 12],
    [21, 5, 'up', 1, 2],
    [20, 5, 'up', 1, 1],
    [100, 50, 'half_up', 100, 100],
    [98, 50, 'half_up', 100, 0],
    [9_007_199_254_740_991, 50, 'down', 1, 4_503_599_627_370_495],
  ];
  for (const [amount, percent, rounding, unit, expected] of rows)
    it(`${percent} % of ${amount}, ${rounding}, to ${unit}: ${expected}`, () =>
      expect(shareOf(amount, ratio(percent), rounding, unit)).toBe(expected));
});
