import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localControl, localObjects } from '../../adapters/local/index.ts';
import { useWriteAheadLog } from '../../adapters/local/wal.ts';
import { collect } from './collect.ts';

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'cumple-crash-'));
});
afterAll(() => rmSync(dir, { recursive: true }));
const script = (name: string) => new URL(`./workers/${name}.ts`, import.meta.url);

test('an object whose writer is killed half way was never there, and its remains are swept', async () => {
  const child = fork(script('slow-writer'), [dir], { stdio: 'ignore', execArgv: [] });
  await once(child, 'message');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(readdirSync(join(dir, '.tmp'))).toHaveLength(1);

  const store = localObjects(dir);
  const ref = { bucket: 'bulk', key: 'killed/object' } as const;
  expect(await store.get(ref)).toBeUndefined();
  expect(await collect(store.list('bulk', ''))).toEqual([]);
  expect(await store.putIfAbsent(ref, Buffer.from('whole'))).toBe('created');
  expect(String(await store.get(ref))).toBe('whole');
  expect(readdirSync(join(dir, '.tmp'))).toEqual([]);
});

test('control records of four threads at once: no update is lost', async () => {
  const path = join(dir, 'race.sqlite');
  const workers = Array.from(
    { length: 4 },
    () => new Worker(script('control-writer'), { workerData: { path, times: 25 } }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'exit')));
  const store = localControl(path);
  expect((await store.get({ pk: 'P#race#C#1', sk: 'COUNTER' }))?.n).toBe(100);
  store.close();
});

test('threads that open a new control file at the same moment all get in', async () => {
  for (let round = 0; round < 5; round++) {
    const path = join(dir, `open-${round}.sqlite`);
    const workers = Array.from(
      { length: 6 },
      () => new Worker(script('control-writer'), { workerData: { path, times: 1 } }),
    );
    await Promise.all(workers.map((worker) => once(worker, 'exit')));
    const store = localControl(path);
    expect((await store.get({ pk: 'P#race#C#1', sk: 'COUNTER' }))?.n).toBe(6);
    store.close();
  }
});

test('a new file that another opener is just setting up is waited for; any other error is passed on', () => {
  const answers = [5, 5, 0];
  let tries = 0;
  const fake = (codes: number[]) => ({
    exec() {
      const errcode = codes[tries++];
      if (errcode) throw Object.assign(new Error(`code ${errcode}`), { errcode });
    },
  });
  useWriteAheadLog(fake(answers) as never);
  expect(tries).toBe(3);
  tries = 0;
  expect(() => useWriteAheadLog(fake([26]) as never)).toThrow('code 26');
  expect(tries).toBe(1);
});
