import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { Refused } from '../../domain/kernel/result.ts';
import type { Keys } from '../ports.ts';
import { nameOf, rethrow } from './fault.ts';

export const HMAC_OBJECT = 'hmac.key';

/**
 * The key of EndToEndIds and tokens: 64 hexadecimal digits in `hmac.key` of a bucket of its own, encrypted by
 * its own KMS key. Not an environment variable, which everybody who may list functions can read; reading this
 * needs both s3:GetObject and kms:Decrypt and leaves a trail. Functions never create it: a key that was lost
 * and silently made anew would give every payment a new id. An operator makes it once:
 * `openssl rand -hex 32 > hmac.key` and `aws s3api put-object --bucket B --key hmac.key --body hmac.key
 * --if-none-match '*'`.
 */
export function s3Keys(s3: S3Client, bucketName: () => string): Keys {
  let key: Promise<Uint8Array> | undefined;
  return {
    async hmacKey() {
      key ??= readKey(s3, bucketName());
      try {
        return await key;
      } catch (error) {
        key = undefined;
        throw error;
      }
    },
  };
}

async function readKey(s3: S3Client, Bucket: string): Promise<Uint8Array> {
  const text = await s3
    .send(new GetObjectCommand({ Bucket, Key: HMAC_OBJECT }))
    .then(async ({ Body }) => (await Body?.transformToString())?.trim() ?? '')
    .catch((error) => (nameOf(error) === 'NoSuchKey' ? undefined : rethrow(error, 'reading the key')));
  if (text !== undefined && /^[0-9a-f]{64}$/.test(text)) return Buffer.from(text, 'hex');
  throw new Refused({
    code: text === undefined ? 'NOT_FOUND' : 'BAD_INPUT',
    message: text === undefined ? 'the key object does not exist yet' : 'the key object is damaged',
    next: 'create it once, or restore its first version: with another key every payment id changes',
    at: HMAC_OBJECT,
  });
}
