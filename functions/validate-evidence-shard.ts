import { shardName } from '../domain/kernel/shards.ts';
import { bulk } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { writeTotals } from './support/intake/accept.ts';
import { batchKey, readPlan, ShardInput, ShardOutput } from './support/intake/batch.ts';
import { EvidenceShard } from './support/intake/evidence-shard.ts';
import { JsonLines, writeOnce } from './support/jsonl.ts';

/**
 * Reads the rows of one shard of subjects: writes facts and exemptions sorted by subject, each with its file
 * and line, and the rows set aside with their reasons. Holds one shard.
 */
export const handler = step(
  'ValidateEvidenceShard',
  { input: ShardInput, output: ShardOutput },
  async ({ batch, shard }, { ports }) => {
    const rows = new EvidenceShard(await readPlan(ports.objects, 'evidence', batch));
    await rows.read(ports.objects, shard);
    const name = `${shardName(shard)}.jsonl`;
    const write = (folder: string, bytes: Buffer) =>
      writeOnce(ports.objects, bulk(batchKey('evidence', batch, `${folder}/${name}`)), bytes);
    const [facts, exemptions] = [rows.facts(), rows.exemptions()];
    const objects = {
      [`rows/${name}`]: await write('rows', linesOf(facts)),
      [`exemptions/${name}`]: await write('exemptions', linesOf(exemptions)),
      [`quarantine/${name}`]: await write('quarantine', rows.quarantine.bytes()),
    };
    const rejected = rows.quarantine.count;
    const accepted = facts.length + exemptions.length;
    await writeTotals(ports, 'evidence', batch, shard, {
      received: rows.received,
      accepted,
      rejected,
      counts: { rows: facts.length, exemptions: exemptions.length },
      byCode: rows.quarantine.byCode,
      first: rows.quarantine.first(3),
      objects,
    });
    return { shard, accepted, rejected };
  },
);

function linesOf(rows: readonly unknown[]): Buffer {
  const lines = new JsonLines();
  for (const row of rows) lines.add(row);
  return lines.bytes();
}
