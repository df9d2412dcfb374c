import type { DatabaseSync } from 'node:sqlite';
import { assert } from '../../domain/kernel/assert.ts';
import { canonicalJson } from '../../domain/kernel/hash.ts';
import { Refused } from '../../domain/kernel/result.ts';
import { executionId } from './execution.ts';
import { DATA_BYTES_MAX } from './limits.ts';
import { executionRow, transact } from './store.ts';

/**
 * Stores a new execution for the runtime to run. The same workflow, name and input again is the same execution,
 * whatever became of it; another input under the name is refused (CONFLICT), as is a workflow that is not there.
 */
export function storeStart(
  db: DatabaseSync,
  now: number,
  workflow: string,
  name: string,
  input: unknown,
): { readonly id: string; readonly created: boolean } {
  assert(/^[A-Za-z0-9_-]{1,80}$/.test(name), `an execution name has 1 to 80 of A-Z a-z 0-9 _ -: ${name}`);
  const text = canonicalJson(input);
  const id = executionId(workflow, name);
  if (Buffer.byteLength(text) > DATA_BYTES_MAX)
    throw new Refused({
      code: 'BAD_INPUT',
      message: `the input of ${workflow} is over ${DATA_BYTES_MAX} bytes`,
      next: 'store the data as an object and give its key',
    });
  return transact(db, () => {
    const found = executionRow(db, id);
    if (found?.input === text) return { id, created: false };
    if (found)
      throw new Refused({
        code: 'CONFLICT',
        message: `an execution of ${workflow} is called ${name} already and has another input`,
        next: 'look at that execution; a new one needs another name',
        at: id,
      });
    const known = db.prepare('SELECT hash FROM workflows WHERE name = ?').get(workflow);
    if (!known)
      throw new Refused({
        code: 'NOT_FOUND',
        message: `there is no workflow ${workflow}`,
        next: 'name one of the files in workflows/',
      });
    db.prepare(
      `INSERT INTO executions (id, workflow, name, hash, input, status, started, since)
       VALUES (?, ?, ?, ?, ?, 'RUNNING', ?, ?)`,
    ).run(id, workflow, name, known.hash as string, text, now, now);
    return { id, created: true };
  });
}
