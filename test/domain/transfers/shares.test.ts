import { describe, expect, it } from 'vitest';
import { child, compiled, flat, home, money, number, pay, person, rule } from './support.ts';

const members = (n: number) => Array.from({ length: n }, (_, i) => person(`M${i}`, `201${i}-06-15`));

describe('a share of an attribute', () => {
  const third = number('33.335', 'percent');
  const lines = (attribute: string, household: ReturnType<typeof home>, more: Record<string, unknown> = {}) =>
    pay(
      compiled({
        parameters: { third },
        benefits: [{ ...rule('share'), kind: 'share_of', per: 'month', attribute, share: 'third', ...more }],
      }),
      household,
    ).lines.map((line) => [line.member, line.amountMinor]);
  it('of the household is one line of the household, half a cent up', () =>
    expect([
      lines('income', home(members(2), { income: '1.00' })),
      lines('income', home(members(2), { income: '100.00' })),
    ]).toEqual([[[undefined, 33]], [[undefined, 3334]]]));
  it('rounded as it says', () =>
    expect(lines('income', home([], { income: '100.00' }), { rounding: 'down' })).toEqual([
      [undefined, 3333],
    ]));
  it('of the household that has none is nothing', () =>
    expect(lines('income', home(members(1)))).toEqual([]));
  it('of each member is a line of the member, of those whom the rule is about', () => {
    const earning = { attributes: { wage: '100.00' } };
    const household = home([
      person('A', undefined, earning),
      person('B'),
      person('C', '1990-01-01', earning),
    ]);
    expect(lines('wage', household, { who: child })).toEqual([['A', 3334]]);
    expect(lines('wage', household)).toEqual([
      ['A', 3334],
      ['C', 3334],
    ]);
  });
});

describe('a top-up to an attribute', () => {
  const top = {
    ...rule('top'),
    kind: 'top_up',
    per: 'month',
    floor: { attribute: 'income' },
    over: ['base'],
  };
  const lines = (household: ReturnType<typeof home>) =>
    pay(
      compiled({ parameters: { none: money('0.00') }, benefits: [flat('base', 'none'), top] }),
      household,
    ).lines.map((line) => [line.benefit, line.amountMinor]);
  it('that is not known is nothing', () => expect(lines(home([]))).toEqual([]));
  it('where nothing else is paid is the whole', () =>
    expect(lines(home([], { income: '0.01' }))).toEqual([['top', 1]]));
});
