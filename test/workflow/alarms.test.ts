import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Item } from '../../adapters/ports.ts';
import { Fault } from '../../domain/kernel/result.ts';
import { approvalKey, cycleKey, windowKey } from '../../functions/support/cycle.ts';
import { runCycle } from '../../local/cycle.ts';
import { DEMO } from '../../local/demo-people.ts';
import { controlOf, hashesBelow, juntosCycle, newDir, SAMPLE, testSession } from './harness.ts';

const FOLDERS = ['reports', 'bank', 'bulk'] as const;
const cycle = { programme: 'juntos', period: '2025-09' };
let undisturbed: Record<string, string>;

beforeAll(async () => {
  const dir = newDir();
  const session = await testSession(dir);
  await runCycle(session, await juntosCycle());
  await session.close();
  undisturbed = hashesBelow(dir, ...FOLDERS);
});

/** Changes a file of the cycle behind everybody's back; says whether there was something to change. */
function tamper(dir: string, stage: string, from: string, to: string): void {
  const cycles = join(dir, 'bulk/cycles/juntos/2025-09');
  const [prefix] = readdirSync(cycles);
  const folder = join(cycles, prefix!, stage);
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, name), text.replace(from, to));
  }
}

const recordIn = async (session: { ports: { control: { get(key: object): Promise<Item | undefined> } } }) =>
  session.ports.control.get(cycleKey(cycle.programme, cycle.period));

describe('a step that gives other bytes the second time halts the cycle', () => {
  test.each([
    ['CalculateTransfers', 'compliance', '"non_compliant"', '"compliant"'],
    ['EmitPaymentFiles', 'pain001', '<InstdAmt Ccy="PEN">200.00<', '<InstdAmt Ccy="PEN">900.00<'],
    ['Reconcile', 'instructed', '"amountMinor":20000', '"amountMinor":20001'],
    ['CarryState', 'transfers', 'ACCOUNT_CHECK_DIGIT', 'ACCOUNT_MISSING'],
  ])('%s', async (step, stage, from, to) => {
    const dir = newDir();
    let seen = 0;
    const session = await testSession(dir, async (invoke, name, payload) => {
      const answer = await invoke(name, payload);
      if (name !== step) return answer;
      seen += 1;
      tamper(dir, stage, from, to);
      return invoke(name, payload);
    });
    await expect(runCycle(session, await juntosCycle())).rejects.toThrow(/Bug/);
    expect(seen, 'a bug is never retried').toBe(1);
    // A report of the bank is a workflow of its own: there the cycle waits on, nothing more is taken in.
    const record = await recordIn(session);
    if (step !== 'Reconcile') expect(record).toMatchObject({ status: 'FAILED' });
    expect(existsSync(join(dir, 'reports')), 'nothing is published').toBe(false);
    await session.close();
  });
});

test('transfers that were changed after their approval are not paid', async () => {
  const dir = newDir();
  const session = await testSession(dir, async (invoke, name, payload) => {
    if (name === 'EmitPaymentFiles') tamper(dir, 'transfers', '"amountMinor":20000', '"amountMinor":90000');
    return invoke(name, payload);
  });
  await expect(runCycle(session, await juntosCycle())).rejects.toThrow(
    /EmitPaymentFiles.*transfers of shard 0 changed after they were approved/,
  );
  expect(await recordIn(session)).toMatchObject({ status: 'FAILED', failedAfter: 'APPROVED' });
  await session.close();
  expect(existsSync(join(dir, 'bank'))).toBe(false);
});

test('a payment file that was changed before it was sent is not sent', async () => {
  const dir = newDir();
  const session = await testSession(dir, async (invoke, name, payload) => {
    if (name === 'DispatchToBank') tamper(dir, 'pain001', '>200.00<', '>900.00<');
    return invoke(name, payload);
  });
  await expect(runCycle(session, await juntosCycle())).rejects.toThrow(/changed after it was written/);
  await session.close();
  expect(existsSync(join(dir, 'bank/outbox'))).toBe(false);
});

test('a storage that stays away fails the cycle with the state named; the same command goes on later', async () => {
  const dir = newDir();
  let calls = 0;
  const session = await testSession(dir, async (invoke, name, payload) => {
    if (name !== 'CloseCycle') return invoke(name, payload);
    calls += 1;
    throw new Fault('the disk does not answer');
  });
  await expect(runCycle(session, await juntosCycle())).rejects.toThrow(
    /cycle 2025-09 of juntos failed in CloseCycle: Fault: the disk does not answer\n {2}→ .*same command again/,
  );
  expect(calls, 'once and four retries').toBe(5);
  expect(await recordIn(session)).toMatchObject({ status: 'FAILED', error: 'Fault', failedAfter: 'SENT' });
  await session.close();
  const later = await testSession(dir);
  await runCycle(later, await juntosCycle());
  expect(await recordIn(later)).toMatchObject({ status: 'CLOSED' });
  await later.close();
  expect(hashesBelow(dir, ...FOLDERS)).toEqual(undisturbed);
});

