import { describe, expect, test } from 'vitest';
import { boom, call, distributed, run } from './support.ts';

const ok = { return: 1 };
const reader = (InputType: string, more = {}) => ({
  Resource: 'arn:aws:states:::s3:getObject',
  Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' },
  ReaderConfig: { InputType, ...more },
});
const show = { Show: { Type: 'Pass', End: true } };

describe('tolerated failures', () => {
  const table: [object, number, number, string][] = [
    // tolerated, items, failures, ended
    [{}, 10, 0, 'SUCCEEDED'],
    [{}, 10, 1, 'States.ExceedToleratedFailureThreshold'],
    [{ ToleratedFailureCount: 2 }, 10, 2, 'SUCCEEDED'],
    [{ ToleratedFailureCount: 2 }, 10, 3, 'States.ExceedToleratedFailureThreshold'],
    [{ ToleratedFailurePercentage: 20 }, 10, 2, 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 20 }, 10, 3, 'States.ExceedToleratedFailureThreshold'],
    [{ ToleratedFailurePercentage: 100 }, 10, 10, 'SUCCEEDED'],
    [
      { ToleratedFailureCount: '{% 3 %}', ToleratedFailurePercentage: 10 },
      10,
      2,
      'States.ExceedToleratedFailureThreshold',
    ],
    [
      { ToleratedFailureCount: 0, ToleratedFailurePercentage: 90 },
      10,
      1,
      'States.ExceedToleratedFailureThreshold',
    ],
  ];
  test.each(table)('%j of %i with %i failures: %s', async (tolerated, items, failures, ended) => {
    const mocks = { F: [...Array.from({ length: failures }, () => boom()), ok] };
    const got = await run(
      { Each: distributed({ Call: call('F') }, { MaxConcurrency: 1, ...tolerated }) },
      { input: Array.from({ length: items }, (_, i) => i), mocks },
    );
    expect(got.error ?? got.status).toBe(ended);
    if (ended !== 'SUCCEEDED') return;
    // Failed children are shown whole among the outputs of the others.
    const failed = (got.output as unknown[]).filter((each) => each !== 1);
    expect(got.output).toHaveLength(items);
    expect(failed).toHaveLength(failures);
    for (const each of failed) expect(each).toMatchObject({ Status: 'FAILED', Error: 'Boom' });
  });

  test('a failed batch counts all its items', async () => {
    const ended = async (ToleratedFailureCount: number) => {
      const batches = { ItemBatcher: { MaxItemsPerBatch: 3 }, MaxConcurrency: 1, ToleratedFailureCount };
      const got = await run(
        { Each: distributed({ Call: call('F') }, batches) },
        { input: [1, 2, 3, 4, 5, 6], mocks: { F: [boom(), ok] } },
      );
      return got.status;
    };
    expect([await ended(2), await ended(3)]).toEqual(['FAILED', 'SUCCEEDED']);
  });
});

test('children see no variables of the execution and have their own history', async () => {
  const got = await run(
    {
      Set: { Type: 'Pass', Assign: { x: 1 }, Next: 'Each' },
      Each: distributed({
        See: {
          Type: 'Pass',
          Output: { x: '{% $exists($x) %}', me: '{% $states.context.Execution.Input %}' },
          End: true,
        },
      }),
    },
    { input: ['a'] },
  );
  expect(got.output).toEqual([{ x: false, me: 'a' }]);
  expect(got.exits!.map(({ name }) => name)).toEqual(['Set', 'Each']);
});

describe('ItemReader', () => {
  const read = (text: string, config: object) =>
    run({ Each: distributed(show, { ItemReader: config }) }, { input: { key: 'k' }, s3: { 'b/k': text } });
  test.each([
    ['[1,2,3]', reader('JSON'), [1, 2, 3]],
    ['[1,2,3]', reader('JSON', { MaxItems: 2 }), [1, 2]],
    ['{"a":{"b/c":[7]}}', reader('JSON', { ItemsPointer: '/a/b~1c' }), [7]],
    ['{"n":1}\n\n{"n":2}\n', reader('JSONL'), [{ n: 1 }, { n: 2 }]],
    ['{"n":1}\n{"n":2}', reader('JSONL', { MaxItems: '{% 1 %}' }), [{ n: 1 }]],
    ['', reader('JSONL'), []],
  ])('%j with %j', async (text, config, items) => {
    expect((await read(text, config)).output).toEqual(items);
  });
  test.each([
    ['{"n":1}', reader('JSON')],
    ['{"n":1}\n{"n":', reader('JSONL')],
    ['[1]', { ...reader('JSON'), Arguments: { Bucket: 'b', Key: 'other' } }],
  ])('%j cannot be read', async (text, config) => {
    expect((await read(text, config)).error).toBe('States.ItemReaderFailed');
  });
});

