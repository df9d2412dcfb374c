import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { assert } from '../../domain/kernel/assert.ts';
import { Fault } from '../../domain/kernel/result.ts';
import { checkItem, checkKey, checkWrites, cursorOf, keyOf, sortKeyOf } from '../control-rules.ts';
import type { ControlStore, Item, Key, Write, WriteOutcome } from '../ports.ts';
import { holds } from './condition.ts';
import { useWriteAheadLog } from './wal.ts';

/** DynamoDB ends a page at 1 MB; a caller that forgets `next` must meet that on its own machine too. */
const PAGE_ITEMS = 500;
const BUSY_TIMEOUT_MS = 15_000;

/**
 * Control records in one SQLite file (WAL, every commit synced), usable from several threads and processes at
 * once. Conditions are evaluated inside `BEGIN IMMEDIATE`, so no other writer stands between check and write.
 */
export function localControl(path: string): ControlStore & { close(): void } {
  const db = openDatabase(path);
  const select = db.prepare('SELECT body FROM items WHERE pk = ? AND sk = ?');
  const upsert = db.prepare('INSERT OR REPLACE INTO items (pk, sk, body) VALUES (?, ?, ?)');
  const remove = db.prepare('DELETE FROM items WHERE pk = ? AND sk = ?');
  const read = ({ pk, sk }: Key) => itemOf(select.get(pk, sk));

  function apply(write: Write, stored: Item | undefined): void {
    const { pk, sk } = keyOf(write);
    if ('delete' in write) remove.run(pk, sk);
    if ('put' in write) upsert.run(pk, sk, JSON.stringify(write.put));
    if ('update' in write) {
      const item: Item = { ...stored, pk, sk, ...write.set };
      checkItem(item);
      upsert.run(pk, sk, JSON.stringify(item));
    }
  }

  function writeAll(writes: readonly Write[]): WriteOutcome {
    const stored = writes.map((write) => read(keyOf(write)));
    const failed = writes.findIndex((write, i) => write.condition && !holds(write.condition, stored[i]));
    if (failed >= 0) return { ok: false, failed, ...(stored[failed] && { item: stored[failed] }) };
    for (const [i, write] of writes.entries()) apply(write, stored[i]);
    return { ok: true };
  }

  return {
    async get(key) {
      checkKey(key);
      return busyIsFault(() => read(key));
    },
    async write(writes) {
      checkWrites(writes);
      return busyIsFault(() => inTransaction(db, () => writeAll(writes)));
    },
    async query(pk, options = {}) {
      const { prefix = '', limit = PAGE_ITEMS, after, newestFirst = false } = options;
      assert(Number.isSafeInteger(limit) && limit > 0, `a page limit is a positive whole number: ${limit}`);
      const edge = after === undefined ? '' : sortKeyOf(after, prefix);
      const statement = db.prepare(newestFirst ? QUERY_DOWN : QUERY_UP);
      const take = Math.min(limit, PAGE_ITEMS);
      const rows = busyIsFault(() => statement.all(pk, prefix, `${prefix}\u{10FFFF}`, edge, take + 1));
      const items = rows.slice(0, take).map((row) => itemOf(row)!);
      const last = items.at(-1);
      return rows.length > take && last ? { items, next: cursorOf(last.sk) } : { items };
    },
    close: () => db.close(),
  };
}

// SQLite's BINARY collation orders by UTF-8 bytes, as DynamoDB does; U+10FFFF is above every suffix.
const RANGE = 'SELECT body FROM items WHERE pk = ? AND sk >= ? AND sk < ?';
const QUERY_UP = `${RANGE} AND sk > ? ORDER BY sk LIMIT ?`;
const QUERY_DOWN = `${RANGE} AND (?4 = '' OR sk < ?4) ORDER BY sk DESC LIMIT ?`;

function itemOf(row: Record<string, unknown> | undefined): Item | undefined {
  return row === undefined ? undefined : (JSON.parse(String(row.body)) as Item);
}

function openDatabase(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true });
  const db = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
  busyIsFault(() => {
    useWriteAheadLog(db);
    db.exec('PRAGMA synchronous = FULL');
    db.exec(
      'CREATE TABLE IF NOT EXISTS items (pk TEXT NOT NULL, sk TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (pk, sk)) STRICT, WITHOUT ROWID',
    );
  });
  return db;
}

function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

/** SQLITE_BUSY and SQLITE_LOCKED after the timeout are what throttling is in the cloud: transient. */
function busyIsFault<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : 0;
    if (code === 5 || code === 6) throw new Fault('the control store is busy', { cause: error });
    throw error;
  }
}
