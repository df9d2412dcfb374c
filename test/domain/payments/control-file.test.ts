import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { CONTROL_COLUMNS, controlFile, sentLine } from '../../../domain/payments/control-file.ts';
import { reconcile } from '../../../domain/payments/reconciliation.ts';
import { event, instructionsOf, payable, sampleInstructions } from './sample.ts';

const sentIn = () => ({ messageId: 'M1', paymentInfoId: 'M1-A' });
const written = (lines: Parameters<typeof controlFile>[0]) => [...controlFile(lines, sentIn, 'PEN')].join('');

describe("the bank's reconciliation file", () => {
  const instructions = sampleInstructions(5);

  it('has a line for each instruction, totals by state and an end record that proves the rest', () => {
    const events = [
      event('debit', instructions[0]!),
      event('status', instructions[1]!, { status: 'RJCT', reasonCode: 'AC01' }),
    ];
    const text = written(reconcile({ instructions, events, sentIn }).lines);
    const rows: string[][] = parse(text);
    expect(rows[0]).toEqual([...CONTROL_COLUMNS]);
    expect(rows.slice(1, 6).map((row) => [row[3], row[12], row[13]])).toEqual([
      [instructions[0]!.endToEndId, 'paid', ''],
      [instructions[1]!.endToEndId, 'rejected', 'AC01'],
      [instructions[2]!.endToEndId, 'pending', 'NO_ANSWER'],
      [instructions[3]!.endToEndId, 'pending', 'NO_ANSWER'],
      [instructions[4]!.endToEndId, 'pending', 'NO_ANSWER'],
    ]);
    expect(rows.slice(6, 9).map((row) => [row[0], row[3], row[10], row[12]])).toEqual([
      ['total', '1', '100.37', 'paid'],
      ['total', '3', '304.44', 'pending'],
      ['total', '1', '100.74', 'rejected'],
    ]);
    const end = rows[9]!;
    expect([end[0], end[3], end[10]]).toEqual(['end', '5', '505.55']);
    const before = text.slice(0, text.indexOf('\r\nend,') + 2);
    expect(end[4]).toBe(createHash('sha256').update(before).digest('hex'));
  });

  it('can be written before the bank has said anything', () => {
    expect(written(instructions.map(sentLine))).toContain(',pending,NO_ANSWER,SENT,');
  });

  it('keeps a spreadsheet from running a payee id, and quotes commas', () => {
    const rows: string[][] = parse(
      written(instructionsOf([payable(1, { payeeId: '=1+1,"x"' })]).map(sentLine)),
    );
    expect(rows[1]![6]).toBe(`'=1+1,"x"`);
  });
});
