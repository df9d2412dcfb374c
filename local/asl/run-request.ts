import { randomUUID } from 'node:crypto';
import { virtualClock } from './clock.ts';
import type { Reading } from './errors.ts';
import { load } from './load.ts';
import { runInMemory } from './memory.ts';
import { type Call, type Mock, Mocks } from './mocks.ts';
import type { Host } from './scope.ts';
import { MemoryTokens } from './tokens.ts';
import type { Json, JsonObject } from './types.ts';

export type RunRequest = {
  readonly id?: string;
  readonly definition: unknown;
  readonly input?: Json;
  readonly mocks?: Readonly<Record<string, readonly Mock[]>>;
  /** "bucket/key" to text, for ItemReader; ResultWriter adds to a copy. */
  readonly s3?: Readonly<Record<string, string>>;
};
export type RunResponse = {
  readonly id?: string;
  readonly status: string;
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly calls?: Call[];
  readonly exits?: { name: string; output: Json; assigned?: JsonObject }[];
  readonly history?: string[];
};

/** Runs one machine with mocked functions on a clock that does not wait. */
export async function runRequest(request: RunRequest, reading: Reading): Promise<RunResponse> {
  const id = request.id === undefined ? {} : { id: request.id };
  const loaded = load(request.definition);
  if (!loaded.ok)
    return { ...id, status: 'INVALID_DEFINITION', error: 'InvalidDefinition', cause: loaded.cause };
  const tokens = new MemoryTokens();
  const mocks = new Mocks(request.mocks ?? {}, tokens);
  const objects = new Map(Object.entries(request.s3 ?? {}));
  const host: Host = {
    clock: virtualClock(Date.now()),
    reading,
    tokens,
    concurrency: Number.MAX_SAFE_INTEGER,
    random: Math.random,
    objects: {
      get: async (bucket, key) => objects.get(`${bucket}/${key}`),
      put: async (bucket, key, text) => {
        objects.set(`${bucket}/${key}`, text);
      },
    },
    invoke: (fn, payload) => mocks.invoke(fn, payload),
    nested: () => Promise.reject(new Error('a mocked run has one machine only')),
  };
  const { ending, history } = await runInMemory(host, loaded.machine, request.input ?? {}, {
    workflow: 'machine',
    execution: randomUUID(),
  });
  const exits = history
    .filter((event) => event.type.endsWith('StateExited'))
    .map(({ details }) => ({
      name: details.name as string,
      output: details.output as Json,
      ...(details.assignedVariables !== undefined && { assigned: details.assignedVariables as JsonObject }),
    }));
  const shown = Object.fromEntries(Object.entries(ending).filter(([, value]) => value !== undefined));
  return {
    ...id,
    ...(shown as { status: string }),
    calls: mocks.calls,
    exits,
    history: history.map((event) => event.type),
  };
}
