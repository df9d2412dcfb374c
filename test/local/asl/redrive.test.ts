import { describe, expect, test } from 'vitest';
import { virtualClock } from '../../../local/asl/clock.ts';
import { ask, call, distributed, inline, machine, named, runtimeOf, until } from './support.ts';

const types = (events: readonly { type: string }[]) => events.map(({ type }) => type);

describe('stop and redrive', () => {
  test('a stopped execution is ABORTED with what it was told, and goes on from its state when redriven', async () => {
    const calls: string[] = [];
    let token = '';
    const runtime = runtimeOf({ flow: machine({ Call: call('F', { Next: 'Ask' }), Ask: ask('G') }) }, {
      F: () => void calls.push('F'),
      G: ({ TaskToken }: { TaskToken: string }) => {
        calls.push('G');
        token = TaskToken;
      },
    } as never);
    const { id } = await runtime.start('flow', 'one', {});
    await until(() => calls.length === 2);
    const old = token;
    await runtime.stop(id, 'Stopped', 'by hand');
    expect(await runtime.describe(id)).toEqual({ id, status: 'ABORTED', error: 'Stopped', cause: 'by hand' });
    expect(await runtime.sendTaskSuccess(old, 1)).toBe('gone');
    await runtime.redrive(id);
    await until(() => calls.length === 3 && token !== old);
    await until(async () => (await runtime.sendTaskSuccess(token, 5)) === 'sent');
    expect(await runtime.wait(id)).toMatchObject({ status: 'SUCCEEDED', output: 5 });
    expect(calls).toEqual(['F', 'G', 'G']);
    expect(types(runtime.history(id))).toContain('ExecutionRedriven');
    await runtime.close();
  });

  test.each([
    ['distributed', distributed],
    ['inline', inline],
  ])('a %s Map runs only what had not finished; retries are counted afresh', async (_name, map) => {
    const calls: number[] = [];
    let broken = true;
    const Retry = [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }];
    const runtime = runtimeOf(
      { flow: machine({ Each: map({ Call: call('F', { Retry, End: true }) }, { MaxConcurrency: 1 }) }) },
      {
        F: (n: number) => {
          calls.push(n);
          if (broken && n === 3) throw named('Broken');
          return n * 10;
        },
      } as never,
      { clock: virtualClock(0) },
    );
    const { id } = await runtime.start('flow', 'one', [1, 2, 3, 4]);
    expect((await runtime.wait(id)).status).toBe('FAILED');
    expect(calls).toEqual([1, 2, 3, 3]);
    await runtime.redrive(id);
    expect((await runtime.wait(id)).status).toBe('FAILED');
    expect(calls).toEqual([1, 2, 3, 3, 3, 3]);
    broken = false;
    await runtime.redrive(id);
    expect(await runtime.wait(id)).toMatchObject({ status: 'SUCCEEDED', output: [10, 20, 30, 40] });
    expect(calls).toEqual([1, 2, 3, 3, 3, 3, 3, 4]);
    await expect(runtime.redrive(id)).rejects.toMatchObject({ name: 'CONFLICT' });
    await runtime.close();
  });

  test('more than 14 days later a redrive is refused', async () => {
    const clock = virtualClock(0);
    const runtime = runtimeOf({ flow: machine({ End: { Type: 'Fail' } }) }, {}, { clock });
    const { id } = await runtime.start('flow', 'one', {});
    await runtime.wait(id);
    await clock.until(15 * 86_400_000).done;
    await expect(runtime.redrive(id)).rejects.toThrow(/more than 14 days ago/);
    await runtime.close();
  });

  test('children that finished run again when only their result was over the limit', async () => {
    let calls = 0;
    const runtime = runtimeOf({ flow: machine({ Each: distributed({ Call: call('F') }) }) }, {
      F: () => {
        calls += 1;
        return calls > 2 ? 'small' : 'x'.repeat(200_000);
      },
    } as never);
    const { id } = await runtime.start('flow', 'one', [1, 2]);
    expect(await runtime.wait(id)).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    await runtime.redrive(id);
    expect(await runtime.wait(id)).toMatchObject({ status: 'SUCCEEDED', output: ['small', 'small'] });
    await runtime.close();
  });
});
