import { describe, expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import { seeded } from '../../../domain/kernel/random.ts';
import { decideStratum } from '../../../domain/results/deduction.ts';
import {
  allocateSample,
  commitSeed,
  drawOrder,
  drawSample,
  errorRate,
  extendSample,
  openSeed,
  type Sampleable,
  sampleSize,
} from '../../../domain/results/sampling.ts';

const RULE = { confidenceBp: 9500, marginBp: 500, bufferBp: 15_000 };
const claims = (count: number): Sampleable[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `c${i}`,
    provider: `p${i % 3}`,
    tier: i % 2 ? 'A' : 'B',
    flagged: i % 10 === 0,
  }));
const size = (population: number, rule = RULE) => {
  const result = sampleSize(population, rule);
  return result.ok ? result.value : result.error.code;
};

describe('sample size', () => {
  it.each([
    [1000, RULE, 417],
    [10_000, RULE, 555],
    [1000, { ...RULE, bufferBp: 10_000 }, 278],
    [10_000, { ...RULE, bufferBp: 10_000 }, 370],
    [1, RULE, 1],
    [0, RULE, 0],
    [100, RULE, 100],
    [1000, { ...RULE, confidenceBp: 9700 }, 'BAD_INPUT'],
    [1000, { ...RULE, marginBp: 0 }, 'BAD_INPUT'],
  ] as const)('%i claims, %o: %s', (population, rule, expected) =>
    expect(size(population, rule)).toBe(expected),
  );
});

describe('drawing', () => {
  const drawn = (list: Sampleable[], seed: string, extension?: Parameters<typeof drawSample>[3]) => {
    const result = drawSample(list, RULE, seed, extension);
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  };
  it('the same seed draws the same claims, in whatever order they came; another seed others', () => {
    const list = claims(1000);
    expect(drawn([...list].reverse(), 'seed')).toEqual(drawn(list, 'seed'));
    expect(drawn(list, 'other').strata).not.toEqual(drawn(list, 'seed').strata);
    expect(drawn(list, 'seed').size).toBe(417);
  });
  it('an extended sample keeps every claim of the first one', () => {
    let last = drawn(claims(1000), 'seed');
    for (const more of [100, 1, 7, 1000]) {
      const of = new Map(last.strata.map(({ id, size }) => [id, size]));
      const wider = drawn(claims(1000), 'seed', { drawn: of, more });
      const ids = new Set(wider.strata.flatMap((s) => s.sampled));
      expect(last.strata.flatMap((s) => s.sampled).every((id) => ids.has(id))).toBe(true);
      expect(wider.size).toBe(Math.min(1000, last.size + more));
      last = wider;
    }
  });
  it('no stratum loses a claim where the largest remainders would fall elsewhere', () => {
    // Shares of 10 are 4.29, 4.29 and 1.43, of 11 they are 4.71, 4.71 and 1.57: 4 + 4 + 2 would become 5 + 5 + 1.
    const sizes = new Map([
      ['a/A/plain', 60],
      ['b/A/plain', 60],
      ['c/A/plain', 20],
    ]);
    expect([
      ...extendSample(sizes, new Map([...sizes.keys()].map((id, i) => [id, [4, 4, 2][i]!])), 1),
    ]).toEqual([
      ['a/A/plain', 5],
      ['b/A/plain', 4],
      ['c/A/plain', 2],
    ]);
    expect([...extendSample(sizes, new Map(), 500).values()]).toEqual([60, 60, 20]);
  });
  it('every stratum is looked at, flagged claims more often', () => {
    const { strata } = drawn(claims(10_000), 'seed');
    const share = (kind: string) => {
      const some = strata.filter((s) => s.id.endsWith(kind));
      return some.reduce((sum, s) => sum + s.size, 0) / some.reduce((sum, s) => sum + s.claims.length, 0);
    };
    expect(strata.every((s) => s.size >= 2)).toBe(true);
    expect(share('/flagged')).toBeGreaterThan(2.9 * share('/plain'));
    expect(
      strata.every((s) => s.sampled.length === s.size && s.sampled.every((id) => s.claims.includes(id))),
    ).toBe(true);
  });
  it('small strata are drawn whole and the total is kept where it can be', () => {
    const sizes = new Map([
      ['p/A/plain', 1],
      ['p/B/plain', 99],
    ]);
    expect([...allocateSample(sizes, 10).values()].reduce((a, b) => a + b, 0)).toBe(10);
    expect(allocateSample(sizes, 500)).toEqual(sizes);
  });
  it('the seed must be the promised one', () => {
    const promise = commitSeed('seed', '00ff');
    expect(openSeed(promise, 'seed', '00ff')).toEqual({ ok: true, value: 'seed' });
    expect(openSeed(promise, 'seed2', '00ff')).toMatchObject({ ok: false, error: { code: 'INPUTS_DIFFER' } });
  });
});

