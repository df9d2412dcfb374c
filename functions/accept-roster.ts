import { z } from 'zod';
import { step } from './support/handler.ts';
import { acceptAndSummarise, batchSummary } from './support/intake/accept.ts';
import { AcceptInput } from './support/intake/batch.ts';

const count = z.number().int().min(0);
const Output = z.object({ ...batchSummary, households: count, members: count });

/** Accepts a roster whose shards are done, or refuses it (TOO_MANY_REJECTED). Accepting again changes nothing. */
export const handler = step(
  'AcceptRoster',
  { input: AcceptInput, output: Output },
  async (input, { ports }) =>
    // Which counts a batch of this kind has is checked by the schema on the way out.
    Output.parse(await acceptAndSummarise(ports, 'roster', input)),
);
