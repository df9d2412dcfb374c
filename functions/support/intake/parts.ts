import { createHash } from 'node:crypto';
import type { ObjectStore } from '../../../adapters/ports.ts';
import { Bug } from '../../../domain/kernel/assert.ts';
import { readJson } from '../jsonl.ts';

const PART_BYTES = 48 << 20;
const PIECE_CHARS = 1 << 16;

/** A row on its way to its shard: the index of its file in the plan, its line, its record as it was. */
export type PartRow = readonly [file: number, line: number, record: string];

/**
 * A shuffle of a file that is larger than memory: like Segments, but written as several objects of bounded
 * size (`PREFIX-000.rows`, …), each with a segment per reader and its offset table beside it. A row is a line
 * `FILE LINE RECORD`; a record of several lines is written as JSON after a `!`, so that a line stays a row.
 */
export class PartWriter {
  readonly keys: string[] = [];
  readonly #objects: ObjectStore;
  readonly #prefix: string;
  readonly #partBytes: number;
  #text: string[][] = [];
  #chars: number[] = [];
  #pieces: Buffer[][] = [];
  #held = 0;

  constructor(objects: ObjectStore, prefix: string, readers: number, partBytes = PART_BYTES) {
    this.#objects = objects;
    this.#prefix = prefix;
    this.#partBytes = partBytes;
    this.#reset(readers);
  }

  add(reader: number, file: number, line: number, record: string): void {
    const text = record.includes('\n')
      ? `${file} ${line}!${JSON.stringify(record)}\n`
      : `${file} ${line} ${record}\n`;
    this.#text[reader]!.push(text);
    this.#chars[reader]! += text.length;
    if (this.#chars[reader]! >= PIECE_CHARS) this.#gather(reader);
  }

  /** Writes an object if enough has gathered; call it between batches. */
  async settle(): Promise<void> {
    if (this.#held >= this.#partBytes) await this.#write();
  }

  async finish(): Promise<readonly string[]> {
    await this.#write();
    return this.keys;
  }

  #reset(readers: number): void {
    this.#text = Array.from({ length: readers }, () => []);
    this.#chars = new Array<number>(readers).fill(0);
    this.#pieces = Array.from({ length: readers }, () => []);
    this.#held = 0;
  }

  #gather(reader: number): void {
    if (this.#chars[reader] === 0) return;
    const piece = Buffer.from(this.#text[reader]!.join(''));
    this.#pieces[reader]!.push(piece);
    this.#held += piece.length;
    this.#text[reader] = [];
    this.#chars[reader] = 0;
  }

  async #write(): Promise<void> {
    for (let reader = 0; reader < this.#text.length; reader++) this.#gather(reader);
    if (this.#held === 0) return;
    const key = `${this.#prefix}-${String(this.keys.length).padStart(3, '0')}.rows`;
    const offsets = [0];
    for (const pieces of this.#pieces)
      offsets.push(offsets.at(-1)! + pieces.reduce((sum, piece) => sum + piece.length, 0));
    await putOnce(this.#objects, key, this.#pieces.flat());
    await putOnce(this.#objects, `${key}.offsets.json`, [Buffer.from(JSON.stringify(offsets))]);
    this.keys.push(key);
    this.#reset(this.#text.length);
  }
}

/** `writeOnce` for a body in pieces, so that a large object is never copied into one buffer. */
async function putOnce(objects: ObjectStore, key: string, pieces: readonly Buffer[]): Promise<void> {
  const body = async function* () {
    yield* pieces;
  };
  const ref = { bucket: 'bulk', key } as const;
  if ((await objects.putIfAbsent(ref, body())) === 'created') return;
  const [ours, stored] = [createHash('sha256'), createHash('sha256')];
  for (const piece of pieces) ours.update(piece);
  for await (const chunk of objects.stream(ref)) stored.update(chunk);
  if (ours.digest('hex') !== stored.digest('hex'))
    throw new Bug(`output differs from the one already stored: bulk/${key}`);
}

/** The rows of one shard, part after part: file order, then line order. */
export async function* shardRows(
  objects: ObjectStore,
  keys: readonly string[],
  shard: number,
): AsyncGenerator<Iterable<PartRow>> {
  for (const key of keys) {
    const offsets = await readJson<number[]>(objects, { bucket: 'bulk', key: `${key}.offsets.json` });
    const [start, end] = [offsets[shard]!, offsets[shard + 1]!];
    if (start < end) yield parseRows(await objects.getRange({ bucket: 'bulk', key }, start, end));
  }
}

const STRETCH_BYTES = 1 << 18;

function* parseRows(bytes: Uint8Array): Generator<PartRow> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let from = 0; from < buffer.length; ) {
    const cut = buffer.indexOf(10, Math.min(from + STRETCH_BYTES, buffer.length - 1)) + 1;
    const text = buffer.toString('utf8', from, cut);
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf('\n', at);
      yield parseRow(text.slice(at, end));
      at = end + 1;
    }
    from = cut;
  }
}

function parseRow(row: string): PartRow {
  const space = row.indexOf(' ');
  let at = space + 1;
  let line = 0;
  for (let digit = row.charCodeAt(at) - 48; digit >= 0 && digit <= 9; digit = row.charCodeAt(++at) - 48)
    line = line * 10 + digit;
  const rest = row.slice(at + 1);
  return [Number(row.slice(0, space)), line, row[at] === '!' ? (JSON.parse(rest) as string) : rest];
}
