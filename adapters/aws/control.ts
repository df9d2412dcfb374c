import {
  type AttributeValue,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { assert } from '../../domain/kernel/assert.ts';
import { Fault } from '../../domain/kernel/result.ts';
import { checkKey, checkWrites, cursorOf, sortKeyOf } from '../control-rules.ts';
import type { ControlStore, Item, Key, WriteOutcome } from '../ports.ts';
import { type Verdict, verdictOf } from './cancellation.ts';
import { nameOf, rethrow } from './fault.ts';
import { transactItem } from './transact.ts';

const ATTEMPTS = 5;
const FIRST_WAIT_MS = 40;

export type DynamoOptions = {
  readonly tableName: (pk: string) => string;
  /** Waits between attempts of a contended transaction; tests pass one that does not. */
  readonly sleep?: (ms: number) => Promise<void>;
};

/**
 * Control records in DynamoDB. Every write is a transaction, also one of a single part: its client token makes
 * the SDK's own retries safe (a plain conditional put whose answer was lost would fail against itself). It
 * costs twice the write units, on the low-volume plane. All reads are consistent.
 */
export function dynamoControl(client: DynamoDBClient, options: DynamoOptions): ControlStore {
  const { tableName, sleep = wait } = options;
  const attempt = async (items: ReturnType<typeof transactItem>[]): Promise<Verdict> => {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems: items }));
      return { outcome: { ok: true } };
    } catch (error) {
      if (error instanceof TransactionCanceledException) return verdictOf(error);
      if (nameOf(error) === 'TransactionInProgressException') return { contention: nameOf(error) };
      return rethrow(error, 'writing control records');
    }
  };
  return {
    async get(key) {
      checkKey(key);
      const found = await client
        .send(
          new GetItemCommand({ TableName: tableName(key.pk), Key: marshalKey(key), ConsistentRead: true }),
        )
        .catch((error) => rethrow(error, 'reading a control record'));
      return found.Item && itemOf(found.Item);
    },
    async write(writes): Promise<WriteOutcome> {
      checkWrites(writes);
      const items = writes.map((write) => transactItem(write, tableName));
      let reason = '';
      for (let i = 0; i < ATTEMPTS; i++) {
        if (i > 0) await sleep(FIRST_WAIT_MS * 2 ** (i - 1) * (0.5 + Math.random()));
        const verdict = await attempt(items);
        if ('outcome' in verdict) return verdict.outcome;
        reason = verdict.contention;
      }
      throw new Fault(`control records are contended: ${reason}`);
    },
    async query(pk, { prefix = '', limit, after, newestFirst = false } = {}) {
      const whole = limit === undefined || (Number.isSafeInteger(limit) && limit > 0);
      assert(whole, `a page limit is a positive whole number: ${limit}`);
      const start = after === undefined ? undefined : marshalKey({ pk, sk: sortKeyOf(after, prefix) });
      const page = await client
        .send(
          new QueryCommand({
            TableName: tableName(pk),
            ConsistentRead: true,
            ScanIndexForward: !newestFirst,
            KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
            ExpressionAttributeValues: marshall(
              prefix === '' ? { ':pk': pk } : { ':pk': pk, ':prefix': prefix },
            ),
            ...(limit !== undefined && { Limit: limit }),
            ...(start && { ExclusiveStartKey: start }),
          }),
        )
        .catch((error) => rethrow(error, 'listing control records'));
      const items = (page.Items ?? []).map(itemOf);
      const last = page.LastEvaluatedKey?.sk?.S;
      return last === undefined ? { items } : { items, next: cursorOf(last) };
    },
  };
}

const marshalKey = ({ pk, sk }: Key) => ({ pk: { S: pk }, sk: { S: sk } });
const itemOf = (item: Record<string, AttributeValue>): Item => unmarshall(item) as Item;
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
