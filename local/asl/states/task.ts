import { EvaluationError, errorOutput, StatesError } from '../errors.ts';
import { evaluateAs, isExpression, textOf } from '../expression.ts';
import { TASK_SECONDS_DEFAULT } from '../limits.ts';
import { finish, lower } from '../run-scope.ts';
import { envOf, record, type Scope, whereOf } from '../scope.ts';
import { awaitToken } from '../task/callback.ts';
import { invokeFunction } from '../task/lambda.ts';
import { runNested } from '../task/nested.ts';
import { type Resource, resourceOf } from '../task/resource.ts';
import { fill } from '../template.ts';
import type { Json, JsonObject, State } from '../types.ts';
import type { Executor } from './index.ts';

/** One start of a task: what is called, with what, until when. */
export type Call = {
  readonly resource: Resource;
  readonly arguments: Json;
  readonly timeoutSeconds: number;
  readonly heartbeatSeconds: number | undefined;
};

const runners = {
  lambda: invokeFunction,
  invoke: invokeFunction,
  callback: awaitToken,
  nested: runNested,
} as const;

/** Task: calls a function, a function that answers by token, or another workflow. */
export const task: Executor = async (scope, state) => {
  const resource = resourceOf(state.Resource ?? '');
  if (!resource)
    throw new StatesError('States.Runtime', `The resource '${state.Resource}' is not supported.`);
  const context = tokenContext(scope, resource);
  const env = envOf(scope, {}, context);
  const call: Call = {
    resource,
    arguments:
      state.Arguments === undefined ? scope.frame.input : await fill(state.Arguments, 'Arguments', env),
    timeoutSeconds: (await seconds(scope, state, 'TimeoutSeconds')) ?? TASK_SECONDS_DEFAULT,
    heartbeatSeconds: await seconds(scope, state, 'HeartbeatSeconds'),
  };
  const result = await runners[resource.kind](scope, call).catch((failure: unknown) => {
    if (failure instanceof StatesError) noteFailure(scope, resource, failure);
    throw failure;
  });
  noteEnd(scope, resource, 'Succeeded', { output: result });
  return finish(scope, state, { result }, result, context);
};

/** A callback task has its token before its arguments are evaluated, and keeps it over a restart. */
function tokenContext(scope: Scope, resource: Resource): JsonObject {
  if (resource.kind !== 'callback') return {};
  const { frame, host } = scope;
  if (typeof frame.work?.token !== 'string') frame.work = { token: host.tokens.create() };
  return { Task: { Token: frame.work.token as string } };
}

async function seconds(scope: Scope, state: State, field: 'TimeoutSeconds' | 'HeartbeatSeconds') {
  const given = state[field];
  if (given === undefined || typeof given === 'number') return given;
  if (!isExpression(given)) return undefined;
  const value = (await evaluateAs(textOf(given), field, envOf(scope), 'number')) as number;
  if (Number.isInteger(value) && value > 0 && value <= TASK_SECONDS_DEFAULT) return value;
  throw new EvaluationError(
    `The ${field} field must be an integer from 1 to ${TASK_SECONDS_DEFAULT}: ${value}`,
    whereOf(scope.frame),
  );
}

function noteFailure(scope: Scope, resource: Resource, failure: StatesError): void {
  const end = failure.error === 'States.Timeout' ? 'TimedOut' : 'Failed';
  noteEnd(scope, resource, end, lower(errorOutput(failure)));
}

/** Plain function ARNs have events of their own name. */
function noteEnd(scope: Scope, resource: Resource, end: string, details: JsonObject): void {
  if (resource.kind === 'lambda') record(scope, `LambdaFunction${end}`, details);
  else record(scope, `Task${end}`, { resourceType: resource.service, resource: resource.action, ...details });
}
