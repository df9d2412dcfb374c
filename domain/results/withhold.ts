import { type Minor, minor, parseAmount, scale } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { SettlementCase, SettlementState } from '../records/claim-case.ts';
import type { PersonResult } from './earn.ts';
import { number, type Scene } from './evidence.ts';
import type { Check } from './performance.ts';

/** What decides whether money waits: holdbacks, guarantees and equity floors, on one settlement date. */
export type Withholding = {
  /** The part of an allowed amount that waits. Guarantee cover is used up in the order of the calls. */
  readonly hold: (participant: string, milestone: string, allowed: Minor) => Minor;
  /** The part of money that waited since an earlier settlement that may go now; it uses cover up as a payment does. */
  readonly release: (participant: string, milestone: string, held: Minor) => Minor;
  /** Minor units that no valid guarantee covers although the contract asks for it. */
  readonly uncovered: () => Minor;
  /** Valid guarantee cover in all. */
  readonly coverMinor: Minor;
  /** What is done about money that nothing covers; undefined where the contract asks for no guarantee. */
  readonly effect: 'withhold' | 'warn' | undefined;
};

const validCover = (scene: Scene, guarantees: SettlementCase['guarantees']): number =>
  (guarantees ?? [])
    .filter((guarantee) => (guarantee.from ?? '') <= scene.asOf && scene.asOf <= guarantee.until)
    .reduce((sum, guarantee) => sum + (parseAmount(guarantee.amount, scene.contract.currency) ?? 0), 0);

const exposureOf = (state: SettlementState, milestones: readonly string[]): number =>
  Object.values(state.paid).reduce(
    (sum, paid) =>
      Object.entries(paid).reduce(
        (part, [key, record]) => part + (milestones.includes(key.split('#')[0]!) ? record.paid : 0),
        sum,
      ),
    0,
  );

/** Prepares the withholding rules of a contract. `checks` says which equity floors are met. */
export function withholding(
  scene: Scene,
  state: SettlementState,
  people: ReadonlyMap<string, PersonResult>,
  checks: readonly Check[],
  guarantees: SettlementCase['guarantees'],
): Withholding {
  const { contract, asOf } = scene;
  const clause = contract.guarantee;
  const covered = clause && clause.covers !== 'advance' ? clause.covers : [];
  const coverMinor = validCover(scene, guarantees);
  const effect = guarantees === undefined ? (clause?.whenUnstated ?? clause?.effect) : clause?.effect;
  let left = coverMinor - exposureOf(state, covered);
  let uncovered = 0;

  const reached = (participant: string, milestone: string): boolean =>
    state.paid[participant]?.[milestone] !== undefined ||
    people.get(participant)?.reached.has(milestone) === true;
  const heldShare = (participant: string, milestone: string, date: Day): number => {
    const sceneOf = people.get(participant)?.scene ?? scene;
    const clauses = [
      ...(contract.holdbacks ?? [])
        .filter((rule) => rule.milestones.includes(milestone) && !reached(participant, rule.until))
        .map((rule) => rule.share),
      ...(contract.equityFloors ?? []).flatMap((floor) =>
        floor.effect !== 'report' &&
        checks.some((check) => check.id === floor.id && check.status === 'not_met')
          ? [floor.effect.withhold]
          : [],
      ),
    ];
    const shares = clauses.map((name) => number(sceneOf, name, date));
    return Math.min(
      10_000,
      shares.reduce<number>((sum, share) => sum + (typeof share === 'number' ? share : 0), 0),
    );
  };
  const takeCover = (milestone: string, amount: number): number => {
    if (!covered.includes(milestone)) return 0;
    const missing = Math.max(0, amount - Math.max(0, left));
    left -= amount - (effect === 'withhold' ? missing : 0);
    uncovered += missing;
    return effect === 'withhold' ? missing : 0;
  };

  return {
    coverMinor: minor(coverMinor),
    effect,
    uncovered: () => minor(uncovered),
    hold: (participant, milestone, allowed) => {
      const held = scale(allowed, heldShare(participant, milestone, asOf), 10_000, contract.rounding);
      return minor(held + takeCover(milestone, allowed - held));
    },
    release: (participant, milestone, held) =>
      minor(heldShare(participant, milestone, asOf) === 0 ? held - takeCover(milestone, held) : 0),
  };
}
