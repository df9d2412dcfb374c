import type { Ports } from '../../../adapters/ports.ts';
import { CLAIM_STATES, type ClaimState } from '../../../domain/records/claim.ts';
import type { CaseEvent, CaseParticipant, VerificationResult } from '../../../domain/records/claim-case.ts';
import type { VerifiedClaim } from '../../../domain/results/provider.ts';
import { JsonLines, writeByHash } from '../jsonl.ts';
import { contractInForce, contractsByProgramme } from './contracts.ts';
import { claimsOf } from './list.ts';
import { registrationOf } from './people.ts';
import type { ClaimRecord } from './record.ts';
import { findingsOf, type SampleFindings, samplesOf } from './strata.ts';
import { verdictsOf } from './verdicts.ts';

/**
 * Claims whose facts a settlement may use: verified ones, and what earlier settlements paid (later milestones need them),
 * unless it was found false since.
 */
const USABLE: readonly ClaimState[] = ['verified', 'payable', 'paid'];
/** Claims on their way through verification: asserted, and neither paid nor lost. */
const IN_VERIFICATION: readonly ClaimState[] = ['checking', 'awaiting_verifier'];

/** What verifiers found about the claims of one contract and institute; a line of a cycle's frozen verification. */
export type ContractVerification = {
  readonly contract: string;
  readonly provider: string;
} & VerificationResult;
export type VerifiedOutcomes = {
  /** One line per institute and participant: facts and milestones that may be paid, and rejected claims apart. */
  readonly claims: readonly VerifiedClaim[];
  readonly verification: readonly ContractVerification[];
};

/**
 * The verified claims of contracts of one programme as settlement takes them, with the samples that decide about them.
 * Sorted; the same records give the same lines. Claims of a stratum that is not decided are not among them. Decisions
 * are read before samples, and those before claims: what moves meanwhile waits for the next cycle, and is never paid
 * without the decision that it waits for.
 */
export async function verifiedOutcomes(
  ports: Ports,
  programme: string,
  contracts: readonly string[],
): Promise<VerifiedOutcomes> {
  const verdicts = await verdictsOf(ports, programme);
  const drawn = await samplesOf(ports, programme);
  const records = new Map<string, ClaimRecord>();
  for await (const record of claimsOf(ports, programme, CLAIM_STATES))
    if (contracts.includes(record.contract)) records.set(record.id, record);
  const findings = findingsOf(drawn, records, verdicts);
  const payable = [...records.values()].filter(
    (record) =>
      USABLE.includes(record.state) &&
      !record.foundFalse &&
      !findings.waiting.has(record.id) &&
      verdicts(record, record.revision)?.verdict !== 'rejected',
  );
  return {
    claims: await peopleOf(ports, payable, findings),
    verification: verificationOf(records, findings),
  };
}

/** The verified claims alone, one line per institute and participant. */
export const verifiedClaims = async (ports: Ports, programme: string, contracts: readonly string[]) =>
  (await verifiedOutcomes(ports, programme, contracts)).claims;

type Rejected = NonNullable<CaseParticipant['rejected']>[number];
type OnePerson = {
  readonly record: ClaimRecord;
  readonly claims: ClaimRecord[];
  readonly rejected: Rejected[];
};

async function peopleOf(
  ports: Ports,
  payable: readonly ClaimRecord[],
  { decided }: SampleFindings,
): Promise<VerifiedClaim[]> {
  const people = new Map<string, OnePerson>();
  const personOf = (record: ClaimRecord): OnePerson => {
    const key = JSON.stringify([record.contract, record.provider, record.participant]);
    const known = people.get(key) ?? { record, claims: [], rejected: [] };
    people.set(key, known);
    return known;
  };
  for (const record of payable) personOf(record).claims.push(record);
  for (const { record, events, reason } of decided.flatMap(({ rejected }) => rejected))
    personOf(record).rejected.push({
      milestone: record.milestone,
      events: [...events],
      ...(reason !== undefined && { reason }),
    });
  const lines: VerifiedClaim[] = [];
  for (const key of [...people.keys()].sort()) lines.push(await lineOf(ports, people.get(key)!));
  return lines;
}

