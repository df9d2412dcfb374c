import type { ObjectRef } from '../../../adapters/ports.ts';
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
