import { describe, expect, test } from 'vitest';
import { createWorkflowsClient } from '../../../local/asl/client.ts';
import { virtualClock } from '../../../local/asl/clock.ts';
import type { RuntimeEvent } from '../../../local/asl/runtime.ts';
import { ask, call, distributed, machine, named, newFile, runtimeOf, until } from './support.ts';

const end = { Type: 'Pass', End: true };
const types = (events: readonly { type: string }[]) => events.map(({ type }) => type);

describe('start, describe, wait', () => {
  test('the same name and input is one execution; another input is refused', async () => {
    const seen: unknown[] = [];
    const runtime = runtimeOf({ flow: machine({ Call: call('F') }) }, { F: (payload) => seen.push(payload) });
    const first = await runtime.start('flow', 'one', { a: 1, b: 2 });
    expect(await runtime.start('flow', 'one', { b: 2, a: 1 })).toEqual(first);
    await expect(runtime.start('flow', 'one', { a: 2 })).rejects.toMatchObject({ name: 'CONFLICT' });
    await expect(runtime.start('none', 'one', {})).rejects.toMatchObject({ name: 'NOT_FOUND' });
    expect(await runtime.wait(first.id)).toEqual({ id: first.id, status: 'SUCCEEDED', output: 1 });
    expect(await runtime.start('flow', 'one', { a: 1, b: 2 })).toEqual(first);
    expect(seen).toEqual([{ a: 1, b: 2 }]);
    await runtime.close();
  });

  test('what a function throws is the error name, with type and message in the cause', async () => {
    const runtime = runtimeOf(
      { flow: machine({ Call: call('F') }) },
      { F: () => Promise.reject(named('SELF_APPROVAL', 'you made it')) },
    );
    const { id } = await runtime.start('flow', 'one', {});
    const { status, error, cause } = await runtime.wait(id);
    expect([status, error, JSON.parse(cause!)]).toEqual([
      'FAILED',
      'SELF_APPROVAL',
      { errorType: 'SELF_APPROVAL', errorMessage: 'you made it' },
    ]);
    await runtime.close();
  });

  test('a definition that is not valid, and a file that is in use, are refused', async () => {
    expect(() => runtimeOf({ flow: { StartAt: 'A' } })).toThrow(/These fields are required: \[States\]/);
    const file = newFile();
    const runtime = runtimeOf({}, {}, { file });
    expect(() => runtimeOf({}, {}, { file })).toThrow(/runs the workflows of this folder already/);
    await runtime.close();
    await runtimeOf({}, {}, { file }).close();
  });

  test('an execution keeps the definition that it started with', async () => {
    const file = newFile();
    let token = '';
    const F = {
      F: (payload: { TaskToken: string }) => {
        token = payload.TaskToken;
      },
    };
    const old = machine({ Ask: ask('F', { Next: 'Old' }), Old: { ...end, Output: 'old' } });
    const first = runtimeOf({ flow: old }, F as never, { file });
    const { id } = await first.start('flow', 'one', {});
    await until(() => token !== '');
    await first.close();
    const second = runtimeOf({ flow: machine({ New: { ...end, Output: 'new' } }) }, {}, { file });
    await second.resume();
    await until(async () => (await second.sendTaskSuccess(token, 1)) === 'sent');
    expect((await second.wait(id)).output).toBe('old');
    await second.close();
  });
});

