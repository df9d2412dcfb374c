import { isAscii, isUtf8 } from 'node:buffer';
import { Refused } from '../../../domain/kernel/result.ts';
import { detectDelimiter, endsInsideQuotes } from './csv.ts';

/** A record is at most this long; a longer one is an unclosed quote or not a text file. */
const RECORD_BYTES_MAX = 1 << 20;

/** Records of a stretch of the file, in order; `lines` are the physical lines that they begin on. */
export type Batch = { readonly lines: number[]; readonly records: string[]; unterminated: boolean };

/**
 * Cuts a file into records without splitting them into cells. CSV records may hold newlines inside quotes;
 * blank lines are no records. Refuses bytes that are not UTF-8 (FILE_ENCODING, with the line) and a quote
 * that never closes (FILE_TRUNCATED). Holds one chunk and one record at most.
 */
export async function* readRecords(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  format: 'csv' | 'jsonl',
): AsyncGenerator<Batch> {
  const scanner = new Scanner(file, format === 'csv');
  let carry = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const view = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const bytes = carry.length > 0 ? Buffer.concat([carry, view]) : view;
    const end = bytes.lastIndexOf(10) + 1;
    if (bytes.length - end > RECORD_BYTES_MAX) throw tooLong(file, scanner.line);
    carry = Buffer.from(bytes.subarray(end));
    if (end > 0) yield scanner.scan(bytes.subarray(0, end), false);
  }
  if (carry.length > 0) yield scanner.scan(carry, true);
  scanner.finish();
}

class Scanner {
  line = 1;
  readonly #file: string;
  readonly #quoted: boolean;
  #delimiter: string | undefined;
  /** A record whose quote is still open, and the line it began on. */
  #open: { text: string; line: number } | undefined;

  constructor(file: string, quoted: boolean) {
    this.#file = file;
    this.#quoted = quoted;
  }

  scan(bytes: Buffer, unterminated: boolean): Batch {
    const text = this.#decode(bytes);
    const batch: Batch = { lines: [], records: [], unterminated };
    this.#delimiter ??= detectDelimiter(firstLine(text));
    const quotes = this.#quoted && (this.#open !== undefined || text.includes('"'));
    for (let at = 0; at < text.length; this.line += 1) {
      const newline = text.indexOf('\n', at);
      const end = newline < 0 ? text.length : newline;
      const stop = end > at && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
      if (quotes) this.#addQuoted(text.slice(at, stop), batch);
      else if (stop > at) push(batch, this.line, text.slice(at, stop));
      at = end + 1;
    }
    return batch;
  }

  finish(): void {
    if (!this.#open) return;
    throw new Refused({
      code: 'FILE_TRUNCATED',
      message: `${this.#file} ends inside a quoted field that opens in the record of line ${this.#open.line}`,
      at: `${this.#file}:${this.#open.line}`,
      next: 'export the file again: its end is missing, or a quote in that line is not closed',
    });
  }

  #addQuoted(line: string, batch: Batch): void {
    const open = this.#open;
    const inside = endsInsideQuotes(line, open !== undefined, this.#delimiter!);
    const text = open ? `${open.text}\n${line}` : line;
    const start = open?.line ?? this.line;
    this.#open = inside ? { text, line: start } : undefined;
    if (inside && text.length > RECORD_BYTES_MAX) throw tooLong(this.#file, start);
    if (!inside && text.length > 0) push(batch, start, text);
  }

  #decode(bytes: Buffer): string {
    if (bytes.includes(0))
      throw badEncoding(
        this.#file,
        this.line + linesBefore(bytes, bytes.indexOf(0)),
        'a zero byte (UTF-16?)',
      );
    if (isAscii(bytes)) return bytes.toString('latin1');
    if (!isUtf8(bytes)) throw this.#firstBadLine(bytes);
    const text = bytes.toString('utf8');
    return this.line === 1 && text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  #firstBadLine(bytes: Buffer): Refused {
    let line = this.line;
    for (let at = 0; ; line += 1) {
      const newline = bytes.indexOf(10, at);
      const end = newline < 0 ? bytes.length : newline + 1;
      if (!isUtf8(bytes.subarray(at, end)) || newline < 0)
        return badEncoding(this.#file, line, 'bytes that are not UTF-8');
      at = end;
    }
  }
}

const firstLine = (text: string): string => /\S.*/.exec(text)?.[0] ?? '';

function push(batch: Batch, line: number, record: string): void {
  batch.lines.push(line);
  batch.records.push(record);
}

function linesBefore(bytes: Buffer, end: number): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) count += 1;
  return count;
}

const badEncoding = (file: string, line: number, what: string) =>
  new Refused({
    code: 'FILE_ENCODING',
    message: `${file} has ${what} in line ${line}`,
    at: `${file}:${line}`,
    next: 'export it as UTF-8 (in Excel: "CSV UTF-8"); names with accents are wrong otherwise',
  });

const tooLong = (file: string, line: number) =>
  new Refused({
    code: 'FILE_TRUNCATED',
    message: `${file} has a record from line ${line} on that does not end within 1 MiB`,
    at: `${file}:${line}`,
    next: 'look for a quote that is not closed in that line, and check that the file is CSV or JSONL',
  });
