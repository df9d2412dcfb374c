import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import { month } from '../../../domain/kernel/period.ts';
import { type Column, csv, harmless } from '../../../functions/support/reports/csv.ts';
import { exceptionsCsv } from '../../../functions/support/reports/exceptions.ts';
import { type ListedInstruction, paymentListCsv } from '../../../functions/support/reports/payment-list.ts';
import { reconciliationCsv } from '../../../functions/support/reports/reconciliation-csv.ts';
import { exceptions } from './fixture.ts';

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString('utf8');
}
const records = (text: string): Record<string, string>[] => parse(text, { columns: true, bom: true });

const instruction: ListedInstruction = {
  endToEndId: 'JUNT20260901ABCDEFGHIJKLMNOPQRST',
  uetr: 'd0c5b3a1-1111-4222-8333-123456789abc',
  programme: 'juntos',
  cycle: month('2026-09'),
  attempt: 1,
  payeeKind: 'household',
  payeeId: 'H-1',
  purpose: 'transfer',
  amountMinor: minor(26000),
  currency: 'PEN',
  method: 'account',
  creditorName: '=HYPERLINK("http://x";"Ñusta")',
  account: { scheme: 'other', number: '00-123' },
  town: 'Cusco',
  country: 'PE',
  territory: '080101',
  parts: [
    { kind: 'transfer', amountMinor: minor(20000) },
    { kind: 'arrears', amountMinor: minor(6000), originCycle: month('2026-07') },
  ],
  messageId: 'JUNT20260901-000-1',
};

describe('csv', () => {
  it('reads back as written, whatever people typed, and never holds more than a chunk', async () => {
    const columns: Column<string[]>[] = [
      { name: 'a', kind: 'plain', value: (row) => row[0] },
      { name: 'b', kind: 'text', value: (row) => row[1] },
    ];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 })), async (rows) => {
        const lines: string[][] = parse(await textOf(csv(columns, rows)), { relax_column_count: true });
        expect(lines.slice(1)).toEqual(rows.map(([a, b]) => [a, harmless(b!)]));
      }),
      { seed: 7, numRuns: 200 },
    );
    const sizes: number[] = [];
    const many = Array.from({ length: 20_000 }, (_, i) => [String(i), 'x'.repeat(40)]);
    for await (const chunk of csv(columns, many)) sizes.push(chunk.length);
    expect(Math.max(...sizes)).toBeLessThan(70_000);
  });

  it('disarms formulas in text columns only', async () => {
    const columns: Column<string>[] = [
      { name: 'plain', kind: 'plain', value: (row) => row },
      { name: 'text', kind: 'text', value: (row) => row },
    ];
    const text = await textOf(csv(columns, ['-12.50', '=1+1', '+51', '@x', '\tx', 'María']));
    expect(records(text).map((row) => [row.plain, row.text])).toEqual([
      ['-12.50', "'-12.50"],
      ['=1+1', "'=1+1"],
      ['+51', "'+51"],
      ['@x', "'@x"],
      ['\tx', "'\tx"],
      ['María', 'María'],
    ]);
  });
});

describe('payment list', () => {
  it('has a line per instruction with its file, amount and parts, and no live formula', async () => {
    const [row] = records(await textOf(paymentListCsv([instruction])));
    expect(row).toMatchObject({
      end_to_end_id: instruction.endToEndId,
      payment_file: 'JUNT20260901-000-1.xml',
      amount: '260.00',
      parts: 'transfer 200.00; arrears 60.00 2026-07',
      account: '00-123',
      payee_name: '\'=HYPERLINK("http://x";"Ñusta")',
    });
  });
});

describe('reconciliation CSV', () => {
  it('says state, dates and reason in both languages', async () => {
    const line = {
      ...{ endToEndId: 'E1', uetr: 'u', programme: 'juntos', cycle: '2026-09', payeeId: 'H-1' },
      ...({ payeeKind: 'household', purpose: 'transfer', attempt: 1, method: 'account' } as const),
      ...({ territory: '080101', amountMinor: minor(20000), currency: 'PEN', state: 'returned' } as const),
      ...{ reasonCode: 'AC04', bankStatus: 'ACSC', debitDate: '2026-10-01', returnDate: '2026-10-03' },
      ...{ debitedMinor: minor(20000), returnedMinor: minor(20000) },
    };
    const [row] = records(await textOf(reconciliationCsv([line])));
    expect(row).toMatchObject({
      state: 'returned',
      state_es: 'Devuelto',
      debit_date: '2026-10-01',
      return_date: '2026-10-03',
      returned: '200.00',
      reason_code: 'AC04',
      reason_es: 'La cuenta está cerrada',
      reason_en: 'The account is closed',
      picked_up_date: '',
    });
  });
});

describe('exceptions CSV', () => {
  it('says what happened and what to do next in both languages, and opens as UTF-8 in a spreadsheet', async () => {
    const text = await textOf(exceptionsCsv(exceptions));
    expect(text.startsWith('\uFEFFstage,code,')).toBe(true);
    const rows = records(text);
    expect(rows.map((row) => row.code)).toEqual([
      'EVIDENCE_UNKNOWN_SUBJECT',
      'SHARED_ACCOUNT',
      'AMOUNT_DIFF',
    ]);
    expect(rows[0]).toMatchObject({ file: 'asistencia.csv', line: '17', subject: '70000017', detail_es: '' });
    expect(rows[2]).toMatchObject({
      amount: '-18.00',
      detail_es: 'instruido 200.00, cargado 182.00 en 1, devuelto 0.00 en 0',
      detail_en: 'instructed 200.00, debited 182.00 in 1, returned 0.00 in 0',
    });
    for (const row of rows)
      for (const name of ['message_es', 'message_en', 'next_es', 'next_en']) expect(row[name]).not.toBe('');
  });
});
