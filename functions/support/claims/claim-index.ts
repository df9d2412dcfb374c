import type { Item, Ports } from '../../../adapters/ports.ts';
import type { ClaimIndex } from '../../../domain/results/verification.ts';
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
    documents.set(sha256, new Set(uses.map((use) => String(use.person))));
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
