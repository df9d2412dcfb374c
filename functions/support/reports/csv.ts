/**
 * One column of a CSV report. `text` may hold anything that somebody typed, so it is kept from being read as
 * a formula; `plain` is made by us (ids, amounts, dates, codes) and stays exactly as it is.
 */
export type Column<Row> = {
  readonly name: string;
  readonly kind: 'text' | 'plain';
  readonly value: (row: Row) => string | number | undefined;
};

const CHUNK_CHARS = 1 << 16;
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",;\r\n]|^\s|\s$/;

/** A text cell that a spreadsheet would run as a formula gets an apostrophe in front (OWASP CSV injection). */
export const harmless = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

/** One RFC 4180 cell: quoted where it must be, quotes doubled. */
export const cell = (text: string): string =>
  NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

/**
 * RFC 4180 as UTF-8 bytes: a header line, a line per row, CRLF ends, comma between. Streams: no more than one
 * chunk (about 64 KiB) is held, whatever the number of rows. `bom` helps old spreadsheets to see UTF-8.
 */
export async function* csv<Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
  options: { readonly bom?: boolean } = {},
): AsyncGenerator<Uint8Array> {
  let lines = [`${options.bom ? '\uFEFF' : ''}${columns.map((column) => cell(column.name)).join(',')}\r\n`];
  let chars = 0;
  for await (const row of rows) {
    const line = lineOf(columns, row);
    lines.push(line);
    chars += line.length;
    if (chars < CHUNK_CHARS) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
    chars = 0;
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''));
}

function lineOf<Row>(columns: readonly Column<Row>[], row: Row): string {
  const cells = columns.map(({ kind, value }) => {
    const raw = value(row);
    const text = raw === undefined ? '' : String(raw);
    return cell(kind === 'text' ? harmless(text) : text);
  });
  return `${cells.join(',')}\r\n`;
}
