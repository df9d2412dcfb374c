import { minor, ZERO } from '../kernel/money.ts';
import type { BankEvent } from './bank-event.ts';
import type { ReconException } from './exceptions.ts';
import type { Instruction } from './instruction.ts';
import { matcher } from './matching.ts';
import { type LineRules, type ReconciledLine, reconcileLine } from './reconciled-line.ts';
import { addLine, emptyTotals, type ReconciliationTotals } from './reconciliation-totals.ts';
import { isRejection } from './status.ts';

export type { ReconciledLine, ReconciledState } from './reconciled-line.ts';

/** The payment file and group that carried an instruction to the bank. */
export type Sent = { readonly messageId: string; readonly paymentInfoId: string };
export type ReconcileInput = {
  readonly instructions: readonly Instruction[];
  /** Events of this bucket, plus every group status of the cycle, in any order, repeated or not. */
  readonly events: Iterable<BankEvent>;
  /** Which file an instruction went out in, so that group statuses find it. */
  readonly sentIn: (instruction: Instruction) => Sent | undefined;
  readonly rules?: Partial<LineRules>;
};
export type Reconciliation = {
  /** One line per instruction, in the order of the instructions. */
  readonly lines: readonly ReconciledLine[];
  readonly exceptions: readonly ReconException[];
  readonly totals: ReconciliationTotals;
  /** Keys of the events that found a payment here (for events that several buckets are shown). */
  readonly matched: ReadonlySet<string>;
};

const DEFAULT_RULES: LineRules = { cashNeedsPickup: true, unclaimedReasons: ['NOAS'], answerDue: false };

/**
 * The state of every instruction of a bucket as a pure fold over bank events: the same for any order and any
 * repetition of the bank's files. Amounts must be equal everywhere, there is no tolerance. What does not fit
 * is listed as an exception and never guessed. An event that belongs to no instruction is UNKNOWN_REF, or OTHER_CYCLE
 * where it is known to be another cycle's (give such events to one bucket only, or use `matched`). Source: ../shared/domain/bank.md, reconciliation.
 */
export function reconcile(input: ReconcileInput): Reconciliation {
  const rules = { ...DEFAULT_RULES, ...input.rules };
  const exceptions: ReconException[] = [];
  const events = withoutDuplicates(input.events, exceptions);
  const match = matcher(input.instructions, events);
  const facts = input.instructions.map(() => ({
    statuses: [] as BankEvent[],
    debits: [] as BankEvent[],
    returns: [] as BankEvent[],
    pickups: [] as BankEvent[],
  }));
  const matched = new Set<string>();
  const strays: { event: BankEvent; conflict: boolean }[] = [];
  const groups: BankEvent[] = [];
  for (const event of events) {
    if (event.kind === 'advice') continue;
    if (event.level !== 'transaction') {
      groups.push(event);
      continue;
    }
    const found = match(event);
    if ('conflict' in found || found.found === undefined) {
      strays.push({ event, conflict: 'conflict' in found });
      continue;
    }
    matched.add(event.eventKey);
    const fact = facts[found.found]!;
    if (event.kind === 'debit') fact.debits.push(event);
    else if (event.kind === 'status') fact.statuses.push(event);
    else if (event.kind === 'cash_paid') fact.pickups.push(event);
    else fact.returns.push(event);
  }
  applyGroups(input, groups, facts);
  const unexplained = strays.filter(({ event }) => {
    if (!bookBatch(input, event, facts)) return true;
    matched.add(event.eventKey);
    return false;
  });
  const lines: ReconciledLine[] = [];
  const totals = emptyTotals();
  input.instructions.forEach((instruction, index) => {
    const { line, exceptions: open } = reconcileLine(instruction, facts[index]!, rules);
    lines.push(line);
    exceptions.push(...open);
    addLine(totals, line);
  });
  for (const { event, conflict } of unexplained) {
    const stray = strayException(event, conflict, lines);
    if (stray) exceptions.push(stray);
    if (event.kind === 'credit' && !stray) {
      totals.otherCredits.count += 1;
      totals.otherCredits.sumMinor = minor(totals.otherCredits.sumMinor + event.amountMinor);
    } else if (stray) addStray(totals, event);
  }
  return { lines, exceptions: exceptions.sort(byCodeThenPlace), totals, matched };
}

/** Same key from another file or place: counted once, listed as DUP_EVENT. The same file twice is no event. */
function withoutDuplicates(events: Iterable<BankEvent>, exceptions: ReconException[]): BankEvent[] {
  const byKey = new Map<string, BankEvent | BankEvent[]>();
  for (const event of events) {
    const known = byKey.get(event.eventKey);
    if (known === undefined) byKey.set(event.eventKey, event);
    else if (Array.isArray(known)) known.push(event);
    else byKey.set(event.eventKey, [known, event]);
  }
  const kept: BankEvent[] = [];
  for (const key of [...byKey.keys()].sort()) {
    const found = byKey.get(key)!;
    if (!Array.isArray(found)) {
      kept.push(found);
      continue;
    }
    const places = new Map(found.map((event) => [`${event.fileHash} ${event.ref}`, event]));
    const event = places.get([...places.keys()].sort()[0]!)!;
    kept.push(event);
    if (places.size === 1 || event.kind === 'advice') continue;
    exceptions.push({
      code: 'DUP_EVENT',
      ...(event.endToEndId !== undefined && { endToEndId: event.endToEndId }),
      eventKey: key,
      amountMinor: ZERO,
      currency: event.currency,
      since: event.bookingDate,
      detail: `${event.kind} said ${places.size} times`,
    });
  }
  return kept;
}

