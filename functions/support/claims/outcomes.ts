import type { Ports } from '../../../adapters/ports.ts';
import { sha256 } from '../../../domain/kernel/hash.ts';
import type { Month } from '../../../domain/kernel/period.ts';
import type { ClaimState } from '../../../domain/records/claim.ts';
import type { CaseEvent, VerificationResult } from '../../../domain/records/claim-case.ts';
import type { VerifiedClaim } from '../../../domain/results/provider.ts';
import { bulk } from '../cycle.ts';
import { JsonLines, writeOnce } from '../jsonl.ts';
import { contractInForce } from './contracts.ts';
import { drawnSample } from './draw.ts';
import { contractsPk, decidedPk } from './keys.ts';
import { claimsOf } from './list.ts';
import { registrationOf } from './people.ts';
import { type ClaimRecord, claimOf } from './record.ts';

/** Claims whose facts a settlement may use: verified ones, and what earlier settlements paid (later milestones need them). */
const USABLE: readonly ClaimState[] = ['verified', 'payable', 'paid'];

/**
 * The verified claims of contracts of one programme as settlement takes them: one line per institute and participant,
 * with the union of their verified facts and the milestones claimed. Sorted; the same claims give the same lines.
 */
export async function verifiedClaims(
  ports: Ports,
  programme: string,
  contracts: readonly string[],
): Promise<VerifiedClaim[]> {
  const byPerson = new Map<string, ClaimRecord[]>();
  for await (const record of claimsOf(ports, programme, USABLE)) {
    if (!contracts.includes(record.contract)) continue;
    const key = JSON.stringify([record.contract, record.provider, record.participant]);
    byPerson.set(key, [...(byPerson.get(key) ?? []), record]);
  }
  const claims: VerifiedClaim[] = [];
  for (const key of [...byPerson.keys()].sort()) {
    const records = byPerson.get(key)!;
    const { contract: id, provider, participant } = records[0]!;
    const contract = await contractInForce(ports, id);
    const person = await registrationOf(ports, contract, provider, participant);
    claims.push({
      contract: id,
      provider,
      participant: {
        id: participant,
        provider,
        ...(person?.attributes && { attributes: person.attributes }),
        events: eventsOf(records),
        claims: records.map(({ milestone }) => milestone).sort(),
      },
    });
  }
  return claims;
}

/** Facts of one person over all their claims, each once, in order. */
function eventsOf(records: readonly ClaimRecord[]): CaseEvent[] {
  const events = new Map<string, CaseEvent>();
  for (const event of records.flatMap((record) => record.events)) events.set(JSON.stringify(event), event);
  return [...events.keys()].sort().map((key) => events.get(key)!);
}

/**
 * Freezes the verified claims of a cycle's contracts, as they stand at this moment. A contract that was never put in
 * force has no claims here. Out: where the claims lie; null where none of the contracts takes claims here.
 */
export async function freezeClaims(
  ports: Ports,
  contracts: readonly { readonly id: string }[],
): Promise<{ claimsKey: string | null; verificationKey: string | null }> {
  const byProgramme = new Map<string, string[]>();
  for (const { id } of contracts) {
    const record = await ports.control.get({ pk: contractsPk, sk: id });
    if (!record) continue;
    const programme = String(record.programme);
    byProgramme.set(programme, [...(byProgramme.get(programme) ?? []), id]);
  }
  if (byProgramme.size === 0) return { claimsKey: null, verificationKey: null };
  const lines = new JsonLines();
  for (const programme of [...byProgramme.keys()].sort())
    for (const claim of await verifiedClaims(ports, programme, byProgramme.get(programme)!)) lines.add(claim);
  const bytes = lines.bytes();
  const claimsKey = `claims/${sha256(bytes)}.jsonl`;
  await writeOnce(ports.objects, bulk(claimsKey), bytes);
  return { claimsKey, verificationKey: null };
}

/**
 * What people verified of an institute's claims of one period, as the deduction rule of a settlement takes it: each
 * stratum with all its claims and the verdicts on those that were drawn. Undefined where no sample was drawn.
 */
export async function verificationOf(
  ports: Ports,
  programme: string,
  provider: string,
  period: Month,
): Promise<VerificationResult | undefined> {
  const sample = await drawnSample(ports, programme, period);
  if (!sample) return undefined;
  const strata: VerificationResult['strata'] = [];
  for (const stratum of sample.strata) {
    if (!stratum.id.startsWith(`${provider}/`)) continue;
    const outcomes = new Map<string, ClaimRecord>();
    for (const claim of stratum.claims)
      outcomes.set(claim, await claimOf(ports, { programme, provider, claim }));
    const sampled: VerificationResult['strata'][number]['sampled'] = [];
    for (const claim of stratum.sampled) {
      const decided = await ports.control.get({ pk: decidedPk(programme), sk: claim });
      const { participant, milestone } = outcomes.get(claim)!;
      if (decided) sampled.push({ participant, milestone, verdict: decided.verdict as 'confirmed' });
    }
    const claims = [...outcomes.values()].map(({ participant, milestone }) => `${participant}|${milestone}`);
    strata.push({ id: stratum.id, claims, sampled });
  }
  return { strata };
}
