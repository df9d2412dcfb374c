import { describe, expect, test } from 'vitest';
import { boom, call, inline, run } from './support.ts';

const end = { Type: 'Pass', End: true };

describe('Pass, Succeed and Fail', () => {
  test('Assign and Output see the variables as they were', async () => {
    const got = await run(
      {
        First: { Type: 'Pass', Assign: { x: 1 }, Next: 'Second' },
        Second: { Type: 'Pass', Assign: { x: '{% $x + 1 %}' }, Output: '{% $x %}', Next: 'Third' },
        Third: { Type: 'Succeed', Output: { before: '{% $states.input %}', now: '{% $x %}' } },
      },
      { input: {} },
    );
    expect(got).toMatchObject({ status: 'SUCCEEDED', output: { before: 1, now: 2 } });
  });

  test('Fail may have neither error nor cause, or expressions for both', async () => {
    expect(await run({ End: { Type: 'Fail' } })).toMatchObject({ status: 'FAILED' });
    const got = await run(
      { End: { Type: 'Fail', Error: '{% $states.input.e %}', Cause: "{% 'because ' & $states.input.e %}" } },
      { input: { e: 'X' } },
    );
    expect(got).toMatchObject({ status: 'FAILED', error: 'X', cause: 'because X' });
  });
});

describe('Choice', () => {
  const choice = (more = {}) => ({
    Choose: {
      Type: 'Choice',
      Choices: [
        { Condition: '{% $states.input.n > 10 %}', Assign: { size: 'big' }, Output: 'rule', Next: 'Show' },
        { Condition: '{% $states.input.n > 5 %}', Next: 'Show' },
      ],
      Assign: { size: 'small' },
      Output: 'default',
      ...more,
    },
    Show: {
      Type: 'Pass',
      Output: { was: '{% $states.input %}', size: "{% $exists($size) ? $size : 'none' %}" },
      End: true,
    },
  });
  test.each([
    [11, { was: 'rule', size: 'big' }],
    [6, { was: { n: 6 }, size: 'none' }],
    [5, { was: 'default', size: 'small' }],
  ])('%j: the first true rule wins, with its own Assign and Output', async (n, output) => {
    expect((await run(choice({ Default: 'Show' }), { input: { n } })).output).toEqual(output);
  });
  test('no match and no Default is States.NoChoiceMatched', async () => {
    const got = await run(choice(), { input: { n: 1 } });
    expect(got).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });
  test('a condition that is no boolean is an error, not false', async () => {
    const got = await run(choice({ Default: 'Show', Choices: [{ Condition: '{% 1 %}', Next: 'Show' }] }));
    expect(got.error).toBe('States.QueryEvaluationError');
    expect(got.cause).toContain("Expected 'boolean', but was 'number'");
  });
});

describe('Wait', () => {
  const at = (seconds: object) => ({
    Before: { Type: 'Pass', Assign: { from: '{% $millis() %}' }, Next: 'Wait' },
    Wait: { Type: 'Wait', ...seconds, Next: 'After' },
    After: { Type: 'Pass', Output: '{% $millis() - $from %}', End: true },
  });
  test.each([
    [{ Seconds: 0 }, 0],
    [{ Seconds: 86400 }, 86_400_000],
    [{ Seconds: '{% 2 * 30 %}' }, 60_000],
    [{ Timestamp: '2016-12-05T21:29:29Z' }, 0],
  ])('%j takes %i ms of the clock of the machine and none of ours', async (seconds, ms) => {
    expect((await run(at(seconds))).output).toBe(ms);
  });
  test.each([
    [{ Seconds: '{% -1 %}' }],
    [{ Seconds: '{% 1.5 %}' }],
    [{ Seconds: "{% '1' %}" }],
    [{ Timestamp: "{% '2016-12-05 21:29:29Z' %}" }],
  ])('%j is States.QueryEvaluationError', async (seconds) => {
    expect((await run(at(seconds))).error).toBe('States.QueryEvaluationError');
  });
});

