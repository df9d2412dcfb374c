import { describe, expect, it } from 'vitest';
import { seeded } from '../../../domain/kernel/random.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import type { EvidenceRow, HouseholdState } from '../../../domain/records/household.ts';
import { type ClosedPeriod, correctHistory } from '../../../domain/transfers/correction.ts';
import { compiled, fact, home, money, number, pay, person, type Run, rule } from './support.ts';

// A household's year with corrections at random times: what reached it, less what it still owes, is what it would
// have got had everything been known in time.

const label = { es: 'uno', en: 'one' };
const parts = {
  parameters: {
    amount: money('100.00'),
    small: money('37.35'),
    third: number('33', 'percent'),
    floor: money('20.00'),
  },
  conditions: [
    {
      ...rule('school'),
      of: { age: { max: 17 } },
      evidence: 'attends',
      check: { type: 'is_true' },
      window: { each: 'month' },
      missing: 'hold',
    },
  ],
  benefits: [
    { ...rule('flat'), kind: 'flat', per: 'month', amount: 'amount' },
    {
      ...rule('child'),
      kind: 'per_member',
      per: 'month',
      bands: [{ who: { age: { max: 17 } }, amount: 'small' }],
      requires: [{ condition: 'school', scope: 'member' }],
    },
  ],
  incompatibilities: [{ programme: 'other', label, effect: 'exclude', attribute: 'off', cite: 'law' }],
  payment: {
    channels: [{ channel: 'cash' }],
    unclaimed: { rule: 'accumulate', cite: 'law' },
    recovery: { percent: 'third', floor: 'floor', cite: 'law' },
  },
};
const MONTHS = Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, '0')}`);
const programmes = MONTHS.map((period) => compiled(parts, period));
const children = ['A', 'B'];
type Known = { off: boolean; said: (boolean | undefined)[] };

const rowsOf = ({ said }: Known, i: number): EvidenceRow[] =>
  children.flatMap((id, at) => (said[at] === undefined ? [] : [fact(id, 'attends', said[at]!, MONTHS[i])]));
const householdOf = ({ off }: Known) =>
  home(
    children.map((id) => person(id)),
    { off },
  );
const sum = (items: readonly { readonly amountMinor: number }[] | undefined) =>
  (items ?? []).reduce((total, { amountMinor }) => total + amountMinor, 0);
const net = (run: Omit<Run, 'state' | 'verdicts'>) =>
  run.payableMinor + run.arrearsMinor - run.recoveredMinor;

/** Twelve cycles as they were run, corrections in between and one at the end; what was known at last. */
function live(seed: number) {
  const random = seeded(seed);
  const draw = (): Known => ({
    off: random() < 0.2,
    said: children.map(() => (random() < 0.2 ? undefined : random() < 0.7)),
  });
  const known: Known[] = [];
  const decided: Run[] = [];
  let state: HouseholdState | undefined;
  let corrections = 0;
  const corrected = (id: string) =>
    unwrap(
      correctHistory(
        decided.map(
          (run, i): ClosedPeriod => ({
            programme: programmes[i]!,
            decided: run,
            household: householdOf(known[i]!),
            evidence: rowsOf(known[i]!, i),
          }),
        ),
        undefined,
        { id, reason: 'late_evidence', submittedBy: 'ana', approvedBy: 'luz', approvedOn: '2025-12-31' },
      ),
    );
  for (let i = 0; i < MONTHS.length; i++) {
    let adjustments: ReturnType<typeof corrected>['adjustments'] = [];
    if (i > 0 && (random() < 0.4 || i === MONTHS.length - 1)) {
      for (const at of known.keys()) if (random() < 0.3) known[at] = draw();
      ({ adjustments, state } = corrected(`R-${i}`));
      corrections += adjustments.length;
    }
    known.push(draw());
    const run = pay(programmes[i]!, householdOf(known[i]!), rowsOf(known[i]!, i), {
      ...(state && { state }),
      adjustments,
    });
    decided.push(run);
    state = run.state;
  }
  return { known, decided, state: state!, corrections, corrected };
}

describe('the life of a household', () => {
  it('received, less what it still owes, is what it would have got had everything been known in time', () => {
    let moved = 0;
    let owing = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const { known, decided, state, corrections } = live(seed);
      const intime: Run[] = [];
      known.forEach((what, i) => {
        const before = intime.at(-1)?.state;
        intime.push(pay(programmes[i]!, householdOf(what), rowsOf(what, i), before ? { state: before } : {}));
      });
      const received = decided.reduce((total, run) => total + net(run), 0);
      const due = intime.reduce((total, run) => total + net(run), 0);
      expect([seed, received - sum(state.recoveries)]).toEqual([seed, due]);
      expect(sum(state.held), `seed ${seed}`).toBe(sum(intime.at(-1)!.state.held));
      // Entitled = paid + held + forfeited over the life, with nothing over.
      const entitled = intime.reduce((total, run) => total + run.entitledMinor, 0);
      const lost = intime.reduce((total, run) => total + run.forfeitedMinor + sum(run.lapsed), 0);
      expect([seed, entitled]).toEqual([seed, due + sum(state.held) + lost]);
      moved += corrections;
      owing += sum(state.recoveries) > 0 ? 1 : 0;
    }
    // The property says little where nothing is corrected, or nothing is left to recover.
    expect(moved).toBeGreaterThan(500);
    expect(owing).toBeGreaterThan(10);
  });

  it('a recovery takes at most the share and leaves the floor; what is left waits, and is not asked for twice', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { decided, state, corrected } = live(seed);
      for (const run of decided) {
        const before = run.payableMinor + run.arrearsMinor;
        if (run.recoveredMinor === 0) continue;
        expect(run.recoveredMinor).toBeLessThanOrEqual(Math.floor(before * 0.33));
        expect(net(run)).toBeGreaterThanOrEqual(2000);
      }
      const asked = corrected('again').adjustments.map(({ kind, amountMinor }) =>
        kind === 'recovery' ? amountMinor : -amountMinor,
      );
      expect([seed, asked.reduce((total, amount) => total + amount, 0)]).toEqual([
        seed,
        sum(state.recoveries),
      ]);
    }
  });
});
