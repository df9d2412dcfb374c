import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { s3Objects } from '../../adapters/aws/objects.ts';
import { localObjects } from '../../adapters/local/index.ts';
import { fakeS3 } from './fakes/s3.ts';
import { objectStoreContract } from './objects.contract.ts';

objectStoreContract('local folder', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cumple-objects-'));
  return { subject: localObjects(dir), end: () => rmSync(dir, { recursive: true }) };
});

objectStoreContract('S3 (commands answered in memory)', async () => {
  const { client, mock } = fakeS3();
  return { subject: s3Objects(client, (bucket) => `cumple-${bucket}`), end: () => mock.restore() };
});
