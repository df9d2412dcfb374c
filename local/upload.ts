import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { ObjectStore } from '../adapters/ports.ts';
import { Refused } from '../domain/kernel/result.ts';

export type Uploaded = { readonly name: string; readonly key: string; readonly sha256: string };

/** Puts a file of this machine into the bulk plane under its own hash; the same file again is the same object. */
export async function upload(objects: ObjectStore, path: string): Promise<Uploaded> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile())
    throw new Refused({
      code: 'BAD_INPUT',
      message: `there is no file ${path}`,
      at: path,
      next: 'check the path',
    });
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path)) digest.update(chunk as Buffer);
  const sha256 = digest.digest('hex');
  const name = basename(path);
  const key = `inbox/${sha256}/${name}`;
  await objects.putIfAbsent({ bucket: 'bulk', key }, createReadStream(path) as AsyncIterable<Uint8Array>);
  return { name, key, sha256 };
}
