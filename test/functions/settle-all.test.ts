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
function settle(claims: VerifiedClaim[], date: string, states: Parameters<typeof settleAll>[3] = new Map()) {
  const byProvider = new Map<string, VerifiedClaim[]>();
  for (const each of claims) byProvider.set(each.provider, [...(byProvider.get(each.provider) ?? []), each]);
  return settleAll(new Map([[contract.id, contract]]), byProvider, new Map(), states, date as Day);
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
