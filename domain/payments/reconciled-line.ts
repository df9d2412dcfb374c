import { formatAmount, type Minor, minor, subtract, sum, ZERO } from '../kernel/money.ts';
import type { BankEvent } from './bank-event.ts';
import type { ExceptionCode, ReconException } from './exceptions.ts';
import type { Instruction } from './instruction.ts';
import { higherStatus, isKnownStatus, isRejection, isSettlement } from './status.ts';

export const RECONCILED_STATES = [
  'paid',
  'rejected',
  'returned',
  'unclaimed',
  'pending',
  'exception',
] as const;
export type ReconciledState = (typeof RECONCILED_STATES)[number];

/** What became of one instruction, with what the bank said and when. */
export type ReconciledLine = {
  readonly endToEndId: string;
  readonly uetr: string;
  readonly programme: string;
  readonly cycle: string;
  readonly payeeKind: 'household' | 'provider';
  readonly payeeId: string;
  readonly purpose: string;
  readonly attempt: number;
  readonly method: 'account' | 'cash';
  readonly territory: string;
  readonly amountMinor: Minor;
  readonly currency: Instruction['currency'];
  readonly state: ReconciledState;
  /** The bank's reason of a rejection or return, or why a pending line waits. */
  readonly reasonCode?: string;
  /** The highest status the bank reported; `SENT` while it said nothing. */
  readonly bankStatus: string;
  readonly statusDate?: string;
  readonly debitDate?: string;
  readonly returnDate?: string;
  readonly pickedUpDate?: string;
  readonly debitedMinor: Minor;
  readonly returnedMinor: Minor;
};

/** Everything the bank said about one instruction, in event-key order. */
export type LineFacts = {
  readonly statuses: readonly BankEvent[];
  readonly debits: readonly BankEvent[];
  readonly returns: readonly BankEvent[];
  readonly pickups: readonly BankEvent[];
};
export type LineRules = {
  readonly cashNeedsPickup: boolean;
  readonly unclaimedReasons: readonly string[];
  /** True once the bank's time to answer is over: silence becomes MISSING_STATUS. */
  readonly answerDue: boolean;
};
type Verdict = { state: ReconciledState; reasonCode?: string | undefined; codes: readonly ExceptionCode[] };

/** The line and the questions that it leaves open. A pure fold of facts: order of arrival has no say. */
export function reconcileLine(
  instruction: Instruction,
  facts: LineFacts,
  rules: LineRules,
): { readonly line: ReconciledLine; readonly exceptions: readonly ReconException[] } {
  const debitedMinor = sum(facts.debits.map((event) => event.amountMinor));
  const returnedMinor = sum(facts.returns.map((event) => event.amountMinor));
  const verdict = judge(instruction, facts, rules);
  const { endToEndId, uetr, programme, cycle, payeeKind, payeeId, purpose, attempt } = instruction;
  const { method, territory, amountMinor, currency } = instruction;
  const all = [...facts.statuses, ...facts.pickups];
  const line: ReconciledLine = {
    ...{ endToEndId, uetr, programme, cycle, payeeKind, payeeId, purpose, attempt },
    ...{ method, territory, amountMinor, currency },
    state: verdict.state,
    ...(verdict.reasonCode && { reasonCode: verdict.reasonCode }),
    bankStatus: all.reduce((status, event) => higherStatus(status, event.status), 'SENT'),
    ...dated('statusDate', all),
    ...dated('debitDate', facts.debits),
    ...dated('returnDate', facts.returns),
    ...dated('pickedUpDate', facts.pickups),
    debitedMinor,
    returnedMinor,
  };
  const unknown = all.filter((event) => event.status !== '' && !isKnownStatus(event.status));
  const codes: ExceptionCode[] = unknown.length > 0 ? [...verdict.codes, 'CODE_UNKNOWN'] : [...verdict.codes];
  return { line, exceptions: codes.map((code) => questionOf(code, line, facts, unknown[0]?.status)) };
}