describe('callbacks', () => {
  const flow = machine({ Ask: ask('Send', { TimeoutSeconds: 600, HeartbeatSeconds: 300, End: true }) });
  const asking = (more = {}) => {
    const tokens: string[] = [];
    const Send = ({ TaskToken }: { TaskToken: string }) => void tokens.push(TaskToken);
    return { runtime: runtimeOf({ flow }, { Send } as never, more), tokens };
  };

  test('answered once, by whoever has the token; a heartbeat keeps it open', async () => {
    const { runtime, tokens } = asking();
    const { id } = await runtime.start('flow', 'one', {});
    await until(() => tokens.length > 0);
    expect(await runtime.sendTaskHeartbeat(tokens[0]!)).toBe('sent');
    expect(await runtime.sendTaskSuccess(tokens[0]!, { yes: true })).toBe('sent');
    expect(await runtime.sendTaskFailure(tokens[0]!, 'E', 'c')).toBe('gone');
    expect(await runtime.wait(id)).toMatchObject({ status: 'SUCCEEDED', output: { yes: true } });
    expect(await runtime.sendTaskSuccess(tokens[0]!, {})).toBe('gone');
    expect(await runtime.sendTaskHeartbeat(tokens[0]!)).toBe('gone');
    await runtime.close();
  });

  test('a restart waits on with the same token and calls nobody again', async () => {
    const file = newFile();
    const first = asking({ file });
    const { id } = await first.runtime.start('flow', 'one', {});
    await until(() => types(first.runtime.history(id)).includes('TaskSubmitted'));
    await first.runtime.close();
    const client = createWorkflowsClient(file);
    expect(await client.sendTaskFailure(first.tokens[0]!, 'REFUSED', 'while nobody ran')).toBe('sent');
    expect(await client.sendTaskFailure(first.tokens[0]!, 'REFUSED', 'again')).toBe('gone');
    const second = asking({ file });
    await second.runtime.resume();
    expect(await second.runtime.wait(id)).toMatchObject({ status: 'FAILED', error: 'REFUSED' });
    expect(second.tokens).toEqual([]);
    client.close();
    await second.runtime.close();
  });

  test('a missed deadline closes the token', async () => {
    const { runtime, tokens } = asking({ clock: virtualClock(0) });
    const { id } = await runtime.start('flow', 'one', {});
    expect(await runtime.wait(id)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(await runtime.sendTaskSuccess(tokens[0]!, 1)).toBe('gone');
    await runtime.close();
  });

  test('a client of another connection starts, answers and describes', async () => {
    const file = newFile();
    const { runtime, tokens } = asking({ file });
    const client = createWorkflowsClient(file);
    const { id } = await client.start('flow', 'from-outside', { a: 1 });
    await until(() => tokens.length > 0);
    expect(await client.describe(id)).toEqual({ id, status: 'RUNNING' });
    expect(await client.sendTaskSuccess(tokens[0]!, 'done')).toBe('sent');
    await until(async () => (await client.describe(id))?.status === 'SUCCEEDED');
    await expect(client.start('none', 'x', {})).rejects.toMatchObject({ name: 'NOT_FOUND' });
    client.close();
    await runtime.close();
  });
});

test('a wait keeps its end over a restart', async () => {
  const file = newFile();
  const flow = machine({ Wait: { Type: 'Wait', Seconds: 3600, Next: 'Last' }, Last: end });
  const first = runtimeOf({ flow }, {}, { file });
  const { id } = await first.start('flow', 'one', {});
  await until(() => types(first.history(id)).includes('WaitStateEntered'));
  await first.close();
  let asked = 0;
  const clock = virtualClock(Date.now() + 1_800_000);
  const counting = {
    now: clock.now,
    until(at: number) {
      asked = at;
      return clock.until(at);
    },
  };
  const second = runtimeOf({ flow }, {}, { file, clock: counting });
  await second.resume();
  expect((await second.wait(id)).status).toBe('SUCCEEDED');
  expect(asked).toBeLessThanOrEqual(Date.now() + 3_600_000);
  await second.close();
});

test('the timeout of the machine ends it; nothing catches it', async () => {
  const states = {
    Call: call('F', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], Next: 'Caught' }),
    Caught: end,
  };
  const flow = machine(states, { TimeoutSeconds: 60 });
  const runtime = runtimeOf({ flow }, { F: () => new Promise(() => {}) } as never, {
    clock: virtualClock(0),
  });
  const { id } = await runtime.start('flow', 'one', {});
  expect(await runtime.wait(id)).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  expect(types(runtime.history(id)).at(-1)).toBe('ExecutionTimedOut');
  await runtime.close();
});

