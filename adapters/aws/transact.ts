import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Write } from '../ports.ts';
import { expressionOf, placeholders } from './condition.ts';

/** One part of a write as DynamoDB wants it; a failed condition is asked to show the item that it met. */
export function transactItem(write: Write, tableName: (pk: string) => string): TransactWriteItem {
  const at = placeholders();
  if ('put' in write)
    return {
      Put: {
        TableName: tableName(write.put.pk),
        Item: marshall(write.put, { removeUndefinedValues: true }),
        ...conditionOf(write, at),
      },
    };
  if ('update' in write) {
    const sets = Object.entries(write.set).map(([field, value]) => `${at.name(field)} = ${at.value(value)}`);
    return {
      Update: {
        ...target(write.update),
        UpdateExpression: `SET ${sets.join(', ')}`,
        ...conditionOf(write, at),
      },
    };
  }
  if ('delete' in write) return { Delete: { ...target(write.delete), ...conditionOf(write, at) } };
  return {
    ConditionCheck: {
      ...target(write.check),
      ConditionExpression: expressionOf(write.condition, at),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      ...at.request(),
    },
  };

  function target({ pk, sk }: { pk: string; sk: string }) {
    return { TableName: tableName(pk), Key: { pk: { S: pk }, sk: { S: sk } } };
  }
}

function conditionOf({ condition }: Write, at: ReturnType<typeof placeholders>) {
  if (!condition) return at.request();
  const ConditionExpression = expressionOf(condition, at);
  return { ConditionExpression, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const, ...at.request() };
}
