import { sha256 } from '../kernel/hash.ts';
import { type Currency, MINOR_DIGITS, type Minor, parseAmount, ZERO } from '../kernel/money.ts';
import type { Month } from '../kernel/period.ts';
import type { Issue } from '../kernel/result.ts';
import type {
  CreditDebit,
  DetailRecord,
  EntryRecord,
  FileRecord,
  ItemRecord,
  StatementRecord,
  StatusRecord,
} from './bank-record.ts';

/**
 * One thing that a bank said about a payment, append-only. `status`: a pain.002 status of a payment or of the
 * group it was sent in; `cash_paid`: cash was picked up (CPUC); `debit` and `credit`: booked on our account;
 * `return`: a credit that names a return reason or a reversal; `advice`: a notice (camt.052, 054) that moves
 * no money here, because the statement will book it.
 */
export type BankEvent = {
  /** The same event said twice has the same key, whatever file says it. */
  readonly eventKey: string;
  readonly kind: 'status' | 'cash_paid' | 'debit' | 'credit' | 'return' | 'advice';
  readonly level: 'group' | 'payment' | 'transaction';
  /** A pain.002 status code; empty for money. */
  readonly status: string;
  readonly endToEndId?: string;
  readonly uetr?: string;
  readonly servicerRef?: string;
  readonly instructionId?: string;
  readonly messageId?: string;
  readonly paymentInfoId?: string;
  readonly account: string;
  /** 0 for a status that names no amount. */
  readonly amountMinor: Minor;
  readonly currency: string;
  readonly creditDebit?: CreditDebit;
  readonly reversal: boolean;
  /** The booking day; for a status the day its report was created. Empty where the bank gives none. */
  readonly bookingDate: string;
  readonly reasonCode?: string;
  readonly fileHash: string;
  /** The earlier cycle whose payment it is about, in a report of another; the next cycle reconciles it there. */
  readonly ofCycle?: Month;
  /** Where in the file: `status 12`, `1/3/2` for statement, entry, detail. */
  readonly ref: string;
};

export type EventOptions = {
  /** sha256 of the file's bytes. */
  readonly fileHash: string;
  /** `notification`: this bank books by camt.054/052 and sends no statements. Default: `statement`. */
  readonly money?: 'statement' | 'notification';
};

const MONEY_MESSAGES = { statement: ['camt.053', 'MT940'], notification: ['camt.052', 'camt.054'] };

/**
 * The events of one bank file, in file order. Two equal lines in one file are two events (they get an
 * occurrence number), the same line in two files is one. Pending entries give none. An amount that its
 * currency cannot hold exactly gives an issue and no event: the file must be clarified with the bank.
 */
export function bankEvents(
  file: FileRecord,
  records: Iterable<ItemRecord>,
  options: EventOptions,
): { readonly events: readonly BankEvent[]; readonly issues: readonly Issue[] } {
  const events: BankEvent[] = [];
  const issues: Issue[] = [];
  const occurrences = new Map<string, number>();
  const isMoney = MONEY_MESSAGES[options.money ?? 'statement'].includes(file.message);
  let statement: StatementRecord | undefined;
  let entry: EntryRecord | undefined;
  let detailNumber = 0;
  let statusNumber = 0;

  const push = (draft: Draft | Issue): void => {
    if ('code' in draft) {
      issues.push(draft);
      return;
    }
    const base = keyOf(
      draft,
      draft.level === 'transaction' && draft.status === '' ? entry?.servicerRef : undefined,
    );
    const occurrence = (occurrences.get(base) ?? 0) + 1;
    occurrences.set(base, occurrence);
    const eventKey = occurrence === 1 ? base : `${base}#${occurrence}`;
    events.push({ ...draft, eventKey, fileHash: options.fileHash });
  };

  for (const record of records) {
    if (record.type === 'status') {
      statusNumber += 1;
      push(statusEvent(record, file, `status ${statusNumber}`));
    } else if (record.type === 'statement') statement = record;
    else if (record.type === 'entry') {
      entry = record;
      detailNumber = 0;
      if (isBooked(entry) && entry.details === 0) push(moneyEvent(isMoney, statement!, entry));
    } else if (record.type === 'detail' && entry && isBooked(entry)) {
      detailNumber += 1;
      // A batch whose transactions name no amounts is one event: its entry.
      if (record.amount === undefined && entry.details > 1) {
        if (detailNumber === 1) push(moneyEvent(isMoney, statement!, entry, batchOnly(record)));
      } else push(moneyEvent(isMoney, statement!, entry, record, detailNumber));
    }
  }
  return { events, issues };
}

