import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refused } from '../domain/kernel/result.ts';

/**
 * The folder in which cycles ran, for commands that only read or go on with what is there. A mistyped `--out` is
 * refused: it would otherwise be made, and its emptiness taken for an answer.
 */
export function cyclesFolder(cwd: string, out: string): string {
  const dir = resolve(cwd, out);
  if (existsSync(join(dir, 'control.sqlite'))) return dir;
  throw new Refused({
    code: 'BAD_INPUT',
    message: existsSync(dir) ? 'nothing has been run in this folder' : 'there is no such folder',
    at: out,
    next: 'give the --out folder that the cycles ran in',
  });
}
