import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import { serviceError } from './service-error.ts';

const PAGE_KEYS = 2;

/** S3 in memory behind the real client's commands: conditional writes, ranges, multipart, small list pages. */
export function fakeS3() {
  const client = new S3Client({ region: 'us-east-1' });
  const mock = mockClient(client);
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();
  const idOf = (input: { Bucket?: string; Key?: string }) => `${input.Bucket}/${input.Key}`;
  const store = (input: { Bucket?: string; Key?: string; IfNoneMatch?: string }, body: Buffer) => {
    if (input.IfNoneMatch === '*' && objects.has(idOf(input))) throw serviceError('PreconditionFailed', 412);
    objects.set(idOf(input), body);
    return { ETag: '"etag"' };
  };

  mock.on(PutObjectCommand).callsFake(async (input) => {
    await Promise.resolve();
    return store(input, Buffer.from(input.Body));
  });
  mock.on(CreateMultipartUploadCommand).callsFake(async () => {
    const UploadId = `upload-${uploads.size + 1}`;
    uploads.set(UploadId, new Map());
    return { UploadId };
  });
  mock.on(UploadPartCommand).callsFake(async ({ UploadId, PartNumber, Body }) => {
    uploads.get(UploadId)?.set(PartNumber, Buffer.from(Body));
    return { ETag: `"part-${PartNumber}"`, ChecksumCRC32: `crc-${PartNumber}` };
  });
  mock.on(AbortMultipartUploadCommand).callsFake(async ({ UploadId }) => {
    uploads.delete(UploadId);
    return {};
  });
  mock.on(CompleteMultipartUploadCommand).callsFake(async (input) => {
    const parts = [...(uploads.get(input.UploadId) ?? new Map<number, Buffer>())].sort(([a], [b]) => a - b);
    const answer = store(input, Buffer.concat(parts.map(([, body]) => body)));
    uploads.delete(input.UploadId);
    return answer;
  });
  mock.on(GetObjectCommand).callsFake(async (input) => {
    const whole = objects.get(idOf(input));
    if (!whole) throw serviceError('NoSuchKey', 404);
    const range = /^bytes=(\d+)-(\d+)$/.exec(input.Range ?? '');
    if (range && Number(range[1]) >= whole.length) throw serviceError('InvalidRange', 416);
    return { Body: bodyOf(range ? whole.subarray(Number(range[1]), Number(range[2]) + 1) : whole) };
  });
  mock.on(ListObjectsV2Command).callsFake(async ({ Bucket, Prefix, ContinuationToken = '' }) => {
    const keys = [...objects.keys()]
      .filter((id) => id.startsWith(`${Bucket}/${Prefix}`))
      .map((id) => id.slice(`${Bucket}/`.length))
      .filter((key) => key > ContinuationToken)
      .sort();
    const page = keys.slice(0, PAGE_KEYS);
    return {
      Contents: page.map((Key) => ({ Key, Size: objects.get(`${Bucket}/${Key}`)?.length })),
      ...(keys.length > page.length && { NextContinuationToken: page.at(-1) }),
    };
  });
  return { client, mock, objects, uploads };
}

function bodyOf(bytes: Buffer) {
  const half = Math.ceil(bytes.length / 2);
  return Object.assign(Readable.from([bytes.subarray(0, half), bytes.subarray(half)]), {
    transformToByteArray: async () => new Uint8Array(bytes),
    transformToString: async () => bytes.toString(),
  });
}
