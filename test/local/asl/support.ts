import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Mock } from '../../../local/asl/mocks.ts';
import { type RunResponse, runRequest } from '../../../local/asl/run-request.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from '../../../local/asl/runtime.ts';
import type { Json } from '../../../local/asl/types.ts';

/** A machine of these states, started at the first. */
export const machine = (States: object, more: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(States)[0],
  States,
  ...more,
});

/** A Task that calls `fn` with its input and gives what the function gives. */
export const call = (fn: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: fn, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});
/** A Task that waits for somebody to answer its token. */
export const ask = (fn: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: fn, Payload: { TaskToken: '{% $states.context.Task.Token %}' } },
  ...more,
});
export const distributed = (States: object, more: object = {}) => ({
  Type: 'Map',
  ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...machine(States) },
  End: true,
  ...more,
});
export const inline = (States: object, more: object = {}) => ({
  Type: 'Map',
  ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...machine(States) },
  End: true,
  ...more,
});
/** Answers with the request id of nothing: what a Lambda failure looks like. */
export const boom = (error = 'Boom', cause = 'it broke'): Mock => ({ throw: { error, cause } });

type Given = {
  input?: Json;
  mocks?: Record<string, Mock[]>;
  s3?: Record<string, string>;
  documented?: boolean;
};
export const run = (states: object, { documented = false, ...given }: Given = {}): Promise<RunResponse> =>
  runRequest({ definition: machine(states), ...given }, documented ? 'documented' : 'recorded');

const dirs: string[] = [];
afterAll(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});
export function newFile(): string {
  const dir = mkdtempSync(join(tmpdir(), 'cumple-asl-'));
  dirs.push(dir);
  return join(dir, 'executions.sqlite');
}

type Functions = Record<string, (payload: never, signal: AbortSignal) => unknown>;
/** A durable runtime over a new (or given) file, with functions in this process. */
export function runtimeOf(
  definitions: Record<string, unknown>,
  functions: Functions = {},
  more: Partial<RuntimeOptions> = {},
): Runtime {
  return createRuntime({
    file: newFile(),
    definitions: new Map(Object.entries(definitions)),
    invoke: async (name, payload, signal) => functions[name]!(payload as never, signal),
    objects: { get: async () => undefined, put: async () => {} },
    ...more,
  });
}

export const named = (name: string, message = 'told by the function') =>
  Object.assign(new Error(message), { name });
/** Resolves when the condition holds; for what another thread or process does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 2));
}
