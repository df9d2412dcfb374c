import type { DatabaseSync } from 'node:sqlite';
import type { Answer } from './tokens.ts';

/** Stores the answer of an open token; false for a token that was used, has timed out or never was. */
export function storeAnswer(db: DatabaseSync, token: string, answer: Answer): boolean {
  const { changes } = db
    .prepare(`UPDATE tokens SET status = 'answered', answer = ? WHERE token = ? AND status = 'open'`)
    .run(JSON.stringify(answer), token);
  return changes === 1;
}

/** Stores a heartbeat of an open token; false as above. */
export function storeBeat(db: DatabaseSync, token: string): boolean {
  const { changes } = db
    .prepare(`UPDATE tokens SET beats = beats + 1 WHERE token = ? AND status = 'open'`)
    .run(token);
  return changes === 1;
}
