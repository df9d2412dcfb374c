import type { ObjectStore } from '../adapters/ports.ts';
import { canonicalJson } from '../domain/kernel/hash.ts';
import { shardCount, shardOf } from '../domain/kernel/shards.ts';
import type { Mapping } from '../domain/records/mapping.ts';
import { bulk } from './support/cycle.ts';
import { step } from './support/handler.ts';
import {
  acceptedBefore,
  batchKey,
  batchOf,
  IntakeInput,
  loadMapping,
  PartitionOutput,
  type Plan,
} from './support/intake/batch.ts';
import { type Duplicates, duplicateRow } from './support/intake/duplicates.ts';
import { PartWriter } from './support/intake/parts.ts';
import { idColumns, inspectRoster, refuseRoles } from './support/intake/roster-files.ts';
import { cellReader, type FilePlan, recordsOf } from './support/intake/source.ts';
import { writeOnce } from './support/jsonl.ts';
import { Segments } from './support/segments.ts';

/**
 * Checks the files of a roster from end to end, then cuts their rows by household into shards. A bad file
 * refuses the batch before anything is written; bad rows go on to their shard, which names what is wrong.
 * Streams: memory is bounded whatever the roster's size.
 */
export const handler = step(
  'PartitionRoster',
  { input: IntakeInput, output: PartitionOutput },
  async (input, { ports: { objects } }) => {
    const { programme } = input;
    const mapping = await loadMapping(objects, input.mappingKey);
    const { batch, files } = batchOf('roster', input, mapping);
    refuseRoles(files, mapping);
    const before = await acceptedBefore(objects, 'roster', batch);
    if (before) return { programme, batch, shards: before.shards, repeated: true };
    const { plans, duplicates } = await inspectRoster(objects, files, mapping);
    const plan = await cut(
      objects,
      { programme, batch, mapping, files: plans, ...shardsOf(plans) },
      duplicates,
    );
    await writeOnce(objects, bulk(batchKey('roster', batch, 'plan.json')), canonicalJson(plan));
    return { programme, batch, shards: plan.shards, repeated: false };
  },
);

function shardsOf(plans: readonly FilePlan[]): { shards: number; personShards: number } {
  const rowsOf = (role: string) => plans.reduce((sum, plan) => sum + (plan.role === role ? plan.rows : 0), 0);
  const households = rowsOf('households');
  return { shards: shardCount(households), personShards: shardCount(households + rowsOf('members')) };
}

/** The second reading: each row to the shard of its household, as it was, with its file and line. */
async function cut(objects: ObjectStore, whole: Omit<Plan, 'parts'>, duplicates: Duplicates): Promise<Plan> {
  const { batch, mapping, files, shards } = whole;
  const parts: Record<string, readonly string[]> = {};
  for (const role of ['households', 'members']) {
    const writer = new PartWriter(objects, batchKey('roster', batch, `parts/${role}`), shards);
    for (const [index, file] of files.entries())
      if (file.role === role) await cutFile(objects, file, index, mapping, { writer, shards, duplicates });
    parts[role] = await writer.finish();
  }
  const losers = new Segments(shards);
  for (const loser of duplicates.losers())
    losers.add(shardOf(loser.listing.household, shards), duplicateRow(loser));
  await losers.write(objects, 'bulk', batchKey('roster', batch, 'parts/duplicates.jsonl'));
  return { ...whole, parts };
}

async function cutFile(
  objects: ObjectStore,
  file: FilePlan,
  index: number,
  mapping: Mapping,
  to: { writer: PartWriter; shards: number; duplicates: Duplicates },
): Promise<void> {
  const columns = idColumns(file.role, mapping);
  const householdOf = cellReader(file, columns.household);
  const memberOf = columns.member === undefined ? undefined : cellReader(file, columns.member);
  for await (const { records, lines } of recordsOf(objects, file)) {
    for (const [i, record] of records.entries()) {
      const household = householdOf(record);
      to.writer.add(shardOf(household, to.shards), index, lines[i]!, record);
      if (memberOf) to.duplicates.list(memberOf(record), household, index, lines[i]!);
    }
    await to.writer.settle();
  }
}
