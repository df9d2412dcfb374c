import { parentPort, workerData } from 'node:worker_threads';
import { Refused } from '../domain/kernel/result.ts';
import type { Answer, Invoker, Task, WorkerData } from './worker-pool.ts';

/** One worker thread: runs functions one after the other with ports of its own; `null` tells it to end. */
const { module, config } = workerData as WorkerData;
const port = parentPort!;
const registry = import(module) as Promise<{ openInvoker(config: unknown): Invoker }>;
const invoker = registry.then(({ openInvoker }) => openInvoker(config));

async function run({ id, functionName, payload }: Task): Promise<Answer> {
  try {
    return { id, value: await (await invoker).call(functionName, payload) };
  } catch (thrown) {
    const { name, message } = thrown instanceof Error ? thrown : { name: 'Error', message: String(thrown) };
    return { id, error: { name, message }, ...(thrown instanceof Refused && { refusal: thrown.refusal }) };
  }
}

async function end(): Promise<void> {
  port.close();
  (await invoker).close();
}

port.on('message', async (task: Task | null) => {
  if (task) port.postMessage(await run(task));
  else await end();
});
