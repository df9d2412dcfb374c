import { formatAmount } from '../../../domain/kernel/money.ts';
import type { ReconciledLine } from '../../../domain/payments/reconciled-line.ts';
import { type Column, csv } from './csv.ts';
import { reasonText } from './reason-texts.ts';
import { BANK_STATE_WORDS } from './words.ts';

const COLUMNS: readonly Column<ReconciledLine>[] = [
  { name: 'end_to_end_id', kind: 'plain', value: (row) => row.endToEndId },
  { name: 'uetr', kind: 'plain', value: (row) => row.uetr },
  { name: 'programme', kind: 'plain', value: (row) => row.programme },
  { name: 'cycle', kind: 'plain', value: (row) => row.cycle },
  { name: 'payee_kind', kind: 'plain', value: (row) => row.payeeKind },
  { name: 'payee_id', kind: 'text', value: (row) => row.payeeId },
  { name: 'territory', kind: 'text', value: (row) => row.territory },
  { name: 'purpose', kind: 'plain', value: (row) => row.purpose },
  { name: 'attempt', kind: 'plain', value: (row) => row.attempt },
  { name: 'method', kind: 'plain', value: (row) => row.method },
  { name: 'amount', kind: 'plain', value: (row) => formatAmount(row.amountMinor, row.currency) },
  { name: 'currency', kind: 'plain', value: (row) => row.currency },
  { name: 'state', kind: 'plain', value: (row) => row.state },
  { name: 'state_es', kind: 'plain', value: (row) => BANK_STATE_WORDS[row.state].es },
  { name: 'bank_status', kind: 'plain', value: (row) => row.bankStatus },
  { name: 'status_date', kind: 'plain', value: (row) => row.statusDate },
  { name: 'debit_date', kind: 'plain', value: (row) => row.debitDate },
  { name: 'return_date', kind: 'plain', value: (row) => row.returnDate },
  { name: 'picked_up_date', kind: 'plain', value: (row) => row.pickedUpDate },
  { name: 'debited', kind: 'plain', value: (row) => formatAmount(row.debitedMinor, row.currency) },
  { name: 'returned', kind: 'plain', value: (row) => formatAmount(row.returnedMinor, row.currency) },
  { name: 'reason_code', kind: 'text', value: (row) => row.reasonCode },
  { name: 'reason_es', kind: 'text', value: (row) => reasonText(row.reasonCode)?.es },
  { name: 'reason_en', kind: 'text', value: (row) => reasonText(row.reasonCode)?.en },
];

/** The reconciliation as CSV: one line per instruction with its state, the bank's dates, amounts and reason. */
export const reconciliationCsv = (
  lines: Iterable<ReconciledLine> | AsyncIterable<ReconciledLine>,
): AsyncGenerator<Uint8Array> => csv(COLUMNS, lines);
