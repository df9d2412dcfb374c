import { z } from 'zod';
import type { Item, Ports } from '../adapters/ports.ts';
import { type CycleRef, cycleKey, type FrozenInputs, frozenInputs, Period } from './support/cycle.ts';
import { cycleData } from './support/cycle-data.ts';
import { ANSWERED_BY_INPUTS, exceptionsBeforeBank } from './support/cycle-exceptions.ts';
import { step } from './support/handler.ts';
import { innermost } from './support/innermost.ts';
import { exceptionsCsv } from './support/reports/exceptions.ts';

const Input = z.object({ programme: z.string(), period: Period, error: z.string(), cause: z.string() });
const Output = z.object({ status: z.string() });

/**
 * Marks a cycle failed, with where and why, so that a person sees it and knows how to resume it. Where the inputs
 * have to be corrected it publishes the exceptions, and notes on the cycle in which report they are.
 */
export const handler = step('FailCycle', { input: Input, output: Output }, async (input, { ports }) => {
  const key = cycleKey(input.programme, input.period);
  const cycle = await ports.control.get(key);
  const { error, cause } = innermost(input.error, input.cause);
  const status = error === 'APPROVAL_REFUSED' ? 'REFUSED' : 'FAILED';
  const stage = stageReached(cycle);
  await ports.control.write([
    {
      update: key,
      set: { status, error, cause, failedAfter: stage ?? '' },
      condition: { exists: 'pk' },
    },
  ]);
  // First the mark: a cycle whose list cannot be written has failed all the same.
  if (cycle?.prefix !== undefined && ANSWERED_BY_INPUTS.has(error)) {
    const ref = { programme: input.programme, period: input.period, prefix: String(cycle.prefix) };
    const exceptions = await publishExceptions(ports, ref);
    await ports.control.write([{ update: key, set: { exceptions }, condition: { exists: 'pk' } }]);
  }
  return { status };
});

/**
 * `failed/HASH/exceptions.csv` among the period's reports; the hash is that of the frozen inputs, so that every
 * attempt keeps its own list, and the same inputs give the same one.
 */
async function publishExceptions(ports: Ports, cycle: CycleRef): Promise<string> {
  const inputs: FrozenInputs = await frozenInputs(ports, cycle);
  const name = `failed/${cycle.prefix.slice(cycle.prefix.lastIndexOf('/') + 1)}/exceptions.csv`;
  const { issues } = cycleData(ports, cycle, inputs, { count: 0, hash: '' });
  await ports.objects.putIfAbsent(
    { bucket: 'reports', key: `${cycle.programme}/${cycle.period}/${name}` },
    exceptionsCsv(exceptionsBeforeBank(issues())),
  );
  return name;
}

/** The last stage that was reached; a refused proposal was PROPOSED, whatever an earlier attempt failed at. */
function stageReached(cycle: Item | undefined): Item[string] {
  if (cycle?.status === 'REFUSED') return 'PROPOSED';
  return cycle?.status === 'FAILED' ? cycle.failedAfter : cycle?.status;
}
