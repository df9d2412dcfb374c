import { type Minor, minor } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { Cap, ContractDefinition } from '../records/contract.ts';
import type { Scene } from './evidence.ts';
import { number } from './evidence.ts';

export type CapUse = {
  readonly cap: string;
  /** The participant or milestone that the cap is counted for; empty for the whole contract. */
  readonly of: string;
  readonly unit: 'money' | 'count';
  readonly limit: number;
  readonly usedBefore: number;
  usedAfter: number;
  /** Minor units that this cap took away in this settlement. */
  reducedMinor: number;
};

/** What counts against each cap, carried from one settlement to the next in the state. */
export type CapLedger = {
  readonly uses: Map<string, CapUse>;
  readonly start: { readonly [key: string]: number };
};
export const capLedger = (start: { readonly [key: string]: number } = {}): CapLedger => ({
  uses: new Map(),
  start,
});

const subject = (cap: Cap, participant: string, milestone: string): string =>
  cap.scope === 'participant' ? participant : cap.scope === 'milestone' ? milestone : '';
const keyOf = (cap: Cap, of: string): string => (of === '' ? cap.id : `${cap.id}|${of}`);
const ORDER = { participant: 0, milestone: 1, contract: 2 } as const;

const inPeople = (contract: ContractDefinition, cap: Cap): boolean =>
  contract.parameters[cap.limit]?.unit === 'count';
const countsOn = (cap: Cap, milestone: string): boolean =>
  !cap.milestones || cap.milestones.includes(milestone);

/** Caps that a milestone counts against, from the narrowest to the widest; what the contract as a whole earns is nobody's. */
export const capsOn = (contract: ContractDefinition, milestone: string, participant: string): Cap[] =>
  (contract.caps ?? [])
    .filter((cap) => countsOn(cap, milestone))
    .filter((cap) => participant !== '' || (cap.scope !== 'participant' && !inPeople(contract, cap)))
    .sort((a, b) => ORDER[a.scope] - ORDER[b.scope]);

type Records = { readonly [milestone: string]: { readonly cutBy?: string | undefined } };
/** Whether a person has a place under a cap in people already, by another milestone or repetition: one takes one place. */
const hasPlace = (cap: Cap, milestone: string, paid: Records): boolean =>
  cap.scope !== 'participant' &&
  Object.entries(paid).some(([key, { cutBy }]) => {
    const id = key.split('#')[0]!;
    return cutBy === undefined && countsOn(cap, id) && (cap.scope === 'contract' || id === milestone);
  });
/**
 * The cap in people that left this person without a place at a milestone that `milestone` requires: who has no place
 * under the contract is not paid for what follows either. One in money that is used up takes nobody's place.
 */
function withoutPlace(contract: ContractDefinition, milestone: string, paid: Records): Cap | undefined {
  const required = contract.milestones.find(({ id }) => id === milestone)?.requires ?? [];
  for (const id of required) {
    const cutBy = paid[id]?.cutBy;
    const shut = contract.caps?.find((cap) => cap.id === cutBy && inPeople(contract, cap));
    const found = shut ?? withoutPlace(contract, id, paid);
    if (found) return found;
  }
  return undefined;
}

function useOf(ledger: CapLedger, scene: Scene, asOf: Day, cap: Cap, of: string): CapUse | undefined {
  const key = keyOf(cap, of);
  const known = ledger.uses.get(key);
  if (known) return known;
  const limit = number(scene, cap.limit, asOf);
  if (typeof limit === 'object') return undefined;
  const used = ledger.start[key] ?? 0;
  const unit = inPeople(scene.contract, cap) ? 'count' : 'money';
  const use: CapUse = { cap: cap.id, of, unit, limit, usedBefore: used, usedAfter: used, reducedMinor: 0 };
  ledger.uses.set(key, use);
  return use;
}

/**
 * What the caps leave of `earned`. Each cap takes what exceeds its limit, the narrowest first; only what is left
 * counts against the wider ones. Who comes when every place is taken gets nothing whatever the price, and a milestone
 * without a price takes a place all the same. Out: the allowed amount; the cap that cut it last, where one in people
 * left no place that one; and the same as `cutBy` where nothing is left.
 */
export function applyCaps(
  ledger: CapLedger,
  scene: Scene,
  asOf: Day,
  line: { readonly participant: string; readonly milestone: string; readonly earnedMinor: Minor },
  paid: Records = {},
): { readonly allowed: Minor; readonly by?: string; readonly cutBy?: string } {
  let allowed: number = line.earnedMinor;
  let by: string | undefined;
  let full = false;
  const touched: CapUse[] = [];
  const shut = withoutPlace(scene.contract, line.milestone, paid);
  for (const cap of new Set([
    ...(shut ? [shut] : []),
    ...capsOn(scene.contract, line.milestone, line.participant),
  ])) {
    const use = useOf(ledger, scene, asOf, cap, subject(cap, line.participant, line.milestone));
    if (!use) continue;
    const placed = use.unit === 'count' && hasPlace(cap, line.milestone, paid);
    const closed = cap === shut || (use.unit === 'count' && !placed && use.usedAfter >= use.limit);
    const room = closed ? 0 : use.unit === 'count' ? allowed : Math.max(0, use.limit - use.usedAfter);
    if (!full && (closed || allowed > room)) by = cap.id;
    full ||= closed;
    use.reducedMinor += Math.max(0, allowed - room);
    allowed = Math.min(allowed, room);
    if (!placed) touched.push(use);
  }
  const cutBy = allowed === 0 ? by : undefined;
  if (cutBy === undefined) for (const use of touched) use.usedAfter += use.unit === 'count' ? 1 : allowed;
  return { allowed: minor(allowed), ...(by !== undefined && { by }), ...(cutBy !== undefined && { cutBy }) };
}

/**
 * Gives room back when an outcome that was paid turns out false; one that a cap had cut to nothing took none, and a place
 * stays taken while the person has something else paid under it (`left`).
 */
export function giveBack(
  ledger: { [key: string]: number },
  contract: ContractDefinition,
  { participant, milestone }: { readonly participant: string; readonly milestone: string },
  record: { readonly paid: number; readonly held: number; readonly cutBy?: string | undefined },
  left: Records,
): void {
  if (record.cutBy !== undefined) return;
  for (const cap of capsOn(contract, milestone, participant)) {
    const key = keyOf(cap, subject(cap, participant, milestone));
    const place = hasPlace(cap, milestone, left) ? 0 : 1;
    const unit = inPeople(contract, cap) ? place : record.paid + record.held;
    if (ledger[key] !== undefined) ledger[key] = Math.max(0, ledger[key] - unit);
  }
}
/** The ledger as the next settlement reads it. */
export const capState = (ledger: CapLedger): { [key: string]: number } => {
  const state = { ...ledger.start };
  for (const [key, use] of ledger.uses) state[key] = use.usedAfter;
  return state;
};
