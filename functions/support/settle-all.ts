import type { Day } from '../../domain/kernel/period.ts';
import { Refused } from '../../domain/kernel/result.ts';
import type { SettlementState, VerificationResult } from '../../domain/records/claim-case.ts';
import type { ContractDefinition } from '../../domain/records/contract.ts';
import { type SettlementInput, settleContract } from '../../domain/results/disbursement.ts';
import type { DocumentElsewhere } from '../../domain/results/documents.ts';
import type { VerifiedClaim } from '../../domain/results/provider.ts';
import type { Settlement } from '../../domain/results/settlement.ts';
import { type ContractReversal, untaken } from './reversals/freeze.ts';

type States = ReadonlyMap<string, { readonly [contract: string]: SettlementState }>;
/** What verifiers found, by contract and provider (`verificationKeyOf`). */
export type Verifications = ReadonlyMap<string, VerificationResult>;
export const verificationKeyOf = (contract: string, provider: string): string => `${contract}|${provider}`;
type Earlier = { participant: string; milestone: string; date: string };

/**
 * Settles every contract for every institute. An outcome is paid once per person, ever: where two institutes
 * claim the same one, the earlier outcome wins and the other is refused with its date. A document that two institutes show
 * for different people proves nothing for either, unless one of them was paid on it before. `reversals` are those that the cycle froze; each is taken once.
 */
export function settleAll(
  contracts: ReadonlyMap<string, ContractDefinition>,
  claims: ReadonlyMap<string, readonly VerifiedClaim[]>,
  verified: Verifications,
  states: States,
  date: Day,
  reversals: readonly ContractReversal[],
): Map<string, Settlement[]> {
  const known = new Set([
    ...claims.keys(),
    ...[...verified.keys()].map((key) => key.split('|')[1]!),
    ...reversals.map(({ provider }) => provider),
  ]);
  const settled = new Map<string, Settlement[]>();
  const shown = documentsByProvider(claims, states);
  for (const contract of contracts.values()) {
    const of = (provider: string) => {
      const state = states.get(provider)?.[contract.id];
      return {
        claims: (claims.get(provider) ?? []).filter((claim) => claim.contract === contract.id),
        verification: verified.get(verificationKeyOf(contract.id, provider)),
        reversals: untaken(reversals, { contract: contract.id, provider }, state),
        state,
      };
    };
    const providers = [...known].filter((provider) => concerned(of(provider))).sort();
    const run = (provider: string, before: readonly Earlier[]) =>
      settleOne(contract, provider, of(provider), date, {
        claimedBefore: before as SettlementInput['claimedBefore'],
        documentsElsewhere: [...shown].flatMap(([other, theirs]) => (other === provider ? [] : theirs)),
      });
    const first = new Map(providers.map((provider) => [provider, run(provider, [])]));
    const earlier = conflicts(first, paidBefore(contract.id, states));
    for (const provider of providers) {
      const lost = earlier.get(provider);
      const settlement = lost ? run(provider, lost) : first.get(provider)!;
      const others = settled.get(provider);
      if (others) others.push(settlement);
      else settled.set(provider, [settlement]);
    }
  }
  return settled;
}

type Own = {
  readonly claims: readonly VerifiedClaim[];
  readonly verification: VerificationResult | undefined;
  readonly reversals: NonNullable<SettlementInput['reversals']>;
  readonly state: SettlementState | undefined;
};
const concerned = ({ claims, verification, reversals }: Own): boolean =>
  claims.length > 0 || verification !== undefined || reversals.length > 0;

function settleOne(
  contract: ContractDefinition,
  provider: string,
  { claims, verification, reversals, state }: Own,
  date: Day,
  others: Pick<SettlementInput, 'claimedBefore' | 'documentsElsewhere'>,
): Settlement {
  const result = settleContract(contract, {
    date,
    provider,
    participants: claims.map((claim) => claim.participant),
    ...others,
    ...(verification && { verification }),
    ...(reversals.length > 0 && { reversals }),
    ...(state && { state }),
  });
  if (result.ok) return result.value;
  throw new Refused({
    code: result.error.code,
    message: `${contract.id}, ${provider}: ${result.error.message}`,
    ...(result.error.next && { next: result.error.next }),
  });
}

/** Documents that more than one institute has, by institute: in what its facts name now, and in what it was paid on. */
function documentsByProvider(
  claims: ReadonlyMap<string, readonly VerifiedClaim[]>,
  states: States,
): Map<string, DocumentElsewhere[]> {
  const shown = new Map<string, DocumentElsewhere[]>();
  const add = (provider: string, all: DocumentElsewhere[]) => {
    if (all.length > 0) shown.set(provider, [...(shown.get(provider) ?? []), ...all]);
  };
  for (const [provider, theirs] of claims)
    add(
      provider,
      theirs.flatMap(({ participant: { id, events = [] } }) =>
        events.flatMap(({ document }) => (document === undefined ? [] : { document, participant: id })),
      ),
    );
  for (const [provider, byContract] of states)
    for (const { documents = {} } of Object.values(byContract))
      add(
        provider,
        Object.entries(documents).map(([document, participant]) => ({ document, participant })),
      );
  const holders = new Map<string, number>();
  for (const theirs of shown.values())
    for (const document of new Set(theirs.map((each) => each.document)))
      holders.set(document, (holders.get(document) ?? 0) + 1);
  for (const [provider, theirs] of shown)
    shown.set(
      provider,
      theirs.filter(({ document }) => holders.get(document)! > 1),
    );
  return shown;
}

type Owner = { provider: string; date: string };
const keyOf = (participant: string, milestone: string) => `${participant}|${milestone}`;

/** Outcomes that earlier cycles paid, with the institute that had them. */
function paidBefore(contract: string, states: States): Map<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const [provider, byContract] of states)
    for (const [participant, milestones] of Object.entries(byContract[contract]?.paid ?? {}))
      for (const [milestone, { outcomeOn }] of Object.entries(milestones))
        owners.set(keyOf(participant, milestone.replace(/#\d+$/, '')), { provider, date: outcomeOn });
  return owners;
}

/** For every institute, the outcomes that are another's: paid earlier, or reached on an earlier day in this cycle. */
function conflicts(
  settled: ReadonlyMap<string, Settlement>,
  owners: Map<string, Owner>,
): Map<string, Earlier[]> {
  const inPast = new Set(owners.keys());
  const claimants = new Map<string, Owner[]>();
  for (const [provider, { lines }] of settled)
    for (const { kind, participant, milestone, outcomeOn } of lines) {
      if (kind !== 'outcome' || participant === undefined) continue;
      const key = keyOf(participant, milestone);
      const claim = { provider, date: outcomeOn ?? '' };
      claimants.set(key, [...(claimants.get(key) ?? []), claim]);
      const owner = owners.get(key);
      if (
        !owner ||
        (!inPast.has(key) &&
          (claim.date < owner.date || (claim.date === owner.date && provider < owner.provider)))
      )
        owners.set(key, claim);
    }
  const lost = new Map<string, Earlier[]>();
  for (const [key, all] of claimants)
    for (const { provider } of all) {
      const owner = owners.get(key)!;
      if (owner.provider === provider) continue;
      const at = key.lastIndexOf('|');
      lost.set(provider, [
        ...(lost.get(provider) ?? []),
        { participant: key.slice(0, at), milestone: key.slice(at + 1), date: owner.date },
      ]);
    }
  return lost;
}
