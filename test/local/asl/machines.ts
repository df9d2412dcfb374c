import type { Mock } from '../../../local/asl/mocks.ts';

/** A machine of these states, started at the first. */
export const machine = (States: object, more: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(States)[0],
  States,
  ...more,
});

/** A Task that calls `fn` with its input and gives what the function gives. */
export const call = (fn: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: fn, Payload: '{% $states.input %}' },
  Output: '{% $states.result.Payload %}',
  ...more,
});
/** A Task that waits for somebody to answer its token. */
export const ask = (fn: string, more: object = { End: true }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
  Arguments: { FunctionName: fn, Payload: { TaskToken: '{% $states.context.Task.Token %}' } },
  ...more,
});
export const distributed = (States: object, more: object = {}) => ({
  Type: 'Map',
  ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...machine(States) },
  ...(!('Next' in more) && { End: true }),
  ...more,
});
export const inline = (States: object, more: object = {}) => ({
  Type: 'Map',
  ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...machine(States) },
  ...(!('Next' in more) && { End: true }),
  ...more,
});
/** Answers with the request id of nothing: what a Lambda failure looks like. */
export const boom = (error = 'Boom', cause = 'it broke'): Mock => ({ throw: { error, cause } });
