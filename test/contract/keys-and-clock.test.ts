import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { s3Keys } from '../../adapters/aws/keys.ts';
import { fileKeys, fixedClock, seededKeys, systemClock } from '../../adapters/local/index.ts';
import { fakeS3 } from './fakes/s3.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'cumple-keys-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('keys in a file', () => {
  test('are made once, for the owner only, and read by whoever comes second', async () => {
    const path = join(dir, 'a', 'hmac.key');
    const both = await Promise.all([fileKeys(path).hmacKey(), fileKeys(path).hmacKey()]);
    expect(both[0]).toEqual(both[1]);
    expect(both[0]).toHaveLength(32);
    expect(await fileKeys(path).hmacKey()).toEqual(both[0]);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });
  test('that others can read are refused', async () => {
    const path = join(dir, 'open.key');
    writeFileSync(path, 'ab'.repeat(32));
    chmodSync(path, 0o644);
    await expect(fileKeys(path).hmacKey()).rejects.toMatchObject({ name: 'NOT_ALLOWED' });
  });
  test('that are damaged are refused, never replaced', async () => {
    const path = join(dir, 'damaged.key');
    writeFileSync(path, 'ab', { mode: 0o600 });
    await expect(fileKeys(path).hmacKey()).rejects.toMatchObject({ name: 'BAD_INPUT' });
  });
});

test('keys of a seed are the same for the same seed only', async () => {
  expect(await seededKeys(1).hmacKey()).toEqual(await seededKeys(1).hmacKey());
  expect(await seededKeys(1).hmacKey()).not.toEqual(await seededKeys(2).hmacKey());
  expect(await seededKeys(1).hmacKey()).toHaveLength(32);
});

describe('keys in S3', () => {
  test('are read once for each environment, and never created', async () => {
    const { client, mock, objects } = fakeS3();
    const keys = s3Keys(client, () => 'keys');
    await expect(keys.hmacKey()).rejects.toMatchObject({ name: 'NOT_FOUND' });
    expect(objects.size).toBe(0);
    objects.set('keys/hmac.key', Buffer.from(`${'0f'.repeat(32)}\n`));
    expect(await keys.hmacKey()).toEqual(Buffer.alloc(32, 0x0f));
    await keys.hmacKey();
    expect(mock.calls()).toHaveLength(2);
    mock.restore();
  });
  test('that are damaged are refused', async () => {
    const { client, mock, objects } = fakeS3();
    objects.set('keys/hmac.key', Buffer.from('short'));
    await expect(s3Keys(client, () => 'keys').hmacKey()).rejects.toMatchObject({ name: 'BAD_INPUT' });
    mock.restore();
  });
});

describe('clocks', () => {
  test('the system clock tells seconds in UTC', () => {
    expect(systemClock.now()).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
  });
  test('a fixed clock stands still', () => {
    expect(fixedClock('2026-01-31T12:00:00Z').now()).toBe('2026-01-31T12:00:00Z');
  });
  test.each(['2026-01-31', '2026-13-01T00:00:00Z', '2026-01-31T12:00:00+01:00'])('%s is no moment', (iso) => {
    expect(() => fixedClock(iso)).toThrow(/fixed clock/);
  });
});