describe('startExecution.sync:2', () => {
  const nested = (more: object) => ({
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Arguments: { StateMachineArn: 'InnerFlow', Input: '{% $states.input %}' },
    ...more,
  });
  test('gives the output as JSON; a failed child is States.TaskFailed with the child in the cause', async () => {
    const outer = machine({ Nested: nested({ Output: '{% $states.result.Output %}', End: true }) });
    const F = (n: number) => (n === 1 ? { n } : Promise.reject(named('Inside')));
    const runtime = runtimeOf({ outer, 'inner-flow': machine({ Call: call('F') }) }, { F } as never);
    const good = await runtime.start('outer', 'good', 1);
    expect(await runtime.wait(good.id)).toMatchObject({ status: 'SUCCEEDED', output: { n: 1 } });
    const bad = await runtime.start('outer', 'bad', 2);
    const { error, cause } = await runtime.wait(bad.id);
    expect([error, JSON.parse(cause!).Error, JSON.parse(cause!).Status]).toEqual([
      'States.TaskFailed',
      'Inside',
      'FAILED',
    ]);
    await runtime.close();
  });
  test('stopping the parent stops the child', async () => {
    const Arguments = { StateMachineArn: 'inner-flow', Input: 1, Name: 'kid' };
    const outer = machine({ Nested: nested({ Arguments, End: true }) });
    let called = false;
    const F = () => {
      called = true;
      return new Promise(() => {});
    };
    const runtime = runtimeOf({ outer, 'inner-flow': machine({ Call: call('F') }) }, { F } as never);
    const { id } = await runtime.start('outer', 'one', 1);
    await until(() => called);
    await runtime.stop(id);
    const child = id.replace('outer:one', 'inner-flow:kid');
    await until(async () => (await runtime.describe(child))?.status === 'ABORTED');
    await runtime.close();
  });
});

test('progress: states entered and left, items counted, the end', async () => {
  const events: RuntimeEvent[] = [];
  const flow = machine({ Each: distributed({ Call: call('F') }, { Next: 'Last' }), Last: end });
  const runtime = runtimeOf(
    { flow },
    { F: () => 1 },
    { onEvent: (event) => events.push(event), concurrency: 1 },
  );
  const { id } = await runtime.start('flow', 'one', ['a', 'b']);
  await runtime.wait(id);
  await runtime.close();
  const top = events.filter((event) => !('parent' in event));
  expect(top.map((event) => [event.type, 'state' in event ? event.state : event.status])).toEqual([
    ['state-entered', 'Each'],
    ['map-progress', 'Each'],
    ['map-progress', 'Each'],
    ['state-exited', 'Each'],
    ['state-entered', 'Last'],
    ['state-exited', 'Last'],
    ['execution-ended', 'SUCCEEDED'],
  ]);
  expect(events.filter(({ type }) => type === 'map-progress').at(-1)).toMatchObject({
    total: 2,
    succeeded: 2,
    failed: 0,
  });
});

test('a child of a Distributed Map has its own history', async () => {
  const runtime = runtimeOf({ flow: machine({ Each: distributed({ Call: call('F') }) }) }, { F: () => 1 });
  const { id } = await runtime.start('flow', 'one', ['a', 'b']);
  await runtime.wait(id);
  const [top, first] = runtime.logs(id);
  expect(top).toBe('');
  expect(types(runtime.history(id, first))).toEqual([
    'ExecutionStarted',
    'TaskStateEntered',
    'TaskScheduled',
    'TaskStarted',
    'TaskSucceeded',
    'TaskStateExited',
    'ExecutionSucceeded',
  ]);
  await runtime.close();
});
