import type { BalanceRecord, DetailRecord, EntryRecord } from '../payments/bank-record.ts';
import { decimalSum, sameDecimal } from './decimal.ts';
import type { Sink } from './reader.ts';

const OPENING = ['OPBD', 'PRCD'];

/**
 * Checks one statement while it is read: declared totals (AM18, AM10), opening + booked entries = closing
 * (NOT_FOOTING), entry = sum of its transactions (BATCH_NOT_FOOTING). Exact; a missing sign or figure is an
 * issue of its own and not guessed. `path` is where the statement is in the file.
 */
export function footing(sink: Sink, path: string) {
  let declaredCount: string | undefined;
  let declaredSum: string | undefined;
  let count = 0;
  let opening: BalanceRecord | undefined;
  let closing: BalanceRecord | undefined;
  const gross = decimalSum();
  const net = decimalSum();
  let unsigned = false;
  return {
    declareCount(text: string): void {
      declaredCount = text;
      if (/^\d{1,15}$/.test(text)) sink.declaredCount = (sink.declaredCount ?? 0) + Number(text);
    },
    declareSum(text: string): void {
      declaredSum = text;
      const total = decimalSum();
      if (sink.declaredSum) total.add(sink.declaredSum);
      if (total.add(text)) sink.declaredSum = total.value();
    },
    balance(record: BalanceRecord): void {
      if (OPENING.includes(record.code) && opening?.code !== 'OPBD') opening = record;
      if (record.code === 'CLBD') closing = record;
    },
    entry(
      record: EntryRecord,
      details: readonly { amount?: string | undefined; currency?: string | undefined }[],
    ): void {
      count += 1;
      const at = `${path}/Ntry[${record.entry}]`;
      const known = sink.sum.add(record.amount) && gross.add(record.amount);
      if (!known) sink.issue('AMOUNT_FORMAT', at, `not an amount: ${record.amount}`);
      if (record.status === 'BOOK' || record.status === '') {
        if (known && record.creditDebit) net.add(record.amount, record.creditDebit === 'CRDT' ? 1 : -1);
        else unsigned = true;
      }
      checkDetails(sink, at, record, details);
    },
    end(): void {
      if (declaredCount !== undefined && Number(declaredCount) !== count)
        sink.issue('AM18', `${path}/TxsSummry`, `declares ${declaredCount} entries, has ${count}`);
      if (declaredSum !== undefined && !sameDecimal(declaredSum, gross.value()))
        sink.issue(
          'AM10',
          `${path}/TxsSummry`,
          `declares a sum of ${declaredSum}, entries add up to ${gross.value()}`,
        );
      if (!opening || !closing) return;
      if (unsigned || !opening.creditDebit || !closing.creditDebit) {
        sink.issue(
          'CREDIT_DEBIT_MISSING',
          path,
          'credit or debit is not said, so the balances cannot be checked',
        );
        return;
      }
      const off = decimalSum();
      off.add(opening.amount, opening.creditDebit === 'CRDT' ? 1 : -1);
      off.add(closing.amount, closing.creditDebit === 'CRDT' ? -1 : 1);
      const entries = net.value();
      off.add(entries.replace('-', ''), entries.startsWith('-') ? -1 : 1);
      if (!off.isZero())
        sink.issue('NOT_FOOTING', path, `opening plus entries differs from closing by ${off.value()}`);
    },
  };
}
export type Footing = ReturnType<typeof footing>;

function checkDetails(
  sink: Sink,
  path: string,
  entry: EntryRecord,
  details: readonly Pick<DetailRecord, never>[],
): void {
  const amounts = details as readonly { amount?: string; currency?: string; creditDebit?: string }[];
  if (amounts.length < 2) return;
  const total = decimalSum();
  for (const { amount, currency, creditDebit } of amounts) {
    if (amount === undefined || currency !== entry.currency) return;
    const sign = creditDebit && entry.creditDebit && creditDebit !== entry.creditDebit ? -1 : 1;
    if (!total.add(amount, sign)) return;
  }
  if (!sameDecimal(total.value(), entry.amount))
    sink.issue(
      'BATCH_NOT_FOOTING',
      path,
      `transactions add up to ${total.value()}, the entry is ${entry.amount}`,
    );
}