async function lineOf(ports: Ports, { record, claims, rejected }: OnePerson): Promise<VerifiedClaim> {
  const { contract: id, provider, participant } = record;
  const contract = await contractInForce(ports, id);
  const person = await registrationOf(ports, contract, provider, participant);
  const asserted = rejected.map((claim) => beside(claim, claims));
  return {
    contract: id,
    provider,
    participant: {
      id: participant,
      provider,
      ...(person?.attributes && { attributes: person.attributes }),
      events: eventsOf(claims.map(({ events }) => events)),
      claims: claims.map(({ milestone }) => milestone).sort(),
      ...(asserted.length > 0 && {
        rejected: asserted.sort((a, b) => (a.milestone < b.milestone ? -1 : 1)),
      }),
    },
  };
}

/** A rejected claim that was corrected stands alone in settlement: it takes along the facts that it rested on. */
function beside(claim: Rejected, claims: readonly ClaimRecord[]): Rejected {
  if (!claims.some(({ milestone }) => milestone === claim.milestone)) return claim;
  const others = claims.filter(({ milestone }) => milestone !== claim.milestone);
  return { ...claim, events: eventsOf([claim.events, ...others.map(({ events }) => events)]) };
}

/** Facts of one person over several claims, each once, in order. */
function eventsOf(lists: readonly (readonly CaseEvent[])[]): CaseEvent[] {
  const events = new Map<string, CaseEvent>();
  for (const event of lists.flat()) events.set(JSON.stringify(event), event);
  return [...events.keys()].sort().map((key) => events.get(key)!);
}

function verificationOf(
  records: ReadonlyMap<string, ClaimRecord>,
  { decided, waiting }: SampleFindings,
): ContractVerification[] {
  const lines = new Map<string, ContractVerification>();
  const lineFor = (contract: string, provider: string): ContractVerification => {
    const key = JSON.stringify([contract, provider]);
    const known = lines.get(key) ?? { contract, provider, strata: [], waiting: [] };
    lines.set(key, known);
    return known;
  };
  for (const { contract, provider, stratum } of decided) lineFor(contract, provider).strata.push(stratum);
  for (const id of [...records.keys()].sort()) {
    const { contract, provider, participant, milestone, state } = records.get(id)!;
    const stratum = waiting.get(id);
    if (stratum === undefined && !IN_VERIFICATION.includes(state)) continue;
    lineFor(contract, provider).waiting!.push({
      participant,
      milestone,
      ...(stratum !== undefined && { stratum }),
    });
  }
  for (const { strata } of lines.values()) strata.sort((a, b) => (a.id < b.id ? -1 : 1));
  return [...lines.keys()].sort().map((key) => lines.get(key)!);
}

/**
 * Freezes the verified claims of a cycle's contracts and what their samples decide, as they stand at this moment. A
 * contract that was never put in force has no claims here. Out: where both lie; null where there is nothing of it.
 */
export async function freezeClaims(
  ports: Ports,
  contracts: readonly { readonly id: string }[],
): Promise<{ claimsKey: string | null; verificationKey: string | null }> {
  const byProgramme = await contractsByProgramme(ports, contracts);
  if (byProgramme.size === 0) return { claimsKey: null, verificationKey: null };
  const claims = new JsonLines();
  const verification = new JsonLines();
  for (const programme of [...byProgramme.keys()].sort()) {
    const outcomes = await verifiedOutcomes(ports, programme, byProgramme.get(programme)!);
    for (const line of outcomes.claims) claims.add(line);
    for (const line of outcomes.verification) verification.add(line);
  }
  return {
    claimsKey: await writeByHash(ports.objects, 'claims', claims),
    verificationKey:
      verification.count === 0 ? null : await writeByHash(ports.objects, 'verification', verification),
  };
}
