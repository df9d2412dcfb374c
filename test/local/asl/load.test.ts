import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { load } from '../../../local/asl/load.ts';
import { ask, call, distributed, inline, machine } from './support.ts';

const end = { Type: 'Pass', End: true };
const problems = (definition: unknown) => {
  const loaded = load(definition);
  return loaded.ok ? [] : loaded.problems;
};

describe('refused when loaded', () => {
  const reader = {
    Resource: 'arn:aws:states:::s3:getObject',
    Arguments: {},
    ReaderConfig: { InputType: 'JSON' },
  };
  const table: [string, unknown, string][] = [
    [
      'a misspelt field',
      machine({ A: { ...end, Ouput: 1 } }),
      "Field 'Ouput' is not supported at /States/A/Ouput",
    ],
    [
      'a field of JSONPath',
      machine({ A: { ...end, ResultPath: '$' } }),
      "Field 'ResultPath' is not supported at /States/A/ResultPath",
    ],
    [
      'a field of another type',
      machine({ A: { ...end, Seconds: 1 } }),
      "Field 'Seconds' is not supported at /States/A/Seconds",
    ],
    [
      'JSONPath',
      { ...machine({ A: end }), QueryLanguage: 'JSONPath' },
      'This runner supports the QueryLanguage JSONata only at /QueryLanguage',
    ],
    [
      'JSONPath by default',
      { StartAt: 'A', States: { A: end } },
      'This runner supports the QueryLanguage JSONata only; the default is JSONPath at /States/A',
    ],
    [
      'no such target',
      machine({ A: { Type: 'Pass', Next: 'B' } }),
      "Missing 'Next' target: B at /States/A/Next",
    ],
    ['no such start', { ...machine({ A: end }), StartAt: 'B' }, "Missing 'StartAt' target: B at /StartAt"],
    [
      'a state that nothing leads to',
      machine({ A: end, B: end }),
      'State "B" is not reachable. at /States/B',
    ],
    [
      'neither Next nor End',
      machine({ A: { Type: 'Pass' } }),
      'Exactly one of these fields is required: [Next, End] at /States/A',
    ],
    [
      'Next and End',
      machine({ A: { Type: 'Pass', Next: 'B', End: true }, B: end }),
      'Exactly one of these fields is required: [Next, End] at /States/A',
    ],
    [
      'a broken expression',
      machine({ A: { ...end, Output: { x: '{% 1 + %}' } } }),
      'Invalid JSONata expression',
    ],
    [
      'an unknown service',
      machine({ A: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', End: true } }),
      "The resource 'arn:aws:states:::sqs:sendMessage' is not supported by this runner at /States/A/Resource",
    ],
    [
      'a misspelt argument',
      machine({ A: call('F', { Arguments: { FunctionName: 'F', PayLoad: 1 }, End: true }) }),
      "Field 'PayLoad' is not supported at /States/A/Arguments/PayLoad",
    ],
    [
      'a call of nothing',
      machine({ A: call('F', { Arguments: { Payload: 1 }, End: true }) }),
      "The field 'FunctionName' is required but was missing at /States/A/Arguments",
    ],
    [
      'a callback that nobody can answer',
      machine({ A: ask('F', { Arguments: { FunctionName: 'F', Payload: {} }, End: true }) }),
      'The task token ($states.context.Task.Token) must be passed in the Payload at /States/A/Arguments',
    ],
    [
      'a heartbeat longer than the timeout',
      machine({ A: ask('F', { TimeoutSeconds: 5, HeartbeatSeconds: 5, End: true }) }),
      'HeartbeatSeconds must be smaller than TimeoutSeconds at /States/A',
    ],
    [
      'States.ALL among others',
      machine({ A: call('F', { Retry: [{ ErrorEquals: ['States.ALL', 'X'] }], End: true }) }),
      'States.ALL must appear alone in ErrorEquals at /States/A/Retry[0]',
    ],
    [
      'States.ALL before others',
      machine({
        A: call('F', { Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }], End: true }),
      }),
      'States.ALL must be in the last element of the array at /States/A/Retry[0]',
    ],
    [
      'a misspelt field of a retrier',
      machine({ A: call('F', { Retry: [{ ErrorEquals: ['X'], Backoff: 2 }], End: true }) }),
      "Field 'Backoff' is not supported at /States/A/Retry[0]/Backoff",
    ],
    [
      'a back-off under 1',
      machine({ A: call('F', { Retry: [{ ErrorEquals: ['X'], BackoffRate: 0.5 }], End: true }) }),
      'The value must be between 1',
    ],
    [
      'two waits',
      machine({ A: { Type: 'Wait', Seconds: 1, Timestamp: '2026-01-01T00:00:00Z', End: true } }),
      'Exactly one of these fields is required: [Seconds, Timestamp] at /States/A',
    ],
    [
      'a condition that is a constant',
      machine({ A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'B' }] }, B: end }),
      'The value must be a JSONata expression ({% ... %}) at /States/A/Choices[0]/Condition',
    ],
    [
      'a reader of an inline Map',
      machine({ A: inline({ B: end }, { ItemReader: reader }) }),
      "The field 'ItemReader' is only supported in DISTRIBUTED mode at /States/A/ItemReader",
    ],
    [
      'CSV',
      machine({
        A: distributed({ B: end }, { ItemReader: { ...reader, ReaderConfig: { InputType: 'CSV' } } }),
      }),
      "The field 'InputType' should have one of these values: [JSON, JSONL] at /States/A/ItemReader/ReaderConfig/InputType",
    ],
    [
      'items and a reader',
      machine({ A: distributed({ B: end }, { Items: [1], ItemReader: reader }) }),
      "Only one of the fields 'Items' and 'ItemReader' may be present at /States/A",
    ],
    [
      'a batcher without size',
      machine({ A: distributed({ B: end }, { ItemBatcher: {} }) }),
      'At least one of these fields is required: [MaxItemsPerBatch, MaxInputBytesPerBatch] at /States/A/ItemBatcher',
    ],
    [
      'a name used twice',
      machine({ A: inline({ A: end }) }),
      'Duplicate state name: A at /States/A/ItemProcessor/States/A',
    ],
    [
      'an outer variable assigned inside',
      machine({
        S: { Type: 'Pass', Assign: { x: 1 }, Next: 'A' },
        A: inline({ B: { ...end, Assign: { x: 2 } } }),
      }),
      "The variable 'x' is assigned in an outer scope already at /States/A/ItemProcessor/States",
    ],
    [
      'a variable called states',
      machine({ A: { ...end, Assign: { states: 1 } } }),
      "The variable name 'states' is not allowed at /States/A/Assign/states",
    ],
    ['not an object', [1], 'Expected value of type Object at /'],
    ['nothing', {}, 'These fields are required: [States, StartAt] at /'],
  ];
  test.each(table)('%s', (_what, definition, problem) => {
    expect(problems(definition).join('\n')).toContain(problem);
  });
});

test('a Distributed Map is a scope of its own: outer names are free there', () => {
  const states = {
    S: { Type: 'Pass', Assign: { x: 1 }, Next: 'A' },
    A: distributed({ B: { ...end, Assign: { x: 2 } } }),
  };
  expect(problems(machine(states))).toEqual([]);
});

const folder = new URL('../../../workflows/', import.meta.url);
test.each(readdirSync(folder).filter((name) => name.endsWith('.asl.json')))('workflows/%s loads', (name) => {
  expect(problems(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))).toEqual([]);
});
