import { describe, expect, it } from 'vitest';
import { Simulation } from '../../../domain/transfers/simulate.ts';
import { compiled, home, money } from './support.ts';

const version = (amount: string, most: number) =>
  compiled({
    parameters: { amount: money(amount) },
    eligibility: {
      label: { es: 'a', en: 'a' },
      cite: 'law',
      rule: { attribute: { name: 'income', max: most } },
    },
  });
const at = (id: string, territory: string, income: number) => ({ ...home([], { income }), id, territory });
const households = [at('H1', 'B', 10), at('H2', 'A', 20), at('H3', 'A', 30), at('H4', 'A', 30)];
const simulate = (current: ReturnType<typeof version>, proposed: ReturnType<typeof version>) => {
  const simulation = new Simulation(current, proposed);
  for (const household of households) simulation.add(household, []);
  return simulation.result();
};

describe('a proposed version beside the current one', () => {
  const rows: [
    name: string,
    current: [string, number],
    proposed: [string, number],
    total: Record<string, unknown>,
  ][] = [
    [
      'nothing changes',
      ['10.00', 20],
      ['10.00', 20],
      { gain: 0, lose: 0, same: 4, enter: 0, leave: 0, difference: '0.00' },
    ],
    [
      'two households enter',
      ['10.00', 20],
      ['10.00', 30],
      { gain: 2, lose: 0, same: 2, enter: 2, leave: 0, difference: '20.00' },
    ],
    [
      'two households leave',
      ['10.00', 30],
      ['10.00', 20],
      { gain: 0, lose: 2, same: 2, enter: 0, leave: 2, difference: '-20.00' },
    ],
    [
      'all get less, nobody leaves',
      ['10.00', 30],
      ['9.99', 30],
      { gain: 0, lose: 4, same: 0, enter: 0, leave: 0, difference: '-0.04' },
    ],
    [
      'one gets more, three enter with something',
      ['10.00', 10],
      ['10.01', 30],
      { gain: 4, lose: 0, same: 0, enter: 3, leave: 0, difference: '30.04' },
    ],
  ];
  for (const [name, current, proposed, total] of rows)
    it(name, () =>
      expect(simulate(version(...current), version(...proposed)).total).toMatchObject({
        households: 4,
        ...total,
      }),
    );
  it('is told by territory, in their order', () =>
    expect(
      simulate(version('10.00', 20), version('10.00', 30)).territories.map(({ territory, comparison }) => [
        territory,
        comparison.households,
        comparison.enter,
        comparison.current,
        comparison.proposed,
      ]),
    ).toEqual([
      ['A', 3, 2, '10.00', '30.00'],
      ['B', 1, 0, '10.00', '10.00'],
    ]));
});
