import { type Minor, minor, scale } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { VerificationResult } from '../records/claim-case.ts';
import type { Earned } from './earn.ts';
import { number, type Scene } from './evidence.ts';

const idOf = (line: { readonly participant: string; readonly milestone: string }): string =>
  `${line.participant}|${line.milestone}`;

/** What the verified sample of one stratum decides about its claims. */
export type StratumDecision = {
  readonly stratum: string;
  readonly claims: number;
  readonly sampled: number;
  readonly rejected: number;
  readonly decision: 'pay' | 'deduct' | 'extend';
  /** Taken from the claims nobody looked at: the sample's error, projected on them. */
  readonly deductionMinor: Minor;
  /** Claims that were not sampled, as participant|milestone. */
  readonly unsampled: ReadonlySet<string>;
};

/**
 * The rule of `verification` for one stratum. A wrong claim of the sample is refused as such; what the other claims
 * are cut by is the money found wrong in the sample x (claims not sampled / claims sampled), which over all samples
 * equals the wrong money among them: neither the payer nor the provider gains on average.
 */
export function decideStratum(
  rule: { readonly toleranceBp: number; readonly extendAboveBp: number },
  stratum: {
    readonly id: string;
    readonly claims: number;
    readonly sampled: number;
    readonly rejected: number;
    readonly rejectedMinor: Minor;
  },
): Omit<StratumDecision, 'unsampled'> {
  const { id, claims, sampled, rejected, rejectedMinor } = stratum;
  const base = { stratum: id, claims, sampled, rejected };
  const above = (limitBp: number) => rejected * 10_000 > limitBp * sampled;
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
  if (typeof tolerance === 'object' || typeof extend === 'object') return [];
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
    const decision = decideStratum(
      { toleranceBp: tolerance, extendAboveBp: extend },
      {
        id: stratum.id,
        claims: claims.length,
        sampled: seen.size,
        rejected: new Set(wrong.map(idOf)).size,
        rejectedMinor: minor(
          [...new Set(wrong.map(idOf))].reduce((sum, id) => sum + (everything.get(id) ?? 0), 0),
        ),
      },
    );
    return { ...decision, unsampled: new Set(claims.filter((id) => !seen.has(id))) };
  });
}
