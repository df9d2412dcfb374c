import { z } from 'zod';
import type { ObjectRef, Ports } from '../../../adapters/ports.ts';
import { assert } from '../../../domain/kernel/assert.ts';

/** A request that the caller may send once, soon, without a token of ours. */
export type SignedRequest = {
  readonly method: 'PUT' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expiresAt: string;
};

/**
 * Signed requests to the object store. A PUT takes only the declared bytes: size, type and sha256 are part of what is
 * signed, and what is there already is never overwritten.
 */
export interface Uploads {
  put(
    ref: ObjectRef,
    declared: { readonly sha256: string; readonly bytes: number; readonly type: string },
    now: string,
  ): Promise<SignedRequest>;
  get(ref: ObjectRef, now: string): Promise<SignedRequest>;
}

/** Signed requests end after ten minutes. */
export const SIGNED_SECONDS = 600;

let uploads: Uploads | undefined;
/** Gives handlers their uploads: the local server and tests call it; on Lambda nobody does. */
export function provideUploads(next: Uploads | undefined): void {
  uploads = next;
}
export async function currentUploads(): Promise<Uploads> {
  if (!uploads) {
    const { s3Uploads } = await import('../../../adapters/aws/uploads.ts');
    uploads = s3Uploads(process.env, SIGNED_SECONDS);
  }
  assert(uploads, 'no uploads');
  return uploads;
}

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Where the caller may upload a document that they declared. */
export const UploadView = z.strictObject({
  sha256: Sha256,
  method: z.literal('PUT'),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  expiresAt: z.string(),
});

/** The upload of a declared document, signed now. */
export async function uploadOf(
  { clock }: Pick<Ports, 'clock'>,
  ref: ObjectRef,
  declared: { readonly sha256: string; readonly bytes: number; readonly type: string },
): Promise<z.input<typeof UploadView>> {
  const { url, headers, expiresAt } = await (await currentUploads()).put(ref, declared, clock.now());
  return { sha256: declared.sha256, method: 'PUT', url, headers: { ...headers }, expiresAt };
}
