import { z } from 'zod';
import type { ObjectStore } from '../../../adapters/ports.ts';
import { hashOf } from '../../../domain/kernel/hash.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import { DEFAULT_MAPPING, type Mapping, parseMapping } from '../../../domain/records/mapping.ts';
import { bulk } from '../cycle.ts';
import { readJson } from '../jsonl.ts';
import { type FilePlan, InputFile } from './source.ts';

/** Changes when the same files would give other records: then they are another batch. */
const INTAKE_VERSION = 1;

/** What an intake workflow is started with; `mappingKey` is a mapping file in the bulk plane. */
export const IntakeInput = z.object({
  programme: z.string().min(1),
  files: z.array(InputFile).min(1),
  mappingKey: z.string().optional(),
});
export type IntakeInput = z.infer<typeof IntakeInput>;

export const PartitionOutput = z.object({
  programme: z.string(),
  batch: z.string(),
  shards: z.number().int(),
  /** The same content was taken in before: nothing is read again. */
  repeated: z.boolean(),
});
export const ShardInput = z.object({
  programme: z.string(),
  batch: z.string(),
  shard: z.number().int().min(0),
});
export const ShardOutput = z.object({
  shard: z.number().int(),
  accepted: z.number().int(),
  rejected: z.number().int(),
});
export const AcceptInput = PartitionOutput;

export type Kind = 'roster' | 'evidence';

/** What the partition step decided; the shard steps and the acceptance read it. */
export type Plan = {
  readonly programme: string;
  readonly batch: string;
  readonly mapping: Mapping;
  readonly files: readonly FilePlan[];
  /** Roster: shards of households. Evidence: shards of subjects. */
  readonly shards: number;
  readonly personShards: number;
  readonly parts: { readonly [role: string]: readonly string[] };
};

export const batchKey = (kind: Kind, batch: string, name: string): string => `${kind}/${batch}/${name}`;
export const readPlan = (objects: ObjectStore, kind: Kind, batch: string): Promise<Plan> =>
  readJson<Plan>(objects, bulk(batchKey(kind, batch, 'plan.json')));

/** The mapping of an intake; without one our own column names. */
export async function loadMapping(objects: ObjectStore, mappingKey: string | undefined): Promise<Mapping> {
  if (mappingKey === undefined) return DEFAULT_MAPPING;
  return unwrap(parseMapping(await readJson<unknown>(objects, bulk(mappingKey)), mappingKey));
}

/**
 * The batch of these files under this mapping: the same content is the same batch, in whatever order its
 * files are named. Files come back in the order in which they are read.
 */
export function batchOf(
  kind: Kind,
  input: IntakeInput,
  mapping: Mapping,
): { batch: string; files: InputFile[] } {
  const sortKey = (file: InputFile) => `${file.role}|${file.name}|${file.sha256}`;
  const files = [...input.files].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  const content = files.map(({ role, name, sha256 }) => ({ role, name, sha256 }));
  const hash = hashOf({ kind, programme: input.programme, files: content, mapping, version: INTAKE_VERSION });
  return { batch: hash.slice(0, 16), files };
}

/** The manifest of a batch that was accepted before: the same content again is taken in once. */
export async function acceptedBefore(
  objects: ObjectStore,
  kind: Kind,
  batch: string,
): Promise<{ shards: number } | undefined> {
  const bytes = await objects.get(bulk(batchKey(kind, batch, 'manifest.json')));
  return bytes && (JSON.parse(Buffer.from(bytes).toString('utf8')) as { shards: number });
}
