import type { Condition, Item, Json } from '../ports.ts';

type Comparison = Extract<Condition, { is: string }>;

/**
 * Whether `condition` holds on the stored item, as DynamoDB evaluates it: a missing item has no fields; a
 * missing field or another type is unequal to everything and in no order with it (`=`, `<`, `>=`… false,
 * `<>` true); strings are ordered by their UTF-8 bytes.
 */
export function holds(condition: Condition, item: Item | undefined): boolean {
  if ('absent' in condition) return item?.[condition.absent] === undefined;
  if ('exists' in condition) return item?.[condition.exists] !== undefined;
  if ('all' in condition) return condition.all.every((part) => holds(part, item));
  if ('any' in condition) return condition.any.some((part) => holds(part, item));
  if ('not' in condition) return !holds(condition.not, item);
  const stored = item?.[condition.field];
  if ('oneOf' in condition) return condition.oneOf.some((value) => value === stored);
  return compares(stored, condition);
}

function compares(stored: Json | undefined, { is, value }: Comparison): boolean {
  if (is === '=') return stored === value;
  if (is === '<>') return stored !== value;
  const order = orderOf(stored, value);
  if (order === undefined) return false;
  if (is === '<') return order < 0;
  if (is === '<=') return order <= 0;
  return is === '>' ? order > 0 : order >= 0;
}

function orderOf(a: Json | undefined, b: string | number | boolean): number | undefined {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  // Code units would put U+FFFF after emoji; bytes do not.
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return undefined;
}
