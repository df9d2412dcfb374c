import { expect, test } from 'vitest';
import { providePorts } from '../../functions/support/ports.ts';
import { runCycle } from '../../local/cycle.ts';
import { hashesBelow, juntosCycle, newDir, testSession } from '../workflow/harness.ts';

test('payment files that an interrupted run wrote are kept when the step runs again a day later', async () => {
  const dir = newDir();
  const moments: string[] = [];
  const session = await testSession(dir, async (invoke, name, payload) => {
    if (name !== 'EmitPaymentFiles') return invoke(name, payload);
    const { ports } = session;
    await invoke(name, payload);
    const files = hashesBelow(dir, 'bulk/cycles');
    providePorts({ ...ports, clock: { now: () => '2025-10-01T09:00:00Z' } });
    const answer = await invoke(name, payload);
    providePorts(ports);
    expect(hashesBelow(dir, 'bulk/cycles')).toEqual(files);
    moments.push(ports.clock.now());
    return answer;
  });
  const { report } = await runCycle(session, await juntosCycle());
  await session.close();
  expect(moments).toEqual(['2025-09-30T12:00:00Z']);
  expect(report.instructions).toEqual({ count: 10, total: '2940.00' });
});
