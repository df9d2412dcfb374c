import { describe, expect, it } from 'vitest';
import type { Month } from '../../../domain/kernel/period.ts';
import { providerStatement } from '../../../functions/support/reports/provider-statement.ts';
import { contractWith, next, parameter, settled, worker } from '../../domain/results/fixture.ts';

describe('what is taken back, in an institute’s statement', () => {
  it('says of each outcome why: found false, or resting on one that was', () => {
    const contract = contractWith(
      { clawback: { maxShare: 'half', cite: 's' } },
      { half: parameter('percent', '50') },
    );
    const one = settled(contract, { date: '2020-08-31', participants: [worker('a')] });
    const two = settled(contract, {
      date: '2020-09-30',
      reversals: [
        { participant: 'a', milestone: 'placement', date: '2020-09-10', reason: 'never worked there' },
      ],
      ...next(one),
    });
    const statement = providerStatement({
      programme: { id: 'p', name: { es: 'p', en: 'p' } },
      period: '2020-09' as Month,
      currency: 'USD',
      providerName: undefined,
      contracts: new Map([[contract.id, contract]]),
      record: {
        household: 'institute',
        territory: '',
        settlements: [{ ...two, strata: [] }],
        dueMinor: 0,
        payables: [],
        undelivered: [],
      },
      carried: { rules: { [contract.id]: two.state }, undelivered: [] },
      lines: [],
    } as unknown as Parameters<typeof providerStatement>[0]);
    const taken = statement.contracts[0]!.entries.filter(({ kind }) => kind === 'recovery');
    expect(taken.map(({ milestone, amount, reason, text }) => [milestone, amount, reason, text.en])).toEqual([
      [
        'placement',
        '300.00',
        'REVERSED',
        'a: "placement" is taken back: never worked there; USD 300.00 must be returned.',
      ],
      [
        'retention',
        '150.00',
        'RESTED_ON',
        'a: "retention" is taken back because "placement" was taken back; USD 150.00 must be returned.',
      ],
    ]);
    expect(taken[1]?.text.es).toContain('porque se anuló «placement»');
  });
});
