import { z } from 'zod';
import { writeControlFiles } from './support/control-file.ts';
import { CycleRef, ReportSet } from './support/cycle.ts';
import { step } from './support/handler.ts';

const Input = CycleRef.extend({
  reports: ReportSet,
  ordinal: z.number().int(),
  shardList: z.array(z.number().int()),
});
const Output = z.object({ files: z.number().int(), count: z.number().int() });

/** The bank's reconciliation files of the shards that a report spoke of: every instruction with its ids and state. */
export const handler = step('WriteControlFile', { input: Input, output: Output }, (input, { ports }) =>
  writeControlFiles(ports, input, input.shardList, input.reports, input.ordinal),
);
