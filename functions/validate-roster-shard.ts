import { Refused } from '../domain/kernel/result.ts';
import { SHARD_ROWS_MAX, shardName, shardOf } from '../domain/kernel/shards.ts';
import { bulk } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { writeTotals } from './support/intake/accept.ts';
import { batchKey, readPlan, ShardInput, ShardOutput } from './support/intake/batch.ts';
import { RosterShard } from './support/intake/roster-shard.ts';
import { writeOnce } from './support/jsonl.ts';
import { Segments } from './support/segments.ts';

/**
 * Reads the rows of one shard of households: writes households with their members sorted by id, the index from
 * person to household for evidence, and the rows set aside with their reasons. Holds one shard.
 */
export const handler = step(
  'ValidateRosterShard',
  { input: ShardInput, output: ShardOutput },
  async ({ batch, shard }, { ports }) => {
    const plan = await readPlan(ports.objects, 'roster', batch);
    const rows = new RosterShard(plan);
    await rows.read(ports.objects, shard);
    const households = rows.sorted();
    if (households.length > SHARD_ROWS_MAX)
      throw new Refused({
        code: 'SHARD_TOO_LARGE',
        message: `shard ${shard} has ${households.length} households, at most ${SHARD_ROWS_MAX} fit`,
        next: 'look at the household ids: too many fall into one shard',
      });
    const name = `${shardName(shard)}.jsonl`;
    const write = (folder: string, bytes: Buffer) =>
      writeOnce(ports.objects, bulk(batchKey('roster', batch, `${folder}/${name}`)), bytes);
    const objects = {
      [`households/${name}`]: await write(
        'households',
        Buffer.from(households.map(({ line }) => line).join('')),
      ),
      [`quarantine/${name}`]: await write('quarantine', rows.quarantine.bytes()),
    };
    await indexOf(households, plan.personShards).write(
      ports.objects,
      'bulk',
      batchKey('roster', batch, `members/${name}`),
    );
    const { received } = rows;
    const rejected = rows.quarantine.count;
    const members = households.reduce((sum, household) => sum + household.members.length, 0);
    await writeTotals(ports, 'roster', batch, shard, {
      received,
      accepted: received - rejected,
      rejected,
      counts: { households: households.length, members },
      byCode: rows.quarantine.byCode,
      first: rows.quarantine.first(3),
      objects,
    });
    return { shard, accepted: received - rejected, rejected };
  },
);

/** [subject, household] by the subject's shard; a household is a subject too, since evidence may speak of it. */
function indexOf(
  households: readonly { id: string; members: readonly { id: string }[] }[],
  personShards: number,
): Segments {
  const index = new Segments(personShards);
  for (const { id, members } of households) {
    index.add(shardOf(id, personShards), [id, id]);
    for (const member of members) index.add(shardOf(member.id, personShards), [member.id, id]);
  }
  return index;
}
