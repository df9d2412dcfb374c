import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { assert } from '../../domain/kernel/assert.ts';
import type { ObjectRef } from '../ports.ts';

type Signed = {
  method: 'PUT' | 'GET';
  url: string;
  headers: Record<string, string>;
  expiresAt: string;
};

/**
 * Presigned requests to S3. A PUT is signed over its checksum, length, type and `If-None-Match: *`, so S3 itself
 * refuses other bytes, another type, and a second object under the key.
 */
export function s3Uploads(
  env: Readonly<Record<string, string | undefined>>,
  seconds: number,
  s3: S3Client = new S3Client({ maxAttempts: 4 }),
) {
  const at = ({ bucket, key }: ObjectRef) => {
    const Bucket = env[`${bucket.toUpperCase()}_BUCKET`];
    assert(Bucket, `this function was not given the bucket ${bucket}: add the need to functions/manifest.ts`);
    return { Bucket, Key: key };
  };
  const expiresAt = (now: string) =>
    new Date(Date.parse(now) + seconds * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return {
    async put(
      ref: ObjectRef,
      declared: { readonly sha256: string; readonly bytes: number; readonly type: string },
      now: string,
    ): Promise<Signed> {
      const checksum = Buffer.from(declared.sha256, 'hex').toString('base64');
      const command = new PutObjectCommand({
        ...at(ref),
        ContentLength: declared.bytes,
        ContentType: declared.type,
        ChecksumSHA256: checksum,
        IfNoneMatch: '*',
      });
      const headers = {
        'content-type': declared.type,
        'content-length': String(declared.bytes),
        'x-amz-checksum-sha256': checksum,
        'if-none-match': '*',
      };
      const url = await getSignedUrl(s3, command, {
        expiresIn: seconds,
        unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
        signableHeaders: new Set(Object.keys(headers)),
      });
      return { method: 'PUT', url, headers, expiresAt: expiresAt(now) };
    },
    async get(ref: ObjectRef, now: string): Promise<Signed> {
      const url = await getSignedUrl(s3, new GetObjectCommand(at(ref)), { expiresIn: seconds });
      return { method: 'GET', url, headers: {}, expiresAt: expiresAt(now) };
    },
  };
}
