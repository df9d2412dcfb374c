import { parentPort, workerData } from 'node:worker_threads';
import { Refused } from '../domain/kernel/result.ts';
import type { Answer, Task, WorkerData } from './worker-pool.ts';

/** One worker thread: runs functions one after the other with ports of its own. */
const { module, config } = workerData as WorkerData;
const port = parentPort!;
const registry = import(module) as Promise<{
  createInvoker(config: unknown): (name: string, payload: unknown) => Promise<unknown>;
}>;
const invoker = registry.then(({ createInvoker }) => createInvoker(config));

async function run({ id, functionName, payload }: Task): Promise<Answer> {
  try {
    return { id, value: await (await invoker)(functionName, payload) };
  } catch (thrown) {
    const { name, message } = thrown instanceof Error ? thrown : { name: 'Error', message: String(thrown) };
    return { id, error: { name, message }, ...(thrown instanceof Refused && { refusal: thrown.refusal }) };
  }
}

port.on('message', async (task: Task) => port.postMessage(await run(task)));
