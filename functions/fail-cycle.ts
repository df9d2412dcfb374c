import { z } from 'zod';
import type { Item } from '../adapters/ports.ts';
import { cycleKey, Period } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { innermost } from './support/innermost.ts';

const Input = z.object({ programme: z.string(), period: Period, error: z.string(), cause: z.string() });
const Output = z.object({ status: z.string() });

/** Marks a cycle failed, with where and why, so that a person sees it and knows how to resume it. */
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
  return { status };
});

/** The last stage that was reached; a refused proposal was PROPOSED, whatever an earlier attempt failed at. */
function stageReached(cycle: Item | undefined): Item[string] {
  if (cycle?.status === 'REFUSED') return 'PROPOSED';
  return cycle?.status === 'FAILED' ? cycle.failedAfter : cycle?.status;
}