function judge(instruction: Instruction, facts: LineFacts, rules: LineRules): Verdict {
  const { debits, returns, statuses, pickups } = facts;
  const { amountMinor, currency } = instruction;
  const equal = (event: BankEvent): boolean =>
    event.amountMinor === amountMinor && event.currency === currency;
  const rejections = statuses.filter((event) => isRejection(event.status));
  const rejectReason = rejections.map((event) => event.reasonCode).find((code) => code !== undefined);
  const returnReason = returns.map((event) => event.reasonCode).find((code) => code !== undefined);
  const stated = [...statuses, ...pickups].filter((event) => event.amountMinor > 0);

  if (![...debits, ...stated].every(equal)) return { state: 'exception', codes: ['AMOUNT_DIFF'] };
  if (!returns.every(equal))
    return { state: 'exception', reasonCode: returnReason, codes: ['RETURN_AMOUNT_DIFF'] };
  if (returns.length > debits.length)
    return { state: 'pending', reasonCode: returnReason, codes: ['RETURN_WITHOUT_DEBIT'] };
  const outside = debits.length - returns.length;
  const twice: readonly ExceptionCode[] = debits.length > 1 ? ['DUP_PAYMENT'] : [];
  if (outside > 1) return { state: 'exception', codes: twice };
  if (rejections.length > 0) {
    if (outside === 1)
      return { state: 'exception', reasonCode: rejectReason, codes: [...twice, 'RJCT_BUT_DEBITED'] };
    if (debits.length === 0) return { state: 'rejected', reasonCode: rejectReason, codes: [] };
    return { state: 'rejected', reasonCode: rejectReason ?? returnReason, codes: twice };
  }
  if (outside === 1) return { ...paidOrWaiting(instruction, pickups, rules), codes: twice };
  if (debits.length > 0) return { ...sentBack(instruction, pickups, returnReason, rules, twice) };
  const silent = statuses.length === 0 && pickups.length === 0;
  const settled = [...statuses, ...pickups].some((event) => isSettlement(event.status));
  return {
    state: 'pending',
    reasonCode: settled ? 'DEBIT_NOT_SEEN' : silent ? 'NO_ANSWER' : undefined,
    codes: silent && rules.answerDue ? ['MISSING_STATUS'] : [],
  };
}

function paidOrWaiting(
  instruction: Instruction,
  pickups: readonly BankEvent[],
  rules: LineRules,
): Pick<Verdict, 'state' | 'reasonCode'> {
  if (instruction.method === 'account' || !rules.cashNeedsPickup || pickups.length > 0)
    return { state: 'paid' };
  return { state: 'pending', reasonCode: 'CASH_AVAILABLE' };
}

function sentBack(
  instruction: Instruction,
  pickups: readonly BankEvent[],
  reasonCode: string | undefined,
  rules: LineRules,
  codes: readonly ExceptionCode[],
): Verdict {
  if (pickups.length > 0) return { state: 'exception', reasonCode, codes: [...codes, 'LATE_CLAIM'] };
  const unclaimed =
    instruction.method === 'cash' && reasonCode !== undefined && rules.unclaimedReasons.includes(reasonCode);
  return { state: unclaimed ? 'unclaimed' : 'returned', reasonCode, codes };
}

/** The latest day among events, under the name of a line's field. */
function dated<K extends string>(name: K, events: readonly BankEvent[]): { [P in K]?: string } {
  const day =
    events
      .map((event) => event.bookingDate)
      .sort()
      .at(-1) ?? '';
  return day === '' ? {} : ({ [name]: day } as { [P in K]?: string });
}

function questionOf(
  code: ExceptionCode,
  line: ReconciledLine,
  facts: LineFacts,
  unknownStatus: string | undefined,
): ReconException {
  const net = subtract(line.debitedMinor, line.returnedMinor);
  const amounts: Partial<Record<ExceptionCode, Minor>> = {
    DUP_PAYMENT: minor(net - line.amountMinor),
    AMOUNT_DIFF: minor(net - line.amountMinor),
    RJCT_BUT_DEBITED: net,
    RETURN_WITHOUT_DEBIT: net,
    RETURN_AMOUNT_DIFF: net,
    MISSING_STATUS: line.amountMinor,
    LATE_CLAIM: line.amountMinor,
  };
  const money = (value: Minor): string => formatAmount(value, line.currency);
  const detail =
    code === 'CODE_UNKNOWN'
      ? `status ${unknownStatus}`
      : `instructed ${money(line.amountMinor)}, debited ${money(line.debitedMinor)} in ${facts.debits.length}, returned ${money(line.returnedMinor)} in ${facts.returns.length}`;
  return {
    code,
    endToEndId: line.endToEndId,
    amountMinor: amounts[code] ?? ZERO,
    currency: line.currency,
    since: line.returnDate ?? line.debitDate ?? line.statusDate ?? '',
    detail,
  };
}
