import type { DatabaseSync } from 'node:sqlite';

const TRIES = 200;
const PAUSE_MS = 10;
const SQLITE_BUSY = 5;

/**
 * Sets write-ahead logging. SQLite answers "locked" at once, whatever the busy timeout, where two openers of a new
 * file set it at the same moment; so this waits itself, two seconds at most, and then passes the error on.
 */
export function useWriteAheadLog(db: DatabaseSync): void {
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (let tries = 1; ; tries++) {
    try {
      db.exec('PRAGMA journal_mode = WAL');
      return;
    } catch (error) {
      const busy =
        error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === SQLITE_BUSY;
      if (!busy || tries === TRIES) throw error;
      Atomics.wait(pause, 0, 0, PAUSE_MS);
    }
  }
}
