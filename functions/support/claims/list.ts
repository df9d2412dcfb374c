import { MAX_WRITES } from '../../../adapters/control-rules.ts';
import type { Item, Ports } from '../../../adapters/ports.ts';
import type { ClaimState } from '../../../domain/records/claim.ts';
import { cyclePk } from '../cycle.ts';
import { SaidRefusal } from '../http/said.ts';
import { claimKey, providerPk, providersPk, takenPartPk } from './keys.ts';
import { type ClaimRecord, fromItem } from './record.ts';

/** A page of an institute's claims, newest first. */
export async function claimsPage(
  ports: Ports,
  programme: string,
  provider: string,
  page: { limit: number; cursor?: string | undefined },
): Promise<{ items: ClaimRecord[]; next?: string }> {
  const { items, next } = await ports.control.query(providerPk(programme, provider), {
    prefix: 'CL#',
    limit: page.limit,
    newestFirst: true,
    ...(page.cursor !== undefined && { after: page.cursor }),
  });
  return { items: items.map(fromItem), ...(next !== undefined && { next }) };
}

/** Every row of a partition, page by page; from a cursor on, where one is given. */
export async function* rowsOf(ports: Ports, pk: string, prefix = '', from?: string): AsyncGenerator<Item> {
  let after = from;
  do {
    const page = await ports.control.query(pk, { prefix, ...(after !== undefined && { after }) });
    yield* page.items;
    after = page.next;
  } while (after !== undefined);
}

/** Every claim of a programme in some states, institute by institute; one page in memory at a time. */
export async function* claimsOf(
  ports: Ports,
  programme: string,
  states: readonly ClaimState[],
): AsyncGenerator<ClaimRecord> {
  for await (const { sk: provider } of rowsOf(ports, providersPk(programme)))
    for await (const item of rowsOf(ports, providerPk(programme, provider), 'CL#')) {
      const record = fromItem(item);
      if (states.includes(record.state)) yield record;
    }
}

/** A claim of a contract by its id, whoever the institute is. Refused: none (NOT_FOUND). */
export async function claimById(
  ports: Ports,
  { programme, contract, claim }: { programme: string; contract: string; claim: string },
): Promise<ClaimRecord> {
  for await (const { sk: provider } of rowsOf(ports, providersPk(programme))) {
    const item = await ports.control.get(claimKey(programme, provider, claim));
    if (item?.contract === contract) return fromItem(item);
  }
  throw new SaidRefusal(
    'NOT_FOUND',
    {
      es: `el contrato ${contract} no tiene el reclamo ${claim}`,
      en: `contract ${contract} has no claim ${claim}`,
    },
    { next: '`cumple claims list` shows an institute’s claims' },
  );
}

/**
 * Notes that somebody takes part in a programme's claims, before they do. Not in the claim's own transaction: all the
 * claims of one person would meet in one row there and cancel each other.
 */
export async function tookPart(
  ports: Ports,
  programme: string,
  sk: `SUBMITTER#${string}` | `VERIFIER#${string}`,
): Promise<void> {
  const key = { pk: takenPartPk(programme), sk };
  if (!(await ports.control.get(key))) await ports.control.write([{ put: key }]);
}

/** People who submitted or verified claims of a programme: none of them may approve a cycle that pays them. */
export async function peopleOfClaims(ports: Ports, programme: string): Promise<string[]> {
  const people = new Set<string>();
  for await (const { sk } of rowsOf(ports, takenPartPk(programme)))
    people.add(sk.replace(/^(SUBMITTER|VERIFIER)#/, ''));
  return [...people].sort();
}

/**
 * Bars everybody who submitted or verified claims of a programme from approving a cycle that pays them: RecordApproval
 * holds the absence of these rows as a condition of its write. Call it before the proposal is put forward.
 */
export async function barFromApproving(
  ports: Ports,
  programme: string,
  cycle: { readonly programme: string; readonly period: string },
): Promise<number> {
  const people = await peopleOfClaims(ports, programme);
  const pk = cyclePk(cycle.programme, cycle.period);
  for (let i = 0; i < people.length; i += MAX_WRITES)
    await ports.control.write(
      people.slice(i, i + MAX_WRITES).map((person) => ({ put: { pk, sk: `SUBMITTER#${person}` } })),
    );
  return people.length;
}
