import {
  GetObjectCommand,
  type GetObjectCommandOutput,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { assert } from '../../domain/kernel/assert.ts';
import { Fault } from '../../domain/kernel/result.ts';
import { checkPrefix, checkRange, checkRef } from '../object-key.ts';
import type { Bucket, ObjectRef, ObjectStore, StoredObject } from '../ports.ts';
import { isTransient, nameOf, rethrow, statusOf } from './fault.ts';
import { PART_BYTES, partsOf, uploadParts } from './multipart.ts';

/**
 * Objects in S3, one bucket for each of ours, written with `If-None-Match: *`. An answer lost on the network
 * makes the SDK ask again and meet its own object: `exists` then, so callers compare bytes on `exists`.
 * `get` can only tell a missing object from a forbidden one where the role has s3:ListBucket.
 */
export function s3Objects(s3: S3Client, bucketName: (bucket: Bucket) => string): ObjectStore {
  const at = (ref: ObjectRef) => {
    checkRef(ref);
    return { Bucket: bucketName(ref.bucket), Key: ref.key };
  };
  const fetch = (ref: ObjectRef, Range?: string) =>
    s3.send(new GetObjectCommand({ ...at(ref), ...(Range !== undefined && { Range }) }));
  const put = async (ref: ObjectRef, bytes: Uint8Array) => {
    await s3.send(new PutObjectCommand({ ...at(ref), Body: bytes, IfNoneMatch: '*' }));
  };

  return {
    async putIfAbsent(ref, body) {
      const target = at(ref);
      try {
        if (body instanceof Uint8Array) await put(ref, body);
        else {
          const parts = partsOf(body, PART_BYTES);
          const first = await parts.next();
          const bytes = first.done ? new Uint8Array() : first.value;
          if (bytes.length < PART_BYTES) await put(ref, bytes);
          else await uploadParts(s3, target, bytes, parts);
        }
        return 'created';
      } catch (error) {
        if (statusOf(error) === 412 || nameOf(error) === 'PreconditionFailed') return 'exists';
        // Two conditional writes met; the loser has to start over, and will then see `exists`.
        if (nameOf(error) === 'ConditionalRequestConflict')
          throw new Fault(`another writer of ${ref.key}`, { cause: error });
        return rethrow(error, `writing ${ref.bucket}/${ref.key}`);
      }
    },
    async get(ref) {
      try {
        return await bytesOf(await fetch(ref));
      } catch (error) {
        if (isMissing(error)) return undefined;
        return rethrow(error, `reading ${ref.bucket}/${ref.key}`);
      }
    },
    async getRange(ref, start, end) {
      checkRange(start, end);
      if (start === end) return new Uint8Array();
      let bytes = new Uint8Array();
      try {
        bytes = await bytesOf(await fetch(ref, `bytes=${start}-${end - 1}`));
      } catch (error) {
        if (nameOf(error) !== 'InvalidRange' && statusOf(error) !== 416) missingOr(error, ref);
      }
      assert(
        bytes.length === end - start,
        `range ${start}-${end} runs past the end of ${ref.bucket}/${ref.key}`,
      );
      return bytes;
    },
    async *stream(ref) {
      try {
        const { Body } = await fetch(ref);
        for await (const chunk of Body as AsyncIterable<Uint8Array>) yield chunk;
      } catch (error) {
        missingOr(error, ref);
      }
    },
    list(bucket, prefix) {
      checkPrefix(prefix);
      return listAll(s3, bucketName(bucket), prefix);
    },
  };
}

const isMissing = (error: unknown) => nameOf(error) === 'NoSuchKey' || nameOf(error) === 'NotFound';

function missingOr(error: unknown, { bucket, key }: ObjectRef): never {
  if (isMissing(error)) throw new Fault(`no object ${bucket}/${key}`, { cause: error });
  // A body cut off half way carries a Node error, not a service answer.
  if (nameOf(error) === 'AbortError' || nameOf(error) === 'IncompleteBody' || isTransient(error))
    throw new Fault(`reading ${bucket}/${key} broke off`, { cause: error });
  throw error;
}

async function bytesOf({ Body }: GetObjectCommandOutput): Promise<Uint8Array<ArrayBuffer>> {
  assert(Body, 'S3 answered without a body');
  return new Uint8Array(await Body.transformToByteArray());
}

async function* listAll(s3: S3Client, Bucket: string, Prefix: string): AsyncGenerator<StoredObject> {
  let token: string | undefined;
  do {
    const page = await s3
      .send(
        new ListObjectsV2Command({
          Bucket,
          Prefix,
          ...(token !== undefined && { ContinuationToken: token }),
        }),
      )
      .catch((error) => rethrow(error, `listing ${Prefix}`));
    for (const { Key, Size } of page.Contents ?? [])
      if (Key !== undefined) yield { key: Key, bytes: Size ?? 0 };
    token = page.NextContinuationToken;
  } while (token !== undefined);
}
