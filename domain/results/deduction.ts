import { type Minor, minor, scale } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { VerificationResult } from '../records/claim-case.ts';
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
): Omit<StratumDecision, 'unsampled'> {
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

/**
 * Decides every stratum of the case. `earned` are the claims that would be paid, `rejected` the ones a verifier
 * turned down. A contract without a verification clause refuses the wrong claims and projects nothing.
 */
export function decideStrata(
  scene: Scene,
  result: VerificationResult | undefined,
  earned: readonly Earned[],
  rejected: readonly Earned[],
  date: Day,
): StratumDecision[] {
  if (!result) return [];
  const clause = scene.contract.verification;
  const tolerance = clause ? number(scene, clause.tolerance, date) : 10_000;
  const extend = clause?.extendAbove ? number(scene, clause.extendAbove, date) : 10_000;
  const confidence = clause ? number(scene, clause.confidence, date) : 9500;
  if (typeof tolerance === 'object' || typeof extend === 'object' || typeof confidence === 'object')
    return [];
  const rule: DeductionRule = {
    toleranceBp: tolerance,
    extendAboveBp: extend,
    judgedOn: clause?.judgedOn ?? 'rate',
    confidenceBp: confidence,
  };
  const everything = new Map<string, Minor>();
  for (const line of [...earned, ...rejected])
    everything.set(idOf(line), minor((everything.get(idOf(line)) ?? 0) + line.earnedMinor));
  const named = new Set(result.strata.flatMap((stratum) => stratum.claims ?? []));
  return result.strata.map((stratum) => {
    const all = stratum.claims ?? [...everything.keys()].filter((id) => !named.has(id));
    const claims = all.filter((id) => everything.has(id));
    const inStratum = new Set(claims);
    const sampled = stratum.sampled.filter((verdict) => inStratum.has(idOf(verdict)));
    const wrong = sampled.filter((verdict) => verdict.verdict === 'rejected');
    const seen = new Set(sampled.map(idOf));
    const decision = decideStratum(rule, {
      id: stratum.id,
      claims: claims.length,
      sampled: seen.size,
      rejected: new Set(wrong.map(idOf)).size,
      rejectedMinor: minor(
        [...new Set(wrong.map(idOf))].reduce((sum, id) => sum + (everything.get(id) ?? 0), 0),
      ),
    });
    return { ...decision, unsampled: new Set(claims.filter((id) => !seen.has(id))) };
  });
}
