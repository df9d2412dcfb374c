import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { ControlStore, Ports } from '../../adapters/ports.ts';
import { month } from '../../domain/kernel/period.ts';
import type { Instruction } from '../../domain/payments/instruction.ts';
import { cycleKey, frozenInputs, windowKey } from '../../functions/support/cycle.ts';
import { readLines } from '../../functions/support/jsonl.ts';
import { freezeLateReports } from '../../functions/support/late/freeze.ts';
import { lateReports } from '../../functions/support/late/queue.ts';
import { runCycle } from '../../local/cycle.ts';
import { createInvoker } from '../../local/functions.ts';
import { collect } from '../contract/collect.ts';
import { statement } from '../simulation/bank-says.ts';
import { claimPeople, contractFolder } from './claim-people.ts';
import { juntosCycle, newDir, ROOT, testSession } from './harness.ts';

type Session = Awaited<ReturnType<typeof testSession>>;
type Run = Parameters<typeof juntosCycle>[0];

/** A cycle whose window is ended at once, by `inWindow` if something is to happen while it is open. */
async function run(session: Session, period: string, over: Run = {}, inWindow?: () => Promise<void>) {
  let open = true;
  const request = await juntosCycle({ period: month(period), bank: undefined, ...over });
  const call = async (name: string, payload: unknown) => {
    if (name === 'EndBankWindow' && open) {
      open = false;
      await inWindow?.();
    }
    return session.call(name, payload);
  };
  return (await runCycle({ ...session, call }, request)).report;
}

/** What a lane of a cycle ordered. */
async function orders({ ports }: Session, period: string, lane = 0): Promise<Instruction[]> {
  const { prefix } = (await ports.control.get(cycleKey('juntos', period)))!;
  return readLines<Instruction>(ports.objects, {
    bucket: 'bulk',
    key: `${prefix}/instructed/00${lane}.jsonl`,
  });
}
const debit = (one: Instruction) => ({ ...one, what: 'debit' as const });
const back = (one: Instruction) => ({ ...one, what: 'return' as const });

async function put({ objects }: Ports, file: string): Promise<{ key: string }> {
  const key = `inbox/juntos/later/${basename(file)}`;
  await objects.putIfAbsent({ bucket: 'bank', key }, readFileSync(file));
  return { key };
}
const published = (dir: string, period: string, name: string): Record<string, string>[] =>
  parse(readFileSync(join(dir, 'reports/juntos', period, name), 'utf8'), { columns: true, bom: true });

test('an institute: what came late is told to its claims and ordered again, even across a cycle without contracts', async () => {
  const dir = newDir();
  const session = await testSession(dir);
  const people = claimPeople(session);
  await people.start();
  for (const provider of ['norte', 'sur']) await people.claims(provider, 12);
  const sample = await people.draw();
  for (const provider of ['norte', 'sur']) await people.decide(people.sampledOf(sample, provider));
  const contractsDir = contractFolder();
  const first = await run(session, '2025-09', { contractsDir });
  expect(first.disbursements).toEqual({ count: 2, payable: '2400.00' });
  expect(await people.states('norte')).toEqual({ payable: 12 });

  const [norte, sur] = await orders(session, '2025-09', 1);
  const said = [debit(norte!), debit(sur!), back(sur!)];
  const report = await put(session.ports, statement(newDir(), 'institutes.xml', '2025-11-20', said));
  expect(await session.call('ReceiveReport', report)).toMatchObject({ accepted: false, why: 'LATE' });

  // No contract is settled here, and still nobody loses what is owed from before.
  await run(session, '2025-11');
  const answers = published(dir, '2025-11', 'late-answers.csv');
  expect(
    answers.map(({ payee_kind, payee_id, effect, amount }) => [payee_kind, payee_id, effect, amount]),
  ).toEqual([
    ['provider', 'norte', 'arrived', '1200.00'],
    ['provider', 'sur', 'owed', '1200.00'],
  ]);
  expect(await people.states('norte')).toEqual({ paid: 12 });
  expect(await people.states('sur')).toEqual({ payable: 12 });
  expect(await orders(session, '2025-11', 1)).toEqual([]);

  await run(session, '2026-01', { contractsDir });
  expect(
    (await orders(session, '2026-01', 1)).map(({ payeeId, purpose, amountMinor, attempt }) => [
      ...[payeeId, purpose, amountMinor, attempt],
    ]),
  ).toEqual([['sur', 'reissue:2025-09:resultados:2', 120_000, 2]]);
  await session.close();
});

