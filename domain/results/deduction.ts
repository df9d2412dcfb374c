import { type Minor, minor, scale } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { SettlementState, VerificationResult } from '../records/claim-case.ts';
import type { Earned } from './earn.ts';
import { number, type Scene } from './evidence.ts';
import { errorRate } from './sampling.ts';

const idOf = (line: { readonly participant: string; readonly milestone: string }): string =>
  `${line.participant}|${line.milestone}`;

/** What the verified sample of one stratum decides about its claims. */
export type StratumDecision = {
  readonly stratum: string;
  readonly claims: number;
  readonly sampled: number;
  readonly rejected: number;
  /** The sample's error rate and its confidence bounds. */
  readonly rateBp: number;
  readonly lowerBp: number;
  readonly upperBp: number;
  readonly decision: 'pay' | 'deduct' | 'extend';
  /** Taken from the claims nobody looked at: the sample's error, projected on them. */
  readonly deductionMinor: Minor;
  /** Money that was looked at, and that was found wrong. */
  readonly sampledMinor: Minor;
  readonly rejectedMinor: Minor;
  /** Claims that were not sampled, as participant|milestone. */
  readonly unsampled: ReadonlySet<string>;
};

export type DeductionRule = {
  readonly toleranceBp: number;
  readonly extendAboveBp: number;
  /** `rate` judges the sample's own share of wrong claims; `lower` and `upper` a bound at `confidenceBp`. */
  readonly judgedOn?: 'rate' | 'lower' | 'upper';
  readonly confidenceBp?: number;
};

/**
 * The rule of `verification` for one stratum. A wrong claim of the sample is refused as such; what the other claims
 * are cut by is the money found wrong in the sample x (claims not sampled / claims sampled), which over all samples
 * equals the wrong money among them: neither the payer nor the provider gains on average.
 */
export function decideStratum(
  rule: DeductionRule,
  stratum: {
    readonly id: string;
    readonly claims: number;
    readonly sampled: number;
    readonly rejected: number;
    readonly rejectedMinor: Minor;
  },
): Omit<StratumDecision, 'unsampled' | 'sampledMinor' | 'rejectedMinor'> {
  const { id, claims, sampled, rejected, rejectedMinor } = stratum;
  const rate = errorRate(rejected, sampled, claims, rule.confidenceBp ?? 9500);
  const bounds = rate.ok ? rate.value : { rateBp: 0, lowerBp: 0, upperBp: 10_000 };
  const base = { stratum: id, claims, sampled, rejected, ...bounds };
  const judged = rule.judgedOn ?? 'rate';
  // The rate itself is compared as a fraction, so that rounding never decides.
  const above = (limitBp: number) =>
    judged === 'rate'
      ? rejected * 10_000 > limitBp * sampled
      : (judged === 'lower' ? bounds.lowerBp : bounds.upperBp) > limitBp;
  if (sampled === 0 || !above(rule.toleranceBp))
    return { ...base, decision: 'pay', deductionMinor: minor(0) };
  if (above(rule.extendAboveBp)) return { ...base, decision: 'extend', deductionMinor: minor(0) };
  return {
    ...base,
    decision: 'deduct',
    deductionMinor: scale(rejectedMinor, claims - sampled, sampled, 'half_even'),
  };
}

/** The rule of the contract's clause on a day; undefined where a value of it was not published. */
function ruleOf(scene: Scene, date: Day): DeductionRule | undefined {
  const clause = scene.contract.verification;
  // Without a clause the wrong claims are refused and nothing is projected.
  if (!clause) return { toleranceBp: 10_000, extendAboveBp: 10_000, confidenceBp: 9500 };
  const tolerance = number(scene, clause.tolerance, date);
  const extend = clause.extendAbove ? number(scene, clause.extendAbove, date) : 10_000;
  const confidence = number(scene, clause.confidence, date);
  if (typeof tolerance === 'object' || typeof extend === 'object' || typeof confidence === 'object')
    return undefined;
  const judgedOn = clause.judgedOn ?? 'rate';
  return { toleranceBp: tolerance, extendAboveBp: extend, judgedOn, confidenceBp: confidence };
}

type Stratum = VerificationResult['strata'][number];
export type Judged = {
  /** Claims that would be paid now, and the ones that a verifier turned down, priced as they were asserted. */
  readonly earned: readonly Earned[];
  readonly rejected: readonly Earned[];
  readonly state: SettlementState;
};

