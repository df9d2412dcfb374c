import { byName } from '../kernel/by-name.ts';
import { type Minor, minor, ZERO } from '../kernel/money.ts';
import { RECONCILED_STATES, type ReconciledLine, type ReconciledState } from './reconciled-line.ts';

export type CountAndSum = { count: number; sumMinor: Minor };
/** Totals of a bucket, or of many added up: counts and minor units of one currency. */
export type ReconciliationTotals = {
  instructed: CountAndSum;
  states: Record<ReconciledState, CountAndSum>;
  /** Debits less returns of the instructions, as booked. */
  netDebitsMinor: Minor;
  /** What settled lines (paid, or cash waiting at the pay point) should have taken from the account. */
  settledMinor: Minor;
  /** Movements of payments that belong to no instruction: debits less returns. */
  strays: CountAndSum;
  /** Credits that are no returns: funding of the account. */
  otherCredits: CountAndSum;
  byMethod: Record<'account' | 'cash', Record<ReconciledState, CountAndSum>>;
  byTerritory: Record<string, Record<ReconciledState, CountAndSum>>;
};

const zero = (): CountAndSum => ({ count: 0, sumMinor: ZERO });
const states = (): Record<ReconciledState, CountAndSum> =>
  Object.fromEntries(RECONCILED_STATES.map((state) => [state, zero()])) as Record<
    ReconciledState,
    CountAndSum
  >;

export const emptyTotals = (): ReconciliationTotals => ({
  instructed: zero(),
  states: states(),
  netDebitsMinor: ZERO,
  settledMinor: ZERO,
  strays: zero(),
  otherCredits: zero(),
  byMethod: { account: states(), cash: states() },
  byTerritory: byName(),
});

function count(into: CountAndSum, amount: number, times = 1): void {
  into.count += times;
  into.sumMinor = minor(into.sumMinor + amount);
}

/** Whether the money of this line has left our account for good or is held for its payee. */
export const isSettled = (line: ReconciledLine): boolean =>
  line.state === 'paid' || (line.state === 'pending' && line.reasonCode === 'CASH_AVAILABLE');

export function addLine(totals: ReconciliationTotals, line: ReconciledLine): void {
  count(totals.instructed, line.amountMinor);
  count(totals.states[line.state], line.amountMinor);
  count(totals.byMethod[line.method][line.state], line.amountMinor);
  totals.byTerritory[line.territory] ??= states();
  count(totals.byTerritory[line.territory]![line.state], line.amountMinor);
  totals.netDebitsMinor = minor(totals.netDebitsMinor + line.debitedMinor - line.returnedMinor);
  if (isSettled(line)) totals.settledMinor = minor(totals.settledMinor + line.amountMinor);
}

/** Totals of many buckets of one currency. */
export function mergeTotals(all: Iterable<ReconciliationTotals>): ReconciliationTotals {
  const into = emptyTotals();
  for (const totals of all) {
    count(into.instructed, totals.instructed.sumMinor, totals.instructed.count);
    count(into.strays, totals.strays.sumMinor, totals.strays.count);
    count(into.otherCredits, totals.otherCredits.sumMinor, totals.otherCredits.count);
    into.netDebitsMinor = minor(into.netDebitsMinor + totals.netDebitsMinor);
    into.settledMinor = minor(into.settledMinor + totals.settledMinor);
    for (const territory of Object.keys(totals.byTerritory).sort()) into.byTerritory[territory] ??= states();
    for (const state of RECONCILED_STATES) {
      count(into.states[state], totals.states[state].sumMinor, totals.states[state].count);
      for (const method of ['account', 'cash'] as const) {
        const from = totals.byMethod[method][state];
        count(into.byMethod[method][state], from.sumMinor, from.count);
      }
      for (const [territory, from] of Object.entries(totals.byTerritory))
        count(into.byTerritory[territory]![state], from[state].sumMinor, from[state].count);
    }
  }
  return into;
}
