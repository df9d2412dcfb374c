import {
  AbortMultipartUploadCommand,
  type CompletedPart,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  type S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { assert } from '../../domain/kernel/assert.ts';

/** 8 MiB: S3 wants at least 5 MiB in all parts but the last; 10,000 of them reach 78 GiB. */
export const PART_BYTES = 8 * 1024 * 1024;
const MAX_PARTS = 10_000;

/** Regroups chunks of any size into parts of exactly `size` bytes, the last one shorter, each its own memory. */
export async function* partsOf(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let part = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; ) {
      const taken = Math.min(size - filled, chunk.length - from);
      part.set(chunk.subarray(from, from + taken), filled);
      filled += taken;
      from += taken;
      if (filled === size) {
        yield part;
        part = new Uint8Array(size);
        filled = 0;
      }
    }
  }
  if (filled > 0) yield part.subarray(0, filled);
}

/**
 * Uploads `first` and the rest in parts and completes with `If-None-Match: *`, so that nothing is visible
 * before the last byte and nothing is replaced. Any error aborts the upload: its parts would be billed.
 */
export async function uploadParts(
  s3: S3Client,
  target: { Bucket: string; Key: string },
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
): Promise<void> {
  const created = await s3.send(new CreateMultipartUploadCommand({ ...target, ChecksumAlgorithm: 'CRC32' }));
  assert(created.UploadId, 'S3 opened an upload without an id');
  const upload = { ...target, UploadId: created.UploadId };
  try {
    const Parts: CompletedPart[] = [await uploadPart(s3, upload, 1, first)];
    for await (const bytes of rest) {
      assert(Parts.length < MAX_PARTS, `${target.Key} needs more than ${MAX_PARTS} parts`);
      Parts.push(await uploadPart(s3, upload, Parts.length + 1, bytes));
    }
    await s3.send(
      new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts }, IfNoneMatch: '*' }),
    );
  } catch (error) {
    // The first error is the one to tell; parts left behind fall to the bucket's life cycle rule.
    await s3.send(new AbortMultipartUploadCommand(upload)).catch(() => undefined);
    throw error;
  }
}

async function uploadPart(
  s3: S3Client,
  upload: { Bucket: string; Key: string; UploadId: string },
  PartNumber: number,
  Body: Uint8Array,
): Promise<CompletedPart> {
  const { ETag, ChecksumCRC32 } = await s3.send(
    new UploadPartCommand({ ...upload, PartNumber, Body, ChecksumAlgorithm: 'CRC32' }),
  );
  return { PartNumber, ETag, ...(ChecksumCRC32 !== undefined && { ChecksumCRC32 }) };
}
