import { createHash, randomUUID } from 'node:crypto';
import { seeded } from '../../domain/kernel/random.ts';
import type { Json } from './types.ts';

const ALGORITHMS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};
/** `$range` never gives more elements than this (service quota). */
const RANGE_MAX = 1000;

/** An error of one of these functions, told in the cause as JSONata tells its own. */
export class FunctionError extends Error {
  override name = 'FunctionError';
}
function must(condition: unknown, message: string): asserts condition {
  if (!condition) throw new FunctionError(message);
}
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);

/** `$partition(array, size)`: the array in pieces of `size`. */
function partition(array: unknown, size: unknown): Json | undefined {
  if (array === undefined) return undefined;
  must(isNumber(size) && Math.floor(size) > 0, 'The second argument of $partition must be a positive number');
  const items = (Array.isArray(array) ? array : [array]) as Json[];
  const step = Math.floor(size);
  const pieces: Json[] = [];
  for (let at = 0; at < items.length; at += step) pieces.push(items.slice(at, at + step));
  return pieces;
}

/** `$range(first, last, step)`, both ends included. One element comes as the bare number, as AWS gives it. */
function range(first: unknown, last: unknown, step: unknown): Json | undefined {
  must(isNumber(first) && isNumber(last) && isNumber(step), 'The arguments of $range must be numbers');
  must(step !== 0, 'The third argument of $range must not be 0');
  const values: number[] = [];
  for (let value = first; step > 0 ? value <= last : value >= last; value += step) {
    must(values.length < RANGE_MAX, `$range cannot give more than ${RANGE_MAX} elements`);
    values.push(value);
  }
  return values.length === 1 ? values[0]! : values;
}

/** `$hash(text, algorithm)` in lower-case hexadecimal. */
function hash(data: unknown, algorithm: unknown): Json | undefined {
  if (data === undefined) return undefined;
  const name = typeof algorithm === 'string' ? ALGORITHMS[algorithm] : undefined;
  must(name, `The second argument of $hash must be one of ${Object.keys(ALGORITHMS).join(', ')}`);
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return createHash(name).update(text).digest('hex');
}

/** `$random([seed])`: at least 0, less than 1. */
function random(seed?: unknown): number {
  if (seed === undefined) return Math.random();
  must(isNumber(seed), 'The argument of $random must be a number');
  return seeded(seed)();
}

/** `$parse(text)`: JSON text as a value. */
function parse(text: unknown): Json | undefined {
  if (text === undefined) return undefined;
  must(typeof text === 'string', 'The argument of $parse must be a string');
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new FunctionError('The argument of $parse is not valid JSON');
  }
}

/**
 * What Step Functions adds to JSONata, and what it takes away: `$eval` is not there.
 * https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const AWS_FUNCTIONS: Readonly<Record<string, unknown>> = {
  partition,
  range,
  hash,
  random,
  parse,
  uuid: () => randomUUID(),
  eval: undefined,
};