describe('ItemBatcher', () => {
  const batches = async (ItemBatcher: object, input: string[]) => {
    const got = await run({ Each: distributed(show, { ItemBatcher }) }, { input });
    return (got.output as { Items: string[] }[]).map(({ Items }) => Items.join(''));
  };
  test.each([
    [{ MaxItemsPerBatch: 2 }, ['ab', 'cd', 'e']],
    // {"Items":[]} is 12 bytes; each item takes 4 with its comma
    [{ MaxInputBytesPerBatch: 20 }, ['ab', 'cd', 'e']],
    [{ MaxItemsPerBatch: 3, MaxInputBytesPerBatch: 16 }, ['a', 'b', 'c', 'd', 'e']],
  ])('%j', async (batcher, expected) => {
    expect(await batches(batcher, ['a', 'b', 'c', 'd', 'e'])).toEqual(expected);
  });
  test('BatchInput goes with every batch; the selector comes before the batch', async () => {
    const got = await run(
      {
        Each: distributed(show, {
          Items: '{% $states.input.list %}',
          ItemSelector: '{% $states.context.Map.Item.Value * 10 %}',
          ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { of: '{% $states.input.of %}' } },
        }),
      },
      { input: { list: [1, 2, 3], of: 'x' } },
    );
    expect(got.output).toEqual([
      { BatchInput: { of: 'x' }, Items: [10, 20] },
      { BatchInput: { of: 'x' }, Items: [30] },
    ]);
  });
});

describe('ResultWriter', () => {
  const writer = (WriterConfig?: object) => ({
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Arguments: { Bucket: 'out', Prefix: 'p' },
      ...(WriterConfig && { WriterConfig }),
    },
  });
  test('the state gives the manifest only; failed children have a file of their own', async () => {
    const s3: Record<string, string> = {};
    const { runInMemory } = await import('../../../local/asl/memory.ts');
    const { load } = await import('../../../local/asl/load.ts');
    const { virtualClock } = await import('../../../local/asl/clock.ts');
    const { MemoryTokens } = await import('../../../local/asl/tokens.ts');
    const { machine } = await import('./support.ts');
    const loaded = load(
      machine({ Each: distributed({ Call: call('F') }, { ...writer(), ToleratedFailureCount: 1 }) }),
    );
    if (!loaded.ok) throw new Error(loaded.cause);
    const { ending } = await runInMemory(
      {
        clock: virtualClock(0),
        reading: 'documented',
        tokens: new MemoryTokens(),
        concurrency: 1,
        random: () => 0,
        objects: {
          get: async () => undefined,
          put: async (bucket, key, text) => {
            s3[`${bucket}/${key}`] = text;
          },
        },
        invoke: async (_fn, payload) => {
          if (payload === 2) throw new TypeError('two');
          return payload;
        },
        nested: () => Promise.reject(new Error('none')),
      },
      loaded.machine,
      [1, 2, 3],
    );
    const { Bucket, Key } = (
      ending as never as { output: { ResultWriterDetails: { Bucket: string; Key: string } } }
    ).output.ResultWriterDetails;
    const manifest = JSON.parse(s3[`${Bucket}/${Key}`]!);
    const file = (status: string) => JSON.parse(s3[`out/${manifest.ResultFiles[status][0].Key}`]!);
    expect(file('SUCCEEDED').map((each: { Output: string }) => each.Output)).toEqual(['1', '3']);
    expect(file('FAILED')).toMatchObject([{ Input: '2', Error: 'TypeError', Status: 'FAILED' }]);
    expect(manifest.ResultFiles.PENDING).toEqual([]);
  });
  test('without a bucket the outputs come back, compacted or flattened', async () => {
    const got = await run(
      {
        Each: distributed(show, {
          ResultWriter: { WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSON' } },
        }),
      },
      { input: [[1, 2], [3]] },
    );
    expect(got.output).toEqual([1, 2, 3]);
  });
});
