import { z } from 'zod';
import { step } from './support/handler.ts';
import { acceptBatch } from './support/intake/accept.ts';
import { AcceptInput, batchKey } from './support/intake/batch.ts';

const count = z.number().int().min(0);
const Output = z.object({
  programme: z.string(),
  batch: z.string(),
  manifestKey: z.string(),
  hash: z.string(),
  received: count,
  accepted: count,
  rejected: count,
  rows: count,
  exemptions: count,
  shards: count,
  personShards: count,
  byCode: z.record(z.string(), count),
  repeated: z.boolean(),
});

/** Accepts evidence whose shards are done, or refuses it (TOO_MANY_REJECTED). Accepting again changes nothing. */
export const handler = step(
  'AcceptEvidence',
  { input: AcceptInput, output: Output },
  async ({ batch, repeated }, { ports }) => {
    const {
      objects: _objects,
      files: _files,
      kind: _kind,
      ...summary
    } = await acceptBatch(ports, 'evidence', batch);
    return {
      ...summary,
      manifestKey: batchKey('evidence', batch, 'manifest.json'),
      repeated,
    } as unknown as z.input<typeof Output>;
  },
);
