import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { dynamoControl } from '../../adapters/aws/control.ts';
import { TABLES, tableOf } from '../../adapters/aws/tables.ts';
import { localControl } from '../../adapters/local/index.ts';
import { controlStoreContract } from './control.contract.ts';
import { fakeDynamo } from './fakes/dynamodb.ts';
import { createTable, missingForDynamoLocal, startDynamoLocal } from './fakes/dynamodb-local.ts';

const tableName = (pk: string) => `cumple-${tableOf(pk)}`;

controlStoreContract('SQLite', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cumple-control-'));
  const store = localControl(join(dir, 'control.sqlite'));
  return {
    subject: store,
    end: () => {
      store.close();
      rmSync(dir, { recursive: true });
    },
  };
});

controlStoreContract('DynamoDB (commands answered in memory)', async () => {
  const { client, mock } = fakeDynamo();
  return { subject: dynamoControl(client, { tableName }), end: () => mock.restore() };
});

const missing = missingForDynamoLocal();
describe.skipIf(missing !== undefined)(`over the wire${missing ? `: ${missing}` : ''}`, () => {
  controlStoreContract('DynamoDB Local', async () => {
    const { client, stop } = await startDynamoLocal();
    for (const table of TABLES) await createTable(client, `cumple-${table}`);
    return { subject: dynamoControl(client, { tableName }), end: stop };
  });
});
