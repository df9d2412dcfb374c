import { Aborted } from './errors.ts';

/**
 * Tells a branch and everything below it to end. Like AbortSignal, without its warning at eleven listeners:
 * a Map has thousands.
 */
export class Stop {
  reason: Error | undefined;
  private readonly listeners = new Set<(reason: Error) => void>();
  private readonly leave: () => void = () => {};
  constructor(parent?: Stop) {
    if (!parent) return;
    if (parent.reason) this.reason = parent.reason;
    else this.leave = parent.onStop((reason) => this.stop(reason));
  }
  stop(reason: Error = new Aborted('stopped')): void {
    if (this.reason) return;
    this.reason = reason;
    for (const listener of [...this.listeners]) listener(reason);
    this.listeners.clear();
  }
  /** Calls back once; the function it gives forgets the listener. */
  onStop(listener: (reason: Error) => void): () => void {
    if (this.reason) {
      listener(this.reason);
      return () => {};
    }
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  /** Forgets the parent: the branch has ended by itself. */
  end(): void {
    this.leave();
  }
  throwIfStopped(): void {
    if (this.reason) throw this.reason;
  }
}

/** `work`, or the reason of `stop` as soon as it stops. */
export function orStopped<T>(stop: Stop, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const forget = stop.onStop(reject);
    work.then(resolve, reject).finally(forget);
  });
}
