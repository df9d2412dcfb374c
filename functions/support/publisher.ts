import { createHash } from 'node:crypto';
import type { ObjectStore } from '../../adapters/ports.ts';
import type { ManifestFile } from '../../domain/audit/manifest.ts';
import { Bug } from '../../domain/kernel/assert.ts';

/** Writes report files below `folder` once, hashing them as they stream; a second run must give the same bytes. */
export function publisher(objects: ObjectStore, folder: string) {
  const written: ManifestFile[] = [];
  const stream = async (name: string, body: AsyncIterable<Uint8Array>): Promise<void> => {
    const ref = { bucket: 'reports', key: `${folder}/${name}` } as const;
    const digest = createHash('sha256');
    let bytes = 0;
    async function* hashed() {
      for await (const chunk of body) {
        digest.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    }
    const source = hashed();
    const outcome = await objects.putIfAbsent(ref, source);
    for await (const _rest of source); // an object that exists may not have been read to its end
    const file = { path: `reports/${ref.key}`, sha256: digest.digest('hex'), bytes };
    if (outcome === 'exists' && (await storedHash(objects, ref)) !== file.sha256)
      throw new Bug(`report differs from the one already published: ${ref.key}`);
    written.push(file);
  };
  return {
    stream,
    bytes: (name: string, body: Uint8Array | string) =>
      stream(name, once(typeof body === 'string' ? Buffer.from(body) : body)),
    files: (): readonly ManifestFile[] => [...written],
  };
}

async function* once(body: Uint8Array): AsyncGenerator<Uint8Array> {
  yield body;
}

async function storedHash(objects: ObjectStore, ref: Parameters<ObjectStore['stream']>[0]): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of objects.stream(ref)) digest.update(chunk);
  return digest.digest('hex');
}
