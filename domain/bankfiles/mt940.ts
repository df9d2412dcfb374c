import { isDay, isMonth, lastDay } from '../kernel/period.ts';
import type { BalanceRecord, DetailRecord, EntryRecord, FileRecord } from '../payments/bank-record.ts';
import { clean } from './camt-fields.ts';
import { type Footing, footing } from './footing.ts';
import { detailOf, entryLine } from './mt940-entry.ts';
import { fileRecord, type Sink, Unreadable } from './reader.ts';

/** Only these start a field: text of `:86:` wraps anywhere, even at a colon. */
const FIELD = /^:(20|21|25|28C?|34F|13D?|60[FM]|61|62[FM]|64|65|86|90[CD]|NS):(.*)$/;
const BALANCES: Readonly<Record<string, string>> = {
  '60F': 'OPBD',
  '60M': 'OPBD',
  '62F': 'CLBD',
  '62M': 'CLBD',
  64: 'CLAV',
  65: 'FWAV',
};

/**
 * `YYMMDD` as a day; years from 80 on are of the last century. Banks that count 30 days a month write 30
 * February: it becomes the month's last day.
 */
export function swiftDay(text: string): string {
  const month = `${Number(text.slice(0, 2)) >= 80 ? '19' : '20'}${text.slice(0, 2)}-${text.slice(2, 4)}`;
  const day = `${month}-${text.slice(4, 6)}`;
  return isDay(day) || !isMonth(month) ? day : lastDay(month);
}
/** `000123,5` as `123.5`: the decimal comma becomes a point, nothing else changes but leading zeros. */
export const swiftAmount = (text: string): string => {
  const [whole = '', fraction = ''] = text.split(',');
  return `${whole.replace(/^0+(?=\d)/, '')}${fraction === '' ? '' : `.${fraction}`}`;
};

type Field = { readonly tag: string; text: string; readonly line: number };

/**
 * Reads MT940 and MT942 text (SWIFT envelopes and bank headings are skipped): statement, balances, entries and
 * one detail for each. A statement that opens and never closes is a truncated file. Source: SWIFT category 9.
 */
export function readMt940(bytes: Uint8Array, sink: Sink): FileRecord {
  const fields = fieldsOf(decode(bytes));
  if (fields.length === 0) throw new Unreadable('BANK_FILE_REFUSED', 'no field of MT940 in this file');
  const is942 = fields.some(({ tag }) => tag === '34F' || tag.startsWith('90'));
  const reader = statementReader(sink);
  fields.forEach((field, index) => {
    const next = fields[index + 1];
    // A transaction and its text belong together, whatever the bank puts between them and the next field.
    reader.take(field, next?.tag === '86' ? next : undefined);
  });
  reader.end();
  return fileRecord(sink, is942 ? 'mt942' : 'mt940', is942 ? 'MT942' : 'MT940', '');
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

function fieldsOf(text: string): Field[] {
  const fields: Field[] = [];
  let current: Field | undefined;
  text.split(/\r\n|\n|\r/).forEach((line, index) => {
    // Envelope blocks, message ends and bank headings end a field; they are not part of it.
    if (/^(-|-\}|\{\d:.*|:940:)$/.test(line.trim())) {
      current = undefined;
      return;
    }
    const match = FIELD.exec(line);
    if (!match) {
      if (current) current.text += `\n${line}`;
      return;
    }
    const [, tag, rest] = match;
    const last = fields[fields.length - 1];
    if (tag === '86' && last?.tag === '86' && current) {
      last.text += `\n${rest}`;
      return;
    }
    current = { tag: tag!, text: rest!, line: index + 1 };
    fields.push(current);
  });
  return fields;
}

function statementReader(sink: Sink) {
  let number = 0;
  let entries = 0;
  let head = { id: '', account: '', sequence: '', currency: '' };
  let announced = true;
  let open: Field | undefined;
  let check: Footing = footing(sink, '');

  const start = (id: string): void => {
    finish();
    number += 1;
    entries = 0;
    head = { id, account: '', sequence: '', currency: '' };
    announced = false;
    check = footing(sink, `statement ${number}`);
    sink.messageId ??= id;
  };
  const announce = (): void => {
    if (announced) return;
    announced = true;
    const { id, account } = head;
    sink.emit({ type: 'statement', statement: number, ...clean<object>(head), id, account });
  };
  const finish = (): void => {
    if (number === 0) return;
    if (open)
      throw new Unreadable('FILE_TRUNCATED', 'a statement opens and has no closing balance', open.line);
    announce();
    check.end();
  };
  const balance = (field: Field): void => {
    const match = /^([CD])(\d{6})([A-Z]{3})(\d[\d,]*)/.exec(field.text);
    if (!match) {
      sink.issue('BALANCE_FORMAT', `line ${field.line}`, `not a balance: ${field.text}`);
      return;
    }
    head.currency ||= match[3]!;
    announce();
    const record: BalanceRecord = {
      type: 'balance',
      statement: number,
      code: BALANCES[field.tag]!,
      amount: swiftAmount(match[4]!),
      currency: match[3]!,
      creditDebit: match[1] === 'C' ? 'CRDT' : 'DBIT',
      date: swiftDay(match[2]!),
    };
    check.balance(record);
    sink.emit(record);
  };
  const transaction = (field: Field, text: string): void => {
    announce();
    const parsed = entryLine(field.text);
    if (!parsed) {
      sink.issue('ENTRY_FORMAT', `line ${field.line}`, `not a transaction: ${field.text.split('\n')[0]}`);
      return;
    }
    entries += 1;
    sink.count += 1;
    const common = { statement: number, entry: entries };
    const { customerRef, typeCode, supplement, ...rest } = parsed;
    const entry = { type: 'entry', ...common, ...rest, currency: head.currency, status: 'BOOK', details: 1 };
    const detail = detailOf(parsed, text);
    check.entry(clean<EntryRecord>(entry), []);
    sink.emit({ ...clean<EntryRecord>(entry), currency: head.currency });
    sink.emit({ type: 'detail', ...common, ...detail, currency: head.currency } as DetailRecord);
  };

  return {
    take(field: Field, text: Field | undefined): void {
      const first = field.text.split('\n')[0]!.trim();
      if (field.tag === '20') start(first);
      else if (number === 0) start('');
      if (field.tag === '25') {
        if (head.account === '') head.account = first;
        else sink.issue('TAG_UNEXPECTED', `line ${field.line}`, 'a second account in one statement');
      }
      if (field.tag === '28' || field.tag === '28C') head.sequence = first;
      if (field.tag === '34F') head.currency ||= first.slice(0, 3);
      if (field.tag.startsWith('60')) open = field;
      if (field.tag.startsWith('62')) open = undefined;
      if (field.tag in BALANCES) balance(field);
      if (field.tag === '61') transaction(field, text?.text ?? '');
    },
    end: finish,
  };
}
