import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { seeded } from '../../../domain/kernel/random.ts';
import { createRuntime } from '../../../local/asl/runtime.ts';
import { crashDefinitions } from './fixtures/crash-definitions.ts';
import { newFile, until } from './support.ts';

const script = new URL('./fixtures/slow-map.ts', import.meta.url);
const linesOf = (log: string) =>
  existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
const start = (file: string, log: string) =>
  fork(script, [file, log], { stdio: 'ignore', execArgv: ['--disable-warning=ExperimentalWarning'] });

/** Runs to the end without a kill. */
async function undisturbed() {
  const file = newFile();
  const child = start(file, `${file}.log`);
  const [message] = await once(child, 'message');
  return { message, lines: linesOf(`${file}.log`).length };
}

test('killed again and again at any moment, an execution ends as if nothing had been', async () => {
  const expected = await undisturbed();
  expect(expected.message).toMatchObject({ status: 'SUCCEEDED', output: { children: [1, 2, 3, 4, 5, 6] } });

  const file = newFile();
  const log = `${file}.log`;
  const random = seeded(7);
  let kills = 0;
  for (let seen = 0; seen < expected.lines - 6; kills++) {
    const child = start(file, log);
    const ended = once(child, 'exit');
    const moment = seen + 1 + Math.floor(random() * 9);
    await until(() => linesOf(log).length >= moment || child.exitCode !== null);
    child.kill('SIGKILL');
    await ended;
    seen = linesOf(log).length;
  }
  expect(kills).toBeGreaterThan(2);
  const child = start(file, log);
  const [message] = await once(child, 'message');
  expect(message).toEqual(expected.message);

  // What had ended before a kill was not called again: at most the calls in flight at each kill were.
  const calls = linesOf(log).filter((line) => line.startsWith('start'));
  const again = calls.length - new Set(calls).size;
  expect(again).toBeLessThanOrEqual(kills * 3);
  const { history, close } = reopened(file);
  const types = history('arn:aws:states:local:000000000000:execution:whole:killed');
  expect(types.filter((type) => type === 'ExecutionStarted' || type === 'ExecutionSucceeded')).toHaveLength(
    2,
  );
  expect(types.filter((type) => type === 'MapIterationSucceeded')).toHaveLength(6);
  await close();
}, 60_000);

function reopened(file: string) {
  const runtime = createRuntime({
    file,
    definitions: new Map(Object.entries(crashDefinitions)),
    objects: { get: async () => undefined, put: async () => {} },
    invoke: async () => null,
  });
  return {
    history: (id: string) => runtime.history(id).map(({ type }) => type),
    close: () => runtime.close(),
  };
}
