import { z } from 'zod';
import { ABSENT } from '../adapters/ports.ts';
import { Refused } from '../domain/kernel/result.ts';
import { Period, ReportSet, windowKey } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { reportSet } from './support/reports-received.ts';

const Input = z
  .object({ programme: z.string(), period: Period, person: z.string(), prefix: z.string().optional() })
  .loose();
const Output = z.object({ reports: ReportSet });

/** How the workflow names itself when nobody ended the window in time. */
const TIMEOUT = 'system:timeout';

/** Ends the payment window, by a bank operator or by its timeout: what has no answer stays pending and is listed. */
export const handler = step('EndBankWindow', { input: Input, output: Output }, async (input, { ports }) => {
  const key = windowKey(input.programme, input.period);
  const ended = { status: 'ENDED', endedBy: input.person, endedAt: ports.clock.now() };
  const end = () =>
    ports.control.write([
      { update: key, set: ended, condition: { field: 'status', is: '=', value: 'OPEN' } },
    ]);
  // A limit may pass while the step that opens the window is still on its way: it then finds it ended.
  if (!(await end()).ok && input.prefix !== undefined && input.person === TIMEOUT) {
    const absent = { put: { ...key, ...ended, prefix: input.prefix }, condition: ABSENT };
    if (!(await ports.control.write([absent])).ok) await end();
  }
  const window = await ports.control.get(key);
  if (!window)
    throw new Refused({
      code: 'WRONG_STAGE',
      message: `cycle ${input.period} of ${input.programme} is not waiting for its bank`,
      next: 'send the payment files first',
    });
  const set = await reportSet(ports, {
    programme: input.programme,
    period: input.period,
    prefix: String(window.prefix),
  });
  const reports = { ...set, final: true };
  if (window.status === 'ENDED' && window.token !== undefined)
    await ports.workflows.sendTaskSuccess(String(window.token), { reports });
  return { reports };
});
