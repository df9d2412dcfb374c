import { assert } from '../domain/kernel/assert.ts';
import { Refused } from '../domain/kernel/result.ts';
import type { Condition, Item, Json, Key, Write } from './ports.ts';

/** DynamoDB's limits, refused alike on every store so that what works on one machine works in the cloud. */
export const MAX_WRITES = 100;
export const MAX_ITEM_BYTES = 400 * 1024;
const MAX_PK_BYTES = 2048;
const MAX_SK_BYTES = 1024;
const MAX_ONE_OF = 100;
const utf8 = (text: string) => Buffer.byteLength(text);

export const keyOf = (write: Write): Key => {
  if ('put' in write) return { pk: write.put.pk, sk: write.put.sk };
  if ('update' in write) return write.update;
  return 'delete' in write ? write.delete : write.check;
};

/** Refuses (as a bug) what DynamoDB would call a ValidationException. */
export function checkWrites(writes: readonly Write[]): void {
  assert(writes.length >= 1 && writes.length <= MAX_WRITES, `a write has 1 to ${MAX_WRITES} parts`);
  const keys = new Set<string>();
  for (const write of writes) {
    const key = keyOf(write);
    checkKey(key);
    const id = JSON.stringify([key.pk, key.sk]);
    assert(!keys.has(id), `two parts of one write touch ${id}`);
    keys.add(id);
    if (write.condition) checkCondition(write.condition);
    if ('put' in write) checkItem(write.put);
    if ('update' in write) {
      const fields = Object.keys(write.set);
      assert(fields.length > 0, 'an update sets at least one field');
      assert(
        !fields.includes('pk') && !fields.includes('sk'),
        'an update cannot move an item to another key',
      );
      for (const value of Object.values(write.set)) jsonBytes(value);
    }
  }
}

export function checkKey({ pk, sk }: Key): void {
  assert(pk !== '' && utf8(pk) <= MAX_PK_BYTES, `pk must have 1 to ${MAX_PK_BYTES} bytes`);
  assert(sk !== '' && utf8(sk) <= MAX_SK_BYTES, `sk must have 1 to ${MAX_SK_BYTES} bytes`);
}

export function checkItem(item: Item): void {
  const bytes = itemBytes(item);
  assert(bytes <= MAX_ITEM_BYTES, `item ${item.pk} ${item.sk} has ${bytes} bytes, over ${MAX_ITEM_BYTES}`);
}

function checkCondition(condition: Condition): void {
  if ('all' in condition || 'any' in condition) {
    const parts = 'all' in condition ? condition.all : condition.any;
    assert(parts.length > 0, 'an empty all/any condition has no meaning');
    for (const part of parts) checkCondition(part);
  } else if ('not' in condition) checkCondition(condition.not);
  else if ('oneOf' in condition)
    assert(
      condition.oneOf.length >= 1 && condition.oneOf.length <= MAX_ONE_OF,
      'oneOf takes 1 to 100 values',
    );
  else if ('is' in condition)
    assert(
      typeof condition.value !== 'boolean' || condition.is === '=' || condition.is === '<>',
      `true and false have no order: ${condition.field} ${condition.is}`,
    );
}

/** Size of an item as DynamoDB counts it: names and values in UTF-8, about half a byte per digit of a number. */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(item))
    if (value !== undefined) bytes += utf8(name) + jsonBytes(value);
  return bytes;
}

function jsonBytes(value: Json): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return utf8(value);
  if (typeof value === 'number') {
    // Safe range only: the SDK refuses larger integers, and a wrong amount must not be rounded into range.
    assert(Math.abs(value) <= Number.MAX_SAFE_INTEGER, `a control record cannot keep the number ${value}`);
    return Math.ceil(String(value).replace(/[-.]/g, '').length / 2) + (value < 0 ? 2 : 1);
  }
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + jsonBytes(part) + 1, 3);
  return Object.entries(value).reduce((sum, [name, part]) => sum + utf8(name) + jsonBytes(part) + 1, 3);
}

/** The opaque `next` of a page: only the sort key, so that it can never lead into another partition. */
export const cursorOf = (sk: string): string => Buffer.from(JSON.stringify([sk])).toString('base64url');

/** The sort key inside a cursor. It may come from outside, so a damaged or foreign one is refused, not a bug. */
export function sortKeyOf(cursor: string, prefix: string): string {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const sk: unknown = Array.isArray(parts) && parts.length === 1 ? parts[0] : undefined;
    if (typeof sk === 'string' && sk !== '' && sk.startsWith(prefix)) return sk;
  } catch {
    // refused below
  }
  throw new Refused({
    code: 'BAD_INPUT',
    message: 'not a page cursor of this list',
    next: 'start again without it',
  });
}