describe('Parallel', () => {
  test('branches see outer variables and keep their own to themselves; outputs come in branch order', async () => {
    const branch = (value: number, seconds: number) => ({
      StartAt: `Wait${value}`,
      States: {
        [`Wait${value}`]: { Type: 'Wait', Seconds: seconds, Assign: { inner: value }, Next: `Add${value}` },
        [`Add${value}`]: { Type: 'Pass', Output: '{% $outer + $inner + $states.input %}', End: true },
      },
    });
    const got = await run({
      Set: { Type: 'Pass', Assign: { outer: 100 }, Next: 'Both' },
      Both: { Type: 'Parallel', Arguments: 1000, Branches: [branch(1, 60), branch(2, 5)], Next: 'Leak' },
      Leak: {
        Type: 'Pass',
        Output: { sums: '{% $states.input %}', leaked: '{% $exists($inner) %}' },
        End: true,
      },
    });
    expect(got.output).toEqual({ sums: [1101, 1102], leaked: false });
  });

  test('one branch that fails stops the others and is caught with its own name', async () => {
    const got = await run(
      {
        Both: {
          Type: 'Parallel',
          Branches: [
            {
              StartAt: 'Long',
              States: { Long: { Type: 'Wait', Seconds: 1000, Next: 'Never' }, Never: call('Never') },
            },
            { StartAt: 'Fails', States: { Fails: call('Fails') } },
          ],
          Catch: [{ ErrorEquals: ['Boom'], Output: '{% $states.errorOutput.Cause %}', Next: 'Caught' }],
          Next: 'Never2',
        },
        Never2: end,
        Caught: end,
      },
      { mocks: { Fails: [boom()], Never: [{ return: 1 }] } },
    );
    expect(got).toMatchObject({ status: 'SUCCEEDED', output: 'it broke' });
    expect(got.calls?.map(({ fn }) => fn)).toEqual(['Fails']);
    expect(got.history).toContain('ParallelStateFailed');
  });
});

describe('inline Map', () => {
  test('items, selector, item context and order', async () => {
    const got = await run(
      {
        Each: inline(
          {
            Show: {
              Type: 'Pass',
              Output: '{% [$states.input.at, $states.context.Map.Item.Value] %}',
              End: true,
            },
          },
          { Items: '{% $states.input %}', ItemSelector: { at: '{% $states.context.Map.Item.Index %}' } },
        ),
      },
      { input: ['a', 'b', 'c'] },
    );
    expect(got.output).toEqual([
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
    ]);
  });
  test('the first failure fails the Map with its own error; nothing more is started', async () => {
    const got = await run(
      { Each: inline({ Call: call('F') }, { MaxConcurrency: 1, ToleratedFailureCount: 2 }) },
      { input: [1, 2, 3], mocks: { F: [{ return: 1 }, boom()] } },
    );
    expect(got).toMatchObject({ status: 'FAILED', error: 'Boom' });
    expect(got.calls).toHaveLength(2);
  });
});

describe('data limit', () => {
  const big = {
    Call: call('Big', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }], Next: 'Caught' }),
    Caught: end,
  };
  const mocks = { Big: [{ repeat: { text: 'é', times: 131_072 } }] };
  test('counted in bytes of UTF-8; as recorded, States.ALL catches it', async () => {
    const got = await run(big, { mocks });
    expect(got.status).toBe('SUCCEEDED');
    expect(got.output).toMatchObject({ Error: 'States.DataLimitExceeded' });
  });
  test('as documented, States.ALL does not; its own name does', async () => {
    const got = await run(big, { mocks, documented: true });
    expect(got).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
    const byName = {
      ...big,
      Call: { ...big.Call, Catch: [{ ErrorEquals: ['States.DataLimitExceeded'], Next: 'Caught' }] },
    };
    expect((await run(byName, { mocks, documented: true })).status).toBe('SUCCEEDED');
  });
  test('256 KiB itself is fine', async () => {
    const got = await run(
      { Call: call('Fits') },
      { mocks: { Fits: [{ repeat: { text: 'a', times: 262_142 } }] } },
    );
    expect(got.status).toBe('SUCCEEDED');
  });
});

test('a history that is full ends the execution', async () => {
  const got = await run({
    Set: { Type: 'Pass', Assign: { n: 0 }, Next: 'Again' },
    Again: {
      Type: 'Choice',
      Choices: [{ Condition: '{% $n < 1000000 %}', Assign: { n: '{% $n + 1 %}' }, Next: 'Again' }],
    },
  });
  expect(got).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(got.history!.length).toBeLessThanOrEqual(25_000);
});
