import type { ObjectRef, Ports } from '../../../adapters/ports.ts';
import { sha256 } from '../../../domain/kernel/hash.ts';
import type { Document } from '../../../domain/records/claim.ts';

/** Where an institute's document lies: by its hash, never by its name, which may be a person's. */
export const documentRef = (programme: string, provider: string, hash: string): ObjectRef => ({
  bucket: 'documents',
  key: `claims/${programme}/${provider}/${hash}`,
});

/**
 * Documents of a claim that are not there as declared: not uploaded, or with other bytes than their hash and size
 * say. The bytes are hashed here once more, so that no upload path has to be trusted.
 */
export async function missingDocuments(
  ports: Ports,
  programme: string,
  provider: string,
  documents: readonly Document[],
): Promise<string[]> {
  const missing: string[] = [];
  for (const document of documents) {
    const bytes = await ports.objects.get(documentRef(programme, provider, document.sha256));
    if (!bytes || bytes.length !== document.bytes || sha256(bytes) !== document.sha256)
      missing.push(document.sha256);
  }
  return missing;
}
