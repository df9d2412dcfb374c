import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test } from 'vitest';
import { PART_BYTES } from '../../adapters/aws/multipart.ts';
import { s3Objects } from '../../adapters/aws/objects.ts';
import { Fault } from '../../domain/kernel/result.ts';
import { collect } from './collect.ts';
import { fakeS3 } from './fakes/s3.ts';
import { serviceError } from './fakes/service-error.ts';

const mocks: { restore(): void }[] = [];
afterEach(() => {
  for (const mock of mocks.splice(0)) mock.restore();
});
const ref = { bucket: 'bulk', key: 'a/b' } as const;

describe('S3 commands', () => {
  function open() {
    const fake = fakeS3();
    mocks.push(fake.mock);
    return { ...fake, store: s3Objects(fake.client, (bucket) => `cumple-${bucket}`) };
  }
  const inputs = (mock: ReturnType<typeof open>['mock']) => mock.calls().map((call) => call.args[0].input);

  test('bytes go in one PutObject that replaces nothing', async () => {
    const { store, mock } = open();
    await store.putIfAbsent(ref, Buffer.from('x'));
    const target = { Bucket: 'cumple-bulk', Key: 'a/b' };
    expect(inputs(mock)).toEqual([{ ...target, Body: Buffer.from('x'), IfNoneMatch: '*' }]);
  });

  test('a short stream goes in one PutObject too, a long one in parts whose completion replaces nothing', async () => {
    const { store, mock, uploads } = open();
    await store.putIfAbsent(
      { bucket: 'bulk', key: 'short' },
      (async function* () {
        yield Buffer.from('x');
      })(),
    );
    expect(mock.commandCalls(PutObjectCommand)).toHaveLength(1);
    await store.putIfAbsent(
      ref,
      (async function* () {
        yield Buffer.alloc(PART_BYTES + 1);
      })(),
    );
    expect(mock.commandCalls(CreateMultipartUploadCommand)[0]!.args[0].input).toEqual({
      Bucket: 'cumple-bulk',
      Key: 'a/b',
      ChecksumAlgorithm: 'CRC32',
    });
    const parts = mock
      .commandCalls(UploadPartCommand)
      .map((call) => (call.args[0].input.Body as Buffer).length);
    expect(parts).toEqual([PART_BYTES, 1]);
    expect(mock.commandCalls(CompleteMultipartUploadCommand)[0]!.args[0].input).toEqual({
      Bucket: 'cumple-bulk',
      Key: 'a/b',
      UploadId: 'upload-1',
      IfNoneMatch: '*',
      MultipartUpload: {
        Parts: [
          { PartNumber: 1, ETag: '"part-1"', ChecksumCRC32: 'crc-1' },
          { PartNumber: 2, ETag: '"part-2"', ChecksumCRC32: 'crc-2' },
        ],
      },
    });
    expect(uploads.size).toBe(0);
  });

  test('a long stream that breaks off or meets another object is aborted', async () => {
    const { store, mock, uploads } = open();
    async function* broken() {
      yield Buffer.alloc(PART_BYTES + 1);
      throw new Error('broke');
    }
    await expect(store.putIfAbsent(ref, broken())).rejects.toThrow('broke');
    expect(mock.commandCalls(AbortMultipartUploadCommand)).toHaveLength(1);
    expect(uploads.size).toBe(0);
  });

  test('a range is asked for with its last byte included', async () => {
    const { store, mock } = open();
    await store.putIfAbsent(ref, Buffer.from('abcdef'));
    await store.getRange(ref, 2, 4);
    expect(mock.commandCalls(GetObjectCommand)[0]!.args[0].input).toMatchObject({ Range: 'bytes=2-3' });
  });

  test.each([
    ['SlowDown', 503, Fault],
    ['InternalError', 500, Fault],
    ['ConditionalRequestConflict', 409, Fault],
    ['AccessDenied', 403, Error],
  ])('%s is told apart', async (name, status, kind) => {
    const { store, mock } = open();
    mock.on(PutObjectCommand).rejects(serviceError(name, status));
    const error = await store.putIfAbsent(ref, Buffer.from('x')).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(kind);
    expect(error instanceof Fault).toBe(kind === Fault);
  });

  test('a connection that breaks while reading is a Fault', async () => {
    const { store, mock } = open();
    mock.on(GetObjectCommand).rejects(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
    await expect(store.get(ref)).rejects.toBeInstanceOf(Fault);
    await expect(collect(store.stream(ref))).rejects.toBeInstanceOf(Fault);
  });
});
