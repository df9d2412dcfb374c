import type {
  Adjustment,
  HeldMoney,
  HouseholdState,
  LadderState,
  TransferLine,
} from '../records/household.ts';
import type { CompiledFrame, CompiledProgramme } from './compile.ts';
import type { Facts } from './facts.ts';
import type { Portion } from './reckon.ts';
import { countKey } from './run.ts';

export type Carried = {
  readonly programme: CompiledProgramme;
  readonly facts: Facts;
  readonly before: HouseholdState | undefined;
  readonly reckoned: readonly { readonly frame: CompiledFrame; readonly portions: readonly Portion[] }[];
  readonly held: readonly HeldMoney[];
  readonly ladders: { readonly [key: string]: LadderState };
  readonly exited: boolean;
  readonly advances: { readonly [key: string]: number };
  readonly paid: readonly TransferLine[];
  readonly recoveries: readonly Adjustment[];
};

const empty = (map: object): boolean => {
  for (const _ in map) return false;
  return true;
};

/** Instalments used, by benefit and member; last year's yearly counts are dropped. */
function countsOf({ programme, facts, before, reckoned }: Carried): { [key: string]: number } {
  const counts: { [key: string]: number } = {};
  const year = programme.period.slice(0, 4);
  for (const [key, count] of Object.entries(before?.counts ?? {})) {
    const last = key.slice(key.lastIndexOf('|') + 1);
    if (!/^\d{4}$/.test(last) || last >= year) counts[key] = count;
  }
  for (const { frame, portions } of reckoned)
    for (const { item, payable, held, forfeited } of portions) {
      if (!item.benefit.limited || payable + held + forfeited === 0) continue;
      const { id, limit } = item.benefit.definition;
      const member = item.member < 0 ? undefined : facts.household.members[item.member]!.id;
      const yearly = limit === 'once_a_year' || item.benefit.maxPerYear !== undefined;
      const add = (key: string) => {
        counts[key] = (counts[key] ?? 0) + frame.weight;
      };
      if (yearly) add(countKey(id, member, frame.month.slice(0, 4)));
      if (limit === 'once_in_a_lifetime' || item.benefit.maxInstalments) add(countKey(id, member));
    }
  return counts;
}

/** How long each multiplier has run without a break. */
function modifiersOf({ programme, facts, before, reckoned }: Carried): { [id: string]: number } {
  const months = reckoned.reduce((sum, { frame }) => sum + frame.weight, 0);
  const running: { [id: string]: number } = {};
  for (const { definition, when } of programme.modifiers)
    if (when(facts)) running[definition.id] = (before?.modifiers?.[definition.id] ?? 0) + months;
  return running;
}

function advancesOf({ programme, advances, paid }: Carried): { readonly [key: string]: number } {
  const names = programme.advanceBenefits;
  if (names.size === 0) return advances;
  const sums: { [key: string]: number } = { ...advances };
  for (const line of paid)
    if (line.outcome === 'payable' && names.has(line.benefit)) {
      const key = countKey(line.benefit, line.member);
      sums[key] = (sums[key] ?? 0) + line.amountMinor;
    }
  return sums;
}

/** The state carried to the next period: only what later periods need, as plain JSON. */
export function nextState(carried: Carried): HouseholdState {
  const { programme, before, reckoned, held, ladders, recoveries } = carried;
  const limited =
    before?.counts !== undefined ||
    reckoned.some(({ portions }) => portions.some((p) => p.item.benefit.limited));
  const counts = limited ? countsOf(carried) : {};
  const modifiers = programme.modifiers.length > 0 ? modifiersOf(carried) : {};
  const advances = advancesOf(carried);
  const state: { -readonly [K in keyof HouseholdState]: HouseholdState[K] } = {
    lastPeriod: programme.period,
    firstPeriod: before?.firstPeriod ?? programme.period,
    months: (before?.months ?? 0) + monthsIn(carried),
    status: carried.exited || before?.status === 'exited' ? 'exited' : reckoned.length > 0 ? 'active' : 'out',
  };
  if (held.length > 0) state.held = held;
  if (!empty(ladders)) state.ladders = ladders;
  if (!empty(counts)) state.counts = counts;
  if (!empty(modifiers)) state.modifiers = modifiers;
  if (!empty(advances)) state.advances = advances;
  if (recoveries.length > 0) state.recoveries = recoveries;
  return state;
}

/** Months of the period in which the household was in the programme. */
function monthsIn({ programme, reckoned }: Carried): number {
  let monthly = 0;
  let whole = false;
  for (const { frame } of reckoned) {
    if (frame.benefits[0]?.definition.per === 'period') whole = true;
    else monthly += frame.weight;
  }
  return whole ? programme.months.length : monthly;
}
