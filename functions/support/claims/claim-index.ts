import type { Item, Ports } from '../../../adapters/ports.ts';
import { type ClaimIndex, personOf } from '../../../domain/results/verification.ts';
import { checkPlan, employersOf } from './check-plan.ts';
import type { ContractInForce } from './contracts.ts';
import { documentUsePk, jobUsePk } from './keys.ts';
import { tokensOf } from './people.ts';
import type { ClaimRecord } from './record.ts';

/** What other claims, of any institute, have in common with this one: its documents, and its employer and day. */
export async function indexFor(
  ports: Ports,
  { programme, definition }: ContractInForce,
  claim: ClaimRecord,
): Promise<ClaimIndex> {
  const plan = checkPlan(definition);
  const token = await tokensOf(ports);
  const documents = new Map<string, ReadonlySet<string>>();
  for (const { sha256 } of claim.documents) {
    const uses = await firstOf(ports, documentUsePk(programme, sha256), 100);
    const people = uses
      .map(({ person, shownAt, sk }) => ({ person, rank: `${String(shownAt ?? '')}#${sk}` }))
      .sort((a, b) => (a.rank < b.rank ? -1 : 1))
      .map(({ person }) => (person === claim.personToken ? personOf(claim) : String(person)));
    documents.set(sha256, new Set(people));
  }
  const clusters = new Map<string, ReadonlySet<string>>();
  for (const job of new Set(employersOf(claim.events, plan))) {
    const people = await firstOf(ports, jobUsePk(programme, token('job', job)), plan.clusterAt + 1);
    clusters.set(job, new Set(people.map((use) => use.sk)));
  }
  return { documents, clusters };
}

/** A page is enough: one other use already fails a document, and clusters count no further than their threshold. */
const firstOf = async (ports: Ports, pk: string, limit: number): Promise<readonly Item[]> =>
  (await ports.control.query(pk, { limit })).items;
