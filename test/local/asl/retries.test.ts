import { describe, expect, test } from 'vitest';
import { retryDelay } from '../../../local/asl/retry.ts';
import { ask, boom, call, run } from './support.ts';

const all = ['States.ALL'];

describe('delay before a retry', () => {
  const table: [object, number, number, number][] = [
    // retrier, retries used, random, seconds
    [{}, 0, 0.5, 1],
    [{}, 3, 0.5, 8],
    [{ IntervalSeconds: 3 }, 0, 0.5, 3],
    [{ IntervalSeconds: 3, BackoffRate: 1.5 }, 2, 0.5, 6.75],
    [{ IntervalSeconds: 3, BackoffRate: 1 }, 9, 0.5, 3],
    [{ IntervalSeconds: 1, MaxDelaySeconds: 30 }, 10, 0.5, 30],
    [{ IntervalSeconds: 4, JitterStrategy: 'FULL' }, 1, 0.25, 2],
    [{ IntervalSeconds: 4, JitterStrategy: 'NONE' }, 1, 0.25, 8],
    [{ IntervalSeconds: 1, MaxDelaySeconds: 30, JitterStrategy: 'FULL' }, 10, 0.5, 15],
  ];
  test.each(table)('%j after %i with random %f: %f s', (retrier, used, random, seconds) => {
    expect(retryDelay({ ErrorEquals: all, ...retrier }, used, () => random)).toBeCloseTo(seconds);
  });
});

describe('Retry', () => {
  const calls = async (Retry: object[], ...mocks: object[]) => {
    const got = await run({ Call: call('F', { Retry, End: true }) }, { mocks: { F: mocks as never } });
    return `${got.status} ${got.calls!.length}`;
  };
  test.each([
    // retriers, answers, end and number of calls
    [[{ ErrorEquals: all }], [boom()], 'FAILED 4'],
    [[{ ErrorEquals: all, MaxAttempts: 0 }], [boom()], 'FAILED 1'],
    [[{ ErrorEquals: all, MaxAttempts: 2 }], [boom(), boom(), { return: 1 }], 'SUCCEEDED 3'],
    [[{ ErrorEquals: ['Other'] }], [boom()], 'FAILED 1'],
    [[{ ErrorEquals: ['States.TaskFailed'], MaxAttempts: 1 }], [boom()], 'FAILED 2'],
    [[{ ErrorEquals: ['States.TaskFailed'] }], [boom('States.Timeout')], 'FAILED 1'],
    [[{ ErrorEquals: all }], [boom('States.Runtime')], 'FAILED 1'],
    // each retrier counts its own
    [
      [
        { ErrorEquals: ['A'], MaxAttempts: 1 },
        { ErrorEquals: ['B'], MaxAttempts: 2 },
      ],
      [boom('A'), boom('B'), boom('B'), boom('A')],
      'FAILED 4',
    ],
  ])('%j', async (retriers, mocks, expected) => {
    expect(await calls(retriers, ...mocks)).toBe(expected);
  });

  test('the delays pass on the clock of the machine', async () => {
    const got = await run(
      {
        Set: { Type: 'Pass', Assign: { from: '{% $millis() %}' }, Next: 'Call' },
        Call: call('F', {
          Retry: [{ ErrorEquals: all, IntervalSeconds: 10, MaxAttempts: 2 }],
          Output: '{% $millis() - $from %}',
          End: true,
        }),
      },
      { mocks: { F: [boom(), boom(), { return: 1 }] } },
    );
    expect(got.output).toBe(30_000);
  });
});

describe('Catch', () => {
  test('the first that matches, with its own Assign and Output; after the retries', async () => {
    const got = await run(
      {
        Call: call('F', {
          Retry: [{ ErrorEquals: ['A'], MaxAttempts: 1 }],
          Catch: [
            { ErrorEquals: ['B'], Next: 'Wrong' },
            {
              ErrorEquals: ['A', 'C'],
              Assign: { said: '{% $states.errorOutput.Cause %}' },
              Output: '{% $states.input %}',
              Next: 'Right',
            },
            { ErrorEquals: all, Next: 'Wrong' },
          ],
          Next: 'Wrong',
        }),
        Wrong: { Type: 'Fail', Error: 'Wrong' },
        Right: { Type: 'Pass', Output: { said: '{% $said %}', input: '{% $states.input %}' }, End: true },
      },
      { input: 7, mocks: { F: [boom('A', 'why')] } },
    );
    expect(got).toMatchObject({ status: 'SUCCEEDED', output: { said: 'why', input: 7 } });
    expect(got.calls).toHaveLength(2);
  });
  test('an expression that fails in a Task is caught like a failed call', async () => {
    const got = await run(
      {
        Call: call('F', {
          Output: '{% $nothing %}',
          Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Caught' }],
          Next: 'Caught',
        }),
        Caught: { Type: 'Pass', End: true },
      },
      { mocks: { F: [{ return: 1 }] } },
    );
    expect(got.status).toBe('SUCCEEDED');
    expect(got.history).toContain('EvaluationFailed');
  });
});

describe('timeouts', () => {
  const caughtBy = (name: string) => ({
    Catch: [{ ErrorEquals: [name], Output: 'caught', Next: 'Caught' }],
    Next: 'Caught',
  });
  const Caught = { Type: 'Pass', End: true };
  test.each([
    // state, caught by, ended how
    [call('Hangs', { TimeoutSeconds: 5, ...caughtBy('States.Timeout') }), 'SUCCEEDED'],
    [call('Hangs', { TimeoutSeconds: '{% 5 %}', ...caughtBy('States.Timeout') }), 'SUCCEEDED'],
    [call('Hangs', { TimeoutSeconds: 5, ...caughtBy('States.TaskFailed') }), 'FAILED'],
    [ask('Silent', { TimeoutSeconds: 5, ...caughtBy('States.Timeout') }), 'SUCCEEDED'],
    [
      ask('Silent', { TimeoutSeconds: 50, HeartbeatSeconds: 5, ...caughtBy('States.HeartbeatTimeout') }),
      'SUCCEEDED',
    ],
    [ask('Silent', { TimeoutSeconds: 50, HeartbeatSeconds: 5, ...caughtBy('States.Timeout') }), 'SUCCEEDED'],
    [ask('Silent', { TimeoutSeconds: 5, ...caughtBy('States.HeartbeatTimeout') }), 'FAILED'],
  ])('%j', async (state, status) => {
    const got = await run(
      { Call: state, Caught },
      { mocks: { Hangs: [{ hang: true }], Silent: [{ callback: null }] } },
    );
    expect(got.status).toBe(status);
    if (status === 'FAILED') expect(got.error).toBe('States.Timeout');
  });
});
