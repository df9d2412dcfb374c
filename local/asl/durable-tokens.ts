import { randomUUID } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { storeAnswer, storeBeat } from './answers.ts';
import { type Answer, MemoryTokens, type Tokens } from './tokens.ts';

type Row = { token: string; status: string; answer: string | null; beats: number };

/** Tokens as rows, so that anybody may answer from another process, and before or after a crash. */
export class DurableTokens implements Tokens {
  private readonly db: DatabaseSync;
  private readonly waiting = new MemoryTokens();
  private readonly beats = new Map<string, number>();
  constructor(db: DatabaseSync) {
    this.db = db;
  }
  create(): string {
    return randomUUID();
  }
  open(token: string, execution: string): void {
    this.db
      .prepare(`INSERT OR IGNORE INTO tokens (token, execution, status) VALUES (?, ?, 'open')`)
      .run(token, execution);
    this.waiting.open(token, execution);
    this.beats.set(token, this.row(token)?.beats ?? 0);
    const answer = this.stored(token);
    if (answer) this.waiting.give(token, answer);
  }
  answer(token: string): Promise<Answer> {
    return this.waiting.answer(token);
  }
  onHeartbeat(token: string, beat: () => void): () => void {
    return this.waiting.onHeartbeat(token, beat);
  }
  close(token: string): Answer | undefined {
    this.waiting.close(token);
    this.beats.delete(token);
    const { changes } = this.db
      .prepare(`UPDATE tokens SET status = 'closed' WHERE token = ? AND status = 'open'`)
      .run(token);
    return changes === 1 ? undefined : this.stored(token);
  }
  /** An answer given in this process. */
  give(token: string, answer: Answer): boolean {
    if (!storeAnswer(this.db, token, answer)) return false;
    this.waiting.give(token, answer);
    return true;
  }
  beat(token: string): boolean {
    if (!storeBeat(this.db, token)) return false;
    this.look();
    return true;
  }
  /** Hears what others wrote. The answer stays stored until its execution ends: a crash may come in between. */
  look(): void {
    const rows = this.db
      .prepare(`SELECT token, status, answer, beats FROM tokens WHERE status IN ('open', 'answered')`)
      .all() as Row[];
    for (const { token, status, answer, beats } of rows) {
      if (status === 'answered' && answer !== null) {
        if (this.beats.has(token)) this.waiting.give(token, JSON.parse(answer) as Answer);
        continue;
      }
      if (!this.beats.has(token) || beats === this.beats.get(token)) continue;
      this.beats.set(token, beats);
      this.waiting.beat(token);
    }
  }
  private row(token: string): Row | undefined {
    return this.db.prepare('SELECT * FROM tokens WHERE token = ?').get(token) as Row | undefined;
  }
  private stored(token: string): Answer | undefined {
    const row = this.row(token);
    return row?.answer ? (JSON.parse(row.answer) as Answer) : undefined;
  }
}