/** Money of each claim that counts: what is earned or was rejected now, else what earlier settlements paid for it. */
function moneyOf({ earned, rejected, state }: Judged): { all: Map<string, Minor>; now: ReadonlySet<string> } {
  const all = new Map<string, Minor>();
  const wrong = new Set(rejected.map(idOf));
  // A claim that was rejected and corrected counts once, as it was when it was drawn.
  for (const line of [...rejected, ...earned.filter((item) => !wrong.has(idOf(item)))])
    all.set(idOf(line), minor((all.get(idOf(line)) ?? 0) + line.earnedMinor));
  const now = new Set(all.keys());
  const before = new Map<string, number>();
  for (const [participant, milestones] of Object.entries(state.paid))
    for (const [key, record] of Object.entries(milestones)) {
      const id = `${participant}|${key.split('#')[0]}`;
      before.set(id, (before.get(id) ?? 0) + record.earned);
    }
  for (const [id, amount] of before) if (!all.has(id)) all.set(id, minor(amount));
  return { all, now };
}

/** The ids of a stratum's claims: those it names, else every claim of today that no other stratum names. */
const claimsOf = (stratum: Stratum, now: ReadonlySet<string>, named: ReadonlySet<string>): string[] =>
  stratum.claims ?? [...now].filter((id) => !named.has(id));
const namedIn = (result: VerificationResult): Set<string> =>
  new Set(result.strata.flatMap((stratum) => stratum.claims ?? []));

/**
 * Decides every stratum of the case that was not judged yet. Only claims of the contract at hand are counted and
 * priced: the clause, the tolerance and the prices are that contract's, so its error takes money from no other. Claims
 * that were paid while the sample was being extended count as they did before.
 */
export function decideStrata(
  scene: Scene,
  result: VerificationResult | undefined,
  judged: Judged,
  date: Day,
): StratumDecision[] {
  const rule = result && ruleOf(scene, date);
  if (!result || !rule) return [];
  const money = moneyOf(judged);
  const named = namedIn(result);
  const open = result.strata.filter(({ id }) => judged.state.strata?.[id] === undefined);
  return open.map((stratum) => {
    const claims = claimsOf(stratum, money.now, named).filter((id) => money.all.has(id));
    const inStratum = new Set(claims);
    const sampled = stratum.sampled.filter((verdict) => inStratum.has(idOf(verdict)));
    const seen = new Set(sampled.map(idOf));
    const wrong = new Set(sampled.filter(({ verdict }) => verdict === 'rejected').map(idOf));
    const sum = (ids: ReadonlySet<string>) =>
      minor([...ids].reduce((total, id) => total + (money.all.get(id) ?? 0), 0));
    const rejectedMinor = sum(wrong);
    const decision = decideStratum(rule, {
      id: stratum.id,
      claims: inStratum.size,
      sampled: seen.size,
      rejected: wrong.size,
      rejectedMinor,
    });
    return {
      ...decision,
      rejectedMinor,
      sampledMinor: sum(seen),
      unsampled: new Set(claims.filter((id) => !seen.has(id))),
    };
  });
}

/** A stratum that an earlier settlement deducted from, for the claims of it that are paid only now. */
export type LateShare = {
  readonly stratum: string;
  readonly on: string;
  readonly wrongMinor: Minor;
  readonly lookedMinor: Minor;
  readonly has: (id: string) => boolean;
};

/**
 * Claims of a deducted stratum that nobody looked at and that are paid later (they waited for another milestone, or for
 * evidence) carry the share of money that was found wrong when it was judged: they had no part in that deduction, and
 * waiting must not be a way around it. A claim that was looked at never carries anything, corrected or not.
 */
export function lateShares(result: VerificationResult | undefined, state: SettlementState): LateShare[] {
  if (!result) return [];
  const named = namedIn(result);
  return result.strata.flatMap((stratum) => {
    const judged = state.strata?.[stratum.id];
    if (judged?.decision !== 'deduct' || judged.wrong === 0) return [];
    const seen = new Set(stratum.sampled.map(idOf));
    const own = stratum.claims && new Set(stratum.claims);
    const has = (id: string) => !seen.has(id) && (own ? own.has(id) : !named.has(id));
    const { on, wrong, looked } = judged;
    return [{ stratum: stratum.id, on, wrongMinor: minor(wrong), lookedMinor: minor(looked), has }];
  });
}

/** What the next settlement must know: strata that were judged, with what was looked at. One to extend is not judged. */
export function rememberStrata(
  state: SettlementState,
  strata: readonly StratumDecision[],
  on: Day,
): Pick<SettlementState, 'strata'> {
  const judged = strata.flatMap(({ stratum, decision, sampled, rejectedMinor, sampledMinor }) =>
    decision === 'extend' || sampled === 0
      ? []
      : [[stratum, { on, decision, wrong: rejectedMinor, looked: sampledMinor }] as const],
  );
  if (judged.length === 0) return {};
  return { strata: { ...state.strata, ...Object.fromEntries(judged) } };
}
