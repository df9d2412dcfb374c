import { assert } from '../domain/kernel/assert.ts';
import type { ObjectRef } from './ports.ts';
import { BUCKETS } from './ports.ts';

const SEGMENT = /^[A-Za-z0-9!_.*'()=@,+~-]+$/;
const MAX_KEY_BYTES = 1024; // S3's limit on a key
const MAX_SEGMENT_BYTES = 200; // leaves room below the 255 of every common file system

/**
 * Refuses (as a bug: keys are made by our code, never by users) a key that S3 and a directory would not
 * both keep under the same name: empty segments, `.` and `..`, characters outside S3's safe list. Plain ASCII
 * also makes code-unit order the byte order that S3 lists in.
 */
export function checkRef({ bucket, key }: ObjectRef): void {
  assert(BUCKETS.includes(bucket), `unknown bucket: ${bucket}`);
  assert(
    key.length > 0 && key.length <= MAX_KEY_BYTES,
    `object key must have 1 to ${MAX_KEY_BYTES} characters`,
  );
  for (const segment of key.split('/')) {
    const plain = SEGMENT.test(segment) && segment.length <= MAX_SEGMENT_BYTES;
    assert(
      plain && segment !== '.' && segment !== '..',
      `object key has a bad segment: ${JSON.stringify(key)}`,
    );
  }
}

/** A list prefix may stop anywhere inside a key; it is refused where no valid key could start with it. */
export function checkPrefix(prefix: string): void {
  const parts = prefix.split('/');
  const last = parts.pop() ?? '';
  const closed = parts.every((part) => SEGMENT.test(part) && part !== '.' && part !== '..');
  assert(closed && (last === '' || SEGMENT.test(last)), `bad list prefix: ${JSON.stringify(prefix)}`);
}

/** Refuses (as a bug) a byte range that runs backwards. */
export function checkRange(start: number, end: number): void {
  const whole = Number.isSafeInteger(start) && Number.isSafeInteger(end);
  assert(whole && start >= 0 && end >= start, `byte range must be 0 <= start <= end: ${start}-${end}`);
}
