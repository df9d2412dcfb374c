import type { Benefit } from '../records/programme/benefit.ts';
import type { Facts, HouseholdTest, MemberTest } from './facts.ts';
import type { Ratio } from './values.ts';

/** How much a verdict counts: 2 compliant or exempt, 1 held until it is known, 0 not; 3: nothing is asked. */
export type Standing = 0 | 1 | 2 | 3;

/** Standings of one household in one month, by condition and member (index 0 is the household itself). */
export type Standings = {
  readonly width: number;
  readonly of: Standing[];
  /** The worst standing of a condition, over everybody. */
  readonly worst: Standing[];
  /** Whether any standing is 1 (evidence awaited), any is 0 (not met). */
  readonly awaits: boolean;
  readonly fails: boolean;
};

/** One amount of one benefit for one member (or the household: -1), at the level being reckoned. */
export type Item = {
  readonly benefit: CompiledBenefit;
  readonly member: number;
  readonly standing: Standing;
  amount: number;
  count: number;
};

/**
 * One reckoning of a household's month at a level: 2 counts those who complied, 1 also those whose evidence
 * is missing, 0 everybody. The published rule with its caps is applied to each.
 */
export type Run = {
  readonly facts: Facts;
  readonly standings: Standings;
  readonly level: 0 | 1 | 2;
  /** The calendar year, for yearly limits. */
  readonly year: string;
  readonly items: Item[];
};

export type CompiledBenefit = {
  readonly index: number;
  readonly definition: Benefit;
  readonly when: HouseholdTest | undefined;
  /** Conditions by index, and how they touch this benefit. */
  readonly requires: readonly {
    readonly condition: number;
    readonly scope: 'member' | 'household' | 'proportional';
  }[];
  readonly limited: boolean;
  readonly proportional: boolean;
  readonly factor: ((facts: Facts) => Ratio | undefined) | undefined;
  readonly emit: (run: Run, benefit: CompiledBenefit) => void;
  readonly maxInstalments: (() => number) | undefined;
  readonly maxPerYear: (() => number) | undefined;
};

export type { MemberTest };

/** The standing of a member (or of the household, -1) for a benefit: the worst of what it requires. */
export function standingFor(run: Run, benefit: CompiledBenefit, member: number): Standing {
  let worst: Standing = 2;
  for (const { condition, scope } of benefit.requires) {
    if (scope === 'proportional') continue;
    const { of, width } = run.standings;
    const household = of[condition * width]!;
    let standing =
      scope === 'household' || member < 0
        ? run.standings.worst[condition]!
        : of[condition * width + member + 1]!;
    if (household < standing) standing = household;
    if (standing < worst) worst = standing;
  }
  return worst;
}

/** Where the limits of a benefit are counted in the state: by member, and by year where the limit is yearly. */
export const countKey = (benefit: string, member: string | undefined, year?: string): string =>
  [benefit, member, year].filter((part) => part !== undefined).join('|');

/** Whether a limit (instalments, once a year, once in a lifetime, months a year) has been used up. */
export function usedUp(run: Run, benefit: CompiledBenefit, member: number): boolean {
  const counts = run.facts.state?.counts;
  if (!benefit.limited || !counts) return false;
  const { id, limit } = benefit.definition;
  const { year } = run;
  const who = member < 0 ? undefined : run.facts.household.members[member]!.id;
  if (limit === 'once_in_a_lifetime' && (counts[countKey(id, who)] ?? 0) > 0) return true;
  if (limit === 'once_a_year' && (counts[countKey(id, who, year)] ?? 0) > 0) return true;
  if (benefit.maxPerYear && (counts[countKey(id, who, year)] ?? 0) >= benefit.maxPerYear()) return true;
  return benefit.maxInstalments !== undefined && (counts[countKey(id, who)] ?? 0) >= benefit.maxInstalments();
}