test('a bank that never answers: the window ends by its own limit and all that was sent stays pending', async () => {
  const session = await testSession(newDir(), undefined, 90);
  const silent = {
    ...session,
    call: async (name: string, payload: unknown) => {
      if (name !== 'EndBankWindow') return session.call(name, payload);
      return new Promise((resolve) => setImmediate(resolve));
    },
  };
  const { report } = await runCycle(silent, await juntosCycle({ bank: undefined }));
  expect(report.bank.pending).toEqual({
    count: report.instructions.count,
    amount: report.instructions.total,
  });
  expect(report.identities.map(({ difference }) => difference)).toEqual(['0.00', '0.00', '0.00']);
  const window = await session.ports.control.get(windowKey(cycle.programme, cycle.period));
  expect(window).toMatchObject({ status: 'ENDED', endedBy: 'system:timeout' });
  await session.close();
});

describe('killed between the record of an answer and the word to the workflow', () => {
  /** Runs up to a person's call, which never comes to its word; returns after the process "died". */
  async function diedAt(
    name: string,
    record: (session: Awaited<ReturnType<typeof testSession>>) => Promise<void>,
  ) {
    const dir = newDir();
    const session = await testSession(dir);
    const dying = {
      ...session,
      call: async (called: string, payload: unknown) => {
        if (called !== name) return session.call(called, payload);
        await record(session);
        throw new Error('killed here');
      },
    };
    await expect(runCycle(dying, await juntosCycle())).rejects.toThrow('killed here');
    await session.close();
    return dir;
  }
  async function goesOn(dir: string) {
    const session = await testSession(dir);
    await runCycle(session, await juntosCycle());
    await session.close();
    expect(hashesBelow(dir, ...FOLDERS)).toEqual(undisturbed);
  }

  test('an approval', async () => {
    const dir = await diedAt('RecordApproval', async ({ ports }) => {
      await ports.control.write([
        {
          update: approvalKey(cycle.programme, cycle.period),
          set: { status: 'APPROVED', checker1: DEMO.checkers[0], checker1At: ports.clock.now() },
        },
        { update: cycleKey(cycle.programme, cycle.period), set: { status: 'APPROVED' } },
      ]);
    });
    await goesOn(dir);
  });

  test('the end of the payment window', async () => {
    const dir = await diedAt('EndBankWindow', async ({ ports }) => {
      const set = { status: 'ENDED', endedBy: DEMO.bankOperator, endedAt: ports.clock.now() };
      await ports.control.write([{ update: windowKey(cycle.programme, cycle.period), set }]);
    });
    await goesOn(dir);
  });
});

describe('a checker', () => {
  /** Stands in for the demo checkers. */
  async function decidedBy(
    dir: string,
    decide: (
      call: (name: string, payload: unknown) => Promise<unknown>,
      approval: object,
    ) => Promise<unknown>,
    evidence?: string[],
  ) {
    const session = await testSession(dir);
    const other = {
      ...session,
      call: (name: string, payload: unknown) =>
        name === 'RecordApproval' ? decide(session.call, payload as object) : session.call(name, payload),
    };
    const request = await juntosCycle(evidence && { evidence });
    const outcome = await runCycle(other, request).catch((error: Error) => error);
    const record = await recordIn(session);
    await session.close();
    return { outcome, record };
  }

  test('who decides on a manifest that is not the one proposed changes nothing', async () => {
    const { outcome, record } = await decidedBy(newDir(), async (call, approval) => {
      const stale = call('RecordApproval', { ...approval, manifestHash: '0'.repeat(64) });
      await expect(stale).rejects.toMatchObject({
        name: 'STALE_MANIFEST',
        refusal: { next: expect.stringContaining('current proposal') },
      });
      return call('RecordApproval', approval);
    });
    expect(outcome).not.toBeInstanceOf(Error);
    expect(record).toMatchObject({ status: 'CLOSED' });
  });

  test('who refuses ends the run before anything is sent, until the inputs are corrected', async () => {
    const dir = newDir();
    const refuse = (call: (name: string, payload: unknown) => Promise<unknown>, approval: object) =>
      call('RecordApproval', { ...approval, decision: 'refuse', reason: 'Yanamayo twice' });
    const first = await decidedBy(dir, refuse);
    expect(String(first.outcome)).toMatch(
      /failed in AwaitApproval: APPROVAL_REFUSED: Yanamayo twice\n {2}→ nothing was sent/,
    );
    expect(first.record).toMatchObject({ status: 'REFUSED', failedAfter: 'PROPOSED' });
    expect(existsSync(join(dir, 'bank'))).toBe(false);

    // The same inputs give the same manifest, which stays refused; nobody is asked again.
    const again = await decidedBy(dir, async (call, approval) => {
      expect(approval, 'only the old refusal is said again').toMatchObject({ decision: 'refuse' });
      return call('RecordApproval', approval);
    });
    expect(String(again.outcome)).toMatch(/APPROVAL_REFUSED: .*refused this proposal: Yanamayo twice/);

    const corrected = await decidedBy(dir, (call, approval) => call('RecordApproval', approval), [
      join(SAMPLE, 'evidence.csv'),
    ]);
    expect(corrected.outcome).not.toBeInstanceOf(Error);
    expect(corrected.record).toMatchObject({ status: 'CLOSED' });
    expect(Object.keys(controlOf(dir)).filter((key) => key.endsWith(' CYCLE'))).toHaveLength(1);
  });
});
