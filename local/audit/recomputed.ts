import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { localReader, type ObjectReader } from '../../adapters/local/index.ts';
import type { Bucket, ObjectRef, ObjectStore, StoredObject } from '../../adapters/ports.ts';
import { compareObjects } from '../../domain/audit/compare.ts';
import type { Difference } from '../../domain/audit/difference.ts';
import { digestOf } from './bundle.ts';

/** Objects larger than this are compared by hash alone. */
const COMPARED_BYTES_MAX = 100 << 20;

export const pathOf = ({ bucket, key }: ObjectRef): string => `${bucket}/${key}`;

/** What is told of every object that is worked out again, and of each difference from the stored one. */
export type Witness = { checked(): void; differs(difference: Difference): void };

/**
 * The objects of a bundle as its inputs and the rules give them. What a step writes is compared with what is stored;
 * where both differ, later steps read what was worked out, so that one change is told once and not by everything that
 * rests on it. Below a hidden prefix nothing is read that no step has written here or that was not given: what is
 * stored there proves nothing about itself. The bundle is never written; what differs lies in `temporaryDir`.
 */
export class RecomputedObjects implements ObjectStore {
  readonly #bundle: ObjectReader;
  readonly #temporaryDir: string;
  readonly #others: ObjectReader;
  readonly #witness: Witness;
  readonly #mayBeMissing: (ref: ObjectRef) => boolean;
  readonly #hidden = new Set<string>();
  readonly #given = new Set<string>();
  readonly #equal = new Set<string>();
  readonly #other = new Set<string>();

  constructor(
    bundle: ObjectReader,
    temporaryDir: string,
    witness: Witness,
    mayBeMissing: (ref: ObjectRef) => boolean,
  ) {
    this.#bundle = bundle;
    this.#temporaryDir = temporaryDir;
    this.#others = localReader(temporaryDir);
    this.#witness = witness;
    this.#mayBeMissing = mayBeMissing;
  }

  /** An object that is in no bundle, for a step that reads one. */
  async provide(ref: ObjectRef, body: string): Promise<void> {
    await writeFile(await this.#temporaryPath(ref), body);
    this.#other.add(pathOf(ref));
  }

  /** From now on what is stored below this prefix is not read. */
  hide(bucket: Bucket, prefix: string): void {
    this.#hidden.add(`${bucket}/${prefix}`);
  }

  /** An object that the audit starts from and does not work out. */
  give(ref: ObjectRef): void {
    this.#given.add(pathOf(ref));
  }

  /** Where a step cannot be repeated, the later ones go on from what is stored. */
  reveal(bucket: Bucket, prefix: string): void {
    this.#hidden.delete(`${bucket}/${prefix}`);
  }

  /** Stored objects below a hidden prefix that no step has written; none where it was revealed. */
  async *unaccounted(bucket: Bucket, prefix: string): AsyncGenerator<string> {
    if (!this.#hidden.has(`${bucket}/${prefix}`)) return;
    for await (const { key } of this.#bundle.list(bucket, prefix)) {
      const path = pathOf({ bucket, key });
      if (!this.#isKnown(path)) yield path;
    }
  }

  async putIfAbsent(ref: ObjectRef, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<'created'> {
    const path = pathOf(ref);
    if (!this.#equal.has(path) && !this.#other.has(path)) {
      const equal =
        body instanceof Uint8Array ? await this.#hold(ref, body) : await this.#holdStream(ref, body);
      (equal ? this.#equal : this.#other).add(path);
      this.#witness.checked();
      if (!equal) await this.#tell(ref);
    } else if (!(body instanceof Uint8Array)) for await (const _rest of body);
    return 'created';
  }

  async get(ref: ObjectRef): Promise<Uint8Array | undefined> {
    return await this.#readerOf(ref)?.get(ref);
  }

  async getRange(ref: ObjectRef, start: number, end: number): Promise<Uint8Array> {
    return await (this.#readerOf(ref) ?? this.#others).getRange(ref, start, end);
  }

  stream(ref: ObjectRef): AsyncIterable<Uint8Array> {
    return (this.#readerOf(ref) ?? this.#others).stream(ref);
  }

  async *list(bucket: Bucket, prefix: string): AsyncGenerator<StoredObject> {
    const found = new Map<string, StoredObject>();
    for await (const object of this.#bundle.list(bucket, prefix))
      if (this.#readerOf({ bucket, key: object.key }) === this.#bundle) found.set(object.key, object);
    for await (const object of this.#others.list(bucket, prefix)) found.set(object.key, object);
    for (const key of [...found.keys()].sort()) yield found.get(key)!;
  }

  #isKnown(path: string): boolean {
    return this.#equal.has(path) || this.#other.has(path) || this.#given.has(path);
  }

  #readerOf(ref: ObjectRef): ObjectReader | undefined {
    const path = pathOf(ref);
    if (this.#other.has(path)) return this.#others;
    if (this.#isKnown(path)) return this.#bundle;
    for (const prefix of this.#hidden) if (path.startsWith(prefix)) return undefined;
    return this.#bundle;
  }

  /** Keeps `body` where it is not what is stored. */
  async #hold(ref: ObjectRef, body: Uint8Array): Promise<boolean> {
    const stored = await this.#bundle.get(ref);
    if (stored && Buffer.compare(stored, body) === 0) return true;
    await writeFile(await this.#temporaryPath(ref), body);
    return false;
  }

  async #holdStream(ref: ObjectRef, body: AsyncIterable<Uint8Array>): Promise<boolean> {
    const temporary = await this.#temporaryPath(ref);
    await pipeline(Readable.from(body, { objectMode: false }), createWriteStream(temporary));
    const equal = (await this.#hashOf(this.#bundle, ref)) === (await this.#hashOf(this.#others, ref));
    if (equal) await rm(temporary);
    return equal;
  }

  async #hashOf(reader: ObjectReader, ref: ObjectRef): Promise<string | undefined> {
    for await (const { key } of reader.list(ref.bucket, ref.key)) {
      if (key !== ref.key) continue;
      return (await digestOf(reader.stream(ref))).sha256;
    }
    return undefined;
  }

  async #temporaryPath({ bucket, key }: ObjectRef): Promise<string> {
    const path = join(this.#temporaryDir, bucket, key);
    await mkdir(dirname(path), { recursive: true });
    return path;
  }

  async #tell(ref: ObjectRef): Promise<void> {
    const path = pathOf(ref);
    const { size } = await stat(await this.#temporaryPath(ref));
    const stored = await this.#bundle.get(ref);
    if (!stored) {
      if (!this.#mayBeMissing(ref)) this.#witness.differs({ path, what: 'missing' });
    } else if (Math.max(size, stored.length) > COMPARED_BYTES_MAX)
      this.#witness.differs({ path, what: 'changed' });
    else
      for (const difference of compareObjects(path, stored, (await this.#others.get(ref))!))
        this.#witness.differs(difference);
  }
}
