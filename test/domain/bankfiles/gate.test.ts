import { describe, expect, it } from 'vitest';
import { decimalSum, sameDecimal } from '../../../domain/bankfiles/decimal.ts';
import { type GateMemory, gate, messageKey } from '../../../domain/bankfiles/gate.ts';
import { minor } from '../../../domain/kernel/money.ts';
import type { FileRecord } from '../../../domain/payments/bank-record.ts';
import type { StatementSummary } from '../../../domain/payments/identities.ts';

const file = (issues: string[] = []): FileRecord => ({
  type: 'file',
  format: 'iso20022',
  message: 'camt.053',
  version: '001.08',
  messageId: 'MSG-1',
  createdAt: '2026-03-10T20:00:00Z',
  declared: {},
  counted: { count: 0, sum: '0' },
  issues: issues.map((code) => ({ code, message: code })),
});
const statement = (
  sequence: string,
  opening: number,
  entries: number,
  closing: number,
): StatementSummary => ({
  account: 'A',
  id: `S${sequence}`,
  sequence,
  date: '2026-03-10',
  openingMinor: minor(opening),
  entriesMinor: minor(entries),
  closingMinor: minor(closing),
});
const nothing: GateMemory = { fileHashes: new Set(), messages: new Set(), lastStatements: new Map() };
const having = (last: StatementSummary): GateMemory => ({
  ...nothing,
  lastStatements: new Map([['A', last]]),
});

describe('the gate for inbound bank files', () => {
  const last = statement('7', 0, 100, 100);
  it.each<[string, FileRecord, StatementSummary[], GateMemory, string, string]>([
    ['a good first file', file(), [statement('7', 0, 1, 1)], nothing, 'accept', ''],
    ['the next statement', file(), [statement('8', 100, 5, 105)], having(last), 'accept', ''],
    [
      'statements in one file',
      file(),
      [statement('8', 100, 5, 105), statement('9', 105, 0, 105)],
      having(last),
      'accept',
      '',
    ],
    ['a new year starting at 1', file(), [statement('1', 100, 5, 105)], having(last), 'accept', ''],
    ['a missing statement', file(), [statement('9', 100, 5, 105)], having(last), 'accept', 'STATEMENT_GAP'],
    [
      'an opening that is not the last closing',
      file(),
      [statement('8', 99, 5, 104)],
      having(last),
      'accept',
      'STATEMENT_GAP',
    ],
    [
      'a statement that does not foot',
      file(),
      [statement('8', 100, 5, 106)],
      having(last),
      'accept',
      'NOT_FOOTING',
    ],
    ['a wrong count', file(['AM18']), [], nothing, 'hold', 'AM18'],
    ['a wrong count of a group', file(['AM19']), [], nothing, 'hold', 'AM19'],
    ['a wrong sum', file(['AM10']), [], nothing, 'hold', 'AM10'],
    ['an amount that cannot be read', file(['AMOUNT_FORMAT']), [], nothing, 'hold', 'AMOUNT_FORMAT'],
    ['a namespace that is missing', file(['NAMESPACE_MISSING']), [], nothing, 'accept', 'NAMESPACE_MISSING'],
    ['the same bytes', file(), [], { ...nothing, fileHashes: new Set(['h1']) }, 'duplicate', 'DU01'],
    [
      'the same message with other bytes',
      file(),
      [],
      { ...nothing, messages: new Set([messageKey(file())!]) },
      'hold',
      'DU01',
    ],
  ])('%s', (_, record, statements, memory, verdict, codes) => {
    const answer = gate(record, 'h1', statements, memory);
    expect(answer.verdict).toBe(verdict);
    expect(answer.issues.map(({ code }) => code).join(' ')).toBe(codes);
  });
});

describe('exact sums of decimal strings', () => {
  it.each([
    [['0.1', '0.2'], '0.3'],
    [['4.35', '4.35'], '8.70'],
    [['100', '0.00001'], '100.00001'],
    [['999999999999999999', '1'], '1000000000000000000'],
    [[], '0'],
  ])('%j is %s', (parts, total) => {
    const sum = decimalSum();
    for (const part of parts) sum.add(part);
    expect(sum.value()).toBe(total);
  });
  it.each(['1,5', '-1', '1e3', '', ' 1', '1.2.3', 'NaN'])('"%s" is no amount', (text) => {
    expect(decimalSum().add(text)).toBe(false);
  });
  it('compares numbers, not spellings', () => {
    expect(sameDecimal('5.0100', '5.01')).toBe(true);
    expect(sameDecimal('5.01', '5.011')).toBe(false);
  });
});
