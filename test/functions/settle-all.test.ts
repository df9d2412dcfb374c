import { expect, it } from 'vitest';
import type { Day } from '../../domain/kernel/period.ts';
import type { VerifiedClaim } from '../../domain/results/provider.ts';
import { settleAll } from '../../functions/support/settle-all.ts';
import { contractWith, event, person } from '../domain/results/fixture.ts';

const contract = contractWith();
const claim = (provider: string, id: string, document: string): VerifiedClaim => ({
  contract: contract.id,
  provider,
  participant: person(id, [
    event('certified', '2020-02-01'),
    event('job', '2020-02-10', { employer: 'mill', document }),
  ]),
});
type Given = Parameters<typeof settleAll>;
function settle(
  claims: VerifiedClaim[],
  date: string,
  states: Given[3] = new Map(),
  reversals: Given[5] = [],
) {
  const byProvider = new Map<string, VerifiedClaim[]>();
  for (const each of claims) byProvider.set(each.provider, [...(byProvider.get(each.provider) ?? []), each]);
  return settleAll(new Map([[contract.id, contract]]), byProvider, new Map(), states, date as Day, reversals);
}
const told = (settled: ReturnType<typeof settle>, provider: string) =>
  settled
    .get(provider)!
    .map(({ totals, refused }) => [
      totals.payable,
      refused.filter(({ milestone }) => milestone === 'placement').map(({ reason }) => reason),
    ]);

it('a document that two institutes show for two people pays neither, one that was paid on before keeps its own', () => {
  const both = [claim('norte', 'p', 'D-1'), claim('sur', 'q', 'D-1'), claim('sur', 'r', 'D-2')];
  const settled = settle(both, '2020-06-30');
  expect(told(settled, 'norte')).toEqual([[0, ['DOCUMENT_REUSED']]]);
  expect(told(settled, 'sur')).toEqual([[30_000, ['DOCUMENT_REUSED']]]);

  const first = settle([claim('norte', 'p', 'D-1')], '2020-06-30').get('norte')![0]!;
  const later = settle(both, '2020-07-31', new Map([['norte', { [contract.id]: first.state }]]));
  expect(told(later, 'norte')).toEqual([[0, ['ALREADY_PAID']]]);
  expect(told(later, 'sur')).toEqual([[30_000, ['DOCUMENT_REUSED']]]);
});

it('a reversal is taken once, also of an institute that claims nothing any more', () => {
  const statesOf = (settled: ReturnType<typeof settle>) =>
    new Map([['norte', { [contract.id]: settled.get('norte')![0]!.state }]]);
  const paid = settle([claim('norte', 'p', 'D-1')], '2020-03-31');
  const reversal = {
    contract: contract.id,
    provider: 'norte',
    participant: 'p',
    milestone: 'placement',
    date: '2020-04-10',
    reason: 'never worked there',
  };
  const taken = settle([], '2020-04-30', statesOf(paid), [reversal]);
  expect(taken.get('norte')![0]!).toMatchObject({ owed: 30_000, recoveries: [{ amountMinor: 30_000 }] });
  expect(settle([], '2020-05-31', statesOf(taken), [reversal])).toEqual(new Map());
  // Of another institute or contract it is nobody's.
  expect(settle([], '2020-04-30', statesOf(paid), [{ ...reversal, contract: 'other' }])).toEqual(new Map());
});