type Facts = { statuses: BankEvent[]; debits: BankEvent[] };

/**
 * Statuses of a file or of a payment group. RJCT covers all its payments; PART says nothing; any other code
 * covers the payments that have no status of their own.
 */
function applyGroups(input: ReconcileInput, groups: readonly BankEvent[], facts: readonly Facts[]): void {
  const byTarget = new Map<string, BankEvent[]>();
  for (const event of groups) {
    if (event.status === 'PART' || event.messageId === undefined) continue;
    const target =
      event.level === 'group' ? event.messageId : `${event.messageId}\u001f${event.paymentInfoId}`;
    const known = byTarget.get(target);
    if (known) known.push(event);
    else byTarget.set(target, [event]);
  }
  if (byTarget.size === 0) return;
  input.instructions.forEach((instruction, index) => {
    const sent = input.sentIn(instruction);
    if (!sent) return;
    const own = facts[index]!.statuses;
    const listed = own.length > 0;
    for (const target of [sent.messageId, `${sent.messageId}\u001f${sent.paymentInfoId}`])
      for (const event of byTarget.get(target) ?? [])
        if (isRejection(event.status) || !listed) own.push({ ...event, amountMinor: ZERO });
  });
}

/**
 * A batch booked as one debit that names only its payment group: it debits every payment of the group that was
 * not rejected, if and only if their sum is exactly its amount. The whole group must be in this bucket.
 */
function bookBatch(input: ReconcileInput, event: BankEvent, facts: readonly Facts[]): boolean {
  const { kind, paymentInfoId, messageId, endToEndId, uetr, instructionId } = event;
  if (kind !== 'debit' || paymentInfoId === undefined) return false;
  if (endToEndId !== undefined || uetr !== undefined || instructionId !== undefined) return false;
  const members = input.instructions.flatMap((instruction, index) => {
    const sent = input.sentIn(instruction);
    const inGroup =
      sent?.paymentInfoId === paymentInfoId && (messageId === undefined || sent.messageId === messageId);
    return inGroup && !facts[index]!.statuses.some(({ status }) => isRejection(status)) ? [index] : [];
  });
  const total = members.reduce((sum, index) => sum + input.instructions[index]!.amountMinor, 0);
  if (members.length === 0 || total !== event.amountMinor) return false;
  for (const index of members) {
    const { amountMinor, currency } = input.instructions[index]!;
    if (currency !== event.currency) return false;
    facts[index]!.debits.push({ ...event, amountMinor });
  }
  return true;
}

/** A movement or status that found no payment. A plain credit is funding of the account, not a question. */
function strayException(
  event: BankEvent,
  conflict: boolean,
  lines: readonly ReconciledLine[],
): ReconException | undefined {
  if (event.kind === 'credit' && !conflict) return undefined;
  const signed = event.kind === 'debit' ? event.amountMinor : -event.amountMinor;
  const isMoney = event.kind === 'debit' || event.kind === 'return' || event.kind === 'credit';
  const reference = event.endToEndId ?? event.uetr ?? event.servicerRef ?? event.instructionId ?? '';
  const alike =
    event.kind === 'debit' && event.ofCycle === undefined ? lines.filter((line) => isOpen(line, event)) : [];
  return {
    code: event.ofCycle === undefined ? 'UNKNOWN_REF' : 'OTHER_CYCLE',
    ...(event.endToEndId !== undefined && { endToEndId: event.endToEndId }),
    eventKey: event.eventKey,
    amountMinor: isMoney ? minor(signed) : ZERO,
    currency: event.currency,
    since: event.bookingDate,
    detail: conflict
      ? `the references of ${event.kind} ${reference} name two different payments`
      : `${event.kind}${event.status ? ` ${event.status}` : ''} with reference ${reference || '(none)'}`,
    ...(alike.length === 1 && { proposal: alike[0]!.endToEndId }),
  };
}

const isOpen = (line: ReconciledLine, event: BankEvent): boolean =>
  line.state === 'pending' &&
  line.debitedMinor === 0 &&
  line.amountMinor === event.amountMinor &&
  line.currency === event.currency;

function addStray(totals: ReconciliationTotals, event: BankEvent): void {
  const sign = event.kind === 'debit' ? 1 : event.kind === 'return' || event.kind === 'credit' ? -1 : 0;
  totals.strays.count += 1;
  totals.strays.sumMinor = minor(totals.strays.sumMinor + sign * event.amountMinor);
}

function byCodeThenPlace(a: ReconException, b: ReconException): number {
  const left = `${a.code} ${a.endToEndId ?? ''} ${a.eventKey ?? ''}`;
  const right = `${b.code} ${b.endToEndId ?? ''} ${b.eventKey ?? ''}`;
  return left < right ? -1 : left > right ? 1 : 0;
}
