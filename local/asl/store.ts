import { DatabaseSync } from 'node:sqlite';
import { useWriteAheadLog } from '../../adapters/local/wal.ts';
import type { Execution } from '../../adapters/ports.ts';

const SCHEMA = `
CREATE TABLE IF NOT EXISTS definitions (hash TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS workflows (name TEXT PRIMARY KEY, hash TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS executions (
  id TEXT PRIMARY KEY, workflow TEXT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL, input TEXT NOT NULL,
  status TEXT NOT NULL, output TEXT, error TEXT, cause TEXT,
  started INTEGER NOT NULL, since INTEGER NOT NULL, stopped INTEGER, redrives INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS executions_status ON executions (status);
CREATE TABLE IF NOT EXISTS frames (
  execution TEXT NOT NULL, path TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (execution, path)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS events (
  execution TEXT NOT NULL, log TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL,
  PRIMARY KEY (execution, log, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tokens (
  token TEXT PRIMARY KEY, execution TEXT NOT NULL, status TEXT NOT NULL, answer TEXT, beats INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS tokens_status ON tokens (status);
CREATE TABLE IF NOT EXISTS owner (
  one INTEGER PRIMARY KEY CHECK (one = 1), pid INTEGER NOT NULL, seen INTEGER NOT NULL
) STRICT;
`;

/** How long a writer waits for another one. */
const BUSY_MS = 10_000;

/**
 * Opens (and creates) the file of executions. WAL with `synchronous = NORMAL`: what is committed survives the
 * death of the process at any moment; a power cut may cost the last transitions, which then run again.
 */
export function openStore(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: BUSY_MS });
  useWriteAheadLog(db);
  db.exec('PRAGMA synchronous = NORMAL;');
  db.exec(SCHEMA);
  return db;
}

/** Runs `work` in one transaction that no other writer can come between. */
export function transact<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const value = work();
    db.exec('COMMIT');
    return value;
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
}

export type ExecutionRow = {
  readonly id: string;
  readonly workflow: string;
  readonly name: string;
  readonly hash: string;
  readonly input: string;
  readonly status: Execution['status'];
  readonly output: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly started: number;
  readonly since: number;
  readonly stopped: number | null;
  readonly redrives: number;
};

export const executionRow = (db: DatabaseSync, id: string): ExecutionRow | undefined =>
  db.prepare('SELECT * FROM executions WHERE id = ?').get(id) as ExecutionRow | undefined;

/** A row as the Workflows port shows it. */
export function asExecution(row: ExecutionRow): Execution {
  return {
    id: row.id,
    status: row.status,
    ...(row.output !== null && { output: JSON.parse(row.output) as unknown }),
    ...(row.error !== null && { error: row.error }),
    ...(row.cause !== null && { cause: row.cause }),
  };
}