type Draft = Omit<BankEvent, 'eventKey' | 'fileHash'>;

const isBooked = (entry: EntryRecord): boolean => entry.status === 'BOOK' || entry.status === '';
/** The fields that say something; `NOTPROVIDED` says nothing. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== '' && value !== 'NOTPROVIDED') kept[name] = value;
  return kept as { [K in keyof T]?: Exclude<T[K], undefined> };
}

function batchOnly(detail: DetailRecord): DetailRecord {
  const { type, statement, entry, reasonCodes } = detail;
  return {
    type,
    statement,
    entry,
    reasonCodes,
    ...given({ messageId: detail.messageId, paymentInfoId: detail.paymentInfoId }),
  };
}

/** Minor units of a bank's decimal, or why it has none. */
function exact(amount: string, currency: string, ref: string): Minor | Issue {
  const value = currency in MINOR_DIGITS ? parseAmount(amount, currency as Currency) : undefined;
  return value === undefined || value < 0
    ? { code: 'AMOUNT_FORMAT', path: ref, message: `${amount} ${currency} is not an exact amount` }
    : value;
}

function statusEvent(record: StatusRecord, file: FileRecord, ref: string): Draft | Issue {
  const amount = record.amount === undefined ? ZERO : exact(record.amount, record.currency ?? '', ref);
  if (typeof amount !== 'number') return amount;
  const { endToEndId, uetr, servicerRef, instructionId, paymentInfoId } = record;
  return {
    kind: record.status === 'CPUC' ? 'cash_paid' : 'status',
    level: record.level,
    status: record.status,
    account: '',
    amountMinor: amount,
    currency: record.currency ?? '',
    reversal: false,
    bookingDate: (record.acceptedAt ?? file.createdAt ?? '').slice(0, 10),
    ref,
    ...given({ endToEndId, uetr, servicerRef, instructionId, paymentInfoId }),
    ...given({ messageId: record.originalMessageId, reasonCode: record.reasonCodes[0] }),
  };
}

function moneyEvent(
  isMoney: boolean,
  statement: StatementRecord,
  entry: EntryRecord,
  detail?: DetailRecord,
  number?: number,
): Draft | Issue {
  const ref = `${entry.statement}/${entry.entry}${number ? `/${number}` : ''}`;
  const currency = (detail?.amount !== undefined ? detail.currency : entry.currency) ?? entry.currency;
  const amount = exact(detail?.amount ?? entry.amount, currency, ref);
  if (typeof amount !== 'number') return amount;
  const creditDebit = detail?.creditDebit ?? entry.creditDebit;
  if (!creditDebit)
    return { code: 'CREDIT_DEBIT_MISSING', path: ref, message: 'credit or debit is not said' };
  const reasonCode = detail?.reasonCodes[0];
  const credit = reasonCode !== undefined || entry.reversal ? 'return' : 'credit';
  return {
    kind: isMoney ? (creditDebit === 'DBIT' ? 'debit' : credit) : 'advice',
    level: 'transaction',
    status: '',
    account: statement.account,
    amountMinor: amount,
    currency,
    creditDebit,
    reversal: entry.reversal,
    bookingDate: entry.bookingDate ?? entry.valueDate ?? '',
    ref,
    ...given({
      endToEndId: detail?.endToEndId,
      uetr: detail?.uetr,
      // A batch has one reference for all its transactions: it names none of them.
      servicerRef: detail?.servicerRef ?? (entry.details > 1 ? undefined : entry.servicerRef),
      instructionId: detail?.instructionId,
      messageId: detail?.messageId,
      paymentInfoId: detail?.paymentInfoId,
      reasonCode,
    }),
  };
}

/** bank.md: type, account, servicer ref, EndToEndId, amount, currency, debit/credit, reversal, date, code. */
function keyOf(event: Draft, entryRef: string | undefined): string {
  const parts = [
    event.kind,
    event.account,
    event.servicerRef ?? entryRef ?? '',
    event.endToEndId ?? '',
    event.amountMinor,
    event.currency,
    event.creditDebit ?? '',
    event.reversal,
    event.bookingDate,
    event.status || event.reasonCode || '',
  ];
  // What names no payment is told apart by what it does name.
  if (event.endToEndId === undefined)
    parts.push(
      event.uetr ?? '',
      event.instructionId ?? '',
      event.messageId ?? '',
      event.paymentInfoId ?? '',
      event.level,
    );
  return sha256(parts.join('\u001f')).slice(0, 32);
}
