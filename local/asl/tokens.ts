import { randomUUID } from 'node:crypto';
import type { Json } from './types.ts';

export type Answer = { readonly output: Json } | { readonly error: string; readonly cause: string };

/** Task tokens: opened by a task, answered once by anybody, closed by the task. */
export interface Tokens {
  create(): string;
  /** Makes the token answerable before anybody can see it. Again after a crash: nothing changes. */
  open(token: string, execution: string): void;
  /** The answer as soon as there is one. */
  answer(token: string): Promise<Answer>;
  /** Calls back at every heartbeat; gives a function that ends it. */
  onHeartbeat(token: string, beat: () => void): () => void;
  /** Ends the token: later answers are `gone`. Gives the answer that came in before, if any. */
  close(token: string): Answer | undefined;
}

type Entry = {
  answer?: Answer;
  waiting: ((answer: Answer) => void)[];
  beats: Set<() => void>;
};

/** Tokens of one process; the durable ones (store.ts) wake waiters through this. */
export class MemoryTokens implements Tokens {
  private readonly entries = new Map<string, Entry>();
  create(): string {
    return randomUUID();
  }
  open(token: string, _execution: string): void {
    if (!this.entries.has(token)) this.entries.set(token, { waiting: [], beats: new Set() });
  }
  answer(token: string): Promise<Answer> {
    const entry = this.entries.get(token);
    if (entry?.answer) return Promise.resolve(entry.answer);
    return new Promise((resolve) => {
      entry?.waiting.push(resolve);
    });
  }
  onHeartbeat(token: string, beat: () => void): () => void {
    const entry = this.entries.get(token);
    entry?.beats.add(beat);
    return () => entry?.beats.delete(beat);
  }
  close(token: string): Answer | undefined {
    const answer = this.entries.get(token)?.answer;
    this.entries.delete(token);
    return answer;
  }
  /** Somebody answers; false when the token was answered, closed or never was. */
  give(token: string, answer: Answer): boolean {
    const entry = this.entries.get(token);
    if (!entry || entry.answer) return false;
    entry.answer = answer;
    for (const resolve of entry.waiting.splice(0)) resolve(answer);
    return true;
  }
  beat(token: string): boolean {
    const entry = this.entries.get(token);
    if (!entry || entry.answer) return false;
    for (const beat of entry.beats) beat();
    return true;
  }
}