describe('error rate', () => {
  it.each([
    [0, 100, 1000, 0],
    [5, 100, 1000, 500],
    [5, 100, 100, 500],
    [0, 0, 10, 0],
  ])('%i of %i wrong among %i', (rejected, sampled, population, expected) => {
    const rate = errorRate(rejected, sampled, population, 9500);
    if (!rate.ok) throw new Error(rate.error.message);
    expect(rate.value.rateBp).toBe(expected);
    expect(rate.value.lowerBp).toBeLessThanOrEqual(expected);
    expect(rate.value.upperBp).toBeGreaterThanOrEqual(expected);
    if (sampled === population) expect(rate.value.upperBp).toBe(expected);
    if (rejected === 0 && sampled > 0) expect(rate.value.upperBp).toBeGreaterThan(0);
  });
});

describe('the decision', () => {
  const decide = (rejected: number, judgedOn: 'rate' | 'lower' | 'upper' = 'rate') =>
    decideStratum(
      { toleranceBp: 500, extendAboveBp: 2000, judgedOn },
      { id: 's', claims: 1000, sampled: 100, rejected, rejectedMinor: minor(rejected * 1000) },
    );
  it.each([
    [0, 'pay', 0],
    [5, 'pay', 0],
    [6, 'deduct', 6000 * 9],
    [20, 'deduct', 20_000 * 9],
    [21, 'extend', 0],
  ])('%i of 100 wrong: %s', (rejected, decision, deduction) =>
    expect(decide(rejected)).toMatchObject({ decision, deductionMinor: deduction }),
  );
  it('a contract may judge on a bound of the confidence instead', () => {
    expect(decide(5, 'upper').decision).toBe('deduct');
    expect(decide(6, 'lower').decision).toBe('pay');
  });
});

/** Pays 400 generated claims of unequal prices under the rule and compares with what the honest ones are worth. */
function simulate(rounds: number, toleranceBp: number): { meanErrorBp: number; standardErrorBp: number } {
  const random = seeded(7);
  const errors: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const rate = 0.02 + random() * 0.2;
    const all = Array.from({ length: 400 }, (_, i) => ({
      id: `c${i}`,
      amount: 10_000 + Math.floor(random() * 50_000),
      wrong: random() < rate,
    }));
    const truth = all.reduce((sum, claim) => sum + (claim.wrong ? 0 : claim.amount), 0);
    const drawn = new Set(
      drawOrder(
        `seed-${round}`,
        all.map((claim) => claim.id),
      ).slice(0, 80),
    );
    const found = all.filter((claim) => drawn.has(claim.id) && claim.wrong);
    const { deductionMinor } = decideStratum(
      { toleranceBp, extendAboveBp: 10_000 },
      {
        id: 's',
        claims: 400,
        sampled: 80,
        rejected: found.length,
        rejectedMinor: minor(found.reduce((sum, claim) => sum + claim.amount, 0)),
      },
    );
    const paid =
      all.reduce((sum, claim) => sum + claim.amount, 0) -
      found.reduce((sum, claim) => sum + claim.amount, 0) -
      deductionMinor;
    errors.push(((paid - truth) / truth) * 10_000);
  }
  const mean = errors.reduce((a, b) => a + b, 0) / rounds;
  const variance = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (rounds - 1);
  return { meanErrorBp: mean, standardErrorBp: Math.sqrt(variance / rounds) };
}

describe('deduction by extrapolation', () => {
  it('neither overpays nor underpays on average', () => {
    const { meanErrorBp, standardErrorBp } = simulate(1000, 0);
    expect(Math.abs(meanErrorBp)).toBeLessThan(3 * standardErrorBp);
    expect(Math.abs(meanErrorBp)).toBeLessThan(20);
  });
  it('a tolerance is a gift to the provider, and the simulation shows it', () => {
    expect(simulate(200, 500).meanErrorBp).toBeGreaterThan(20);
  });
});
