import { S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { s3Uploads } from '../../../adapters/aws/uploads.ts';

const s3 = new S3Client({
  region: 'us-east-1',
  credentials: { accessKeyId: 'example', secretAccessKey: 'example' },
});
const uploads = s3Uploads({ DOCUMENTS_BUCKET: 'documents' }, 600, s3);
const ref = { bucket: 'documents', key: 'claims/p/norte/aa' } as const;

it('signs a PUT over size, type, checksum and "not there yet", so that S3 refuses anything else', async () => {
  const declared = { sha256: 'ab'.repeat(32), bytes: 10, type: 'application/pdf' };
  const { url, headers, expiresAt } = await uploads.put(ref, declared, '2026-03-10T12:00:00Z');
  const query = new URL(url).searchParams;
  expect(query.get('X-Amz-SignedHeaders')).toBe(
    'content-length;content-type;host;if-none-match;x-amz-checksum-sha256',
  );
  expect(query.get('X-Amz-Expires')).toBe('600');
  expect(headers).toEqual({
    'content-type': 'application/pdf',
    'content-length': '10',
    'x-amz-checksum-sha256': Buffer.from(declared.sha256, 'hex').toString('base64'),
    'if-none-match': '*',
  });
  expect(expiresAt).toBe('2026-03-10T12:10:00Z');
});

it('signs a GET, and names the need that a function lacks', async () => {
  const { url, method } = await uploads.get(ref, '2026-03-10T12:00:00Z');
  expect([method, new URL(url).pathname]).toEqual(['GET', '/claims/p/norte/aa']);
  const none = s3Uploads({}, 600, s3);
  await expect(none.get(ref, '2026-03-10T12:00:00Z')).rejects.toThrow('manifest');
});
