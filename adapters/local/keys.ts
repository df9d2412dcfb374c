import { hash, randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Refused } from '../../domain/kernel/result.ts';
import type { Keys } from '../ports.ts';
import { codeOf, writeOnce } from './atomic-file.ts';

/** A key that anybody who knows `seed` can compute: for demonstrations and tests, never for real people. */
export function seededKeys(seed: number | string): Keys {
  const key = hash('sha256', `cumple demonstration key|${seed}`, 'buffer');
  return { hmacKey: async () => key };
}

/**
 * 32 random bytes kept as hex in `path`, created once with mode 0600; whoever comes second reads the first
 * one's key. Refuses a damaged file and one that other users of the machine can read: losing the key changes
 * every EndToEndId, showing it lets anyone test national ids against them.
 */
export function fileKeys(path: string): Keys {
  let key: Promise<Uint8Array> | undefined;
  return {
    hmacKey: () => {
      key ??= readOrCreate(path);
      return key;
    },
  };
}

async function readOrCreate(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch((error) => {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) {
    const fresh = Buffer.from(`${randomBytes(32).toString('hex')}\n`);
    await writeOnce(path, fresh, join(dirname(path), '.tmp'), 0o600);
  } else if (process.platform !== 'win32' && (found.mode & 0o077) !== 0) {
    throw new Refused({
      code: 'NOT_ALLOWED',
      message: 'the key file can be read by other users of this machine',
      next: 'take their access away (chmod 600)',
      at: path,
    });
  }
  const text = (await readFile(path, 'utf8')).trim();
  if (!/^[0-9a-f]{64}$/.test(text))
    throw new Refused({
      code: 'BAD_INPUT',
      message: 'the key file does not hold 64 hexadecimal digits',
      next: 'restore it from its backup: with another key every payment id changes',
      at: path,
    });
  return Buffer.from(text, 'hex');
}
