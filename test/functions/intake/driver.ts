import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock, localPorts, seededKeys } from '../../../adapters/local/index.ts';
import type { Ports } from '../../../adapters/ports.ts';
import { sha256 } from '../../../domain/kernel/hash.ts';
import { shardName } from '../../../domain/kernel/shards.ts';
import { handler as acceptEvidence } from '../../../functions/accept-evidence.ts';
import { handler as acceptRoster } from '../../../functions/accept-roster.ts';
import { handler as partitionEvidence } from '../../../functions/partition-evidence.ts';
import { handler as partitionRoster } from '../../../functions/partition-roster.ts';
import { parseLines } from '../../../functions/support/jsonl.ts';
import { providePorts } from '../../../functions/support/ports.ts';
import { handler as validateEvidence } from '../../../functions/validate-evidence-shard.ts';
import { handler as validateRoster } from '../../../functions/validate-roster-shard.ts';

type Call = (event: unknown) => Promise<Record<string, unknown>>;
type Kind = 'roster' | 'evidence';
export type File = { role: string; name: string; body: string | Uint8Array };

const steps: Record<Kind, { partition: Call; validate: Call; accept: Call }> = {
  roster: {
    partition: partitionRoster as never,
    validate: validateRoster as never,
    accept: acceptRoster as never,
  },
  evidence: {
    partition: partitionEvidence as never,
    validate: validateEvidence as never,
    accept: acceptEvidence as never,
  },
};

/** Takes files in as the workflows do, step after step, in a folder of its own. */
export function intakeDesk() {
  const dir = mkdtempSync(join(tmpdir(), 'intake-'));
  const unused = () => Promise.reject(new Error('no workflows here'));
  const ports = localPorts({
    dir,
    clock: fixedClock('2026-01-31T12:00:00Z'),
    keys: seededKeys(1),
    workflows: { start: unused, describe: unused, sendTaskSuccess: unused, sendTaskFailure: unused },
  });
  providePorts(ports);
  return {
    ports,
    dir,
    close() {
      providePorts(undefined);
      ports.close();
      rmSync(dir, { recursive: true, force: true });
    },
    take: (kind: Kind, files: readonly File[], mapping?: unknown) => take(ports, kind, files, mapping),
    lines: <T = Record<string, unknown>>(kind: Kind, batch: unknown, folder: string, shard = 0) =>
      linesOf<T>(ports, `${kind}/${batch}/${folder}/${shardName(shard)}.jsonl`),
    async keys(): Promise<string[]> {
      const keys: string[] = [];
      for await (const { key } of ports.objects.list('bulk', ''))
        if (!key.startsWith('inbox/')) keys.push(key);
      return keys;
    },
  };
}
export type Desk = ReturnType<typeof intakeDesk>;

async function take(ports: Ports, kind: Kind, files: readonly File[], mapping?: unknown) {
  const uploaded = [];
  for (const { role, name, body } of files) {
    const bytes = Buffer.from(body as string);
    const digest = sha256(bytes);
    const key = `inbox/${digest}/${name}`;
    await ports.objects.putIfAbsent({ bucket: 'bulk', key }, bytes);
    uploaded.push({ role, name, key, sha256: digest });
  }
  let mappingKey: string | undefined;
  if (mapping !== undefined) {
    const text = JSON.stringify(mapping);
    mappingKey = `inbox/${sha256(text)}/mapping.json`;
    await ports.objects.putIfAbsent({ bucket: 'bulk', key: mappingKey }, Buffer.from(text));
  }
  const { partition, validate, accept } = steps[kind];
  const begun = await partition({ programme: 'demo', files: uploaded, ...(mappingKey && { mappingKey }) });
  if (!begun.repeated)
    for (let shard = 0; shard < Number(begun.shards); shard++)
      await validate({ programme: 'demo', batch: begun.batch, shard });
  return accept(begun);
}

async function linesOf<T>(ports: Ports, key: string): Promise<T[]> {
  const bytes = await ports.objects.get({ bucket: 'bulk', key });
  return bytes ? [...parseLines<T>(bytes)] : [];
}
