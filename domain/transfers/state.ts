import { addMonths, type Month } from '../kernel/period.ts';
import type {
  Adjustment,
  HeldMoney,
  HouseholdState,
  LadderState,
  TransferLine,
} from '../records/household.ts';
import type { CompiledFrame, CompiledProgramme } from './compile.ts';
import { countKey } from './counts.ts';
import type { Facts } from './facts.ts';
import type { Portion } from './reckon.ts';

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
  readonly certificates: HouseholdState['certificates'];
  readonly recoveries: readonly Adjustment[];
};

const empty = (map: object): boolean => {
  for (const _ in map) return false;
  return true;
};

/** The month in which a multiplier began to run for a household: the present one where it did not run before. */
export function beganAt(
  { period, months }: CompiledProgramme,
  before: HouseholdState | undefined,
  id: string,
): Month {
  const ran = before?.modifiers?.[id] ?? 0;
  if (!before || ran === 0) return period;
  return before.modifiersSince?.[id] ?? addMonths(before.lastPeriod, months.length - ran);
}

/** How long each multiplier has run, and since when where that cannot be counted back. */
function modifiersOf(carried: Carried): {
  running: { [id: string]: number };
  since: { [id: string]: Month };
} {
  const { programme, facts, before } = carried;
  const months = monthsIn(carried);
  const running: { [id: string]: number } = {};
  const since: { [id: string]: Month } = {};
  for (const { definition, when } of programme.modifiers) {
    if (!when(facts)) continue;
    const { id } = definition;
    const ran = (before?.modifiers?.[id] ?? 0) + months;
    running[id] = ran;
    const began = beganAt(programme, before, id);
    if (ran > 0 && began !== addMonths(programme.period, programme.months.length - ran)) since[id] = began;
  }
  return { running, since };
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
  const { programme, before, reckoned, held, ladders, certificates, recoveries } = carried;
  const { counts } = carried.facts;
  const { running, since } = modifiersOf(carried);
  const advances = advancesOf(carried);
  const state: { -readonly [K in keyof HouseholdState]: HouseholdState[K] } = {
    lastPeriod: programme.period,
    firstPeriod: before?.firstPeriod ?? programme.period,
    months: (before?.months ?? 0) + monthsIn(carried),
    status: carried.exited || before?.status === 'exited' ? 'exited' : reckoned.length > 0 ? 'active' : 'out',
  };
  if (held.length > 0) state.held = held;
  if (!empty(ladders)) state.ladders = ladders;
  if (counts && !empty(counts)) state.counts = counts;
  if (!empty(running)) state.modifiers = running;
  if (!empty(since)) state.modifiersSince = since;
  if (!empty(advances)) state.advances = advances;
  if (certificates && !empty(certificates)) state.certificates = certificates;
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
