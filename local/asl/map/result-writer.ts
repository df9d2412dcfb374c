import { StatesError } from '../errors.ts';
import type { Scope } from '../scope.ts';
import type { Json, JsonObject } from '../types.ts';
import type { Child } from './children.ts';
import type { MapRun } from './distributed.ts';
import { argumentsOf } from './settings.ts';

const STATUSES = ['SUCCEEDED', 'FAILED', 'PENDING'] as const;

/**
 * ResultWriter: one file per status and a manifest below `Prefix/<run>/`; the state's result names the manifest.
 * WriterConfig.Transformation NONE writes the child with its data, COMPACT its output, FLATTEN also opens arrays.
 */
export async function writeResults(
  scope: Scope,
  writer: JsonObject,
  run: MapRun,
  children: readonly Child[],
): Promise<Json> {
  const { Bucket, Prefix } = await argumentsOf(scope, writer.Arguments, 'ResultWriter/Arguments');
  const { Transformation = 'NONE', OutputType = 'JSON' } = (writer.WriterConfig ?? {}) as JsonObject;
  const shown = (child: Child) => shownAs(child, scope, Transformation);
  if (typeof Bucket !== 'string') {
    // Without a place to write, the (compacted, flattened) results are the state's result.
    return children.flatMap(shown);
  }
  // A redrive of the same run has other results, and objects are written once.
  const { redrives } = scope.identity;
  const name = `${run.id.slice(-36)}${redrives > 0 ? `-redrive-${redrives}` : ''}`;
  const folder = [Prefix, name].filter((part) => typeof part === 'string' && part !== '').join('/');
  const files: Record<string, JsonObject[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  for (const status of STATUSES) {
    const chosen = children.filter((child) => child?.status === status);
    if (chosen.length === 0) continue;
    const rows = chosen.flatMap(shown);
    const text =
      OutputType === 'JSONL' ? rows.map((row) => `${JSON.stringify(row)}\n`).join('') : JSON.stringify(rows);
    const Key = `${folder}/${status}_0.${OutputType === 'JSONL' ? 'jsonl' : 'json'}`;
    await put(scope, Bucket, Key, text);
    files[status]!.push({ Key, Size: Buffer.byteLength(text) });
  }
  const Key = `${folder}/manifest.json`;
  const manifest = { DestinationBucket: Bucket, MapRunArn: run.id, ResultFiles: files };
  await put(scope, Bucket, Key, JSON.stringify(manifest));
  return { MapRunArn: run.id, ResultWriterDetails: { Bucket, Key } };
}

async function put(scope: Scope, bucket: string, key: string, text: string): Promise<void> {
  try {
    await scope.host.objects.put(bucket, key, text);
  } catch (error) {
    throw new StatesError('States.ResultWriterFailed', `${bucket}/${key}: ${(error as Error).message}`);
  }
}

/** What a child is in the results. A failed one is always shown whole: its output would be nothing. */
export function shownAs(child: Child, scope: Scope, transformation: Json): Json[] {
  if (child.status === 'SUCCEEDED' && transformation !== 'NONE') {
    const output = child.output as Json;
    return transformation === 'FLATTEN' && Array.isArray(output) ? output : [output];
  }
  return [
    {
      ExecutionArn: child.id,
      Name: child.name,
      StateMachineArn: scope.identity.machineId,
      Status: child.status,
      Input: JSON.stringify(child.input),
      InputDetails: { Included: true },
      ...(child.output !== undefined && {
        Output: JSON.stringify(child.output),
        OutputDetails: { Included: true },
      }),
      ...(child.error !== undefined && { Error: child.error }),
      ...(child.cause !== undefined && { Cause: child.cause }),
    },
  ];
}
