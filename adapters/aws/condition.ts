import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { NativeAttributeValue } from '@aws-sdk/util-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Condition, Json } from '../ports.ts';

/** Collects the placeholders of one request: every name and value is one, so reserved words never matter. */
export function placeholders() {
  const names: Record<string, string> = {};
  const values: Record<string, NativeAttributeValue> = {};
  let next = 0;
  return {
    name(field: string): string {
      const known = Object.keys(names).find((key) => names[key] === field);
      const key = known ?? `#n${Object.keys(names).length}`;
      names[key] = field;
      return key;
    },
    value(value: Json): string {
      const key = `:v${next++}`;
      values[key] = value;
      return key;
    },
    request(): {
      ExpressionAttributeNames?: Record<string, string>;
      ExpressionAttributeValues?: Record<string, AttributeValue>;
    } {
      return {
        ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
        ...(next > 0 && { ExpressionAttributeValues: marshall(values, { removeUndefinedValues: true }) }),
      };
    },
  };
}
export type Placeholders = ReturnType<typeof placeholders>;

/** A condition as a DynamoDB ConditionExpression; compound parts in brackets, so precedence never matters. */
export function expressionOf(condition: Condition, at: Placeholders): string {
  if ('absent' in condition) return `attribute_not_exists(${at.name(condition.absent)})`;
  if ('exists' in condition) return `attribute_exists(${at.name(condition.exists)})`;
  if ('all' in condition) return joined(condition.all, ' AND ', at);
  if ('any' in condition) return joined(condition.any, ' OR ', at);
  if ('not' in condition) return `NOT (${expressionOf(condition.not, at)})`;
  const field = at.name(condition.field);
  if ('oneOf' in condition)
    return `${field} IN (${condition.oneOf.map((value) => at.value(value)).join(', ')})`;
  return `${field} ${condition.is} ${at.value(condition.value)}`;
}

const joined = (parts: readonly Condition[], word: string, at: Placeholders) =>
  parts.map((part) => `(${expressionOf(part, at)})`).join(word);
