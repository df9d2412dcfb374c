import type { ObjectStore } from '../adapters/ports.ts';
import { canonicalJson } from '../domain/kernel/hash.ts';
import { Refused } from '../domain/kernel/result.ts';
import { shardCount, shardOf } from '../domain/kernel/shards.ts';
import { evidenceColumns, mappingForFile } from '../domain/records/intake-evidence.ts';
import { columnOf } from '../domain/records/intake-field.ts';
import type { EvidenceMapping, ExemptionsMapping, Mapping } from '../domain/records/mapping.ts';
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
import { PartWriter } from './support/intake/parts.ts';
import {
  cellReader,
  type FilePlan,
  type InputFile,
  inspectFile,
  recordsOf,
} from './support/intake/source.ts';
import { writeOnce } from './support/jsonl.ts';

/**
 * Checks files of evidence and of exemptions from end to end, then cuts their rows by the person or household
 * they speak of. A bad file refuses the batch before anything is written. Streams, like PartitionRoster.
 */
export const handler = step(
  'PartitionEvidence',
  { input: IntakeInput, output: PartitionOutput },
  async (input, { ports: { objects } }) => {
    const { programme } = input;
    const mapping = await loadMapping(objects, input.mappingKey);
    const { batch, files } = batchOf('evidence', input, mapping);
    const mappings = files.map((file) => mappingOfFile(file, mapping));
    const before = await acceptedBefore(objects, 'evidence', batch);
    if (before) return { programme, batch, shards: before.shards, repeated: true };
    const plans: FilePlan[] = [];
    for (const [index, file] of files.entries()) {
      const expected = { columns: evidenceColumns(mappings[index]!), mayBeEmpty: file.role === 'exemptions' };
      plans.push(await inspectFile(objects, file, expected));
    }
    const shards = shardCount(plans.reduce((sum, plan) => sum + plan.rows, 0));
    const writer = new PartWriter(objects, batchKey('evidence', batch, 'parts/rows'), shards);
    for (const [index, file] of plans.entries())
      await cutFile(objects, file, index, mappings[index]!, writer, shards);
    const parts = { rows: await writer.finish() };
    const plan: Plan = { programme, batch, mapping, files: plans, shards, personShards: shards, parts };
    await writeOnce(objects, bulk(batchKey('evidence', batch, 'plan.json')), canonicalJson(plan));
    return { programme, batch, shards, repeated: false };
  },
);

function mappingOfFile(file: InputFile, mapping: Mapping): EvidenceMapping | ExemptionsMapping {
  if (file.role !== 'evidence' && file.role !== 'exemptions')
    throw new Refused({
      code: 'BAD_INPUT',
      message: `${file.name} is a file of ${file.role}, not of evidence`,
      next: 'send it to roster intake',
    });
  const found = mappingForFile<EvidenceMapping | ExemptionsMapping>(mapping[file.role], file.name);
  if (found) return found;
  throw new Refused({
    code: 'BAD_INPUT',
    message: `the mapping does not say how to read ${file.name}`,
    at: file.name,
    next: `add it to the mapping file's "${file.role}", or rename it to one of ${mapping[file.role].map((one) => one.file).join(', ') || '(none there)'}`,
  });
}

async function cutFile(
  objects: ObjectStore,
  file: FilePlan,
  index: number,
  mapping: EvidenceMapping | ExemptionsMapping,
  writer: PartWriter,
  shards: number,
): Promise<void> {
  const subjectOf = cellReader(file, columnOf(mapping.subject) ?? '');
  for await (const { records, lines } of recordsOf(objects, file)) {
    for (const [i, record] of records.entries())
      writer.add(shardOf(subjectOf(record), shards), index, lines[i]!, record);
    await writer.settle();
  }
}
