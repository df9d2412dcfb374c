import type { Condition, Item, Ports } from '../../adapters/ports.ts';
import { type Said, SaidRefusal } from './http/said.ts';

/** An entry of a register that one person submits and another one decides. */
export type Decidable<State extends string> = {
  readonly state: State;
  readonly submittedBy: string;
  readonly submittedAt: string;
  readonly decidedBy?: string;
  readonly decidedAt?: string;
  /** What the decision says; a refusal says why. */
  readonly why?: string;
};
export type Decision = {
  readonly person: string;
  readonly decision: 'approve' | 'refuse';
  /** Asked for where it is refused. */
  readonly why?: string;
};

/** The fields that a decision sets. Refused: a refusal that does not say why (BAD_INPUT). */
export function decisionFields(ports: Ports, { person, decision, why }: Decision) {
  const state = decision === 'approve' ? ('APPROVED' as const) : ('REFUSED' as const);
  if (state === 'REFUSED' && !why)
    throw new SaidRefusal(
      'BAD_INPUT',
      { es: 'un rechazo dice por qué', en: 'a refusal says why' },
      { at: 'why', next: 'give the reason' },
    );
  return { state, decidedBy: person, decidedAt: ports.clock.now(), ...(why && { why }) };
}

/** The condition of a decision's write: the entry waits, and somebody else submitted it. */
export const decidableBy = (person: string): Condition[] => [
  { field: 'state', is: '=', value: 'SUBMITTED' },
  { field: 'submittedBy', is: '<>', value: person },
];

/** Whether this very decision was made before: the same one again changes nothing. */
export const decidedSo = (
  stored: Decidable<string>,
  { decidedBy, state }: { readonly decidedBy: string; readonly state: string },
): boolean => stored.decidedBy === decidedBy && stored.state === state;

/** Nobody decides what they submitted. `entry` names it, with its article in Spanish. */
export const selfApproval = (person: string, entry: Said): SaidRefusal =>
  new SaidRefusal(
    'SELF_APPROVAL',
    {
      es: `${person} presentó ${entry.es} y no puede ser quien decida`,
      en: `${person} submitted ${entry.en} and cannot decide it`,
    },
    { next: 'ask an approver who did not take part' },
  );

/** Queries that one page makes at most: in a register that is nearly all decided, waiting ones are far between. */
const QUERIES_A_PAGE = 20;

/**
 * A page of a register, by id; of one state where it is given. A page may hold fewer than `limit`, or none, and still
 * have a next one.
 */
export async function registerPage(
  ports: Ports,
  pk: string,
  { state, limit, cursor }: { state?: string | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: Item[]; next?: string }> {
  const items: Item[] = [];
  let after = cursor;
  for (let queries = 0; queries < QUERIES_A_PAGE; queries++) {
    const page = await ports.control.query(pk, {
      limit: limit - items.length,
      ...(after !== undefined && { after }),
    });
    for (const item of page.items) if (state === undefined || item.state === state) items.push(item);
    after = page.next;
    if (after === undefined) return { items };
    if (items.length === limit) break;
  }
  return { items, next: after! };
}
