import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Ending } from './execution.ts';
import type { Frame, Journal } from './scope.ts';
import { transact } from './store.ts';
import type { HistoryEvent } from './types.ts';

/**
 * Writes what all executions did since the last time in one transaction, when the event loop comes round. All
 * that happens between two pieces of I/O is therefore stored together or not at all.
 */
export class Writer {
  readonly db: DatabaseSync;
  private readonly dirty = new Set<DurableJournal>();
  private round: Promise<void> | undefined;
  private readonly statements: Record<'frame' | 'drop' | 'event', StatementSync>;
  constructor(db: DatabaseSync) {
    this.db = db;
    this.statements = {
      frame: db.prepare('INSERT OR REPLACE INTO frames (execution, path, body) VALUES (?, ?, ?)'),
      drop: db.prepare('DELETE FROM frames WHERE execution = ? AND path >= ? AND path < ?'),
      event: db.prepare('INSERT OR REPLACE INTO events (execution, log, id, body) VALUES (?, ?, ?, ?)'),
    };
  }
  /** Marks a journal; resolves when what it holds now is stored. */
  note(journal: DurableJournal): Promise<void> {
    this.dirty.add(journal);
    this.round ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        try {
          this.write();
          resolve();
        } catch (error) {
          reject(error as Error);
        }
      });
    });
    return this.round;
  }
  /** Writes at once what is still to be written. */
  write(): void {
    this.round = undefined;
    if (this.dirty.size === 0) return;
    const journals = [...this.dirty];
    this.dirty.clear();
    transact(this.db, () => {
      for (const journal of journals) journal.writeTo(this.db, this.statements);
    });
  }
}

/** The journal of one execution. */
export class DurableJournal implements Journal {
  readonly execution: string;
  private readonly writer: Writer;
  private readonly stored = new Map<string, Frame>();
  private readonly lasts = new Map<string, number>();
  private frames = new Map<string, Frame>();
  private drops: string[] = [];
  private events: { log: string; event: HistoryEvent }[] = [];
  private ending: { readonly ending: Ending; readonly at: number } | undefined;

  constructor(writer: Writer, execution: string) {
    this.writer = writer;
    this.execution = execution;
    const { db } = writer;
    const rows = db.prepare('SELECT path, body FROM frames WHERE execution = ?').all(execution);
    for (const { path, body } of rows) this.stored.set(path as string, JSON.parse(body as string) as Frame);
    const logs = db
      .prepare('SELECT log, MAX(id) AS last FROM events WHERE execution = ? GROUP BY log')
      .all(execution);
    for (const { log, last } of logs) this.lasts.set(log as string, last as number);
  }
  frame(path: string): Frame | undefined {
    return this.stored.get(path);
  }
  /** Every frame that an earlier process left. */
  *all(): Iterable<Frame> {
    yield* this.stored.values();
  }
  save(frame: Frame): void {
    this.frames.set(frame.path, frame);
    this.note();
  }
  drop(prefix: string): void {
    for (const frames of [this.frames, this.stored])
      for (const path of frames.keys()) if (path.startsWith(prefix)) frames.delete(path);
    this.drops.push(prefix);
    this.note();
  }
  event(log: string, event: HistoryEvent): void {
    this.events.push({ log, event });
    this.note();
  }
  lastEvent(log: string): number {
    return this.lasts.get(log) ?? 0;
  }
  /** The execution has ended; stored with its last events. */
  end(ending: Ending, at: number): Promise<void> {
    this.ending = { ending, at };
    return this.flush();
  }
  flush(): Promise<void> {
    return this.writer.note(this);
  }
  private note(): void {
    // A failed write is heard where it is awaited (flush, end); noting alone has nobody to tell.
    this.writer.note(this).catch(() => {});
  }

  /** Called by the writer, inside its transaction. */
  writeTo(db: DatabaseSync, statements: Record<'frame' | 'drop' | 'event', StatementSync>): void {
    const { execution } = this;
    // A prefix ends with a dot, and nothing else sorts between that and the next character, the slash.
    for (const prefix of this.drops) statements.drop.run(execution, prefix, `${prefix.slice(0, -1)}/`);
    for (const frame of this.frames.values())
      statements.frame.run(execution, frame.path, JSON.stringify(frame));
    for (const { log, event } of this.events)
      statements.event.run(execution, log, event.id, JSON.stringify(event));
    if (this.ending) writeEnding(db, execution, this.ending.ending, this.ending.at);
    this.frames = new Map();
    this.drops = [];
    this.events = [];
    this.ending = undefined;
  }
}

/** Frames are kept of what may be redriven; tokens of nothing that has ended. */
function writeEnding(db: DatabaseSync, execution: string, ending: Ending, at: number): void {
  const output = ending.status === 'SUCCEEDED' ? JSON.stringify(ending.output) : null;
  const { error = null, cause = null } = ending.status === 'SUCCEEDED' ? {} : ending;
  db.prepare(
    'UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stopped = ? WHERE id = ?',
  ).run(ending.status, output, error, cause, at, execution);
  db.prepare('DELETE FROM tokens WHERE execution = ?').run(execution);
  if (ending.status === 'SUCCEEDED') db.prepare('DELETE FROM frames WHERE execution = ?').run(execution);
}
