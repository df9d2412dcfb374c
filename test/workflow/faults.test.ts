import { beforeAll, describe, expect, test } from 'vitest';
import { Fault, Refused } from '../../domain/kernel/result.ts';
import { cycleKey } from '../../functions/support/cycle.ts';
import { runCycle } from '../../local/cycle.ts';
import { controlOf, hashesBelow, juntosCycle, newDir, stepsOfACycle, testSession } from './harness.ts';

const FOLDERS = ['reports', 'bank', 'bulk'] as const;
let steps: string[];
let undisturbed: { files: Record<string, string>; control: Record<string, unknown>; calls: string[] };

beforeAll(async () => {
  steps = await stepsOfACycle();
  const dir = newDir();
  const session = await testSession(dir);
  await runCycle(session, await juntosCycle());
  await session.close();
  undisturbed = { files: hashesBelow(dir, ...FOLDERS), control: controlOf(dir), calls: session.calls };
});

function expectUndisturbed(dir: string): void {
  expect(hashesBelow(dir, ...FOLDERS)).toEqual(undisturbed.files);
  expect(controlOf(dir)).toEqual(undisturbed.control);
}

test('a cycle without trouble takes every step of its workflows', () => {
  expect([...new Set(undisturbed.calls)].sort()).toEqual([...steps].sort());
});

test('every step that fails once with a Fault is called again, and nothing shows of it', async () => {
  const dir = newDir();
  const failed = new Set<string>();
  const session = await testSession(dir, async (invoke, name, payload) => {
    if (failed.has(name)) return invoke(name, payload);
    failed.add(name);
    throw new Fault('the network is away');
  });
  await runCycle(session, await juntosCycle());
  await session.close();
  expect([...failed].sort()).toEqual([...steps].sort());
  expectUndisturbed(dir);
});

test('an answer that was lost after the work was done changes nothing', async () => {
  const dir = newDir();
  const lost = new Set<string>();
  const session = await testSession(dir, async (invoke, name, payload) => {
    const answer = await invoke(name, payload);
    if (lost.has(name)) return answer;
    lost.add(name);
    throw Object.assign(new Error('the answer was lost'), { name: 'Lambda.Unknown' });
  });
  await runCycle(session, await juntosCycle());
  await session.close();
  expectUndisturbed(dir);
});

describe('every step carried out twice changes nothing', () => {
  test('one after the other', async () => {
    const dir = newDir();
    const session = await testSession(dir, async (invoke, name, payload) => {
      const first = await invoke(name, payload);
      const second = await invoke(name, payload);
      // A wait that is over when it is asked about again says so; every other answer is the same.
      if (!name.startsWith('Await')) expect(second, name).toEqual(first);
      return second;
    });
    await runCycle(session, await juntosCycle());
    await session.close();
    expectUndisturbed(dir);
  });

  test('both at once', async () => {
    const dir = newDir();
    const session = await testSession(dir, async (invoke, name, payload) => {
      const [first] = await Promise.all([invoke(name, payload), invoke(name, payload)]);
      return first;
    });
    await runCycle(session, await juntosCycle());
    await session.close();
    expectUndisturbed(dir);
  });

  test('the second time long after the cycle was closed', async () => {
    const dir = newDir();
    const calls: [string, unknown][] = [];
    const session = await testSession(dir, (invoke, name, payload) => {
      calls.push([name, payload]);
      return invoke(name, payload);
    });
    await runCycle(session, await juntosCycle());
    for (const [name, payload] of calls) await session.call(name, payload);
    await session.close();
    expectUndisturbed(dir);
  });
});

test('refused at every step in turn, the same command goes on each time and ends as if nothing had been', async () => {
  const dir = newDir();
  const request = await juntosCycle();
  for (const step of new Set(undisturbed.calls)) {
    let refused = false;
    const session = await testSession(dir, async (invoke, name, payload) => {
      if (name !== step || refused) return invoke(name, payload);
      refused = true;
      throw new Refused({ code: 'NOT_ALLOWED', message: `${step} may not run today` });
    });
    await expect(runCycle(session, request), step).rejects.toMatchObject({
      name: 'NOT_ALLOWED',
      message: `${step} may not run today`,
    });
    const record = await session.ports.control.get(cycleKey('juntos', request.period));
    // What fails before the inputs are frozen leaves the cycle open, or not opened at all.
    if (record?.status === 'FAILED')
      expect(record, step).toMatchObject({
        error: 'NOT_ALLOWED',
        failedAfter: expect.stringMatching(/[A-Z]+/),
      });
    await session.close();
  }
  const session = await testSession(dir);
  await runCycle(session, request);
  await session.close();
  expect(hashesBelow(dir, 'reports', 'bank', 'bulk')).toEqual(undisturbed.files);
});
