import type { Month } from '../kernel/period.ts';
import type { Household, Verdict } from '../records/household.ts';
import type { CompiledProgramme } from './compile.ts';
import type { Standing, Standings } from './run.ts';

const MISSING: { readonly [effect: string]: Standing } = { pay: 2, hold: 1, forfeit: 0 };

/** How much a verdict counts; missing evidence counts as the condition's `missing` says. */
export function standingOf(verdict: Verdict, missing: 'pay' | 'hold' | 'forfeit'): Standing {
  if (verdict.status === 'unverified') return MISSING[missing]!;
  return verdict.status === 'non_compliant' ? 0 : 2;
}

/**
 * Verdicts as standings by condition and member for the months of a frame: a verdict of the whole period, or
 * one of that month. Where a frame stands for several months their verdicts are all of the period.
 */
export function standings(
  programme: CompiledProgramme,
  household: Household,
  verdicts: readonly Verdict[],
  month: Month,
): Standings {
  const width = household.members.length + 1;
  const count = programme.conditions.length;
  const of: Standing[] = new Array(count * width).fill(3);
  const worst: Standing[] = new Array(count).fill(3);
  let awaits = false;
  let fails = false;
  for (const verdict of verdicts) {
    const index = programme.conditionIndex.get(verdict.condition);
    if (index === undefined) continue;
    const { window, missing } = programme.conditions[index]!.definition;
    if (verdict.period !== (window.each === 'month' ? month : programme.period)) continue;
    const at = index * width + 1 + memberIndex(household, verdict.subject);
    const standing = standingOf(verdict, missing);
    if (standing === 1) awaits = true;
    else if (standing === 0) fails = true;
    if (standing < of[at]!) of[at] = standing;
    if (standing < worst[index]!) worst[index] = standing;
  }
  return { width, of, worst, awaits, fails };
}

/** Position of a member; -1 for the household itself (or somebody who has left it). */
export function memberIndex(household: Household, subject: string): number {
  const { members } = household;
  for (let i = 0; i < members.length; i++) if (members[i]!.id === subject) return i;
  return -1;
}
