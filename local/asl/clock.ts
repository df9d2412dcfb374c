export type Timer = { readonly done: Promise<void>; cancel(): void };

/** Time as the interpreter sees it: milliseconds since 1970 and timers. */
export interface Clock {
  now(): number;
  /** A timer that ends at `at` (at once when that is past). */
  until(at: number): Timer;
}

/** setTimeout cannot wait longer than this; longer waits are taken in steps. */
const LONGEST_MS = 2_000_000_000;

export const machineClock: Clock = {
  now: () => Date.now(),
  until(at) {
    let handle: NodeJS.Timeout | undefined;
    const done = new Promise<void>((resolve) => {
      const step = () => {
        const left = at - Date.now();
        if (left > 0) handle = setTimeout(step, Math.min(left, LONGEST_MS));
        else resolve();
      };
      step();
    });
    return { done, cancel: () => clearTimeout(handle) };
  },
};

/**
 * A clock that jumps to the next timer as soon as nothing else is left to do, so waits and timeouts cost no
 * time. It takes for granted that all other work is promises (no I/O), which is so with mocks.
 */
export function virtualClock(start: number): Clock {
  let now = start;
  let order = 0;
  let scheduled = false;
  const timers = new Map<number, { at: number; resolve: () => void }>();
  const schedule = () => {
    if (scheduled || timers.size === 0) return;
    scheduled = true;
    setImmediate(advance);
  };
  const advance = () => {
    scheduled = false;
    let next: number | undefined;
    for (const [id, timer] of timers) if (next === undefined || timer.at < timers.get(next)!.at) next = id;
    if (next === undefined) return;
    const timer = timers.get(next)!;
    timers.delete(next);
    now = Math.max(now, timer.at);
    timer.resolve();
    schedule();
  };
  return {
    now: () => now,
    until(at) {
      const id = order++;
      const done = new Promise<void>((resolve) => {
        timers.set(id, { at, resolve });
      });
      schedule();
      return { done, cancel: () => timers.delete(id) };
    },
  };
}

/** A moment as Step Functions prints it: ISO 8601 with milliseconds, UTC. */
export const iso = (ms: number): string => new Date(ms).toISOString();
