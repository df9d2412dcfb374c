import { resourceOf } from '../task/resource.ts';
import { parseTimestamp } from '../timestamp.ts';
import { isObject, type JsonObject, type StateType } from '../types.ts';
import { catchers, retry } from './errors.ts';
import {
  anything,
  type Check,
  checkFields,
  expression,
  type Fields,
  listOf,
  number,
  objectOf,
  objectOrExpression,
  oneOf,
  orExpression,
  template,
  text,
  truth,
} from './fields.ts';
import { itemBatcher, itemReader, resultWriter } from './map.ts';
import type { Problems } from './problems.ts';
import { assign } from './variables.ts';

const SECONDS_MAX = 99_999_999;

const common: Fields = { Type: anything, Comment: text, QueryLanguage: anything };
const flow: Fields = { Next: text, End: truth };
const data: Fields = { Assign: assign, Output: template };

const timestamp: Check = (value, path, problems) => {
  if (typeof value !== 'string' || parseTimestamp(value) === undefined)
    problems.schema('String does not match RFC3339 timestamp', path);
};
const rule = objectOf(
  { Comment: text, Condition: expression, Next: text, Assign: assign, Output: template },
  ['Condition', 'Next'],
);
const resource: Check = (value, path, problems) => {
  if (typeof value !== 'string') problems.schema('Expected value of type String', path);
  else if (!resourceOf(value))
    problems.schema(`The resource '${value}' is not supported by this runner`, path);
};
const items: Check = (value, path, problems) =>
  (Array.isArray(value) ? template : expression)(value, path, problems);

/** The fields of each type, and those that it cannot be without. Branches and processors are checked by machine.ts. */
export const STATE_FIELDS: Readonly<Record<StateType, { fields: Fields; required: readonly string[] }>> = {
  Pass: { fields: { ...common, ...flow, ...data }, required: [] },
  Succeed: { fields: { ...common, Output: template }, required: [] },
  Fail: { fields: { ...common, Error: text, Cause: text }, required: [] },
  Wait: {
    fields: {
      ...common,
      ...flow,
      ...data,
      Seconds: orExpression(number(0, SECONDS_MAX)),
      Timestamp: orExpression(timestamp),
    },
    required: [],
  },
  Choice: {
    fields: { ...common, ...data, Choices: listOf(rule, 1), Default: text },
    required: ['Choices'],
  },
  Task: {
    fields: {
      ...common,
      ...flow,
      ...data,
      Resource: resource,
      Arguments: objectOrExpressionOrValue,
      TimeoutSeconds: orExpression(number(1, SECONDS_MAX)),
      HeartbeatSeconds: orExpression(number(1, SECONDS_MAX)),
      Credentials: objectOf({ RoleArn: text }, ['RoleArn']),
      Retry: retry,
      Catch: catchers,
    },
    required: ['Resource'],
  },
  Parallel: {
    fields: {
      ...common,
      ...flow,
      ...data,
      Branches: listOf(anything, 1),
      Arguments: template,
      Retry: retry,
      Catch: catchers,
    },
    required: ['Branches'],
  },
  Map: {
    fields: {
      ...common,
      ...flow,
      ...data,
      Items: items,
      ItemSelector: template,
      ItemProcessor: anything,
      ItemReader: itemReader,
      ItemBatcher: itemBatcher,
      ResultWriter: resultWriter,
      MaxConcurrency: orExpression(number(0, Number.MAX_SAFE_INTEGER)),
      ToleratedFailureCount: orExpression(number(0, Number.MAX_SAFE_INTEGER)),
      ToleratedFailurePercentage: orExpression(number(0, 100, false)),
      Label: text,
      Retry: retry,
      Catch: catchers,
    },
    required: ['ItemProcessor'],
  },
};

function objectOrExpressionOrValue(value: unknown, path: string, problems: Problems): void {
  template(value, path, problems);
}

/** What an optimised integration takes as Arguments. */
const invokeArguments: Fields = {
  FunctionName: text,
  Payload: template,
  InvocationType: oneOf('RequestResponse'),
  Qualifier: text,
  ClientContext: text,
  LogType: oneOf('None', 'Tail'),
};
const nestedArguments: Fields = { StateMachineArn: text, Input: template, Name: text };

/** Checks that go over several fields of one state. */
export function checkTogether(state: JsonObject, path: string, problems: Problems): void {
  if (state.Type === 'Task') checkArguments(state, path, problems);
  if (state.Type === 'Wait') {
    const given = ['Seconds', 'Timestamp'].filter((field) => Object.hasOwn(state, field));
    if (given.length !== 1)
      problems.schema('Exactly one of these fields is required: [Seconds, Timestamp]', path);
  }
  if (
    typeof state.TimeoutSeconds === 'number' &&
    typeof state.HeartbeatSeconds === 'number' &&
    state.HeartbeatSeconds >= state.TimeoutSeconds
  )
    problems.schema('HeartbeatSeconds must be smaller than TimeoutSeconds', path);
}

function checkArguments(state: JsonObject, path: string, problems: Problems): unknown {
  const target = resourceOf(String(state.Resource));
  const given = state.Arguments;
  if (!target || target.kind === 'lambda') return;
  if (given === undefined) return problems.schema("The field 'Arguments' is required but was missing", path);
  objectOrExpression(given, `${path}/Arguments`, problems);
  if (!isObject(given)) return;
  const at = `${path}/Arguments`;
  if (target.kind === 'nested') {
    checkFields(given, nestedArguments, ['StateMachineArn'], at, problems);
    return;
  }
  checkFields(given, invokeArguments, ['FunctionName'], at, problems);
  const holdsToken = JSON.stringify(given).includes('$states.context.Task.Token');
  if (target.kind === 'callback' && !holdsToken && given.Payload !== undefined)
    problems.schema('The task token ($states.context.Task.Token) must be passed in the Payload', at);
}
