import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dynamoControl } from '../../adapters/aws/control.ts';
import { tableOf } from '../../adapters/aws/tables.ts';
import { fixedClock, localPorts, seededKeys } from '../../adapters/local/index.ts';
import type { Ports, Workflows } from '../../adapters/ports.ts';
import { fakeDynamo } from '../contract/fakes/dynamodb.ts';

/** Nobody is woken here. */
const workflows: Workflows = {
  start: async () => ({ id: 'x' }),
  describe: async () => undefined,
  sendTaskSuccess: async () => 'sent',
  sendTaskFailure: async () => 'sent',
};

/** The control stores: what a register promises holds on one machine's table and on DynamoDB's conditional writes alike. */
export const STORES = ['SQLite', 'DynamoDB (commands answered in memory)'] as const;

/** Ports in a temporary folder over one of the stores; `end` takes them down. The clock stands at 2025-11-30. */
export function openStore(kind: (typeof STORES)[number]): { ports: Ports; dir: string; end: () => void } {
  const dir = mkdtempSync(join(tmpdir(), 'cumple-store-'));
  const clock = fixedClock('2025-11-30T12:00:00Z');
  const local = localPorts({ dir, clock, keys: seededKeys(1), workflows });
  const dynamo = kind === 'SQLite' ? undefined : fakeDynamo();
  const ports: Ports = dynamo
    ? { ...local, control: dynamoControl(dynamo.client, { tableName: (pk) => `cumple-${tableOf(pk)}` }) }
    : local;
  const end = () => {
    dynamo?.mock.restore();
    local.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { ports, dir, end };
}
