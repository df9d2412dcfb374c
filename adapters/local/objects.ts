import { createReadStream } from 'node:fs';
import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assert } from '../../domain/kernel/assert.ts';
import { Fault } from '../../domain/kernel/result.ts';
import { checkPrefix, checkRange, checkRef } from '../object-key.ts';
import type { ObjectRef, ObjectStore, StoredObject } from '../ports.ts';
import { codeOf, sweepTemporary, writeOnce } from './atomic-file.ts';

/** What can be read of a folder of objects; nothing below it is ever written, so that it may be read-only. */
export type ObjectReader = Omit<ObjectStore, 'putIfAbsent'>;

export function localReader(dir: string): ObjectReader {
  const pathOf = pathBelow(dir);
  return {
    async get(ref) {
      return await readFile(pathOf(ref)).catch((error) =>
        isMissing(error) ? undefined : faultOf(error, ref),
      );
    },
    async getRange(ref, start, end) {
      checkRange(start, end);
      if (start === end) return new Uint8Array();
      return await readRange(pathOf(ref), start, end).catch((error) => faultOf(error, ref));
    },
    async *stream(ref) {
      const path = pathOf(ref);
      try {
        yield* createReadStream(path, { highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>;
      } catch (error) {
        faultOf(error, ref);
      }
    },
    list(bucket, prefix) {
      checkPrefix(prefix);
      return listBelow(join(dir, bucket), '', prefix);
    },
  };
}

/**
 * Objects as plain files: `dir/<bucket>/<key>`, a folder that people can open. Half-written files live in
 * `dir/.tmp` and are never seen by readers. Unlike S3, a key cannot also be the folder of another key.
 */
export function localObjects(dir: string): ObjectStore {
  const pathOf = pathBelow(dir);
  const temporaryDir = join(dir, '.tmp');
  const swept = sweepTemporary(temporaryDir);
  return {
    ...localReader(dir),
    async putIfAbsent(ref, body) {
      const path = pathOf(ref);
      await swept;
      return await writeOnce(path, body, temporaryDir).catch((error) => faultOf(error, ref));
    },
  };
}

const pathBelow = (dir: string) => (ref: ObjectRef) => {
  checkRef(ref);
  return join(dir, ref.bucket, ref.key);
};

const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR', 'EISDIR'].includes(codeOf(error) ?? '');

/** What S3 would call transient or missing is a Fault; our own bugs and disk-full stay what they are. */
function faultOf(error: unknown, { bucket, key }: ObjectRef): never {
  if (isMissing(error)) throw new Fault(`no object ${bucket}/${key}`, { cause: error });
  if (['EMFILE', 'ENFILE', 'EIO', 'EAGAIN', 'EBUSY'].includes(codeOf(error) ?? ''))
    throw new Fault(`could not reach ${bucket}/${key}: ${codeOf(error)}`, { cause: error });
  throw error;
}

async function readRange(path: string, start: number, end: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const bytes = Buffer.allocUnsafeSlow(end - start);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
      assert(
        bytesRead > 0,
        `range ${start}-${end} runs past the end of the object (${start + filled} bytes)`,
      );
      filled += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/**
 * Walks folders in the order of full keys. A folder sorts as `name/`, which is not where readdir puts it:
 * `a-1` comes before `a/1` because `-` is below `/`.
 */
async function* listBelow(folder: string, above: string, prefix: string): AsyncGenerator<StoredObject> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const keys = entries
    .map((entry) => ({ entry, key: above + entry.name + (entry.isDirectory() ? '/' : '') }))
    .filter(({ key }) => key.startsWith(prefix) || (key.endsWith('/') && prefix.startsWith(key)))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const { entry, key } of keys) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* listBelow(path, key, prefix);
    else yield { key, bytes: (await stat(path)).size };
  }
}
