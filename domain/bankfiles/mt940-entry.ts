import type { CreditDebit, DetailRecord } from '../payments/bank-record.ts';
import { clean } from './camt-fields.ts';
import { swiftAmount, swiftDay } from './mt940.ts';

export type EntryLine = {
  readonly valueDate: string;
  readonly bookingDate?: string;
  readonly creditDebit: CreditDebit;
  readonly reversal: boolean;
  readonly amount: string;
  readonly typeCode: string;
  /** What we called it; `NONREF` where the bank lost it. */
  readonly customerRef: string;
  readonly servicerRef?: string;
  readonly supplement: string;
};

const LINE =
  /^(\d{6})(\d{4})?(RC|RD|EC|ED|C|D)([A-Z])?(\d[\d,]*)\s*([A-Z][A-Z0-9]{2,3})?(?:([^\n]*?)(?:\/\/([^\n]*))?)?(?:\n([\s\S]*))?$/;

/**
 * `:61:` value date, booking day, mark, amount, type, our reference, `//` theirs, supplement. RC takes a credit
 * back (a debit), RD a debit (a credit). Undefined where it is not one, even with wrapped lines joined.
 */
export function entryLine(text: string): EntryLine | undefined {
  const match = LINE.exec(text) ?? LINE.exec(text.replace('\n', ''));
  if (!match) return undefined;
  const [, value, booked, mark, , amount, typeCode = '', customerRef = '', servicerRef, supplement] = match;
  const credit = mark === 'C' || mark === 'EC' || mark === 'RD';
  return {
    valueDate: swiftDay(value!),
    ...(booked && { bookingDate: bookingDay(value!, booked) }),
    creditDebit: credit ? 'CRDT' : 'DBIT',
    reversal: mark === 'RC' || mark === 'RD',
    amount: swiftAmount(amount!),
    typeCode,
    customerRef: customerRef.trim(),
    ...(servicerRef?.trim() && servicerRef.trim() !== 'NONREF' && { servicerRef: servicerRef.trim() }),
    supplement: supplement ?? '',
  };
}

/** The booking day carries no year: it is the one that brings it nearest to the value day. */
function bookingDay(value: string, booked: string): string {
  const months = Number(booked.slice(0, 2)) - Number(value.slice(2, 4));
  const year = Number(swiftDay(value).slice(0, 4)) + (months > 6 ? -1 : months < -6 ? 1 : 0);
  return `${year}-${booked.slice(0, 2)}-${booked.slice(2)}`;
}

/** Words in our reference's place that name no payment. */
const NO_REFERENCE = new Set(['', 'NONREF', 'EREF', 'KREF', 'KREF+', 'NOTPROVIDED']);

/**
 * What `:86:` says of a transaction. The EndToEndId is its EREF (German `?20EREF+` or Dutch `/EREF/`), else our
 * reference of `:61:`. A returned item without a reason code gets NARR, because the reason is in the text.
 */
export function detailOf(
  line: EntryLine,
  text: string,
): Omit<DetailRecord, 'type' | 'statement' | 'entry' | 'currency'> {
  // German texts number their 27-character pieces (?20 to ?29): joined, a reference is whole again.
  const joined = text.replace(/\n/g, '');
  const german = /^\d{3}\?/.test(joined);
  const piece = (...codes: number[]): string =>
    codes.map((code) => new RegExp(`\\?${code}([^?]*)`).exec(joined)?.[1] ?? '').join('');
  const remittance = german ? piece(20, 21, 22, 23, 24, 25, 26, 27, 28, 29) : joined;
  const eref =
    /(?:^|[^A-Z])EREF\+(.*?)(?=\s*(?:[A-Z]{4}\+|$))/.exec(remittance)?.[1] ??
    /\/EREF\/([^/]+)/.exec(joined)?.[1];
  const reason = /\/RTRN\/([A-Z0-9]{4})/.exec(joined)?.[1];
  const returned = /^[NSF]?RTI$/.test(line.typeCode);
  const ours = NO_REFERENCE.has(line.customerRef) ? undefined : line.customerRef;
  return {
    ...clean<object>({
      endToEndId: eref?.trim() || ours,
      servicerRef: line.servicerRef,
      amount: line.amount,
      counterparty: (german ? piece(32, 33) : (/\/NAME\/([^/]+)/.exec(joined)?.[1] ?? '')).trim(),
      text: text.replace(/\s*\n\s*/g, ' ').trim(),
    }),
    reasonCodes: reason ? [reason] : returned ? ['NARR'] : [],
  };
}
