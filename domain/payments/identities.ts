import { assert } from '../kernel/assert.ts';
import { type Currency, formatAmount, type Minor, minor } from '../kernel/money.ts';
import { isStray, type ReconException } from './exceptions.ts';
import { RECONCILED_STATES, type ReconciledLine } from './reconciled-line.ts';
import { isSettled, type ReconciliationTotals } from './reconciliation-totals.ts';

/** One statement's figures in minor units, credit positive. */
export type StatementSummary = {
  readonly account: string;
  readonly id: string;
  readonly sequence?: string;
  readonly date: string;
  readonly openingMinor: Minor;
  readonly entriesMinor: Minor;
  readonly closingMinor: Minor;
};
export type IdentityName = 'instructed' | 'netDebits' | 'balance';
/** What explains a part of a difference: a payment, a stray movement or a statement. */
export type Difference = { readonly ref: string; readonly reason: string; readonly amountMinor: Minor };
export type Identity = {
  readonly name: IdentityName;
  readonly leftMinor: Minor;
  readonly rightMinor: Minor;
  /** left - right. */
  readonly differenceMinor: Minor;
  /** Every line that contributes; they add up to the difference, exactly. */
  readonly listed: readonly Difference[];
};

/**
 * instructed = rejected + paid + returned + unclaimed + pending + in exception. `instructedMinor` comes from
 * the payment files' control sums, so that a line lost on the way shows.
 */
export function instructedIdentity(instructedMinor: Minor, totals: ReconciliationTotals): Identity {
  const right = RECONCILED_STATES.reduce((sum, state) => sum + totals.states[state].sumMinor, 0);
  const difference = instructedMinor - right;
  const listed: Difference[] =
    difference === 0
      ? []
      : [{ ref: 'payment files', reason: 'LINES_MISSING', amountMinor: minor(difference) }];
  return identity('instructed', instructedMinor, right, listed);
}

/** What a line adds to the difference between booked net debits and settled money; undefined where nothing. */
export function debitDifference(line: ReconciledLine): Difference | undefined {
  const off = line.debitedMinor - line.returnedMinor - (isSettled(line) ? line.amountMinor : 0);
  if (off === 0) return undefined;
  return { ref: line.endToEndId, reason: line.reasonCode ?? line.state, amountMinor: minor(off) };
}

/** Statements without those that came again in another file. */
function once(statements: readonly StatementSummary[]): StatementSummary[] {
  const seen = new Map<string, StatementSummary>();
  for (const statement of statements) seen.set(JSON.stringify(Object.entries(statement).sort()), statement);
  return [...seen.values()];
}

/**
 * net debits (debits less returns, strays included) = settled. The differences of lines are gathered with
 * `debitDifference` where the lines pass by, strays come from the exceptions. With `statements` the left side
 * is what the account really moved (less its funding), so that an entry which gave no event shows.
 */
export function netDebitsIdentity(
  totals: ReconciliationTotals,
  lineDifferences: Iterable<Difference>,
  exceptions: Iterable<ReconException>,
  statements?: readonly StatementSummary[],
): Identity {
  const listed = [...lineDifferences];
  for (const item of exceptions)
    if (isStray(item) && item.amountMinor !== 0)
      listed.push({
        ref: item.endToEndId ?? item.eventKey!,
        reason: item.code,
        amountMinor: item.amountMinor,
      });
  const events = totals.netDebitsMinor + totals.strays.sumMinor;
  if (!statements) return identity('netDebits', events, totals.settledMinor, listed);
  const moved = once(statements).reduce((sum, item) => sum - item.entriesMinor, 0);
  const left = moved + totals.otherCredits.sumMinor;
  if (left !== events)
    listed.push({ ref: 'statements', reason: 'ENTRY_WITHOUT_EVENT', amountMinor: minor(left - events) });
  return identity('netDebits', left, totals.settledMinor, listed);
}

/** opening + entries = closing, statement by statement and from one statement to the next. */
export function balanceIdentity(statements: readonly StatementSummary[]): Identity {
  const listed: Difference[] = [];
  let left = 0;
  let right = 0;
  const previous = new Map<string, StatementSummary>();
  for (const statement of once(statements).sort(bySequence)) {
    const before = previous.get(statement.account);
    previous.set(statement.account, statement);
    left += statement.openingMinor + statement.entriesMinor;
    right += statement.closingMinor;
    const off = statement.openingMinor + statement.entriesMinor - statement.closingMinor;
    if (off !== 0) listed.push({ ref: statement.id, reason: 'NOT_FOOTING', amountMinor: minor(off) });
    if (!before) continue;
    left += before.closingMinor;
    right += statement.openingMinor;
    const gap = before.closingMinor - statement.openingMinor;
    if (gap !== 0) listed.push({ ref: statement.id, reason: 'STATEMENT_GAP', amountMinor: minor(gap) });
  }
  return identity('balance', left, right, listed);
}

/** The differences as `cycle run` prints them: `{instructed: "0.00", …}`. */
export function identityDifferences(
  identities: readonly Identity[],
  currency: Currency,
): Record<string, string> {
  return Object.fromEntries(
    identities.map(({ name, differenceMinor }) => [name, formatAmount(differenceMinor, currency)]),
  );
}

function identity(name: IdentityName, left: number, right: number, listed: readonly Difference[]): Identity {
  const difference = left - right;
  const explained = listed.reduce((sum, item) => sum + item.amountMinor, 0);
  assert(
    explained === difference,
    `${name}: differs by ${difference}, the listed lines explain ${explained}`,
  );
  return {
    name,
    leftMinor: minor(left),
    rightMinor: minor(right),
    differenceMinor: minor(difference),
    listed,
  };
}

function bySequence(a: StatementSummary, b: StatementSummary): number {
  if (a.account !== b.account) return a.account < b.account ? -1 : 1;
  const left = Number(a.sequence ?? 'NaN');
  const right = Number(b.sequence ?? 'NaN');
  if (Number.isFinite(left) && Number.isFinite(right) && left !== right) return left - right;
  return a.date === b.date ? (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) : a.date < b.date ? -1 : 1;
}
