import { assert } from './assert.ts';
import { type Minor, minor } from './money.ts';

/**
 * Splits `total` minor units over integer `weights`: floor shares, then the remainder one unit each in the
 * order given. The parts always add up to the total; a weight of 0 gets 0. Refuses negative input.
 */
export function allocate(total: Minor, weights: readonly number[]): Minor[] {
  const all = weights.reduce((a, b) => a + b, 0);
  assert(total >= 0 && all > 0, 'allocate needs a total of at least 0 and a positive weight');
  const shares = weights.map((weight) => {
    assert(Number.isSafeInteger(weight) && weight >= 0, `weight must be an integer of at least 0: ${weight}`);
    return Number((BigInt(total) * BigInt(weight)) / BigInt(all));
  });
  let rest = total - shares.reduce((a, b) => a + b, 0);
  for (let i = 0; rest > 0; i = (i + 1) % shares.length) {
    if (weights[i] === 0) continue;
    shares[i]! += 1;
    rest -= 1;
  }
  return shares.map(minor);
}
