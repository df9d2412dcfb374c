import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { cumple, ROOT } from '../cli/cumple.ts';
import { temporaryRoot } from '../workflow/temporary.ts';

// The evaluation sample of autumn 1998 is not part of the project; it lies beside it where there is one.
const DATA = join(ROOT, '../shared/data/progresa-1998');
const root = mkdtempSync(join(temporaryRoot(), 'cumple-progresa-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const rowsOf = (name: string) =>
  readFileSync(join(DATA, name), 'utf8')
    .replace(/^\uFEFF/, '')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

/** Pesos a month by grade: boys, girls (second half of 1998). */
const GRANTS: Record<string, [number, number]> = {
  '3': [70, 70],
  '4': [80, 80],
  '5': [105, 105],
  '6': [135, 135],
  '7': [200, 210],
  '8': [210, 235],
  '9': [220, 255],
};
const FOOD = 100;
const LIMIT = 625;

/** What every poor household of a programme locality is owed for two months, from the three files alone; pesos. */
function byHand() {
  const households = new Set(
    rowsOf('households.csv')
      .filter(([, , poverty, treatment]) => poverty === 'poor' && treatment === 'programme')
      .map(([id]) => id!),
  );
  const enrolled = new Map(rowsOf('school-enrolment.csv').map(([member, , value]) => [member!, value!]));
  const grants = new Map([...households].map((id) => [id, { all: 0, enrolled: 0, reported: 0 }]));
  for (const [household, member, sex, , grade] of rowsOf('members.csv')) {
    const sums = grants.get(household!);
    const amounts = GRANTS[String(Number(grade))];
    // No grade recorded: no grant.
    if (!sums || !amounts || grade === '') continue;
    // No sex recorded: the lower of the two.
    const grant = sex === 'M' ? amounts[0] : sex === 'F' ? amounts[1] : Math.min(...amounts);
    const said = enrolled.get(member!);
    sums.all += grant;
    if (said === '1') sums.enrolled += grant;
    // No report: not a failure; held until it arrives.
    if (said !== '0') sums.reported += grant;
  }
  const limited = (sum: number) => 2 * (FOOD + Math.min(LIMIT - FOOD, sum));
  const each = [...grants].map(([id, sums]) => ({
    id,
    entitled: limited(sums.all),
    payable: limited(sums.enrolled),
    held: limited(sums.reported) - limited(sums.enrolled),
  }));
  const total = (name: 'entitled' | 'payable' | 'held') => each.reduce((sum, one) => sum + one[name], 0);
  return {
    each,
    eligible: each.length,
    entitled: total('entitled'),
    payable: total('payable'),
    held: total('held'),
  };
}

const pesos = (text: string): number => {
  expect(text).toMatch(/^\d+\.00$/);
  return Number(text.slice(0, -3));
};

test.skipIf(!existsSync(DATA))(
  'PROGRESA, November 1998: every household and every total as worked out by hand (skipped where ../shared/data is absent)',
  async () => {
    const out = join(root, 'out');
    const { code, stdout, stderr } = await cumple(
      ...['cycle', 'run', '--programme', 'progresa-1998', '--period', '1998-11', '--roster', DATA],
      ...['--evidence', join(DATA, 'school-enrolment.csv'), '--bank', 'simulate', '--seed', '1'],
      ...['--out', out, '--json'],
    );
    expect(code, stderr).toBe(0);
    const answer = JSON.parse(stdout);
    const hand = byHand();
    expect(hand.eligible).toBe(7926);
    expect(answer.households).toMatchObject({ total: 15_655, eligible: 7926, entitled: 7926 });
    expect(
      Object.fromEntries(
        Object.entries(answer.transfers as Record<string, string>).map(([name, amount]) => [
          name,
          pesos(amount),
        ]),
      ),
    ).toEqual({
      entitled: hand.entitled,
      lapsed: 0,
      payable: hand.payable,
      held: hand.held,
      forfeited: hand.entitled - hand.payable - hand.held,
      arrears: 0,
    });
    expect(answer.instructions).toEqual({ count: 7926, total: `${hand.payable}.00` });
    expect(answer.identities).toEqual({ instructed: '0.00', netDebits: '0.00', balance: '0.00' });
    const states = Object.values(answer.bank) as { count: number; amount: string }[];
    expect(states.reduce((sum, { count }) => sum + count, 0)).toBe(7926);
    expect(states.reduce((sum, { amount }) => sum + pesos(amount), 0)).toBe(hand.payable);

    const list = readFileSync(join(out, 'reports/progresa-1998/1998-11/payment-list.csv'), 'utf8');
    const paid = new Map(
      list
        .trimEnd()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(','))
        .map((row) => [row[7]!, pesos(row[12]!)]),
    );
    expect(paid).toEqual(new Map(hand.each.map(({ id, payable }) => [id, payable])));
    const outbox = join(out, 'bank/outbox/progresa-1998/1998-11');
    const sent = readdirSync(outbox).map(
      (name) => /<CtrlSum>([\d.]+)</.exec(readFileSync(join(outbox, name), 'utf8'))![1]!,
    );
    expect(sent.reduce((sum, amount) => sum + pesos(amount), 0)).toBe(hand.payable);
  },
  120_000,
);
