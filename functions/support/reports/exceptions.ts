import { type Column, csv } from './csv.ts';
import type { ExceptionRow } from './cycle-report.ts';

const COLUMNS: readonly Column<ExceptionRow>[] = [
  { name: 'stage', kind: 'plain', value: (row) => row.stage },
  { name: 'code', kind: 'plain', value: (row) => row.code },
  { name: 'message_es', kind: 'text', value: (row) => row.message.es },
  { name: 'message_en', kind: 'text', value: (row) => row.message.en },
  { name: 'detail_es', kind: 'text', value: (row) => row.detail?.es },
  { name: 'detail_en', kind: 'text', value: (row) => row.detail?.en },
  { name: 'file', kind: 'text', value: (row) => row.file },
  { name: 'line', kind: 'plain', value: (row) => row.line },
  { name: 'subject', kind: 'text', value: (row) => row.subject },
  { name: 'amount', kind: 'plain', value: (row) => row.amount },
  { name: 'next_es', kind: 'text', value: (row) => row.next.es },
  { name: 'next_en', kind: 'text', value: (row) => row.next.en },
];

/** Every exception of a cycle as CSV, in the order given: where it was found, what it means, what to do next. */
export const exceptionsCsv = (
  rows: Iterable<ExceptionRow> | AsyncIterable<ExceptionRow>,
): AsyncGenerator<Uint8Array> => csv(COLUMNS, rows, { bom: true });
