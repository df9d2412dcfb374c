import type { DatabaseSync } from 'node:sqlite';
import { Refused } from '../../domain/kernel/result.ts';
import { transact } from './store.ts';

/** An owner that has not been seen for so long is dead, even if another program has its process number now. */
const STALE_MS = 30_000;
/** Files that this process runs: its own number may be that of a dead owner (containers start at the same one). */
const mine = new Set<string>();

/** Makes this process the one that runs the executions of a file. Refused (CONFLICT) while another one does. */
export function takeOwnership(db: DatabaseSync, file: string, now: number): void {
  if (mine.has(file)) throw inUse(file, process.pid);
  transact(db, () => {
    const owner = db.prepare('SELECT pid, seen FROM owner').get() as
      | { pid: number; seen: number }
      | undefined;
    if (owner && owner.pid !== process.pid && now - owner.seen < STALE_MS && isAlive(owner.pid))
      throw inUse(file, owner.pid);
    db.prepare('INSERT OR REPLACE INTO owner (one, pid, seen) VALUES (1, ?, ?)').run(process.pid, now);
  });
  mine.add(file);
}

/** Says that the owner lives. */
export function seen(db: DatabaseSync, now: number): void {
  db.prepare('UPDATE owner SET seen = ? WHERE pid = ?').run(now, process.pid);
}

export function releaseOwnership(db: DatabaseSync, file: string): void {
  mine.delete(file);
  db.prepare('DELETE FROM owner WHERE pid = ?').run(process.pid);
}

const inUse = (file: string, pid: number) =>
  new Refused({
    code: 'CONFLICT',
    message: `the process ${pid} runs the workflows of this folder already`,
    next: 'wait until it has finished, or use another --out folder',
    at: file,
  });

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
