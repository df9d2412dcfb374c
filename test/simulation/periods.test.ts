import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, test } from 'vitest';
import { cciOf, Draw } from '../../local/generate/draw.ts';
import { cumple } from '../cli/cumple.ts';
import { temporaryRoot } from '../workflow/temporary.ts';

// Three periods of JUNTOS in one folder, beside a ledger kept here by hand: a list of what each household is owed
// and why, moved only by what the test itself put into the evidence and by what the published reconciliation says
// that the bank did. It knows nothing of the program but its files.

const root = mkdtempSync(join(temporaryRoot(), 'cumple-periods-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const PERIODS = ['2025-09', '2025-11', '2026-01'] as const;
type Period = (typeof PERIODS)[number];
const HOUSEHOLDS = 40;
const BASE = 20_000;
/** The one whose first payment the bank returns is no longer poor in the second period: the first is still owed. */
const LOSES = 'H01';
/** The one whose first payment the bank rejects leaves the registry for a period, and comes back. */
const LEAVES = 'H02';

type Report = 'yes' | 'no' | 'silent';
type Child = { id: string; said: Record<Period, Report>; late: Record<Period, Report> };
type Household = { id: string; cash: boolean; wrongUntil: Period | undefined; children: Child[] };

const names = { H: (n: number) => `H${String(n).padStart(2, '0')}` };
const perPeriod = <T>(value: () => T) =>
  Object.fromEntries(PERIODS.map((period) => [period, value()])) as Record<Period, T>;

function households(seed: number): Household[] {
  return Array.from({ length: HOUSEHOLDS }, (_, i) => {
    const draw = new Draw(seed, i + 1);
    const id = names.H(i + 1);
    const first = i < 3;
    const said = (): Report =>
      first ? 'yes' : draw.chance(0.08) ? 'no' : draw.chance(0.1) ? 'silent' : 'yes';
    // What was not said in time may come a period later, one way or the other, or never.
    const late = (): Report => (draw.chance(0.3) ? 'silent' : draw.chance(0.7) ? 'yes' : 'no');
    const children = Array.from({ length: draw.between(1, 3) }, (_, child) => ({
      id: `${id}C${child + 1}`,
      said: perPeriod(said),
      late: perPeriod(late),
    }));
    const wrong = i > 3 && draw.chance(0.1);
    return {
      id,
      cash: i > 3 && draw.chance(0.3),
      wrongUntil: wrong ? (draw.chance(0.5) ? PERIODS[1] : PERIODS[2]) : undefined,
      children,
    };
  });
}

const isWrong = ({ wrongUntil }: Household, period: Period) =>
  wrongUntil !== undefined && period < wrongUntil;
const isPoor = ({ id }: Household, period: Period) => id !== LOSES || period === PERIODS[0];
const inRoster = ({ id }: Household, period: Period) => id !== LEAVES || period !== PERIODS[1];

/** Writes the roster and the evidence of a period, late rows of the one before included. */
function writeInput(all: readonly Household[], period: Period): string {
  const dir = join(root, `in-${period}`);
  mkdirSync(dir, { recursive: true });
  const here = all.filter((household) => inRoster(household, period));
  const rosterRows = here.map((household, i) => {
    const account = household.cash ? '' : cciOf(i + 1, isWrong(household, period));
    const point = household.cash && !isWrong(household, period) ? 'AG-1' : '';
    const channel = household.cash ? 'cash' : 'account';
    return `${household.id},Aldea ${i % 4},${isPoor(household, period) ? 'poor' : 'non_poor'},Madre de ${household.id},,,${channel},${account},${point}`;
  });
  const memberRows = here.flatMap(({ id, children }) => [
    `${id},${id}M,1988-02-03,F,,mother`,
    ...children.map((child, i) => `${id},${child.id},${2013 + i}-05-06,M,${4 + i},son`),
  ]);
  const [year, first] = period.split('-') as [string, string];
  const months = [period, `${year}-${String(Number(first) + 1).padStart(2, '0')}`];
  const rows = (child: Child, said: Report, of: readonly string[]) =>
    said === 'silent' ? [] : of.map((month) => `${child.id},school_attendance,${month},${said === 'yes'},IE`);
  const before = PERIODS[PERIODS.indexOf(period) - 1];
  const evidence = here.flatMap(({ children }) =>
    children.flatMap((child) => [
      ...rows(child, child.said[period], months),
      ...(before && child.said[before] === 'silent' ? rows(child, child.late[before], [before]) : []),
    ]),
  );
  const file = (name: string, header: string, body: readonly string[]) =>
    writeFileSync(join(dir, name), `${[header, ...body].join('\n')}\n`);
  file(
    'households.csv',
    'household_id,territory,sisfoh,payee_name,payee_document,payee_member_id,payee_channel,payee_account,payee_pay_point',
    rosterRows,
  );
  file('members.csv', 'household_id,member_id,birth_date,sex,grade,relationship', memberRows);
  file('evidence.csv', 'subject,kind,period,value,source', evidence);
  return dir;
}

type Row = Record<string, string>;
const cents = (text: string): number => {
  const match = /^(-?)(\d+)\.(\d\d)$/.exec(text);
  if (!match) throw new Error(`not an amount: ${text}`);
  return (match[1] ? -1 : 1) * (Number(match[2]) * 100 + Number(match[3]));
};
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const reports = (out: string, period: Period, name: string) =>
  readFileSync(join(out, 'reports/juntos', period, name), 'utf8');
const csv = (text: string): Row[] => parse(text, { columns: true, bom: true, skip_empty_lines: true });

type Owed = { origin: Period; amount: number; attempt: number };
type Account = {
  entitled: number;
  paid: number;
  forfeited: number;
  /** Held for want of a report: origin and the children that are waited for. */
  held: { origin: Period; children: Child[] }[];
  owed: Owed[];
};
type Order = { household: string; purpose: string; amount: number; attempt: number };
const key = ({ household, purpose, amount, attempt }: Order) =>
  `${household} ${purpose} ${amount} #${attempt}`;

/** The ledger: what a period should order, told before the program's files are looked at. */
function expectPeriod(ledger: Map<string, Account>, all: readonly Household[], period: Period) {
  const totals = {
    ...{ entitled: 0, payable: 0, held: 0, forfeited: 0, arrears: 0, lapsed: 0 },
    ...{ reissued: 0, payeeHeld: 0 },
  };
  const orders: Order[] = [];
  for (const household of all) {
    if (!inRoster(household, period)) continue;
    const account = ledger.get(household.id)!;
    const before = PERIODS[PERIODS.indexOf(period) - 1];
    let arrears = 0;
    account.held = account.held.filter((held) => {
      const news = held.children.map((child) =>
        held.origin === before ? child.late[held.origin] : 'silent',
      );
      if (news.includes('no')) {
        account.forfeited += BASE;
        totals.lapsed += BASE;
      } else if (!news.includes('silent')) arrears += BASE;
      else return true;
      return false;
    });
    const said = household.children.map((child) => child.said[period]);
    const outcome = !isPoor(household, period)
      ? 'nothing'
      : said.includes('no')
        ? 'forfeited'
        : said.includes('silent')
          ? 'held'
          : 'payable';
    if (outcome !== 'nothing') {
      account.entitled += BASE;
      totals.entitled += BASE;
      totals[outcome] += BASE;
    }
    totals.arrears += arrears;
    if (outcome === 'forfeited') account.forfeited += BASE;
    if (outcome === 'held') {
      const children = household.children.filter((child) => child.said[period] === 'silent');
      account.held.push({ origin: period, children });
    }
    const due = (outcome === 'payable' ? BASE : 0) + arrears;
    if (isWrong(household, period)) {
      totals.payeeHeld += due;
      if (due > 0) account.owed.push({ origin: period, amount: due, attempt: 0 });
      continue;
    }
    if (due > 0) orders.push({ household: household.id, purpose: 'transfer', amount: due, attempt: 1 });
    for (const { origin, amount, attempt } of account.owed) {
      const again = attempt + 1;
      orders.push({ household: household.id, purpose: `reissue:${origin}:${again}`, amount, attempt: again });
      totals.reissued += amount;
    }
    account.owed = [];
  }
  return { totals, orders };
}

/** Books what the published reconciliation says of every order. */
function book(ledger: Map<string, Account>, rows: readonly Row[], period: Period): void {
  for (const row of rows) {
    const account = ledger.get(row.payee_id!)!;
    const amount = cents(row.amount!);
    const origin = (row.purpose!.startsWith('reissue:') ? row.purpose!.split(':')[1] : period) as Period;
    if (row.state === 'paid') account.paid += amount;
    else account.owed.push({ origin, amount, attempt: Number(row.attempt) });
  }
}

describe.each([11])('three periods, seed %i', (seed) => {
  test('agree with a ledger kept by hand, to the cent, and pay nothing twice', async () => {
    const out = join(root, `out-${seed}`);
    const all = households(seed);
    const ledger = new Map(
      all.map(({ id }): [string, Account] => [
        id,
        { entitled: 0, paid: 0, forfeited: 0, held: [], owed: [] },
      ]),
    );
    const paidOnce = new Set<string>();
    const seen = {
      arrears: 0,
      lapsed: 0,
      reissued: 0,
      payeeHeld: 0,
      states: new Set<string>(),
      ids: new Set<string>(),
      orders: [] as string[],
    };
    for (const period of PERIODS) {
      const input = writeInput(all, period);
      const { code, stderr, stdout } = await cumple(
        ...['cycle', 'run', '--programme', 'juntos', '--period', period, '--roster', input],
        ...['--evidence', join(input, 'evidence.csv'), '--bank', 'simulate', '--seed', String(seed)],
        ...['--every-outcome', '--out', out, '--json'],
      );
      expect(code, stderr).toBe(0);
      const { totals, orders } = expectPeriod(ledger, all, period);

      const list = csv(reports(out, period, 'payment-list.csv'));
      const ordered = list.map((row) => ({
        household: row.payee_id!,
        purpose: row.purpose!,
        amount: cents(row.amount!),
        attempt: Number(row.attempt),
      }));
      expect(ordered.map(key).sort()).toEqual(orders.map(key).sort());
      for (const row of list) {
        expect(seen.ids.has(row.end_to_end_id!), 'an id is never used again').toBe(false);
        seen.ids.add(row.end_to_end_id!);
      }

      const report = JSON.parse(reports(out, period, 'report.json'));
      const { transfers, bridge, instructions, bank } = report;
      expect({
        ...Object.fromEntries(
          ['entitled', 'payable', 'held', 'forfeited', 'arrears', 'lapsed'].map((name) => [
            name,
            cents(transfers[name]),
          ]),
        ),
        reissued: cents(bridge.reissued),
        payeeHeld: cents(bridge.payeeHeld),
      }).toEqual(totals);
      expect(totals.payable + totals.held + totals.forfeited).toBe(totals.entitled);
      expect(cents(instructions.total)).toBe(sum(orders.map(({ amount }) => amount)));
      expect(totals.payable + totals.arrears + totals.reissued - totals.payeeHeld).toBe(
        cents(instructions.total),
      );

      const rows = csv(reports(out, period, 'reconciliation.csv'));
      expect(rows).toHaveLength(list.length);
      for (const state of Object.keys(bank)) {
        const those = rows.filter((row) => row.state === state);
        expect({ count: those.length, amount: sum(those.map((row) => cents(row.amount!))) }, state).toEqual({
          count: bank[state].count,
          amount: cents(bank[state].amount),
        });
        if (those.length > 0) seen.states.add(state);
      }
      expect(bank.exception.count + bank.pending.count).toBe(0);
      expect(Object.values(JSON.parse(stdout).identities)).toEqual(['0.00', '0.00', '0.00']);
      for (const row of rows.filter(({ state }) => state === 'paid')) {
        const origin = row.purpose!.startsWith('reissue:') ? row.purpose!.split(':')[1] : period;
        const money = `${row.payee_id} ${origin}`;
        expect(paidOnce.has(money), `${money} is paid once`).toBe(false);
        paidOnce.add(money);
      }

      // The bank's files carry the same money as the list.
      const outbox = join(out, 'bank/outbox/juntos', period);
      const amounts = readdirSync(outbox).flatMap((name) =>
        [...readFileSync(join(outbox, name), 'utf8').matchAll(/<InstdAmt Ccy="PEN">([\d.]+)</g)].map((m) =>
          cents(m[1]!),
        ),
      );
      expect(sum(amounts)).toBe(cents(instructions.total));

      book(ledger, rows, period);
      seen.orders.push(...orders.map(key));
      seen.arrears += totals.arrears;
      seen.lapsed += totals.lapsed;
      seen.reissued += totals.reissued;
      seen.payeeHeld += totals.payeeHeld;
      for (const [id, account] of ledger) {
        const open = account.held.length * BASE + sum(account.owed.map(({ amount }) => amount));
        expect(account.paid + open + account.forfeited, `${id} after ${period}`).toBe(account.entitled);
      }
    }
    // The three periods met everything that they were to meet.
    expect(seen.arrears).toBeGreaterThan(0);
    expect(seen.lapsed).toBeGreaterThan(0);
    expect(seen.reissued).toBeGreaterThan(0);
    expect(seen.payeeHeld).toBeGreaterThan(0);
    expect([...seen.states].sort()).toEqual(['paid', 'rejected', 'returned', 'unclaimed']);
    expect(seen.orders, 'who is no longer in the programme').toContain(`${LOSES} reissue:2025-09:2 20000 #2`);
    expect(seen.orders, 'who came back').toContain(`${LEAVES} reissue:2025-09:2 20000 #2`);
  });
});