test('a process that waits for its bank is told by another one; what is of an earlier cycle goes to the next', async () => {
  const dir = newDir();
  const session = await testSession(dir);
  await run(session, '2025-09');
  let answer: Record<string, unknown> = {};
  const report = await run(session, '2025-11', {}, async () => {
    const [now] = await orders(session, '2025-11');
    const [then] = await orders(session, '2025-09');
    const file = statement(newDir(), 'both.xml', '2025-11-30', [debit(now!), debit(then!)]);
    const args = ['bank', 'deliver', file, '--programme', 'juntos', '--out', dir, '--json'];
    const out = execFileSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', 'cli/main.ts', ...args],
      {
        cwd: ROOT,
        encoding: 'utf8',
      },
    );
    answer = JSON.parse(out);
  });
  expect(answer).toEqual({
    ...{ file: 'both.xml', programme: 'juntos', period: '2025-11', status: 'accepted', ordinal: 1 },
    keptFor: ['2025-09'],
  });
  // The statement foots with the foreign movement in it, which is named for what it is.
  expect(report.bank.paid.count).toBe(1);
  expect(report.identities.find(({ name }) => name === 'balance')).toMatchObject({ difference: '0.00' });
  const [then] = await orders(session, '2025-09');
  expect(
    published(dir, '2025-11', 'exceptions.csv').filter(({ code }) => /OTHER_CYCLE|UNKNOWN_REF/.test(code!)),
  ).toMatchObject([{ code: 'OTHER_CYCLE', subject: then!.endToEndId }]);
  await run(session, '2026-01');
  expect(published(dir, '2026-01', 'late-answers.csv')).toMatchObject([
    { end_to_end_id: then!.endToEndId, effect: 'arrived' },
  ]);
  await session.close();
});

test('reports that come at the same moment are numbered one after the other; none slips through a window that ends', async () => {
  const session = await testSession(newDir());
  const { ports } = session;
  const received: Record<string, unknown>[] = [];
  await run(session, '2025-09', {}, async () => {
    const all = await orders(session, '2025-09');
    const dir = newDir();
    const file = (i: number) => put(ports, statement(dir, `report-${i}.xml`, '2025-09-30', [debit(all[i]!)]));
    const files = [await file(0), await file(1), await file(2)];
    const both = await Promise.all(files.slice(0, 2).map((key) => session.call('ReceiveReport', key)));
    received.push(...(both as typeof received));
    // The window ends when the third is about to be entered.
    let open = true;
    const control: ControlStore = {
      get: (key) => ports.control.get(key),
      query: (...args) => ports.control.query(...args),
      write: async (writes) => {
        const entered = writes.some((write) => 'put' in write && write.put.sk.startsWith('REPORT#'));
        if (entered && open) {
          open = false;
          const set = { status: 'ENDED', endedBy: 'demo.banco', endedAt: ports.clock.now() };
          await ports.control.write([{ update: windowKey('juntos', '2025-09'), set }]);
        }
        return ports.control.write(writes);
      },
    };
    received.push(
      (await createInvoker({ ...ports, control })('ReceiveReport', files[2])) as (typeof received)[0],
    );
    createInvoker(ports);
  });
  expect(received.map(({ ordinal }) => ordinal).sort()).toEqual([0, 1, 2]);
  expect(received[2]).toMatchObject({ accepted: false, why: 'LATE', reports: { count: 2 } });
  expect(await collect(lateReports(ports, 'juntos'))).toMatchObject([
    { period: '2025-09', name: 'report-2.xml', touched: [0] },
  ]);
  // Frozen twice, the queue is the same bytes.
  const { prefix } = (await ports.control.get(cycleKey('juntos', '2025-09')))!;
  expect((await frozenInputs(ports, { prefix: String(prefix) })).lateReports).toBeNull();
  await run(session, '2025-11');
  const record = (await ports.control.get(cycleKey('juntos', '2025-11')))!;
  const inputs = await frozenInputs(ports, { prefix: String(record.prefix) });
  expect(inputs.lateReports).toMatchObject({ count: 1, lanes: [0] });
  expect(await freezeLateReports(ports, 'juntos', 1, inputs.previous)).toEqual(inputs.lateReports);
  await session.close();
});
