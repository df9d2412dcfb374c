/** A bug in our own code: never retried, halts the cycle (docs/STYLE.md, errors). */
export class Bug extends Error {
  override name = 'Bug';
}

/** Refuses to go on when `condition` is false. `message` says what was believed. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Bug(message);
}
