import { z } from 'zod';
import { writeControlFile } from './support/control-file.ts';
import { CycleRef, ReportSet } from './support/cycle.ts';
import { step } from './support/handler.ts';

const Input = CycleRef.extend({ reports: ReportSet, ordinal: z.number().int() });
const Output = z.object({ name: z.string(), count: z.number().int() });

/** The bank's reconciliation file after one more report: every instruction with its ids, amount and state. */
export const handler = step('WriteControlFile', { input: Input, output: Output }, (input, { ports }) =>
  writeControlFile(ports, input, input.reports, input.ordinal),
);
