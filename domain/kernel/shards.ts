import { shardOf } from './hash.ts';

/** A shard fits one function call and becomes one bank file part. */
export const SHARD_ROWS_MAX = 40_000;
const SHARD_ROWS_TARGET = 32_000;

/**
 * Shards for `rows` rows: a power of two, so that a set cut finer and a set cut coarser still join
 * (`h mod 4` follows from `h mod 16`).
 */
export function shardCount(rows: number): number {
  let count = 1;
  while (rows / count > SHARD_ROWS_TARGET) count *= 2;
  return count;
}

/** Three digits, so that keys sort in shard order. */
export const shardName = (shard: number): string => String(shard).padStart(3, '0');

/** Shards of a set cut into `theirs` that can hold ids of shard `mine` of `ours`. */
export function joiningShards(mine: number, ours: number, theirs: number): number[] {
  if (theirs <= ours) return [mine % theirs];
  return Array.from({ length: theirs / ours }, (_, i) => mine + i * ours);
}
export { shardOf };
