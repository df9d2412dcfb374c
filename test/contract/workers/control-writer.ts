import { parentPort, workerData } from 'node:worker_threads';
import { localControl } from '../../../adapters/local/index.ts';
import { ABSENT } from '../../../adapters/ports.ts';

/** Adds to one counter `times` times by read, compare and write, starting again whenever another was faster. */
const { path, times } = workerData as { path: string; times: number };
const store = localControl(path);
const key = { pk: 'P#race#C#1', sk: 'COUNTER' };
for (let done = 0; done < times; ) {
  const stored = await store.get(key);
  const n = Number(stored?.n ?? 0);
  const condition = stored ? ({ field: 'n', is: '=', value: n } as const) : ABSENT;
  const outcome = await store.write([{ put: { ...key, n: n + 1 }, condition }]);
  if (outcome.ok) done++;
}
store.close();
parentPort?.postMessage('done');
