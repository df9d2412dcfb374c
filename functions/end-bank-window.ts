import { z } from 'zod';
import { Refused } from '../domain/kernel/result.ts';
import { Period, ReportSet, windowKey } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { reportSet } from './support/reports-received.ts';

const Input = z.object({ programme: z.string(), period: Period, person: z.string() }).loose();
const Output = z.object({ reports: ReportSet });

/** Ends the payment window, by a bank operator or by its timeout: what has no answer stays pending and is listed. */
export const handler = step('EndBankWindow', { input: Input, output: Output }, async (input, { ports }) => {
  const key = windowKey(input.programme, input.period);
  const end = () =>
    ports.control.write([
      {
        update: key,
        set: { status: 'ENDED', endedBy: input.person, endedAt: ports.clock.now() },
        condition: { field: 'status', is: '=', value: 'OPEN' },
      },
    ]);
  const ended = await end();
  let window = await ports.control.get(key);
  if (!window)
    throw new Refused({
      code: 'WRONG_STAGE',
      message: `cycle ${input.period} of ${input.programme} is not waiting for its bank`,
      next: 'send the payment files first',
    });
  // Opened between the write and the reading: a limit may pass while the step that opens it is still on its way.
  if (!ended.ok && window.status === 'OPEN' && (await end()).ok) window = { ...window, status: 'ENDED' };
  const set = await reportSet(ports, {
    programme: input.programme,
    period: input.period,
    prefix: String(window.prefix),
  });
  const reports = { ...set, final: true };
  if (ended.ok || window.status === 'ENDED')
    await ports.workflows.sendTaskSuccess(String(window.token), { reports });
  return { reports };
});
