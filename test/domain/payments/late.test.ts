import { describe, expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import { seeded } from '../../../domain/kernel/random.ts';
import { LATE_EFFECTS, lateAnswer } from '../../../domain/payments/late.ts';
import {
  RECONCILED_STATES,
  type ReconciledLine,
  type ReconciledState,
} from '../../../domain/payments/reconciled-line.ts';
import { reissuable, type Undelivered } from '../../../domain/payments/undelivered.ts';

const line = (state: ReconciledState, over: Partial<ReconciledLine> = {}): ReconciledLine => ({
  endToEndId: 'E1',
  uetr: 'u',
  programme: 'p',
  cycle: '2025-09',
  payeeKind: 'household',
  payeeId: 'H1',
  purpose: 'transfer',
  attempt: 1,
  method: 'account',
  territory: '',
  amountMinor: minor(20_000),
  currency: 'PEN',
  state,
  bankStatus: 'ACSP',
  debitedMinor: minor(0),
  returnedMinor: minor(0),
  ...over,
});

/** Another cycle's money of the same payee, which no answer about E1 may touch. */
const OTHER: Undelivered = {
  origin: '2025-07' as Undelivered['origin'],
  amountMinor: minor(5_000),
  why: 'returned',
  attempt: 1,
  endToEndId: 'E0',
};

/** What a payment leaves owed, by hand; `lapses`: nobody may collect it any more. */
const owedBy = (now: ReconciledLine, lapses = false): Undelivered | undefined => {
  if (now.state === 'paid' || (now.state === 'unclaimed' && lapses)) return undefined;
  const why = now.state === 'exception' ? 'pending' : now.state;
  return {
    ...OTHER,
    origin: '2025-09' as Undelivered['origin'],
    amountMinor: now.amountMinor,
    why,
    endToEndId: 'E1',
  };
};

// known: the states in which earlier cycles knew the payment. carried: why it is owed (-: it is not). then: why it is owed afterwards.
const TABLE = `
  known               | now       | carried  | lapses | effect   | then
  pending             | paid      | pending  | no     | arrived  | -
  exception           | paid      | pending  | no     | arrived  | -
  pending             | rejected  | pending  | no     | owed     | rejected
  pending             | returned  | pending  | no     | owed     | returned
  pending             | unclaimed | pending  | no     | owed     | unclaimed
  pending             | unclaimed | pending  | yes    | lapsed   | -
  exception           | returned  | pending  | no     | owed     | returned
  paid                | returned  | -        | no     | owed     | returned
  paid                | rejected  | -        | no     | owed     | rejected
  paid                | unclaimed | -        | no     | owed     | unclaimed
  paid                | unclaimed | -        | yes    | lapsed   | -
  pending             | pending   | pending  | no     | nothing  | pending
  paid                | paid      | -        | no     | nothing  | -
  returned            | returned  | returned | no     | nothing  | returned
  pending             | exception | pending  | no     | nothing  | pending
  returned            | rejected  | returned | no     | nothing  | returned
  returned            | rejected  | -        | no     | nothing  | -
  paid                | exception | -        | no     | in_doubt | pending
  paid                | pending   | -        | no     | in_doubt | pending
  returned            | paid      | returned | no     | in_doubt | pending
  rejected            | exception | rejected | no     | in_doubt | pending
  unclaimed           | exception | unclaimed| no     | in_doubt | pending
  returned            | paid      | -        | no     | too_late | -
  rejected            | exception | -        | no     | too_late | -
  unclaimed           | exception | -        | yes    | too_late | -
  returned,paid       | returned  | -        | no     | too_late | -
  returned,exception  | returned  | -        | no     | nothing  | -
  returned,paid       | exception | -        | no     | too_late | -
  returned,exception  | paid      | -        | no     | too_late | -
  paid,exception      | returned  | pending  | no     | owed     | returned
  paid,exception      | paid      | pending  | no     | arrived  | -
  returned,exception  | returned  | pending  | no     | owed     | returned
  returned,paid       | exception | pending  | no     | nothing  | pending
`;
const rows = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((row) => row.split('|').map((cell) => cell.trim()));

describe('a late answer', () => {
  it.each(rows)(
    'known %s, now %s, carried %s, lapses %s: %s',
    (known, now, carried, lapses, effect, then) => {
      const item = (why: string): Undelivered[] =>
        why === '-' ? [] : [{ ...owedBy(line('returned'))!, why: why as Undelivered['why'] }];
      const before = [OTHER, ...item(carried!)];
      const late = lateAnswer({
        known: known!.split(',').map((state) => line(state as ReconciledState)),
        now: line(now as ReconciledState),
        carried: before,
        owed: owedBy(line(now as ReconciledState), lapses === 'yes'),
      });
      expect(late?.answer.effect ?? 'nothing').toBe(effect);
      const after = late?.carried ?? before;
      expect(after[0]).toBe(OTHER);
      expect(after.slice(1).map(({ why }) => why)).toEqual(then === '-' ? [] : [then]);
      // Whatever is owed is the whole payment, once.
      for (const { amountMinor, endToEndId, attempt } of after.slice(1))
        expect([amountMinor, endToEndId, attempt]).toEqual([20_000, 'E1', 1]);
    },
  );

  it('leaves what is left of the amount where a recovery has taken a part of it', () => {
    const part = { ...owedBy(line('returned'))!, amountMinor: minor(8_000) };
    const doubt = lateAnswer({
      known: [line('returned')],
      now: line('paid'),
      carried: [part],
      owed: owedBy(line('paid')),
    })!;
    expect(doubt.carried).toEqual([{ ...part, why: 'pending' }]);
    const known = [line('returned'), line('paid')];
    const now = line('returned');
    expect(lateAnswer({ known, now, carried: doubt.carried, owed: owedBy(now) })!.carried).toEqual([part]);
  });

  it('is in doubt where all of it came of which a part had been set off as lost, and owes the rest if it comes back', () => {
    const part = { ...owedBy(line('returned'))!, amountMinor: minor(8_000), why: 'pending' as const };
    const known = [line('returned'), line('pending')];
    const came = lateAnswer({ known, now: line('paid'), carried: [part], owed: undefined })!;
    expect([came.answer.effect, came.carried]).toEqual(['in_doubt', [part]]);
    const now = line('returned');
    const back = { known: [...known, line('paid')], now, carried: came.carried, owed: owedBy(now) };
    expect(lateAnswer(back)).toMatchObject({ answer: { effect: 'owed' }, carried: [{ amountMinor: 8_000 }] });
  });

  it('has every effect in the table', () => {
    const seen = new Set(rows.map(([, , , , effect]) => effect));
    expect(LATE_EFFECTS.filter((effect) => !seen.has(effect))).toEqual([]);
  });
});

// A payment through ten cycles, of which each takes any new state from the bank and may order again what it owes.
describe.each([1, 2, 3, 4])('whatever the bank says late, seed %i', (seed) => {
  const draw = seeded(seed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(draw() * all.length)]!;

  it('the payment is owed at most once, and never again once it was ordered again', () => {
    for (let life = 0; life < 500; life++) {
      const known = [line(pick(RECONCILED_STATES))];
      const first = owedBy(known[0]!);
      let carried: readonly Undelivered[] = first ? [first] : [];
      let orderedAgain = false;
      for (let cycle = 0; cycle < 10; cycle++) {
        const now = line(pick(RECONCILED_STATES));
        const late = lateAnswer({ known, now, carried, owed: owedBy(now) });
        carried = late?.carried ?? carried;
        known.push(now);
        expect(carried.length).toBeLessThanOrEqual(1);
        if (orderedAgain) expect(carried).toEqual([]);
        // Until an answer is taken back a second time, what is owed is what one fold of everything leaves.
        const states = known.map(({ state }) => state);
        const lost = states.findIndex((state) => ['rejected', 'returned', 'unclaimed'].includes(state));
        const takenBack = lost >= 0 && states.indexOf('paid', lost) >= 0;
        if (!orderedAgain && !takenBack) expect(carried).toHaveLength(owedBy(now) ? 1 : 0);
        if (!orderedAgain && ['pending', 'exception'].includes(now.state))
          expect(reissuable(carried)).toEqual([]);
        if (reissuable(carried).length > 0 && draw() < 0.5) {
          orderedAgain = true;
          carried = [];
        }
      }
    }
  });
});
