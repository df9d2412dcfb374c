import type { Cap } from '../records/programme/benefit.ts';
import { sumOf } from './amounts.ts';
import type { Facts } from './facts.ts';
import { lookup } from './lookup.ts';
import type { Frame } from './predicates.ts';
import type { Item } from './run.ts';
import { spread } from './spread.ts';

export type CompiledCap = {
  readonly id: string;
  readonly per: 'month' | 'period';
  /** Whether it holds only above so many amounts: all of the household's, not those alone whose conditions are met. */
  readonly asksHowMany: boolean;
  /** `holders`: the items of everybody, whether their conditions are met or not. */
  readonly apply: (items: Item[], facts: Facts, holders: readonly Item[]) => void;
};

/** Keeps the first amounts that fit the room; the rest is cut in the order of the lines. */
function truncate(touched: readonly Item[], room: number): void {
  let left = Math.max(0, room);
  for (const item of touched) {
    if (item.amount > left) item.amount = left;
    left -= item.amount;
  }
}

/** Scales all amounts down to fit: floor shares, the remainder one unit each in member order. */
function scaleDown(touched: readonly Item[], room: number): void {
  const shares = spread(
    Math.max(0, room),
    touched.map((item) => item.amount),
  );
  touched.forEach((item, i) => {
    item.amount = shares[i]!;
  });
}

/** Benefits as declared; members stand by id, so that the roster's order never matters. */
const inOrder = (items: Item[]): Item[] =>
  items.sort((a, b) => a.benefit.index - b.benefit.index || a.member - b.member);

/** A household limit, ready to run on the items of one month at one level. */
export function compileCap(cap: Cap, frame: Frame): CompiledCap {
  const over = new Set(cap.over);
  const counting = new Set(cap.counting);
  const per = frame.definition.benefits.find(({ id }) => id === cap.over[0])!.per;
  const limit = lookup(cap.method === 'keep_highest' ? cap.keep : cap.limit, frame);
  const floor = cap.onlyAbove ? lookup(cap.onlyAbove, frame) : undefined;
  const counts = (item: Item): boolean => item.amount > 0 && over.has(item.benefit.definition.id);
  const apply: CompiledCap['apply'] = (items, facts, holders) => {
    const touched = inOrder(items.filter(counts));
    // A limit that nobody published matters only to a household that it could cut.
    if (touched.length === 0) return;
    if (floor && holders.filter(counts).length <= (floor(undefined, facts) ?? 0)) return;
    const most = limit(undefined, facts);
    if (most === undefined) return;
    if (cap.method === 'keep_highest') {
      for (const item of touched.sort((a, b) => b.amount - a.amount).slice(most)) item.amount = 0;
      return;
    }
    const room = most - sumOf(items, counting);
    if (sumOf(items, over) <= room) return;
    if (cap.method === 'scale') scaleDown(touched, room);
    else truncate(touched, room);
  };
  return { id: cap.id, per, asksHowMany: floor !== undefined, apply };
}
