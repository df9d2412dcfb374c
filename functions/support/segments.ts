import type { Bucket, ObjectStore } from '../../adapters/ports.ts';
import { assert } from '../../domain/kernel/assert.ts';
import { JsonLines, parseLines, readJson, writeOnce } from './jsonl.ts';

/**
 * A shuffle writes ONE object per writer with a segment per reader, and an offset table beside it
 * (`KEY.offsets.json`), so that n writers and m readers cost n objects and not n x m.
 */
export class Segments {
  readonly #lines: JsonLines[];
  constructor(readers: number) {
    this.#lines = Array.from({ length: readers }, () => new JsonLines());
  }
  add(reader: number, value: unknown): void {
    const lines = this.#lines[reader];
    assert(lines, `no segment ${reader}`);
    lines.add(value);
  }
  async write(objects: ObjectStore, bucket: Bucket, key: string): Promise<void> {
    const bodies = this.#lines.map((lines) => lines.bytes());
    const offsets = [0];
    for (const body of bodies) offsets.push(offsets.at(-1)! + body.length);
    await writeOnce(objects, { bucket, key }, Buffer.concat(bodies));
    await writeOnce(objects, { bucket, key: `${key}.offsets.json` }, JSON.stringify(offsets));
  }
}

/** The rows of one reader's segment. */
export async function readSegment<T>(
  objects: ObjectStore,
  bucket: Bucket,
  key: string,
  reader: number,
): Promise<Generator<T> | T[]> {
  const offsets = await readJson<number[]>(objects, { bucket, key: `${key}.offsets.json` });
  const [start, end] = [offsets[reader], offsets[reader + 1]];
  assert(start !== undefined && end !== undefined, `no segment ${reader} in ${key}`);
  if (start === end) return [];
  return parseLines<T>(await objects.getRange({ bucket, key }, start, end));
}
