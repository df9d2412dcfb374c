import type { Readable, Writable } from 'node:stream';
import type { Refusal } from '../domain/kernel/result.ts';
import { REFUSAL_IN_SPANISH } from './in-spanish.ts';

/** What a command may touch of the terminal; tests give their own. */
export type Io = {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Where relative paths start: the folder that the person is in. */
  readonly cwd: string;
};

/** 0 done, 1 refused or mismatch, 2 bad usage or bad input. */
export type ExitCode = 0 | 1 | 2;
export type Command = {
  readonly summary: { readonly es: string; readonly en: string };
  readonly usage: string;
  run(args: string[], io: Io): Promise<number>;
};

/** Refusals that mean "what you gave me is wrong" rather than "the rules say no". */
const BAD_INPUT = new Set<Refusal['code']>([
  'BAD_USAGE',
  'BAD_INPUT',
  'UNKNOWN_PROGRAMME',
  'UNKNOWN_CONTRACT',
  'INVALID_DEFINITION',
  'FILE_TRUNCATED',
  'FILE_ENCODING',
  'FILE_EMPTY',
  'FILE_HEADER',
  'TOO_MANY_REJECTED',
  'BANK_FILE_REFUSED',
]);

/**
 * Says a refusal on stderr and gives its exit code: what it means and what to do, in Spanish (`es` where the refusal has
 * words of its own); then where, what and what to do next, in English.
 */
export function say(refusal: Refusal, io: Io, es = REFUSAL_IN_SPANISH[refusal.code]): ExitCode {
  io.stderr.write(`cumple: ${es}\n`);
  io.stderr.write(`cumple: ${refusal.code}${refusal.at ? ` (${refusal.at})` : ''}: ${refusal.message}\n`);
  if (refusal.next) io.stderr.write(`  → ${refusal.next}\n`);
  return BAD_INPUT.has(refusal.code) ? 2 : 1;
}
