import { executionId } from './asl/execution.ts';
import type { Runtime } from './asl/runtime.ts';

/**
 * Starts an execution, or finds the one of that name that runs or has succeeded. One that ended badly is followed
 * by a new attempt under the same input: it went through its Fail state, where a redrive would only fail again, and
 * every step recognises its finished work, so a new one costs little and goes on where the old one stopped.
 */
export async function attempt(
  runtime: Runtime,
  workflow: string,
  name: string,
  input: unknown,
): Promise<{ id: string }> {
  for (let number = 1; ; number++) {
    const next = number === 1 ? name : `${name}-${number}`;
    const known = await runtime.describe(executionId(workflow, next));
    if (!known || known.status === 'RUNNING' || known.status === 'SUCCEEDED')
      return runtime.start(workflow, next, input);
  }
}
