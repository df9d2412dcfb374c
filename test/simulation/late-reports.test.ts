import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Month } from '../../domain/kernel/period.ts';
import type { CarriedState } from '../../functions/support/carried-state.ts';
import { cycleKey, frozenInputs, headKey } from '../../functions/support/cycle.ts';
import { parseLines } from '../../functions/support/jsonl.ts';
import { freezeLateReports, pinnedReports } from '../../functions/support/late/freeze.ts';
import { createInvoker, portsOf } from '../../local/functions.ts';
import { cumple } from '../cli/cumple.ts';
import { temporaryRoot } from '../workflow/temporary.ts';
import { type Order, rejections, statement } from './bank-says.ts';
import { audited, writeVillage } from './village.ts';

// Three periods of JUNTOS (200 soles a household and period) whose bank answers after the windows have ended, against
// amounts that were worked out by hand. No bank is played: every payment is pending when its cycle closes.

const root = mkdtempSync(join(temporaryRoot(), 'cumple-late-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const out = join(root, 'data');

const PERIODS = ['2025-09', '2025-11', '2026-01'] as const;
type Period = (typeof PERIODS)[number];
const PEOPLE = ['PAID', 'RETURNED', 'REJECTED', 'SILENT', 'AWAY', 'TWICE'] as const;
const BASE = 20_000;
const onRoster = (id: string, period: Period) => id !== 'AWAY' || period !== '2025-11';

const input = (period: Period): string =>
  writeVillage(join(root, `in-${period}`), period, PEOPLE, { here: (id) => onRoster(id, period) });

type Row = Record<string, string>;
const published = (period: Period, name: string) =>
  readFileSync(join(out, 'reports/juntos', period, name), 'utf8');
const rows = (period: Period, name: string): Row[] =>
  parse(published(period, name), { columns: true, bom: true });
const cents = (text: string) => Math.round(Number(text) * 100);

async function run(period: Period) {
  const dir = input(period);
  const { code, stderr } = await cumple(
    ...['cycle', 'run', '--programme', 'juntos', '--period', period, '--roster', dir],
    ...['--evidence', join(dir, 'evidence.csv'), '--out', out, '--json'],
  );
  expect(code, stderr).toBe(0);
}

/** What each household was ordered in a period, by purpose. */
const ordered = (period: Period) =>
  rows(period, 'payment-list.csv')
    .map(({ payee_id, purpose, amount }) => `${payee_id} ${purpose} ${amount}`)
    .sort();
function order(period: Period, id: string, purpose = 'transfer'): Order {
  const row = rows(period, 'payment-list.csv').find((one) => one.payee_id === id && one.purpose === purpose)!;
  return { endToEndId: row.end_to_end_id!, uetr: row.uetr!, amountMinor: cents(row.amount!) };
}

async function deliver(...files: string[]) {
  const { code, stdout, stderr } = await cumple(
    ...['bank', 'deliver', ...files, '--programme', 'juntos', '--out', out, '--date', '2025-12-01', '--json'],
  );
  expect(stderr).toBe('');
  return {
    code,
    said: stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
    stdout,
  };
}

const late = (period: Period) =>
  rows(period, 'late-answers.csv')
    .map(({ payee_id, cycle, before, state, effect, amount }) =>
      [payee_id, cycle, before, state, effect, amount].join(' '),
    )
    .sort();

/** What the last closed cycle leaves owed: household, cycle that owed it first, why, minor units. */
async function owed(): Promise<string[]> {
  const ports = portsOf({ dir: out });
  const { prefix } = (await ports.control.get(headKey('juntos')))!;
  const all: string[] = [];
  for await (const { key } of ports.objects.list('bulk', `${prefix}/`)) {
    const body = (await ports.objects.get({ bucket: 'bulk', key }))!;
    for (const { household, undelivered } of parseLines<CarriedState>(body))
      for (const { origin, why, amountMinor } of undelivered)
        all.push(`${household} ${origin} ${why} ${amountMinor}`);
  }
  ports.close();
  return all.sort();
}
const owedTo = (id: string, all: readonly string[]) =>
  all
    .filter((line) => line.startsWith(`${id} `))
    .reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
const debit = (one: Order) => ({ ...one, what: 'debit' as const });
const back = (one: Order) => ({ ...one, what: 'return' as const });

describe('reports that come after their window', () => {
  beforeAll(() => run('2025-09'), 120_000);

  it('leave the closed cycle as it was published: all of it pending', () => {
    expect(JSON.parse(published('2025-09', 'report.json'))).toMatchObject({
      bank: { pending: { count: 6, amount: '1200.00' }, paid: { count: 0 } },
    });
    expect(() => published('2025-09', 'late-answers.csv')).toThrow('ENOENT');
  });

  it('are kept for the next cycle; the same file again gets the first answer', async () => {
    const of = (id: string) => order('2025-09', id);
    const files = [
      statement(root, 'statement-a.xml', '2025-11-20', [
        debit(of('PAID')),
        ...[debit(of('RETURNED')), back(of('RETURNED'))],
        ...[debit(of('TWICE')), back(of('TWICE'))],
        ...[debit(of('AWAY')), back(of('AWAY'))],
      ]),
      rejections(root, 'status-b.xml', '2025-11-20', [of('REJECTED')]),
      // The bank says a movement again in another file.
      statement(root, 'statement-c.xml', '2025-11-20', [debit(of('PAID'))]),
    ];
    const first = await deliver(...files);
    expect(first.code).toBe(0);
    expect(first.said).toEqual(
      files.map((file) => ({
        file: file.slice(root.length + 1),
        ...{ programme: 'juntos', period: '2025-09', status: 'late', keptFor: ['2025-09'] },
      })),
    );
    expect((await deliver(...files)).stdout).toBe(first.stdout);
    const renamed = join(root, 'renamed.xml');
    copyFileSync(files[0]!, renamed);
    expect((await deliver(renamed)).said).toEqual(first.said.slice(0, 1));
    const { stdout } = await cumple('bank', 'deliver', renamed, '--programme', 'juntos', '--out', out);
    expect(stdout).toContain('queda para el ciclo siguiente / it came after the window of 2025-09');
  });

  it('that cannot be read, or are of a programme without payments, are refused and kept by nobody', async () => {
    const bad = join(root, 'bad.xml');
    writeFileSync(bad, '<Document>');
    const { code, said } = await deliver(bad);
    expect(code).toBe(2);
    expect(said).toMatchObject([{ status: 'refused', keptFor: [], why: expect.stringContaining('FILE_') }]);
    const other = await cumple('bank', 'deliver', bad, '--programme', 'progresa', '--out', out);
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining('WRONG_STAGE') });
  });

  it('the next cycle: what came back is ordered again, what was paid is not, and nothing without an answer', async () => {
    await run('2025-11');
    const transfers = ['PAID', 'REJECTED', 'RETURNED', 'SILENT', 'TWICE'].map(
      (id) => `${id} transfer 200.00`,
    );
    const again = ['REJECTED', 'RETURNED', 'TWICE'].map((id) => `${id} reissue:2025-09:2 200.00`);
    expect(ordered('2025-11')).toEqual([...transfers, ...again].sort());
    expect(late('2025-11')).toEqual([
      'AWAY 2025-09 pending returned owed 200.00',
      'PAID 2025-09 pending paid arrived 200.00',
      'REJECTED 2025-09 pending rejected owed 200.00',
      'RETURNED 2025-09 pending returned owed 200.00',
      'TWICE 2025-09 pending returned owed 200.00',
    ]);
    expect(JSON.parse(published('2025-11', 'report.json')).late).toEqual({
      reports: 3,
      effects: {
        arrived: { count: 1, amount: '200.00' },
        owed: { count: 4, amount: '800.00' },
        lapsed: { count: 0, amount: '0.00' },
        in_doubt: { count: 0, amount: '0.00' },
        too_late: { count: 0, amount: '0.00' },
      },
    });
    expect(await owed()).toEqual(
      [
        ...['PAID', 'REJECTED', 'RETURNED', 'SILENT', 'TWICE'].map((id) => `${id} 2025-11 pending 20000`),
        ...['REJECTED', 'RETURNED', 'TWICE', 'SILENT'].map((id) => `${id} 2025-09 pending 20000`),
        'AWAY 2025-09 returned 20000',
      ].sort(),
    );
  });

  it('what the bank said twice is listed, and the file of late answers is among the hashed ones', () => {
    const listed = rows('2025-11', 'exceptions.csv').filter(({ stage }) => stage === 'ReconcileLate');
    expect(listed).toMatchObject([{ code: 'DUP_EVENT', subject: order('2025-09', 'PAID').endToEndId }]);
    expect(published('2025-11', 'manifest.json')).toContain('late-answers.csv');
    expect(published('2025-11', 'reconciliation.html')).toContain('Informes del banco que llegaron tarde');
  });

  it('a report may speak of two closed cycles; contradictions move no money', async () => {
    const files = [
      statement(root, 'statement-d.xml', '2026-01-20', [
        debit(order('2025-11', 'PAID')),
        debit(order('2025-11', 'RETURNED', 'reissue:2025-09:2')),
        // The first attempt, which came back and was ordered again, is debited once more.
        debit(order('2025-09', 'TWICE')),
      ]),
      statement(root, 'statement-e.xml', '2026-01-21', [
        debit(order('2025-09', 'SILENT')),
        // Paid by the answer before; now it comes back after all.
        back(order('2025-09', 'PAID')),
      ]),
    ];
    expect((await deliver(...files)).said).toMatchObject([
      { period: '2025-11', status: 'late', keptFor: ['2025-09', '2025-11'] },
      { period: '2025-09', status: 'late', keptFor: ['2025-09'] },
    ]);
    await run('2026-01');
    expect(late('2026-01')).toEqual([
      'PAID 2025-09 paid returned owed 200.00',
      'PAID 2025-11 pending paid arrived 200.00',
      'RETURNED 2025-11 pending paid arrived 200.00',
      'SILENT 2025-09 pending paid arrived 200.00',
      'TWICE 2025-09 returned paid too_late 200.00',
    ]);
    expect(ordered('2026-01')).toEqual(
      [
        ...PEOPLE.map((id) => `${id} transfer 200.00`),
        // Who left and is back, and whose money came back.
        'AWAY reissue:2025-09:2 200.00',
        'PAID reissue:2025-09:2 200.00',
      ].sort(),
    );
    const codes = rows('2026-01', 'exceptions.csv')
      .filter(({ stage }) => stage === 'ReconcileLate')
      .map(({ code, subject }) => `${code} ${subject}`);
    const twice = order('2025-09', 'TWICE').endToEndId;
    expect(codes).toEqual([`DUP_PAYMENT ${twice}`, `LATE_AFTER_REISSUE ${twice}`]);
  });

  it('paid and owed are together what each household was entitled to, whatever came late', async () => {
    const after = await owed();
    const paid: Partial<Record<(typeof PEOPLE)[number], number>> = {
      PAID: BASE,
      RETURNED: BASE,
      SILENT: BASE,
    };
    for (const id of PEOPLE) {
      const entitled = BASE * PERIODS.filter((period) => onRoster(id, period)).length;
      expect([id, (paid[id] ?? 0) + owedTo(id, after)]).toEqual([id, entitled]);
    }
    // No order was ever made for money that another order might still pay.
    expect(after).toContain('REJECTED 2025-09 pending 20000');
  });

  it('a household reads what became of each payment, the late answers in the cycle that made it', async () => {
    const { stdout } = await cumple(
      ...['household', 'history', 'PAID', '--programme', 'juntos', '--out', out, '--json'],
    );
    const periods = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    type Payment = { purpose: string; state: string };
    expect(
      periods.map(({ period, payments }) => [
        period,
        ...payments.map(({ purpose, state }: Payment) => `${purpose} ${state}`),
      ]),
    ).toEqual([
      ['2025-09', 'transfer returned'],
      ['2025-11', 'transfer paid'],
      ['2026-01', 'transfer pending', 'reissue:2025-09:2 pending'],
    ]);
  });

  it('the steps of a cycle that took late reports give the same bytes again, and a report is taken once', async () => {
    const ports = portsOf({ dir: out });
    const call = createInvoker(ports);
    for (const period of ['2025-11', '2026-01'] as const) {
      const record = (await ports.control.get(cycleKey('juntos', period)))!;
      const cycle = { programme: 'juntos', period, prefix: String(record.prefix) };
      // A step halts where its object is there with other bytes.
      for (const step of ['ReconcileLate', 'VerifyCompliance', 'CalculateTransfers'])
        await call(step, { ...cycle, shard: 0 });
      const { lateReports } = await frozenInputs(ports, cycle);
      const pinned = await pinnedReports(ports, { lateReports });
      expect(
        pinned
          .filter(({ takenIn }) => !takenIn)
          .map(({ name }) => name)
          .sort(),
      ).toEqual(
        period === '2025-11'
          ? ['statement-a.xml', 'statement-c.xml', 'status-b.xml']
          : ['statement-d.xml', 'statement-d.xml', 'statement-e.xml'],
      );
    }
    // Nothing is left for the next cycle.
    const head = (await ports.control.get(headKey('juntos')))!;
    const previous = {
      period: '2026-01' as Month,
      prefix: String(head.prefix),
      hash: String(head.stateHash),
      shards: 1,
      lanes: 1,
    };
    expect(await freezeLateReports(ports, 'juntos', 1, previous)).toBeNull();
    ports.close();
  });

  it('an auditor reads the late reports again and finds every cycle equal', async () => {
    expect(await audited(out)).toEqual([0, PERIODS.map((period) => [period, []])]);
  });

  it('an auditor names a late report that was changed in the cycle that took it', async () => {
    const copy = join(root, 'copy');
    cpSync(out, copy, { recursive: true });
    const inbox = join(copy, 'bank/inbox/juntos');
    const [name] = readdirSync(inbox, { recursive: true, encoding: 'utf8' }).filter((each) =>
      each.endsWith('/statement-c.xml'),
    );
    writeFileSync(join(inbox, name!), `${readFileSync(join(inbox, name!), 'utf8')}\n`);
    const { code, stdout } = await cumple('audit', 'verify', copy, '--period', '2025-11', '--json');
    expect((JSON.parse(stdout) as { differences: unknown[] }).differences).toEqual([
      expect.objectContaining({ check: 'inputs', what: 'changed', path: `bank/inbox/juntos/${name}` }),
    ]);
    expect(code).toBe(1);
  });
});
