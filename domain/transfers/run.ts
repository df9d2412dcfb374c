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
  /** When instalments start anew for a member, and the attribute that names the stretch. */
  readonly episode: { readonly during: MemberTest; readonly named: string | undefined } | undefined;
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
