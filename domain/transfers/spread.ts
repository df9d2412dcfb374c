import { allocate } from '../kernel/allocation.ts';
import type { Minor } from '../kernel/money.ts';

/**
 * `allocate` of the kernel (floor shares, the remainder one unit each in order) with plain numbers where no
 * product can lose a digit: a household's amounts always fit, and BigInt costs ten times as much.
 */
export function spread(total: number, weights: readonly number[]): number[] {
  let all = 0;
  let most = 0;
  for (const weight of weights) {
    all += weight;
    if (weight > most) most = weight;
  }
  if (all === 0 || total * most > Number.MAX_SAFE_INTEGER) return allocate(total as Minor, weights);
  let rest = total;
  const shares = weights.map((weight) => {
    const product = total * weight;
    const share = (product - (product % all)) / all;
    rest -= share;
    return share;
  });
  for (let i = 0; rest > 0; i = (i + 1) % shares.length) {
    if (weights[i] === 0) continue;
    shares[i]! += 1;
    rest -= 1;
  }
  return shares;
}
