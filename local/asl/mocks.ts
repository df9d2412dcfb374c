import { StatesError } from './errors.ts';
import type { MemoryTokens } from './tokens.ts';
import type { Json } from './types.ts';

/** What a mocked function does, in call order; the last entry repeats. */
export type Mock =
  | { return: Json }
  | { throw: { error: string; cause: string } }
  | { hang: true }
  | { repeat: { text: string; times: number } }
  | { callback: { success: Json } | { failure: { error: string; cause: string } } | null };
export type Call = { fn: string; payload: Json };

/** Functions that answer from a list, and the calls that they got. */
export class Mocks {
  readonly calls: Call[] = [];
  private readonly mocks: Readonly<Record<string, readonly Mock[]>>;
  private readonly tokens: MemoryTokens;
  private readonly count = new Map<string, number>();
  constructor(mocks: Readonly<Record<string, readonly Mock[]>>, tokens: MemoryTokens) {
    this.mocks = mocks;
    this.tokens = tokens;
  }

  async invoke(fn: string, payload: Json): Promise<Json> {
    this.calls.push({ fn, payload });
    const list = Object.hasOwn(this.mocks, fn) ? this.mocks[fn]! : [];
    const at = this.count.get(fn) ?? 0;
    this.count.set(fn, at + 1);
    const mock = list[Math.min(at, list.length - 1)];
    if (!mock)
      throw new StatesError(
        'Lambda.ResourceNotFoundException',
        `Function not found: there is no mock of ${fn}`,
      );
    if ('return' in mock) return mock.return;
    if ('throw' in mock) throw new StatesError(mock.throw.error, mock.throw.cause);
    if ('repeat' in mock) return mock.repeat.text.repeat(mock.repeat.times);
    if ('hang' in mock) return new Promise(() => {});
    this.call(payload, mock.callback);
    return null;
  }

  private call(payload: Json, answer: Extract<Mock, { callback: unknown }>['callback']): void {
    if (!answer) return;
    const token = (payload as { TaskToken?: string }).TaskToken ?? '';
    if ('success' in answer) this.tokens.give(token, { output: answer.success });
    else this.tokens.give(token, answer.failure);
  }
}
