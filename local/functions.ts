import { fileURLToPath } from 'node:url';
import { fileKeys, fixedClock, localPorts, seededKeys, systemClock } from '../adapters/local/index.ts';
import type { Ports } from '../adapters/ports.ts';
import { assert } from '../domain/kernel/assert.ts';
import { manifest } from '../functions/manifest.ts';
import { providePorts } from '../functions/support/ports.ts';
import { createWorkflowsClient } from './asl/client.ts';
import type { Invoker } from './worker-pool.ts';

/** What a worker needs to make its ports; plain data, because it crosses threads. */
export type LocalConfig = {
  readonly dir: string;
  /** A moment that stands still, for runs that must repeat byte for byte; otherwise the machine's clock. */
  readonly now?: string;
  /** Demonstration key of this seed; otherwise a random key kept in the folder. */
  readonly seed?: number;
};

export const runtimeFile = (dir: string): string => `${dir}/control/executions.sqlite`;

/** The ports of one folder on this machine. */
export function portsOf(config: LocalConfig): Ports & { close(): void } {
  const workflows = createWorkflowsClient(runtimeFile(config.dir));
  const ports = localPorts({
    dir: config.dir,
    clock: config.now ? fixedClock(config.now) : systemClock,
    keys: config.seed === undefined ? fileKeys(`${config.dir}/control/key`) : seededKeys(config.seed),
    workflows,
  });
  return {
    ...ports,
    close() {
      ports.close();
      workflows.close();
    },
  };
}

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** Runs functions of the manifest by their names, in this thread, with these ports. */
export function createInvoker(ports: Ports): (name: string, payload: unknown) => Promise<unknown> {
  providePorts(ports);
  const files = new Map(manifest.map((entry) => [entry.name, entry.file]));
  const loaded = new Map<string, Promise<{ handler: Handler }>>();
  return async (name, payload) => {
    const file = files.get(name);
    assert(file, `no function ${name} in functions/manifest.ts`);
    let module = loaded.get(name);
    if (!module) {
      module = import(new URL(`../${file}`, import.meta.url).href) as Promise<{ handler: Handler }>;
      loaded.set(name, module);
    }
    return (await module).handler(payload, { awsRequestId: name });
  };
}

/** What a worker thread runs: the functions with ports of its own, which `close` lets go. */
export function openInvoker(config: LocalConfig): Invoker {
  const ports = portsOf(config);
  return { call: createInvoker(ports), close: () => ports.close() };
}

export const functionsModule = fileURLToPath(import.meta.url);
