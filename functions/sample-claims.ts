import { z } from 'zod';
import type { Item, Ports } from '../adapters/ports.ts';
import { IdSchema } from '../domain/records/contract-value.ts';
import { drawPeriod, frameOf } from './support/claims/draw.ts';
import { queueWrite } from './support/claims/queue.ts';
import { claimOf, moveClaim } from './support/claims/record.ts';
import { Period } from './support/cycle.ts';
import { step } from './support/handler.ts';

const Input = z.object({
  programme: IdSchema,
  period: Period,
  /** So many claims more than drawn so far; 0 draws, or repeats what a draw that was cut off had left to do. */
  extendBy: z.int().min(0).default(0),
});
const Output = z.object({
  programme: IdSchema,
  period: Period,
  round: z.int(),
  population: z.int(),
  size: z.int(),
  commitment: z.string(),
  seed: z.string(),
  salt: z.string(),
});

/**
 * Draws the sample of a period and tells every waiting claim whether it is in it. An extension also draws claims that
 * had passed without a look: they go before a verifier now, and their money waits.
 */
export const handler = step('SampleClaims', { input: Input, output: Output }, async (input, { ports }) => {
  const { programme, period } = input;
  const sample = await drawPeriod(ports, programme, period, input.extendBy);
  const sampled = new Set(sample.strata.flatMap((stratum) => stratum.sampled));
  const drawn = new Set(sample.strata.flatMap((stratum) => stratum.claims));
  // A row that came after the frame was read is no part of the draw: its own step finds that out.
  for await (const row of frameOf(ports, programme, period))
    if (drawn.has(row.sk)) await tell(ports, programme, row, sampled.has(row.sk));
  const { round, size, commitment, seed, salt } = sample;
  const population = sample.strata.reduce((sum, stratum) => sum + stratum.claims.length, 0);
  return { programme, period, round, population, size, commitment, seed, salt };
});

async function tell(ports: Ports, programme: string, row: Item, sampled: boolean): Promise<void> {
  if (row.sampled === sampled) return;
  const first = row.sampled === undefined;
  if (!first && !(await queueLate(ports, programme, row))) return;
  await ports.control.write([{ update: { pk: row.pk, sk: row.sk }, set: { sampled } }]);
  if (first) await ports.workflows.sendTaskSuccess(String(row.token), { sampled });
}

/** A claim drawn by an extension. False while its first round is still being written down: drawing again gets it. */
async function queueLate(ports: Ports, programme: string, row: Item): Promise<boolean> {
  const record = await claimOf(ports, { programme, provider: String(row.provider), claim: row.sk });
  if (record.state !== 'verified') return record.state !== 'checking';
  await moveClaim(ports, record, {
    event: 'sampled',
    actor: 'system',
    to: 'awaiting_verifier',
    with: [queueWrite(record, ports.clock.now())],
  });
  return true;
}
