import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { createWorkerPool } from '../../../local/worker-pool.ts';
import { call, machine, runtimeOf } from './support.ts';

const module = fileURLToPath(new URL('./fixtures/functions.ts', import.meta.url));
const pool = createWorkerPool({ module, config: { greeting: 'hola' }, threads: 2 });
afterAll(() => pool.close());

test('functions run in other threads, two at once', async () => {
  const answers = await Promise.all([1, 2, 3, 4].map((n) => pool.invoke('Greet', n)));
  expect(answers.map((each) => (each as { said: string }).said)).toEqual([
    'hola 1',
    'hola 2',
    'hola 3',
    'hola 4',
  ]);
  expect(new Set(answers.map((each) => (each as { threadId: number }).threadId)).size).toBe(2);
});

test('errors keep their name and message, refusals their code and next step', async () => {
  await expect(pool.invoke('Fail', 0)).rejects.toMatchObject({ name: 'Fault', message: 'it failed' });
  await expect(pool.invoke('Refuse', 0)).rejects.toMatchObject({
    name: 'SELF_APPROVAL',
    refusal: { next: 'ask another' },
  });
});

test.each(['Die', 'Crash'])('%s: a thread that dies is a fault, and is replaced', async (name) => {
  await expect(pool.invoke(name, 0)).rejects.toMatchObject({ name: 'Lambda.Unknown' });
  expect(await pool.invoke('Greet', 'otra vez')).toMatchObject({ said: 'hola otra vez' });
});

test('a call that nobody waits for any more is answered at once', async () => {
  const controller = new AbortController();
  const pending = pool.invoke('Hang', 0, controller.signal);
  controller.abort();
  await expect(pending).rejects.toMatchObject({ name: 'Lambda.Unknown' });
  expect(await pool.invoke('Greet', 1)).toMatchObject({ said: 'hola 1' });
});

test('a closed pool lets each thread close what it holds, one that nobody waits for too', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'cumple-pool-'));
  const config = { greeting: 'adios', closed: join(dir, 'thread') };
  const own = createWorkerPool({ module, config, threads: 3 });
  await Promise.all([own.invoke('Greet', 1), own.invoke('Greet', 2)]);
  const controller = new AbortController();
  const hung = own.invoke('Hang', 0, controller.signal);
  controller.abort();
  await expect(hung).rejects.toMatchObject({ name: 'Lambda.Unknown' });
  await own.close();
  expect(readdirSync(dir)).toHaveLength(2);
  await expect(own.invoke('Greet', 3)).rejects.toThrow('the worker pool is closed');
  rmSync(dir, { recursive: true, force: true });
});

test('a machine retries a task whose thread died', async () => {
  const names = ['Die', 'Greet'];
  const Retry = [
    { ErrorEquals: ['Lambda.Unknown'], IntervalSeconds: 1, MaxDelaySeconds: 1, JitterStrategy: 'FULL' },
  ];
  const runtime = runtimeOf({ flow: machine({ Call: call('F', { Retry, End: true }) }) }, {
    F: (payload: unknown) => pool.invoke(names.shift()!, payload),
  } as never);
  const { id } = await runtime.start('flow', 'one', 'x');
  expect(await runtime.wait(id)).toMatchObject({ status: 'SUCCEEDED', output: { said: 'hola x' } });
  await runtime.close();
});
