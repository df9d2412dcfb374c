/** Comma or semicolon: whichever the header has more of outside quotes. */
export function detectDelimiter(header: string): ',' | ';' {
  const bare = header.replace(/"[^"]*"/g, '');
  return bare.split(';').length > bare.split(',').length ? ';' : ',';
}

/**
 * Whether a quoted field (RFC 4180) is still open at the end of `line`. `inside`: it was open when the line
 * began. Quotes count only where a field begins; elsewhere in an unquoted field they are letters.
 */
export function endsInsideQuotes(line: string, inside: boolean, delimiter: string): boolean {
  let at = 0;
  let open = inside;
  for (;;) {
    if (open || line.charCodeAt(at) === 34) {
      const close = closingQuote(line, open ? at : at + 1);
      if (close < 0) return true;
      open = false;
      at = close + 1;
    }
    const next = line.indexOf(delimiter, at);
    if (next < 0) return false;
    at = next + 1;
  }
}

/** The quote that closes a field whose content begins at `from`; `""` is a quote of the content. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text.charCodeAt(at + 1) === 34) at = text.indexOf('"', at + 2);
  return at;
}

/** The cells of a record; undefined where letters follow a closing quote. */
export function splitRecord(record: string, delimiter: string): string[] | undefined {
  if (!record.includes('"')) return record.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; ; ) {
    let end: number;
    if (record.charCodeAt(at) === 34) {
      const close = closingQuote(record, at + 1);
      if (close < 0) return undefined;
      cells.push(record.slice(at + 1, close).replaceAll('""', '"'));
      end = close + 1;
      if (end < record.length && !record.startsWith(delimiter, end)) return undefined;
    } else {
      end = record.indexOf(delimiter, at);
      if (end < 0) end = record.length;
      cells.push(record.slice(at, end));
    }
    if (end >= record.length) return cells;
    at = end + 1;
  }
}

/** Cell `index` of a record without splitting the rest of it; undefined where there is no such cell. */
export function cellAt(record: string, delimiter: string, index: number): string | undefined {
  if (record.includes('"')) return splitRecord(record, delimiter)?.[index];
  let from = 0;
  for (let i = 0; i < index; i++) {
    from = record.indexOf(delimiter, from) + 1;
    if (from === 0) return undefined;
  }
  const end = record.indexOf(delimiter, from);
  return end < 0 ? record.slice(from) : record.slice(from, end);
}
