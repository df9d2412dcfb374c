import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { type Expression, evaluate, invalid, nameOf } from './expression.ts';

type Attributes = Record<string, AttributeValue>;
type Part = {
  TableName?: string | undefined;
  Item?: Attributes | undefined;
  Key?: Attributes | undefined;
  UpdateExpression?: string | undefined;
  ConditionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Attributes | undefined;
};
const PAGE_ITEMS = 3;

/** DynamoDB in memory behind the real client's commands; it really evaluates the expressions it is sent. */
export function fakeDynamo() {
  const client = new DynamoDBClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  const items = new Map<string, Attributes>();
  const idOf = (table: string | undefined, key: Attributes) => JSON.stringify([table, key.pk?.S, key.sk?.S]);

  mock.on(GetItemCommand).callsFake(async ({ TableName, Key }) => {
    const Item = items.get(idOf(TableName, Key));
    return Item ? { Item } : {};
  });
  mock.on(TransactWriteItemsCommand).callsFake(async ({ TransactItems }) => {
    const parts = (TransactItems as TransactWriteItem[]).map(partOf);
    const stored = parts.map(({ part }) => items.get(idOf(part.TableName, part.Key ?? part.Item ?? {})));
    for (const { part } of parts) checkPlaceholders(part);
    const failed = parts.map(({ part }, i) => {
      const text = part.ConditionExpression;
      return text !== undefined && !evaluate(expressionOf(part, text), stored[i]);
    });
    if (failed.includes(true)) throw cancelled(failed, stored);
    for (const [i, { kind, part }] of parts.entries()) {
      const id = idOf(part.TableName, part.Key ?? part.Item ?? {});
      if (kind === 'Put') items.set(id, part.Item!);
      if (kind === 'Delete') items.delete(id);
      if (kind === 'Update') items.set(id, updated(part, stored[i]));
    }
    return {};
  });
  mock.on(QueryCommand).callsFake(async (input: QueryCommandInput) => {
    const down = input.ScanIndexForward === false;
    const text = input.KeyConditionExpression ?? '';
    const start = input.ExclusiveStartKey?.sk?.S;
    const found = [...items]
      .filter(([id]) => JSON.parse(id)[0] === input.TableName)
      .map(([, item]) => item)
      .filter((item) => evaluate({ text, values: input.ExpressionAttributeValues }, item))
      .sort((a, b) => bySortKey(a, b) * (down ? -1 : 1))
      .filter((item) => !start || Buffer.from(item.sk!.S!).compare(Buffer.from(start)) * (down ? -1 : 1) > 0);
    const Items = found.slice(0, Math.min(input.Limit ?? PAGE_ITEMS, PAGE_ITEMS));
    const { pk, sk } = Items.at(-1) ?? {};
    // Like the real one: a key to go on from whenever the page is full, even where nothing follows.
    return Items.length < PAGE_ITEMS && Items.length < (input.Limit ?? PAGE_ITEMS)
      ? { Items }
      : { Items, LastEvaluatedKey: { pk, sk } };
  });
  return { client, mock, items };
}

function partOf(item: TransactWriteItem): { kind: string; part: Part } {
  const [kind, part] = Object.entries(item)[0] as [string, Part];
  return { kind, part };
}

const expressionOf = (part: Part, text: string): Expression => ({
  text,
  names: part.ExpressionAttributeNames,
  values: part.ExpressionAttributeValues,
});

/** DynamoDB refuses a placeholder that no expression uses. */
function checkPlaceholders(part: Part): void {
  const text = `${part.ConditionExpression ?? ''} ${part.UpdateExpression ?? ''}`;
  const used = new Set(text.match(/[#:]\w+/g));
  const given = { ...part.ExpressionAttributeNames, ...part.ExpressionAttributeValues };
  for (const key of Object.keys(given)) if (!used.has(key)) throw invalid(`unused: ${key}`);
}

function updated(part: Part, stored: Attributes | undefined): Attributes {
  const text = part.UpdateExpression ?? '';
  const expression = expressionOf(part, text);
  const next = { ...stored, ...part.Key };
  for (const assignment of text.replace(/^SET /, '').split(', ')) {
    const [name = '', value = ''] = assignment.split(' = ');
    const given = part.ExpressionAttributeValues?.[value];
    if (!given) throw invalid(`no value for ${value}`);
    next[nameOf(expression, name)] = given;
  }
  return next;
}

const bySortKey = (a: Attributes, b: Attributes) => Buffer.from(a.sk!.S!).compare(Buffer.from(b.sk!.S!));

function cancelled(failed: boolean[], stored: (Attributes | undefined)[]): Error {
  return new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: { httpStatusCode: 400 },
    CancellationReasons: failed.map((is, i) =>
      is ? { Code: 'ConditionalCheckFailed', ...(stored[i] && { Item: stored[i] }) } : { Code: 'None' },
    ),
  });
}
