import { z } from 'zod';
import { debitDifference } from '../domain/payments/identities.ts';
import { reconcile } from '../domain/payments/reconciliation.ts';
import { sentIn } from './support/control-file.ts';
import {
  bulk,
  frozenInputs,
  laneCount,
  ReportSet,
  reconciledKey,
  ShardRef,
  stageKey,
} from './support/cycle.ts';
import { step } from './support/handler.ts';
import { JsonLines, readLines, writeOnce } from './support/jsonl.ts';
import type { IndexedInstruction } from './support/payment-files.ts';
import { eventsOf } from './support/report-events.ts';
import { reportsOf } from './support/reports-received.ts';

const Input = ShardRef.extend({ reports: ReportSet });
const Output = z.object({ instructions: z.number().int(), exceptions: z.number().int() });

/**
 * Folds everything the bank said about the instructions of one shard into their states, with equal amounts at
 * every rung. The order and repetition of reports do not matter; what does not fit is an exception.
 */
export const handler = step('Reconcile', { input: Input, output: Output }, async (input, { ports }) => {
  const inputs = await frozenInputs(ports, input);
  const instructions = await readLines<IndexedInstruction>(
    ports.objects,
    bulk(stageKey(input, 'instructed', input.shard)),
  );
  const events = await eventsOf(
    ports,
    { ...input, lanes: laneCount(inputs) },
    input.shard,
    'bank-events',
    await reportsOf(ports, input, input.reports),
  );
  const result = reconcile({
    instructions,
    events,
    sentIn: (item) => sentIn(item as IndexedInstruction),
    rules: { answerDue: input.reports.final === true },
  });
  const key = (name: string) => reconciledKey(input, input.reports, name, input.shard);
  const lines = new JsonLines();
  const differences = new JsonLines();
  for (const line of result.lines) {
    lines.add(line);
    const difference = debitDifference(line);
    if (difference) differences.add(difference);
  }
  const exceptions = new JsonLines();
  for (const exception of result.exceptions) exceptions.add(exception);
  await writeOnce(ports.objects, bulk(key('lines')), lines.bytes());
  await writeOnce(ports.objects, bulk(key('differences')), differences.bytes());
  await writeOnce(ports.objects, bulk(key('exceptions')), exceptions.bytes());
  await writeOnce(ports.objects, bulk(key('totals')), JSON.stringify(result.totals));
  return { instructions: instructions.length, exceptions: exceptions.count };
});
