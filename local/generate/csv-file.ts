import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

const FLUSH_CHARS = 1 << 18;

/** A CSV that is written as it is made. Cells with a comma, a quote or a newline are quoted. */
export class CsvFile {
  rows = 0;
  readonly #stream;
  #text: string;
  constructor(path: string, header: readonly string[]) {
    this.#stream = createWriteStream(path);
    this.#text = `${header.join(',')}\n`;
  }

  add(cells: readonly (string | number)[]): void {
    this.raw(cells.map(cellOf).join(','));
  }

  /** A line as it stands, good or bad. */
  raw(line: string): void {
    this.rows += 1;
    this.#text += `${line}\n`;
  }

  /** Hands over what has gathered and waits where the disk is slower. */
  async settle(): Promise<void> {
    if (this.#text.length < FLUSH_CHARS) return;
    const text = this.#text;
    this.#text = '';
    if (!this.#stream.write(text)) await once(this.#stream, 'drain');
  }

  async close(): Promise<void> {
    this.#stream.end(this.#text);
    await once(this.#stream, 'finish');
  }
}

function cellOf(cell: string | number): string {
  const text = String(cell);
  return /[",\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
