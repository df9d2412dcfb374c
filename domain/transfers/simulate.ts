import { type Currency, formatAmount, type Minor } from '../kernel/money.ts';
import type { EvidenceRow, Exemption, Household, HouseholdState } from '../records/household.ts';
import type { CompiledProgramme } from './compile.ts';
import { verifyCompliance } from './compliance.ts';
import { calculateTransfers } from './entitlement.ts';

type Sums = {
  households: number;
  gain: number;
  lose: number;
  same: number;
  enter: number;
  leave: number;
  currentMinor: number;
  proposedMinor: number;
  heldCurrentMinor: number;
  heldProposedMinor: number;
};
export type Comparison = {
  readonly households: number;
  /** Households that get more, less, the same; that become or cease to be eligible. */
  readonly gain: number;
  readonly lose: number;
  readonly same: number;
  readonly enter: number;
  readonly leave: number;
  readonly current: string;
  readonly proposed: string;
  readonly difference: string;
  /** What waits for evidence in either version: a change of amount shows here where no evidence is given. */
  readonly heldCurrent: string;
  readonly heldProposed: string;
};

const empty = (): Sums => ({
  households: 0,
  gain: 0,
  lose: 0,
  same: 0,
  enter: 0,
  leave: 0,
  currentMinor: 0,
  proposedMinor: 0,
  heldCurrentMinor: 0,
  heldProposedMinor: 0,
});
const say = (
  { currentMinor, proposedMinor, heldCurrentMinor, heldProposedMinor, ...counts }: Sums,
  currency: Currency,
): Comparison => ({
  ...counts,
  heldCurrent: formatAmount(heldCurrentMinor as Minor, currency),
  heldProposed: formatAmount(heldProposedMinor as Minor, currency),
  current: formatAmount(currentMinor as Minor, currency),
  proposed: formatAmount(proposedMinor as Minor, currency),
  difference: formatAmount((proposedMinor - currentMinor) as Minor, currency),
});

/**
 * A proposed version beside the current one, household by household: what each would pay in the period, by
 * territory. Holds sums only, never the roster. Amounts are payable (what compliant households get now).
 */
export class Simulation {
  readonly #current: CompiledProgramme;
  readonly #proposed: CompiledProgramme;
  readonly #total = empty();
  readonly #territories = new Map<string, Sums>();

  constructor(current: CompiledProgramme, proposed: CompiledProgramme) {
    this.#current = current;
    this.#proposed = proposed;
  }

  add(
    household: Household,
    evidence: readonly EvidenceRow[],
    exemptions: readonly Exemption[] = [],
    state?: HouseholdState,
  ): void {
    const run = (programme: CompiledProgramme) =>
      calculateTransfers(
        programme,
        household,
        verifyCompliance(programme, household, evidence, exemptions, state),
        state,
      );
    const before = run(this.#current);
    const after = run(this.#proposed);
    let place = this.#territories.get(household.territory);
    if (!place) {
      place = empty();
      this.#territories.set(household.territory, place);
    }
    for (const sums of [this.#total, place]) {
      sums.households += 1;
      sums.currentMinor += before.payableMinor;
      sums.proposedMinor += after.payableMinor;
      sums.heldCurrentMinor += before.heldMinor;
      sums.heldProposedMinor += after.heldMinor;
      if (after.payableMinor > before.payableMinor) sums.gain += 1;
      else if (after.payableMinor < before.payableMinor) sums.lose += 1;
      else sums.same += 1;
      if (after.eligible && !before.eligible) sums.enter += 1;
      if (before.eligible && !after.eligible) sums.leave += 1;
    }
  }

  result(): { total: Comparison; territories: { territory: string; comparison: Comparison }[] } {
    const { currency } = this.#current.definition;
    return {
      total: say(this.#total, currency),
      territories: [...this.#territories]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([territory, sums]) => ({ territory, comparison: say(sums, currency) })),
    };
  }
}
