import { assert } from '../kernel/assert.ts';
import { sha256 } from '../kernel/hash.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';

/** z of the two-sided normal distribution in thousandths, by confidence in basis points. */
const Z_THOUSANDTHS: { readonly [confidenceBp: number]: number } = {
  8000: 1282,
  9000: 1645,
  9500: 1960,
  9800: 2326,
  9900: 2576,
};

export type SampleRule = {
  /** 9500 is 95 %. One of 80, 90, 95, 98 and 99 %. */
  readonly confidenceBp: number;
  /** 500 is plus or minus 5 percentage points. */
  readonly marginBp: number;
  /** Expected share of wrong claims; 5000 (the most careful) when it is not known. */
  readonly expectedBp?: number;
  /** 15000 draws half as many again. */
  readonly bufferBp?: number;
};

const ceilDiv = (top: bigint, bottom: bigint): bigint => (top + bottom - 1n) / bottom;

/**
 * Sample size for a proportion in a finite population (Cochran): n0 = z^2 p(1-p) / e^2, n = N n0 / (N + n0 - 1),
 * rounded up, then the buffer, rounded up, never more than the population. Integers throughout. N = 1000 at 95 %,
 * 5 % and a 1.5 buffer gives 417; N = 10000 gives 555. Refuses a confidence that has no published z.
 */
export function sampleSize(population: number, rule: SampleRule): Result<number> {
  const z = Z_THOUSANDTHS[rule.confidenceBp];
  if (z === undefined)
    return refuse('BAD_INPUT', `there is no z for a confidence of ${rule.confidenceBp / 100} %`, {
      next: 'use 80, 90, 95, 98 or 99 %',
    });
  if (rule.marginBp <= 0) return refuse('BAD_INPUT', 'the margin must be above zero');
  assert(Number.isSafeInteger(population) && population >= 0, 'a population is a count');
  if (population === 0) return ok(0);
  const p = BigInt(rule.expectedBp ?? 5000);
  const [N, e] = [BigInt(population), BigInt(rule.marginBp)];
  // n0 = a / b with z in thousandths, p and e in basis points.
  const a = BigInt(z) * BigInt(z) * p * (10_000n - p);
  const b = e * e * 1_000_000n;
  if (a === 0n) return ok(1);
  const n = ceilDiv(N * a, b * (N - 1n) + a);
  const buffered = ceilDiv(n * BigInt(rule.bufferBp ?? 10_000), 10_000n);
  return ok(Math.min(population, Number(buffered)));
}

/**
 * The public promise about a seed: published before the claims of a period are known, so that nobody can choose the
 * seed that spares their claims. `salt` (16 bytes or more, hex) keeps a short seed from being guessed.
 */
export const commitSeed = (seed: string, salt: string): string => sha256(`cumple-seed|${salt}|${seed}`);

/** The seed, if it is the one that was promised. */
export function openSeed(commitment: string, seed: string, salt: string): Result<string> {
  return commitSeed(seed, salt) === commitment
    ? ok(seed)
    : refuse('INPUTS_DIFFER', 'the seed is not the one whose hash was published', {
        next: 'give the seed and salt of the published commitment',
      });
}

export type Sampleable = {
  readonly id: string;
  readonly provider: string;
  /** Left out where all claims are of one contract. */
  readonly contract?: string;
  readonly tier: string;
  /** Flagged by the automatic checks. */
  readonly flagged: boolean;
};
export type Stratum = { readonly id: string; readonly claims: readonly string[]; readonly size: number };

/**
 * Strata are of one provider and one contract: the tolerance, the prices and the money that an error is projected on are
 * a contract's own, and each contract gets looks enough to be judged by.
 */
export const stratumOf = ({ provider, contract, tier, flagged }: Sampleable): string =>
  [provider, ...(contract === undefined ? [] : [contract]), tier, flagged ? 'flagged' : 'plain'].join('/');

const weightOf = ([id, size]: readonly [string, number], flaggedWeight: number): number =>
  size * (id.endsWith('/flagged') ? flaggedWeight : 1);

/**
 * How many to draw of each stratum: flagged claims weigh `flaggedWeight` times, shares are floors plus largest
 * remainders, every stratum gets at least two (an error rate needs more than one look) and none more than it holds.
 */
export function allocateSample(
  sizes: ReadonlyMap<string, number>,
  total: number,
  flaggedWeight = 3,
): Map<string, number> {
  const strata = [...sizes].sort(([a], [b]) => (a < b ? -1 : 1));
  const weights = strata.map((stratum) => weightOf(stratum, flaggedWeight));
  const all = weights.reduce((x, y) => x + y, 0);
  if (all === 0) return new Map();
  const drawn = strata.map(([, size], i) =>
    Math.min(size, Math.max(2, Math.floor((weights[i]! * total) / all))),
  );
  let rest = total - drawn.reduce((x, y) => x + y, 0);
  const byRemainder = strata
    .map((_, i) => ({ i, remainder: (weights[i]! * total) % all }))
    .sort((x, y) => y.remainder - x.remainder || x.i - y.i);
  for (let again = true; rest > 0 && again; ) {
    again = false;
    for (const { i } of byRemainder)
      if (rest > 0 && drawn[i]! < strata[i]![1]) {
        drawn[i]! += 1;
        rest -= 1;
        again = true;
      }
  }
  return new Map(strata.map(([id], i) => [id, drawn[i]!]));
}

