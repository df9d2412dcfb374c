import { minor } from '../kernel/money.ts';
import type { Adjustment, Household, HouseholdState } from '../records/household.ts';
import type { CompiledProgramme } from './compile.ts';
import { readCountKey } from './counts.ts';
import type { Lines } from './lines.ts';
import { memberIndex } from './standings.ts';

type Advances = { readonly [key: string]: number };
export type SettledAdvances = { readonly state: Advances; readonly recoveries: readonly Adjustment[] };

const NONE: SettledAdvances = { state: {}, recoveries: [] };

/**
 * Takes advances off the benefit that settles them, where this period settles: what was advanced beyond the
 * final amount becomes a recovery. Advances are kept by `benefit|member`.
 */
export function settleAdvances(
  programme: CompiledProgramme,
  household: Household,
  state: HouseholdState | undefined,
  lines: Lines,
  eligible: boolean,
): SettledAdvances {
  if (!state?.advances) return NONE;
  const left: { [key: string]: number } = { ...state.advances };
  const recoveries: Adjustment[] = [];
  if (!eligible) return { state: left, recoveries };
  for (const benefit of programme.frames.flatMap((frame) => frame.benefits)) {
    const { definition } = benefit;
    if (definition.kind !== 'trapezoid' || definition.lessAdvances.length === 0) continue;
    for (const [key, advanced] of Object.entries(left)) {
      const { benefit: paid, member } = readCountKey(key);
      if (!definition.lessAdvances.includes(paid)) continue;
      const at = memberIndex(household, member ?? '');
      const draft = lines.drafts.find(
        (d) => d.benefit.index === benefit.index && d.member === at && d.outcome === 'payable',
      );
      const taken = Math.min(advanced, draft?.amount ?? 0);
      if (draft) draft.amount -= taken;
      delete left[key];
      if (advanced === taken) continue;
      recoveries.push({
        id: `advance:${key}`,
        kind: 'recovery',
        benefit: paid,
        ...(member !== undefined && { member }),
        amountMinor: minor(advanced - taken),
        origin: programme.period,
        reason: 'ADVANCE_EXCEEDED',
        cite: definition.cite,
      });
    }
  }
  return { state: left, recoveries };
}
