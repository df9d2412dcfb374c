import { describe, expect, it } from 'vitest';
import { compiled, home, money, number, pay, person, rule } from './support.ts';

// A mutation run let through benefits that are a share of an attribute, or fill up to one that is not known.

const parameters = { amount: money('100.00'), third: number('33.335', 'percent'), none: money('0.00') };
const run = (benefits: unknown[], household: ReturnType<typeof home>) =>
  pay(compiled({ parameters, benefits }), household).lines.map((line) => [
    line.benefit,
    line.member ?? '',
    line.amountMinor as number,
  ]);
const share = (attribute: string, more: Record<string, unknown> = {}) => ({
  ...rule('share'),
  kind: 'share_of',
  per: 'month',
  attribute,
  share: 'third',
  ...more,
});

describe('a share of an attribute', () => {
  it('of the household is one line of the household, half a cent up', () =>
    expect(run([share('income')], home([person('A')], { income: '1.00' }))).toEqual([['share', '', 33]]));
  it('of the household, half a cent and more', () =>
    expect(run([share('income')], home([person('A')], { income: '100.00' }))).toEqual([['share', '', 3334]]));
  it('of the household that has none is nothing', () =>
    expect(run([share('income')], home([person('A')]))).toEqual([]));
  it('of each member is a line of the member', () =>
    expect(
      run(
        [share('wage', { who: { age: { max: 17 } } })],
        home([
          person('A', undefined, { attributes: { wage: '100.00' } }),
          person('B'),
          person('C', '1990-01-01', { attributes: { wage: '100.00' } }),
        ]),
      ),
    ).toEqual([['share', 'A', 3334]]));
});

describe('a top-up', () => {
  const base = { ...rule('base'), kind: 'flat', per: 'month', amount: 'none' };
  const top = {
    ...rule('top'),
    kind: 'top_up',
    per: 'month',
    floor: { attribute: 'income' },
    over: ['base'],
  };
  it('to an attribute that is not known is nothing', () => expect(run([base, top], home([]))).toEqual([]));
  it('where nothing else is paid is the whole', () =>
    expect(run([base, top], home([], { income: '0.01' }))).toEqual([['top', '', 1]]));
});
