import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Mock } from '../../../local/asl/mocks.ts';
import { type RunResponse, runRequest } from '../../../local/asl/run-request.ts';
import { createRuntime, type Runtime, type RuntimeOptions } from '../../../local/asl/runtime.ts';
import type { Json } from '../../../local/asl/types.ts';
import { machine } from './machines.ts';

export { ask, boom, call, distributed, inline, machine } from './machines.ts';

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
