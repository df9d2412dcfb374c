import { createHash } from 'node:crypto';
import { type Currency, formatAmount, type Minor, minor } from '../kernel/money.ts';
import type { Instruction } from './instruction.ts';
import { type ReconciledLine, reconcileLine } from './reconciled-line.ts';
import type { Sent } from './reconciliation.ts';

/** Columns of the bank's reconciliation file, in order; the names are part of its contract with the bank. */
export const CONTROL_COLUMNS = [
  'record',
  'message_id',
  'payment_info_id',
  'end_to_end_id',
  'uetr',
  'payee_kind',
  'payee_id',
  'purpose',
  'attempt',
  'method',
  'amount',
  'currency',
  'state',
  'reason',
  'bank_status',
  'status_date',
  'debit_date',
  'pickup_date',
  'return_date',
] as const;

const NO_FACTS = { statuses: [], debits: [], returns: [], pickups: [] };
const NO_RULES = { cashNeedsPickup: true, unclaimedReasons: [], answerDue: false };

/** The line of an instruction about which the bank has said nothing yet: pending, `NO_ANSWER`. */
export const sentLine = (instruction: Instruction): ReconciledLine =>
  reconcileLine(instruction, NO_FACTS, NO_RULES).line;

/**
 * The bank's reconciliation file as CSV in chunks: a `line` record for each instruction with its ids, amount
 * and state, then a `total` record for each state that occurs, and an `end` record with the count, the sum
 * and the sha256 of all bytes before it. One currency. Ends of line are CRLF, as RFC 4180 has them.
 */
export function* controlFile(
  lines: Iterable<ReconciledLine>,
  sentIn: (line: ReconciledLine) => Sent | undefined,
  currency: Currency,
): Generator<string> {
  const digest = createHash('sha256');
  const totals = new Map<string, { count: number; sumMinor: Minor }>();
  let count = 0;
  let total = 0;
  let buffer = row([...CONTROL_COLUMNS]);
  for (const line of lines) {
    buffer += lineRow(line, sentIn(line));
    const state = totals.get(line.state) ?? { count: 0, sumMinor: minor(0) };
    totals.set(line.state, {
      count: state.count + 1,
      sumMinor: minor(state.sumMinor + line.amountMinor),
    });
    count += 1;
    total += line.amountMinor;
    if (buffer.length < 65_536) continue;
    digest.update(buffer);
    yield buffer;
    buffer = '';
  }
  for (const state of [...totals.keys()].sort()) {
    const { count: lineCount, sumMinor } = totals.get(state)!;
    buffer += totalRow('total', lineCount, sumMinor, currency, state, '');
  }
  digest.update(buffer);
  yield buffer + totalRow('end', count, minor(total), currency, '', digest.digest('hex'));
}

function lineRow(line: ReconciledLine, sent: Sent | undefined): string {
  return row([
    'line',
    sent?.messageId ?? '',
    sent?.paymentInfoId ?? '',
    line.endToEndId,
    line.uetr,
    line.payeeKind,
    text(line.payeeId),
    text(line.purpose),
    String(line.attempt),
    line.method,
    formatAmount(line.amountMinor, line.currency),
    line.currency,
    line.state,
    text(line.reasonCode ?? ''),
    line.bankStatus,
    line.statusDate ?? '',
    line.debitDate ?? '',
    line.pickedUpDate ?? '',
    line.returnDate ?? '',
  ]);
}

/** Totals keep the columns: the count stands under `end_to_end_id`, the checksum under `uetr`. */
function totalRow(
  record: 'total' | 'end',
  count: number,
  sumMinor: Minor,
  currency: Currency,
  state: string,
  sha256: string,
): string {
  const cells: string[] = CONTROL_COLUMNS.map(() => '');
  cells[0] = record;
  cells[3] = String(count);
  cells[4] = sha256;
  cells[10] = formatAmount(sumMinor, currency);
  cells[11] = currency;
  cells[12] = state;
  return row(cells);
}

/** A text cell that a spreadsheet cannot take for a formula. */
const text = (value: string): string => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);
const row = (cells: readonly string[]): string =>
  `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\r\n`;
