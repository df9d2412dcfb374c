import {
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test } from 'vitest';
import { dynamoControl } from '../../adapters/aws/control.ts';
import { tableOf } from '../../adapters/aws/tables.ts';
import { ABSENT } from '../../adapters/ports.ts';
import { Bug } from '../../domain/kernel/assert.ts';
import { Fault } from '../../domain/kernel/result.ts';
import { serviceError } from './fakes/service-error.ts';

const mocks: { restore(): void }[] = [];
afterEach(() => {
  for (const mock of mocks.splice(0)) mock.restore();
});

describe('DynamoDB commands', () => {
  function open() {
    const client = new DynamoDBClient({ region: 'us-east-1' });
    const mock = mockClient(client);
    mocks.push(mock);
    const waits: number[] = [];
    const sleep = async (ms: number) => void waits.push(ms);
    return { mock, waits, store: dynamoControl(client, { tableName: (pk) => tableOf(pk), sleep }) };
  }
  const key = { pk: 'P#p#C#1', sk: 'CYCLE' };
  const cancelled = (...codes: string[]) =>
    new TransactionCanceledException({
      message: 'cancelled',
      $metadata: { httpStatusCode: 400 },
      CancellationReasons: codes.map((Code) => ({ Code, Message: `${Code} happened` })),
    });

  test('a write is a transaction with its conditions', async () => {
    const { store, mock } = open();
    mock.on(TransactWriteItemsCommand).resolves({});
    await store.write([
      { put: { ...key, status: 'OPEN', left: undefined }, condition: ABSENT },
      {
        update: { ...key, sk: 'PHASE#x' },
        set: { status: 'DONE' },
        condition: {
          all: [
            { field: 'status', is: '=', value: 'RUNNING' },
            { field: 'n', oneOf: [1, 2] },
          ],
        },
      },
      { delete: { pk: 'E#1', sk: 'X' } },
      { check: { pk: 'U#1', sk: 'X' }, condition: { not: { exists: 'by' } } },
    ]);
    const shown = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    expect(mock.calls()[0]!.args[0].input).toEqual({
      TransactItems: [
        {
          Put: {
            TableName: 'control',
            Item: { pk: { S: key.pk }, sk: { S: 'CYCLE' }, status: { S: 'OPEN' } },
            ConditionExpression: 'attribute_not_exists(#n0)',
            ExpressionAttributeNames: { '#n0': 'pk' },
            ...shown,
          },
        },
        {
          Update: {
            TableName: 'control',
            Key: { pk: { S: key.pk }, sk: { S: 'PHASE#x' } },
            UpdateExpression: 'SET #n0 = :v0',
            ConditionExpression: '(#n0 = :v1) AND (#n1 IN (:v2, :v3))',
            ExpressionAttributeNames: { '#n0': 'status', '#n1': 'n' },
            ExpressionAttributeValues: {
              ':v0': { S: 'DONE' },
              ':v1': { S: 'RUNNING' },
              ':v2': { N: '1' },
              ':v3': { N: '2' },
            },
            ...shown,
          },
        },
        { Delete: { TableName: 'payments', Key: { pk: { S: 'E#1' }, sk: { S: 'X' } } } },
        {
          ConditionCheck: {
            TableName: 'claims',
            Key: { pk: { S: 'U#1' }, sk: { S: 'X' } },
            ConditionExpression: 'NOT (attribute_exists(#n0))',
            ExpressionAttributeNames: { '#n0': 'by' },
            ...shown,
          },
        },
      ],
    });
  });

  test('reads are consistent, and a page goes on from the cursor of its own partition', async () => {
    const { store, mock } = open();
    mock.on(GetItemCommand).resolves({});
    mock.on(QueryCommand).resolves({ Items: [], LastEvaluatedKey: { pk: { S: 'other' }, sk: { S: 'A#1' } } });
    await store.get(key);
    const { next } = await store.query(key.pk, { prefix: 'A#', limit: 5, newestFirst: true });
    await store.query(key.pk, { prefix: 'A#', after: next! });
    const [get, first, second] = mock.calls().map((call) => call.args[0].input);
    expect(get).toEqual({
      TableName: 'control',
      Key: { pk: { S: key.pk }, sk: { S: 'CYCLE' } },
      ConsistentRead: true,
    });
    const query = {
      TableName: 'control',
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': { S: key.pk }, ':prefix': { S: 'A#' } },
    };
    expect(first).toEqual({ ...query, ScanIndexForward: false, Limit: 5 });
    const start = { pk: { S: key.pk }, sk: { S: 'A#1' } };
    expect(second).toEqual({ ...query, ScanIndexForward: true, ExclusiveStartKey: start });
  });

  test('pure contention is tried again with growing waits, then succeeds', async () => {
    const { store, mock, waits } = open();
    mock
      .on(TransactWriteItemsCommand)
      .rejectsOnce(cancelled('TransactionConflict', 'None'))
      .rejectsOnce(cancelled('ThrottlingError', 'TransactionConflict'))
      .resolves({});
    expect(await store.write([{ put: key }])).toEqual({ ok: true });
    expect(waits).toHaveLength(2);
    expect(waits[0]).toBeLessThan(waits[1]! * 2);
  });

  test('contention that does not end is a Fault', async () => {
    const { store, mock } = open();
    mock.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict'));
    await expect(store.write([{ put: key }])).rejects.toBeInstanceOf(Fault);
    expect(mock.calls()).toHaveLength(5);
  });

  test('a failed condition is the answer at once, also beside contention', async () => {
    const { store, mock } = open();
    mock.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict', 'ConditionalCheckFailed'));
    expect(await store.write([{ put: key }])).toEqual({ ok: false, failed: 1 });
    expect(mock.calls()).toHaveLength(1);
  });

  test.each([['ValidationError'], ['ItemCollectionSizeLimitExceeded'], ['DuplicateItem'], ['None']])(
    '%s is a bug and never retried',
    async (code) => {
      const { store, mock } = open();
      mock.on(TransactWriteItemsCommand).rejects(cancelled('TransactionConflict', code, code));
      if (code === 'None') mock.on(TransactWriteItemsCommand).rejects(cancelled('None'));
      await expect(store.write([{ put: key }])).rejects.toBeInstanceOf(Bug);
      expect(mock.calls()).toHaveLength(1);
    },
  );

  test.each([
    ['ThrottlingException', 400, true],
    ['InternalServerError', 500, true],
    ['ResourceNotFoundException', 400, false],
    ['AccessDeniedException', 400, false],
  ])('%s of a whole call', async (name, status, isFault) => {
    const { store, mock } = open();
    mock.onAnyCommand().rejects(serviceError(name, status));
    for (const call of [store.get(key), store.query('P'), store.write([{ put: key }])]) {
      const error = await call.catch((thrown) => thrown);
      expect(error instanceof Fault).toBe(isFault);
    }
  });

  test.each([
    ['P#juntos#C#2026-01', 'control'],
    ['P#juntos#H#AB12', 'cases'],
    ['P#cali#PR#sena', 'claims'],
    ['U#cali#T1#placement', 'claims'],
    ['E#JUNT20260101ABC', 'payments'],
    ['IK#tenant#who#key', 'idempotency'],
    ['BATCH#1', 'control'],
    ['P#a#C#P#b#H#c', 'control'],
  ])('%s lives in %s', (pk, table) => {
    expect(tableOf(pk)).toBe(table);
  });
});
