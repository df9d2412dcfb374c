import type { ObjectRef, ObjectStore } from '../../adapters/ports.ts';
import { Bug } from '../../domain/kernel/assert.ts';
import { sha256 } from '../../domain/kernel/hash.ts';
import { Fault } from '../../domain/kernel/result.ts';

const CHUNK_CHARS = 1 << 16;

/** Lines of JSON gathered into few buffers, so that a shard costs its bytes and not its objects. */
export class JsonLines {
  #chunks: Buffer[] = [];
  #text: string[] = [];
  #chars = 0;
  count = 0;

  add(value: unknown): void {
    const line = JSON.stringify(value);
    this.#text.push(line, '\n');
    this.#chars += line.length + 1;
    this.count += 1;
    if (this.#chars >= CHUNK_CHARS) this.#flush();
  }

  bytes(): Buffer {
    this.#flush();
    return Buffer.concat(this.#chunks);
  }

  #flush(): void {
    if (this.#chars === 0) return;
    this.#chunks.push(Buffer.from(this.#text.join('')));
    this.#text = [];
    this.#chars = 0;
  }
}

/** Parses the lines of `bytes` one at a time. */
export function* parseLines<T>(bytes: Uint8Array): Generator<T> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let start = 0; start < buffer.length; ) {
    const newline = buffer.indexOf(10, start);
    const end = newline < 0 ? buffer.length : newline;
    if (end > start) yield JSON.parse(buffer.toString('utf8', start, end)) as T;
    start = end + 1;
  }
}

type Reads = Pick<ObjectStore, 'get'>;

/** All lines of an object; a missing object is a fault (eventual listing, lost upload). */
export async function readLines<T>(objects: Reads, ref: ObjectRef): Promise<T[]> {
  return [...parseLines<T>(await readBytes(objects, ref))];
}

export async function readBytes(objects: Reads, ref: ObjectRef): Promise<Uint8Array> {
  const bytes = await objects.get(ref);
  if (!bytes) throw new Fault(`no object ${ref.bucket}/${ref.key}`);
  return bytes;
}

export async function readJson<T>(objects: Reads, ref: ObjectRef): Promise<T> {
  return JSON.parse(Buffer.from(await readBytes(objects, ref)).toString('utf8')) as T;
}

/**
 * Writes a step's output once. A second run of the step must write the same bytes; different bytes mean that
 * the step is not deterministic or that somebody changed its inputs: a bug that halts the cycle.
 */
export async function writeOnce(
  objects: ObjectStore,
  ref: ObjectRef,
  bytes: Uint8Array | string,
): Promise<string> {
  const body = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const digest = sha256(body);
  if ((await objects.putIfAbsent(ref, body)) === 'exists') {
    const stored = sha256(await readBytes(objects, ref));
    if (stored !== digest)
      throw new Bug(`output differs from the one already stored: ${ref.bucket}/${ref.key}`);
  }
  return digest;
}

/** Keeps lines in the bulk bucket under the hash of their bytes, below a folder. Out: the key. */
export async function writeByHash(objects: ObjectStore, folder: string, lines: JsonLines): Promise<string> {
  const bytes = lines.bytes();
  const key = `${folder}/${sha256(bytes)}.jsonl`;
  await writeOnce(objects, { bucket: 'bulk', key }, bytes);
  return key;
}
