import type { Ports } from '../../../adapters/ports.ts';
import type { ClaimState } from '../../../domain/records/claim.ts';
import { contractInForce } from './contracts.ts';
import { claimKey, takenKey } from './keys.ts';
import { personTokens, registrationOf, tokensOf } from './people.ts';
import { fromItem, moveClaim } from './record.ts';

export type Outcome = {
  readonly contract: string;
  readonly provider: string;
  readonly participant: string;
  readonly milestone: string;
};

/**
 * Tells a claim that its outcome was settled in a cycle, or that the bank paid it, so that its institute can follow
 * it to the payment. An outcome that was never claimed here (a file of claims) has no claim to tell.
 */
export async function tellOutcome(
  ports: Ports,
  { contract: id, provider, participant, milestone }: Outcome,
  event: 'settled' | 'paid',
): Promise<ClaimState | undefined> {
  const contract = await contractInForce(ports, id);
  const person = await registrationOf(ports, contract, provider, participant);
  if (!person) return undefined;
  const { programme } = contract;
  const personToken = personTokens(await tokensOf(ports), person)[0]!;
  const taken = await ports.control.get(takenKey(programme, personToken, milestone));
  if (taken?.provider !== provider) return undefined;
  const item = await ports.control.get(claimKey(programme, provider, String(taken.claim)));
  if (!item) return undefined;
  const record = fromItem(item);
  if (event === 'settled' && record.state === 'paid') return 'paid';
  const to = event === 'settled' ? 'payable' : 'paid';
  return (await moveClaim(ports, record, { event, actor: 'system', to })).state;
}
