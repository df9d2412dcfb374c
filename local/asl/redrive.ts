import type { DatabaseSync } from 'node:sqlite';
import { Refused } from '../../domain/kernel/result.ts';
import { iso } from './clock.ts';
import { REDRIVE_DAYS_MAX } from './limits.ts';
import type { Frame } from './scope.ts';
import { executionRow, transact } from './store.ts';

const REDRIVABLE = new Set(['FAILED', 'ABORTED', 'TIMED_OUT']);
const DAY_MS = 86_400_000;

/**
 * Makes an ended execution run again from the states that did not end well: their retries are counted afresh,
 * finished branches, iterations and children stay finished. Refused (CONFLICT) for one that succeeded, still
 * runs, or ended more than 14 days ago.
 */
export function storeRedrive(db: DatabaseSync, id: string, now: number): void {
  transact(db, () => {
    const row = executionRow(db, id);
    if (!row) throw refused('NOT_FOUND', id, 'there is no such execution');
    if (!REDRIVABLE.has(row.status))
      throw refused('CONFLICT', id, `an execution that is ${row.status} cannot be redriven`);
    if (now - (row.stopped ?? now) > REDRIVE_DAYS_MAX * DAY_MS)
      throw refused('CONFLICT', id, `it ended more than ${REDRIVE_DAYS_MAX} days ago`);
    const save = db.prepare('UPDATE frames SET body = ? WHERE execution = ? AND path = ?');
    for (const { path, body } of db.prepare('SELECT path, body FROM frames WHERE execution = ?').all(id))
      save.run(JSON.stringify(again(JSON.parse(body as string) as Frame)), id, path as string);
    const { last } = db
      .prepare(`SELECT COALESCE(MAX(id), 0) AS last FROM events WHERE execution = ? AND log = ''`)
      .get(id) as { last: number };
    const event = {
      id: last + 1,
      previousEventId: last,
      type: 'ExecutionRedriven',
      timestamp: iso(now),
      details: { redriveCount: row.redrives + 1 },
    };
    db.prepare(`INSERT INTO events (execution, log, id, body) VALUES (?, '', ?, ?)`).run(
      id,
      last + 1,
      JSON.stringify(event),
    );
    db.prepare(
      `UPDATE executions SET status = 'RUNNING', error = NULL, cause = NULL, stopped = NULL, since = ?,
       redrives = redrives + 1 WHERE id = ?`,
    ).run(now, id);
  });
}

/** A frame that ended badly (or was cut off), ready to start its state again. */
function again(frame: Frame): Frame {
  if (frame.status === 'SUCCEEDED') return frame;
  const { work } = frame;
  const called = work?.scheduled !== undefined || work?.token !== undefined;
  return {
    ...frame,
    status: 'RUNNING',
    error: undefined,
    cause: undefined,
    retries: [],
    retryAt: undefined,
    work: called ? undefined : work?.tolerated !== undefined ? { ...work, redriven: true } : work,
  };
}

const refused = (code: 'NOT_FOUND' | 'CONFLICT', at: string, message: string) =>
  new Refused({ code, message, at, next: 'look at its status' });
