import { z } from 'zod';
import { CycleRef, windowKey } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { reportSet } from './support/reports-received.ts';

const Input = z.object({ cycle: CycleRef.loose(), token: z.string() });
const Output = z.object({ waiting: z.boolean() });

/** Waits by task token until the payment window ends; one that ended before a crash is answered at once. */
export const handler = step(
  'AwaitBankReports',
  { input: Input, output: Output },
  async ({ cycle, token }, { ports }) => {
    const key = windowKey(cycle.programme, cycle.period);
    const opened = await ports.control.write([
      {
        put: { ...key, status: 'OPEN', token, prefix: cycle.prefix, since: ports.clock.now() },
        condition: { absent: 'pk' },
      },
    ]);
    if (opened.ok) return { waiting: true };
    await ports.control.write([{ update: key, set: { token } }]);
    const window = await ports.control.get(key);
    if (window?.status === 'ENDED')
      await ports.workflows.sendTaskSuccess(token, {
        reports: { ...(await reportSet(ports, cycle)), final: true },
      });
    return { waiting: window?.status !== 'ENDED' };
  },
);
