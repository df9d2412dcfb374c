import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, expect, test, vi } from 'vitest';
import { month } from '../../domain/kernel/period.ts';
import type { Instruction } from '../../domain/payments/instruction.ts';
import { cycleKey } from '../../functions/support/cycle.ts';
import { readLines } from '../../functions/support/jsonl.ts';
import { runCycle } from '../../local/cycle.ts';
import { generateData, recipes } from '../../local/generate/generate.ts';
import { statement } from '../simulation/bank-says.ts';
import { juntosCycle, newDir, testSession } from './harness.ts';

const cut = vi.hoisted(() => ({ rows: 32_000 }));
// A few dozen households are cut as a hundred thousand would be.
vi.mock('../../domain/kernel/shards.ts', async (load) => ({
  ...(await load<typeof import('../../domain/kernel/shards.ts')>()),
  shardCount: (rows: number) => {
    let count = 1;
    while (rows / count > cut.rows) count *= 2;
    return count;
  },
}));

const periods = [month('2025-09'), month('2025-11')];
const data = newDir();

beforeAll(async () => {
  const recipe = recipes.juntos!;
  for (const [i, period] of periods.entries()) {
    await generateData({ recipe, households: 60, seed: 3, dir: join(data, period), period });
    // The second roster is another one (a household more): the same files would be the batch that is cut already.
    await generateData({ recipe, households: 60 + i, seed: 3, dir: join(data, `roster-${i}`) });
  }
});

/** Two periods, cut at so many rows a shard; what people read of them, without the ids that name the shard. */
async function run(rows: readonly [number, number]) {
  const dir = newDir();
  const session = await testSession(dir);
  const published = [];
  for (const [i, period] of periods.entries()) {
    cut.rows = rows[i]!;
    const rosterDir = join(data, `roster-${i}`);
    const evidence = [join(data, period, 'evidence.csv')];
    const { report } = await runCycle(
      session,
      await juntosCycle({ period, rosterDir, evidence, bank: { seed: 5, everyOutcome: true } }),
    );
    const list = readFileSync(join(dir, `reports/juntos/${period}/payment-list.csv`), 'utf8');
    const rest = (line: string) => line.split(',').slice(3).join(',');
    const payments = list.split(/\r?\n/).slice(1).map(rest).sort();
    const files = report.files.filter(({ path }) => path.endsWith('.xml')).length;
    published.push({ report, payments, files });
  }
  await session.close();
  return published;
}
type Published = Awaited<ReturnType<typeof run>>[number];

/** What no bank has a part in. */
const decided = ({ report }: Published) => ({
  households: report.households.eligible,
  transfers: report.transfers,
  compliance: report.complianceByCondition,
  exceptions: report.exceptions.filter(({ stage }) => stage !== 'Reconcile').length,
});

test('the number of shards changes no decision, no amount and no identity', async () => {
  const whole = await run([32_000, 32_000]);
  expect(whole.map(({ files }) => files)).toEqual([1, 1]);
  for (const [rows, files] of [
    [
      [8, 31],
      [8, 2],
    ],
    [
      [31, 8],
      [2, 8],
    ],
  ] as const) {
    const many = await run(rows);
    expect(
      many.map(({ files }) => files),
      'a payment file a shard',
    ).toEqual(files);
    expect(many.map(decided)).toEqual(whole.map(decided));
    expect(many[0]!.payments).toEqual(whole[0]!.payments);
    expect(many[0]!.report.instructions).toEqual(whole[0]!.report.instructions);
    for (const { report } of many) {
      expect(report.identities.map(({ difference }) => difference)).toEqual(['0.00', '0.00', '0.00']);
      expect(report.bank.exception.count + report.bank.pending.count).toBe(0);
    }
    // What came back in the first period is found again, however the second is cut.
    const [first, second] = many as [Published, Published];
    const back = ['rejected', 'returned', 'unclaimed'] as const;
    const cents = (text: string) => Math.round(Number(text) * 100);
    const lost = back.reduce((sum, state) => sum + cents(first.report.bank[state].amount), 0);
    expect(lost).toBeGreaterThan(0);
    expect(cents(second.report.bridge!.reissued)).toBe(lost);
  }
});

/** Two periods whose bank answers after the first has closed: every third payment came back, every third is paid. */
async function late(rows: readonly [number, number]) {
  const dir = newDir();
  const session = await testSession(dir);
  for (const [i, period] of periods.entries()) {
    cut.rows = rows[i]!;
    const rosterDir = join(data, `roster-${i}`);
    const evidence = [join(data, period, 'evidence.csv')];
    await runCycle(session, await juntosCycle({ period, rosterDir, evidence, bank: undefined }));
    if (i > 0) break;
    const { prefix } = (await session.ports.control.get(cycleKey('juntos', period)))!;
    const orders: Instruction[] = [];
    for await (const { key } of session.ports.objects.list('bulk', `${prefix}/instructed/`))
      orders.push(...(await readLines<Instruction>(session.ports.objects, { bucket: 'bulk', key })));
    orders.sort((a, b) => (a.payeeId < b.payeeId ? -1 : 1));
    const said = orders.flatMap((order, n) => {
      if (n % 3 === 0) return [];
      const debit = { ...order, what: 'debit' as const };
      return n % 3 === 1 ? [debit] : [debit, { ...order, what: 'return' as const }];
    });
    const file = statement(dir, 'late.xml', '2025-11-20', said);
    const key = 'inbox/juntos/late.xml';
    await session.ports.objects.putIfAbsent({ bucket: 'bank', key }, readFileSync(file));
    expect(await session.call('ReceiveReport', { key })).toMatchObject({ why: 'LATE' });
  }
  await session.close();
  const read = (name: string): Record<string, string>[] =>
    parse(readFileSync(join(dir, 'reports/juntos/2025-11', name)), { columns: true, bom: true });
  return {
    answers: read('late-answers.csv')
      .map(({ payee_id, before, state, effect, amount }) => [payee_id, before, state, effect, amount].join())
      .sort(),
    again: read('payment-list.csv')
      .filter(({ purpose }) => purpose === 'reissue:2025-09:2')
      .map(({ payee_id, amount }) => `${payee_id},${amount}`)
      .sort(),
    listed: read('exceptions.csv').filter(({ stage }) => stage === 'ReconcileLate'),
  };
}

test('a late report finds every payee once, however the two rosters were cut', async () => {
  const whole = await late([32_000, 32_000]);
  const back = whole.answers.filter((answer) => answer.includes(',owed,'));
  expect(back.length).toBeGreaterThan(5);
  expect(whole.again).toEqual(back.map((answer) => `${answer.split(',')[0]},${answer.split(',').at(-1)}`));
  expect(whole.answers.length - back.length).toBeGreaterThan(5);
  expect(whole.listed).toEqual([]);
  expect(await late([8, 31])).toEqual(whole);
  expect(await late([31, 8])).toEqual(whole);
});
