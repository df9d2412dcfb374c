import type { Machine } from './types.ts';
import { checkMachine } from './validate/machine.ts';
import { Problems } from './validate/problems.ts';

export type Loaded =
  | { readonly ok: true; readonly machine: Machine }
  | { readonly ok: false; readonly cause: string; readonly problems: readonly string[] };

/**
 * A parsed definition as a machine that may run, or every reason why not, worded as CreateStateMachine words
 * them. Strict: a field that this runner does not know is a problem, never ignored.
 */
export function load(definition: unknown): Loaded {
  const problems = new Problems();
  checkMachine(definition, problems);
  if (problems.list.length === 0) return { ok: true, machine: definition as Machine };
  const said = problems.list.map((problem) => `'${problem}'`).join(', ');
  return { ok: false, cause: `Invalid State Machine Definition: ${said}`, problems: problems.list };
}
