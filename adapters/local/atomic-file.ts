import { randomBytes } from 'node:crypto';
import { type FileHandle, link, mkdir, open, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A code of a Node system error, `ENOENT`; undefined for anything else. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/**
 * Writes `body` to `path` whole or not at all, never over an existing file: a temporary file beside it (same
 * file system), fsync, then `link()`, which fails where the name is taken. `rename` would replace silently.
 * Safe against SIGKILL at any moment and against other writers. `body` is read to its end in either case.
 */
export async function writeOnce(
  path: string,
  body: Uint8Array | AsyncIterable<Uint8Array>,
  temporaryDir: string,
  mode = 0o644,
): Promise<'created' | 'exists'> {
  await mkdir(temporaryDir, { recursive: true });
  const temporary = join(temporaryDir, `${process.pid}-${randomBytes(8).toString('hex')}`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await writeBody(file, body);
      await file.sync();
    } finally {
      await file.close();
    }
    return await publish(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeBody(file: FileHandle, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<void> {
  if (body instanceof Uint8Array) return await file.writeFile(body);
  for await (const chunk of body) await file.writeFile(chunk);
}

async function publish(temporary: string, path: string): Promise<'created' | 'exists'> {
  await mkdir(dirname(path), { recursive: true });
  try {
    await link(temporary, path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return 'exists';
    throw error;
  }
  await syncDirectory(dirname(path));
  return 'created';
}

/** Makes the new name survive a power cut. Windows cannot open a directory; its journal keeps names. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** Removes temporary files of processes that were killed; those of living processes are left alone. */
export async function sweepTemporary(temporaryDir: string): Promise<void> {
  const names = await readdir(temporaryDir).catch(() => []);
  for (const name of names) {
    const pid = Number(name.split('-')[0]);
    if (Number.isSafeInteger(pid) && pid > 0 && !isAlive(pid))
      await rm(join(temporaryDir, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