/**
 * `more` draws on top of what was drawn of each stratum, one by one to whichever is furthest below its share. The shares
 * are not reckoned anew: with a larger total the largest remainders can fall elsewhere, and a stratum would lose claims.
 */
export function extendSample(
  sizes: ReadonlyMap<string, number>,
  drawn: ReadonlyMap<string, number>,
  more: number,
  flaggedWeight = 3,
): Map<string, number> {
  const strata = [...sizes].sort(([a], [b]) => (a < b ? -1 : 1));
  const counts = new Map(strata.map(([id]) => [id, drawn.get(id) ?? 0]));
  const total = more + [...counts.values()].reduce((x, y) => x + y, 0);
  const all = strata.reduce((sum, stratum) => sum + weightOf(stratum, flaggedWeight), 0);
  const lacking = (stratum: readonly [string, number]) =>
    weightOf(stratum, flaggedWeight) * total - counts.get(stratum[0])! * all;
  for (let left = more; left > 0; left--) {
    const open = strata.filter(([id, size]) => counts.get(id)! < size);
    if (open.length === 0) break;
    const [id] = open.reduce((best, stratum) => (lacking(stratum) > lacking(best) ? stratum : best));
    counts.set(id, counts.get(id)! + 1);
  }
  return counts;
}

/** Claims in the order in which a seed draws them: by hash, so neither arrival order nor other claims matter. */
export const drawOrder = (seed: string, ids: readonly string[]): string[] =>
  ids
    .map((id) => ({ id, rank: sha256(`${seed}|${id}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1))
    .map(({ id }) => id);

export type Sample = {
  readonly size: number;
  readonly strata: readonly (Stratum & { readonly sampled: readonly string[] })[];
};

/**
 * Draws the sample of a period: size by `rule` over all claims, spread over strata of provider, contract, tier and risk. The
 * same seed and claims give the same sample. `extension` draws `more` on top of what was `drawn` of each stratum before,
 * with the same seed: every claim of the smaller sample stays, so that a sample is extended and never drawn anew.
 */
export function drawSample(
  claims: readonly Sampleable[],
  rule: SampleRule,
  seed: string,
  extension?: { readonly drawn: ReadonlyMap<string, number>; readonly more: number },
): Result<Sample> {
  const size = sampleSize(claims.length, rule);
  if (!size.ok) return size;
  const groups = new Map<string, string[]>();
  for (const claim of claims) {
    const key = stratumOf(claim);
    const group = groups.get(key);
    if (group) group.push(claim.id);
    else groups.set(key, [claim.id]);
  }
  const sizes = new Map([...groups].map(([id, ids]) => [id, ids.length]));
  const counts = extension
    ? extendSample(sizes, extension.drawn, extension.more)
    : allocateSample(sizes, size.value);
  const strata = [...counts].map(([id, count]) => {
    const ids = groups.get(id)!;
    return { id, claims: [...ids].sort(), size: count, sampled: drawOrder(seed, ids).slice(0, count) };
  });
  return ok({ size: strata.reduce((sum, stratum) => sum + stratum.size, 0), strata });
}

/**
 * Share of wrong claims in basis points with its confidence bounds (Wilson, with finite-population correction).
 * Not money: the square root is a float and the bounds are rounded outwards to whole basis points.
 */
export function errorRate(
  rejected: number,
  sampled: number,
  population: number,
  confidenceBp: number,
): Result<{ rateBp: number; lowerBp: number; upperBp: number }> {
  const z = (Z_THOUSANDTHS[confidenceBp] ?? 0) / 1000;
  if (z === 0) return refuse('BAD_INPUT', `there is no z for a confidence of ${confidenceBp / 100} %`);
  if (sampled === 0) return ok({ rateBp: 0, lowerBp: 0, upperBp: 10_000 });
  const rate = rejected / sampled;
  const rateBp = Math.round(rate * 10_000);
  if (sampled >= population) return ok({ rateBp, lowerBp: rateBp, upperBp: rateBp });
  const zz = z * z * ((population - sampled) / Math.max(1, population - 1));
  const centre = (rate + zz / (2 * sampled)) / (1 + zz / sampled);
  const half =
    Math.sqrt((zz * rate * (1 - rate)) / sampled + (zz * zz) / (4 * sampled * sampled)) / (1 + zz / sampled);
  return ok({
    rateBp,
    lowerBp: Math.max(0, Math.floor((centre - half) * 10_000)),
    upperBp: Math.min(10_000, Math.ceil((centre + half) * 10_000)),
  });
}
