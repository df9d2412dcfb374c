import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ObjectStore } from '../../../adapters/ports.ts';
import { Refused } from '../../../domain/kernel/result.ts';
import { cellAt, detectDelimiter, splitRecord } from './csv.ts';
import { type Batch, readRecords } from './records.ts';

/** A file as it was uploaded: `key` in the bulk inbox, `name` as people know it. */
export const InputFile = z.object({
  role: z.enum(['households', 'members', 'evidence', 'exemptions']),
  name: z.string().min(1),
  key: z.string().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type InputFile = z.infer<typeof InputFile>;

/** What the first reading of a file found; the later steps read its rows by it. */
export type FilePlan = InputFile & {
  readonly bytes: number;
  readonly rows: number;
  readonly format: 'csv' | 'jsonl';
  readonly delimiter: string;
  readonly header: readonly string[];
};

type Expectation = {
  /** Columns that the mapping names: all must be there. */
  readonly columns: readonly string[];
  /** A header without rows is fine (a month without exemptions). */
  readonly mayBeEmpty?: boolean;
  /** Called when the header is known; what it returns is called with each record. */
  readonly onHeader?: (plan: FilePlan) => (record: string) => void;
};

/**
 * Reads a whole file once and keeps none of it: checks its hash, encoding, header and end, counts its rows.
 * Refuses the file (FILE_EMPTY, FILE_ENCODING, FILE_HEADER, FILE_TRUNCATED, and INPUTS_DIFFER where it is not
 * the file that was announced) before anything is written.
 */
export async function inspectFile(
  objects: ObjectStore,
  file: InputFile,
  expected: Expectation,
): Promise<FilePlan> {
  const digest = createHash('sha256');
  let bytes = 0;
  const counted = async function* () {
    for await (const chunk of objects.stream({ bucket: 'bulk', key: file.key })) {
      digest.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  };
  const format = formatOf(file.name);
  const plan =
    format === 'csv' ? await readCsv(file, counted(), expected) : await readJsonl(file, counted(), expected);
  refuseChanged(file, digest.digest('hex'));
  if (plan.rows === 0 && !expected.mayBeEmpty)
    throw empty(file.name, bytes === 0 ? 'is empty' : 'has a header and no rows');
  return { ...plan, bytes };
}

const formatOf = (name: string): FilePlan['format'] => (/\.(jsonl|ndjson)$/i.test(name) ? 'jsonl' : 'csv');

async function readCsv(
  file: InputFile,
  chunks: AsyncIterable<Uint8Array>,
  expected: Expectation,
): Promise<FilePlan> {
  let plan: FilePlan | undefined;
  let onRecord: ((record: string) => void) | undefined;
  let rows = 0;
  for await (const { records, lines, unterminated } of readRecords(chunks, file.name, 'csv')) {
    let from = 0;
    if (!plan && records.length > 0) {
      plan = {
        ...file,
        bytes: 0,
        rows: 0,
        format: 'csv',
        ...readHeader(file.name, records[0]!, expected.columns),
      };
      onRecord = expected.onHeader?.(plan);
      from = 1;
    }
    if (onRecord) for (let i = from; i < records.length; i++) onRecord(records[i]!);
    rows += records.length - from;
    if (plan && unterminated && records.length > from) refuseCut(plan, records.at(-1)!, lines.at(-1)!);
  }
  if (!plan) throw empty(file.name, 'is empty');
  return { ...plan, rows };
}

/** Keys may differ from line to line: the header is all of them, so records are looked at when all are known. */
async function readJsonl(
  file: InputFile,
  chunks: AsyncIterable<Uint8Array>,
  expected: Expectation,
): Promise<FilePlan> {
  const keys = new Set<string>(expected.columns);
  const found = new Set<string>();
  const plan = {
    ...file,
    bytes: 0,
    rows: 0,
    format: 'jsonl',
    delimiter: '',
    header: [...expected.columns],
  } satisfies FilePlan;
  const onRecord = expected.onHeader?.(plan);
  let rows = 0;
  for await (const { records, lines, unterminated } of readRecords(chunks, file.name, 'jsonl')) {
    for (const record of records) {
      for (const key of Object.keys(parseObject(record) ?? {}))
        if (found.size < JSON_KEYS_MAX) found.add(key);
      onRecord?.(record);
    }
    rows += records.length;
    if (unterminated && records.length > 0) refuseCut(plan, records.at(-1)!, lines.at(-1)!);
  }
  if (rows > 0) refuseMissing(file.name, [...found], expected.columns);
  return { ...plan, rows, header: [...new Set([...keys, ...[...found].sort()])] };
}

const JSON_KEYS_MAX = 500;

function readHeader(
  name: string,
  record: string,
  columns: readonly string[],
): { delimiter: string; header: string[] } {
  const delimiter = detectDelimiter(record);
  const header = splitRecord(record, delimiter)?.map((column) => column.trim());
  if (!header) throw badHeader(name, 'has a header with misplaced quotes');
  const twice = header.find((column, index) => column !== '' && header.indexOf(column) !== index);
  if (twice) throw badHeader(name, `has the column ${twice} twice`);
  refuseMissing(name, header, columns);
  return { delimiter, header };
}

function refuseMissing(name: string, header: readonly string[], columns: readonly string[]): void {
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw badHeader(
      name,
      `lacks the column${missing.length > 1 ? 's' : ''} ${missing.join(', ')}; it has ${header.join(', ')}`,
    );
}

/** A last record without a final newline that is short of columns, or of its JSON's end, was cut off. */
function refuseCut(plan: FilePlan, record: string, line: number): void {
  const cells = splitterOf(plan)(record);
  const whole =
    cells !== undefined &&
    (plan.format === 'jsonl' || (cells.length >= plan.header.length && cells.at(-1) !== ''));
  if (whole) return;
  throw new Refused({
    code: 'FILE_TRUNCATED',
    message: `${plan.name} ends in the middle of line ${line}`,
    at: `${plan.name}:${line}`,
    next: 'export or upload the file again: its end is missing',
  });
}

function refuseChanged(file: InputFile, digest: string): void {
  if (digest === file.sha256) return;
  throw new Refused({
    code: 'INPUTS_DIFFER',
    message: `${file.name} is not the file that was announced: its sha256 is ${digest}, not ${file.sha256}`,
    at: file.name,
    next: 'upload it again',
  });
}

const empty = (name: string, what: string) =>
  new Refused({
    code: 'FILE_EMPTY',
    message: `${name} ${what}`,
    at: name,
    next: 'check the export: a file without rows is not taken for "nothing to report"',
  });
const badHeader = (name: string, what: string) =>
  new Refused({
    code: 'FILE_HEADER',
    message: `${name} ${what}`,
    at: `${name}:1`,
    next: 'rename nothing in the export: write a mapping file that names its columns (docs/guides/mapping-your-export.md)',
  });

function parseObject(record: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(record);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Cells of a record in header order; undefined where it is no record (quotes, JSON). */
export function splitterOf(
  plan: Pick<FilePlan, 'format' | 'delimiter' | 'header'>,
): (record: string) => string[] | undefined {
  const { delimiter, header } = plan;
  if (plan.format === 'csv') return (record) => splitRecord(record, delimiter);
  return (record) => {
    const parsed = parseObject(record);
    const cells = parsed && header.map((name) => jsonCell(parsed[name]));
    return cells?.includes(undefined) ? undefined : (cells as string[] | undefined);
  };
}

function jsonCell(value: unknown): string | undefined {
  if (value === undefined || value === null) return '';
  if (typeof value === 'object') return undefined;
  return String(value);
}

/** One cell of a record, trimmed, without splitting the rest; '' where the record has none. */
export function cellReader(
  plan: Pick<FilePlan, 'format' | 'delimiter' | 'header'>,
  column: string,
): (record: string) => string {
  const index = plan.header.indexOf(column);
  if (index < 0) return () => '';
  if (plan.format === 'csv') return (record) => cellAt(record, plan.delimiter, index)?.trim() ?? '';
  const split = splitterOf(plan);
  return (record) => split(record)?.[index]?.trim() ?? '';
}

/** The file's records without its header, for the second reading. */
export async function* recordsOf(objects: ObjectStore, plan: FilePlan): AsyncGenerator<Batch> {
  let header = plan.format === 'csv';
  for await (const batch of readRecords(
    objects.stream({ bucket: 'bulk', key: plan.key }),
    plan.name,
    plan.format,
  )) {
    if (header && batch.records.length > 0) {
      header = false;
      batch.records.shift();
      batch.lines.shift();
    }
    yield batch;
  }
}
