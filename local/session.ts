import { mkdir, readdir, readFile } from 'node:fs/promises';
import type { Ports } from '../adapters/ports.ts';
import { createRuntime, type Runtime, type RuntimeEvent } from './asl/runtime.ts';
import { functionsModule, type LocalConfig, portsOf, runtimeFile } from './functions.ts';
import { createWorkerPool } from './worker-pool.ts';

export type Session = {
  readonly ports: Ports;
  readonly runtime: Runtime;
  /** Calls a function of the manifest outside any workflow, as a person's request would. */
  call(name: string, payload: unknown): Promise<unknown>;
  close(): Promise<void>;
};

const workflowsDir = new URL('../workflows/', import.meta.url);

/** The workflow files with their placeholders (`${NAMEArn}`) replaced by function names, as CDK does with ARNs. */
export async function workflowDefinitions(): Promise<Map<string, unknown>> {
  const definitions = new Map<string, unknown>();
  for (const file of (await readdir(workflowsDir)).sort()) {
    if (!file.endsWith('.asl.json')) continue;
    const text = await readFile(new URL(file, workflowsDir), 'utf8');
    definitions.set(file.replace('.asl.json', ''), JSON.parse(text.replace(/\$\{(\w+)Arn\}/g, '$1')));
  }
  return definitions;
}

/** Opens the folder of a programme's cycles on this machine and goes on with whatever a crash interrupted. */
export async function openSession(
  config: LocalConfig,
  onEvent?: (event: RuntimeEvent) => void,
): Promise<Session> {
  await mkdir(`${config.dir}/control`, { recursive: true });
  const pool = createWorkerPool({ module: functionsModule, config });
  const ports = portsOf(config);
  const runtime = createRuntime({
    file: runtimeFile(config.dir),
    definitions: await workflowDefinitions(),
    invoke: (name, payload, signal) => pool.invoke(name, payload, signal),
    objects: {
      get: async (bucket, key) => {
        const bytes = await ports.objects.get({ bucket: bucket as 'bulk', key });
        return bytes && Buffer.from(bytes).toString('utf8');
      },
      put: async (bucket, key, text) => {
        await ports.objects.putIfAbsent({ bucket: bucket as 'bulk', key }, Buffer.from(text));
      },
    },
    ...(onEvent && { onEvent }),
  });
  await runtime.resume();
  return {
    ports,
    runtime,
    call: (name, payload) => pool.invoke(name, payload),
    close: async () => {
      await runtime.close();
      await pool.close();
      ports.close();
    },
  };
}
