import { byName } from '../kernel/by-name.ts';
import { sha256 } from '../kernel/hash.ts';
import type { Payable } from '../payments/payable.ts';

/** What a cycle orders for a household: its id, its territory, minor units above zero, and the mark of who is paid. */
export type Ordered = readonly [household: string, territory: string, amountMinor: number, payee?: string];

/** Digits of a hash that tell one account from another without showing it. */
const MARK_DIGITS = 12;
const mark = (text: string): string => sha256(text).slice(0, MARK_DIGITS);

/** Where and to whom a payable goes, as two marks: the account or pay point, and the document. */
export const payeeMark = ({
  method,
  account,
  payPoint,
  creditorDocument,
}: Pick<Payable, 'method' | 'account' | 'payPoint' | 'creditorDocument'>): string =>
  `${mark(`${method}|${account?.scheme}|${account?.number}|${payPoint}`)}.${mark(creditorDocument ?? '')}`;

/** What differs between the payees of two cycles; undefined where nothing does, or one of them is not known. */
export function payeeChange(
  before: Ordered | undefined,
  now: Ordered | undefined,
): 'account' | 'document' | 'account and document' | undefined {
  const [was, is] = [before?.[3]?.split('.'), now?.[3]?.split('.')];
  if (!was || !is) return undefined;
  const [account, document] = [was[0] !== is[0], was[1] !== is[1]];
  if (account) return document ? 'account and document' : 'account';
  return document ? 'document' : undefined;
}

export type TerritoryChange = { in: number; out: number; differenceMinor: number };
/** How what a cycle orders differs from the last closed cycle; money in minor units. */
export type Changes = {
  /** Period of the cycle compared with. */
  readonly since: string;
  /** Households paid now and not then, and the other way round, with what they are, or were, paid. */
  in: number;
  inMinor: number;
  out: number;
  outMinor: number;
  /** Paid in both, another amount: more than before (`up`), or less (`down`), and by how much in all. */
  changed: number;
  up: number;
  upMinor: number;
  down: number;
  downMinor: number;
  beforeMinor: number;
  nowMinor: number;
  /**
   * Now less before; always `nowMinor - beforeMinor`, `inMinor - outMinor + upMinor - downMinor`, and the sum over the
   * territories.
   */
  differenceMinor: number;
  /** Territories in which something changed. */
  territories: Record<string, TerritoryChange>;
};

export const noChanges = (since: string): Changes => ({
  since,
  in: 0,
  inMinor: 0,
  out: 0,
  outMinor: 0,
  changed: 0,
  up: 0,
  upMinor: 0,
  down: 0,
  downMinor: 0,
  beforeMinor: 0,
  nowMinor: 0,
  differenceMinor: 0,
  territories: byName(),
});

/**
 * Adds what changed for one household. A household that moved takes its amount out of the old territory and into
 * the new one, so that the territories always add up to the whole.
 */
export function addChange(changes: Changes, before: Ordered | undefined, now: Ordered | undefined): void {
  const [was, is] = [before?.[2] ?? 0, now?.[2] ?? 0];
  changes.beforeMinor += was;
  changes.nowMinor += is;
  changes.differenceMinor += is - was;
  if (!before && now) {
    changes.in += 1;
    changes.inMinor += is;
  }
  if (before && !now) {
    changes.out += 1;
    changes.outMinor += was;
  }
  if (before && now && was !== is) {
    const way = is > was ? 'up' : 'down';
    changes.changed += 1;
    changes[way] += 1;
    changes[`${way}Minor`] += Math.abs(is - was);
  }
  if (before && now && before[1] === now[1]) {
    if (was !== is) territory(changes, now[1]).differenceMinor += is - was;
    return;
  }
  if (before) {
    const place = territory(changes, before[1]);
    place.differenceMinor -= was;
    if (!now) place.out += 1;
  }
  if (now) {
    const place = territory(changes, now[1]);
    place.differenceMinor += is;
    if (!before) place.in += 1;
  }
}

function territory(changes: Changes, id: string): TerritoryChange {
  changes.territories[id] ??= { in: 0, out: 0, differenceMinor: 0 };
  return changes.territories[id];
}

/** The same with territories in order, so that equal changes are equal bytes. */
export const sortedChanges = (changes: Changes): Changes => ({
  ...changes,
  territories: Object.fromEntries(Object.entries(changes.territories).sort(([a], [b]) => (a < b ? -1 : 1))),
});
