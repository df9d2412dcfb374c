import { formatAmount } from '../../../domain/kernel/money.ts';
import type { Instruction } from '../../../domain/payments/instruction.ts';
import { type Column, csv } from './csv.ts';

/** An instruction, with the payment file that carries it where that is known. */
export type ListedInstruction = Instruction & { readonly messageId?: string };

const COLUMNS: readonly Column<ListedInstruction>[] = [
  { name: 'end_to_end_id', kind: 'plain', value: (row) => row.endToEndId },
  { name: 'uetr', kind: 'plain', value: (row) => row.uetr },
  { name: 'payment_file', kind: 'plain', value: (row) => row.messageId && `${row.messageId}.xml` },
  { name: 'programme', kind: 'plain', value: (row) => row.programme },
  { name: 'cycle', kind: 'plain', value: (row) => row.cycle },
  { name: 'attempt', kind: 'plain', value: (row) => row.attempt },
  { name: 'payee_kind', kind: 'plain', value: (row) => row.payeeKind },
  { name: 'payee_id', kind: 'text', value: (row) => row.payeeId },
  { name: 'payee_name', kind: 'text', value: (row) => row.creditorName },
  { name: 'payee_document', kind: 'text', value: (row) => row.creditorDocument },
  { name: 'territory', kind: 'text', value: (row) => row.territory },
  { name: 'purpose', kind: 'plain', value: (row) => row.purpose },
  { name: 'amount', kind: 'plain', value: (row) => formatAmount(row.amountMinor, row.currency) },
  { name: 'currency', kind: 'plain', value: (row) => row.currency },
  { name: 'method', kind: 'plain', value: (row) => row.method },
  { name: 'account_scheme', kind: 'plain', value: (row) => row.account?.scheme },
  { name: 'account', kind: 'text', value: (row) => row.account?.number },
  { name: 'bank_code', kind: 'text', value: (row) => row.account?.bankCode },
  { name: 'pay_point', kind: 'text', value: (row) => row.payPoint },
  { name: 'parts', kind: 'plain', value: partsOf },
];

/** `transfer 120.00; arrears 60.00 2026-01`: why the amount is what it is. */
function partsOf(row: ListedInstruction): string {
  return row.parts
    .map(({ kind, amountMinor, originCycle }) =>
      [kind, formatAmount(amountMinor, row.currency), originCycle].filter(Boolean).join(' '),
    )
    .join('; ');
}

/** The days of the month on which a payee is paid, where the programme has a calendar. */
export type PayDays = (document: string) => readonly number[] | undefined;

/**
 * The payment list as CSV: one line per instruction, in the order given; amounts as decimal strings. With a calendar
 * each line says its days.
 */
export const paymentListCsv = (
  instructions: Iterable<ListedInstruction> | AsyncIterable<ListedInstruction>,
  days?: PayDays,
): AsyncGenerator<Uint8Array> =>
  csv(
    days
      ? [
          ...COLUMNS,
          { name: 'pay_days', kind: 'plain', value: (row) => days(row.creditorDocument ?? '')?.join(' ') },
        ]
      : COLUMNS,
    instructions,
  );
