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
  households: count,
  members: count,
  shards: count,
  personShards: count,
  byCode: z.record(z.string(), count),
  repeated: z.boolean(),
});

/** Accepts a roster whose shards are done, or refuses it (TOO_MANY_REJECTED). Accepting again changes nothing. */
export const handler = step(
  'AcceptRoster',
  { input: AcceptInput, output: Output },
  async ({ batch, repeated }, { ports }) => {
    const {
      objects: _objects,
      files: _files,
      kind: _kind,
      ...summary
    } = await acceptBatch(ports, 'roster', batch);
    return {
      ...summary,
      manifestKey: batchKey('roster', batch, 'manifest.json'),
      repeated,
    } as unknown as z.input<typeof Output>;
  },
);
