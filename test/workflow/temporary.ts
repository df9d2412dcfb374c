import { accessSync, constants, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

const MEMORY = '/dev/shm';
const ROOM_BYTES = 512 * 1024 * 1024;

/**
 * Where a test's folders go: memory where the system has a file system in it with room, because a cycle syncs every
 * object and a disk that others use makes that half of a test's time. A process that is killed leaves the same behind.
 */
export function temporaryRoot(): string {
  try {
    accessSync(MEMORY, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize > ROOM_BYTES ? MEMORY : tmpdir();
  } catch {
    return tmpdir();
  }
}
