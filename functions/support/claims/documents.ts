import type { ObjectRef, Ports } from '../../../adapters/ports.ts';
import { sha256 } from '../../../domain/kernel/hash.ts';
import type { Document } from '../../../domain/records/claim.ts';
import { SaidRefusal } from '../http/said.ts';

/** Where an institute's document lies: by its hash, never by its name, which may be a person's. */
export const documentRef = (programme: string, provider: string, hash: string): ObjectRef => ({
  bucket: 'documents',
  key: `claims/${programme}/${provider}/${hash}`,
});

/** Where a verifier's own documents lie: photographs of a visit, notes. */
export const verifierDocumentRef = (programme: string, claim: string, hash: string): ObjectRef => ({
  bucket: 'documents',
  key: `verifications/${programme}/${claim}/${hash}`,
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

/** Refuses documents of a verifier about a claim that were not uploaded (BAD_INPUT, each by its hash). */
export async function refuseNotUploaded(
  ports: Ports,
  { programme, claim }: { readonly programme: string; readonly claim: string },
  documents: readonly string[],
): Promise<void> {
  for (const hash of documents) {
    const { bucket, key } = verifierDocumentRef(programme, claim, hash);
    let found = false;
    for await (const object of ports.objects.list(bucket, key)) found ||= object.key === key;
    if (!found)
      throw new SaidRefusal(
        'BAD_INPUT',
        { es: 'falta subir un documento de la decisión', en: 'a document of the decision was not uploaded' },
        { errors: [{ path: 'body.documents', message: hash }] },
      );
  }
}
