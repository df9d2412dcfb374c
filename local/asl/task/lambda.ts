import { StatesError } from '../errors.ts';
import { tooLarge, withinLimit } from '../limits.ts';
import { record, type Scope } from '../scope.ts';
import type { Call } from '../states/task.ts';
import { isObject, type Json, type JsonObject } from '../types.ts';
import { functionName, type Resource } from './resource.ts';
import { within } from './within.ts';

/** Function and payload of a call; a plain ARN takes the arguments as the payload. */
export function targetOf({ resource, arguments: given }: Call): { fn: string; payload: Json } {
  if (resource.kind === 'lambda') return { fn: resource.fn, payload: given };
  const { FunctionName, Payload } = isObject(given) ? given : ({} as JsonObject);
  if (typeof FunctionName !== 'string' || FunctionName === '')
    throw new StatesError('States.Runtime', "The field 'FunctionName' is required but was missing");
  return { fn: functionName(FunctionName), payload: Payload === undefined ? {} : Payload };
}

/** Notes that the call is scheduled, once: after a restart the same attempt goes on. */
export function schedule(scope: Scope, call: Call, details: JsonObject): void {
  const { frame, journal } = scope;
  if (frame.work?.scheduled === true) return;
  if (tooLarge(call.arguments))
    withinLimit(call.arguments, `The state/task '${frame.state}' was given arguments`);
  frame.work = { ...frame.work, scheduled: true };
  const { resource, timeoutSeconds, heartbeatSeconds } = call;
  const limits: JsonObject = {
    timeoutInSeconds: timeoutSeconds,
    ...(heartbeatSeconds !== undefined && { heartbeatInSeconds: heartbeatSeconds }),
  };
  if (resource.kind === 'lambda') {
    record(scope, 'LambdaFunctionScheduled', { resource: resource.written, ...details, ...limits });
    record(scope, 'LambdaFunctionStarted');
  } else {
    const named = { resourceType: resource.service, resource: resource.action };
    record(scope, 'TaskScheduled', { ...named, ...details, ...limits });
    record(scope, 'TaskStarted', named);
  }
  journal.save(frame);
}

/** The function's answer. A missed timeout is States.Timeout; a heartbeat has no meaning without a token. */
export async function invokeFunction(scope: Scope, call: Call): Promise<Json> {
  const { fn, payload } = targetOf(call);
  schedule(
    scope,
    call,
    call.resource.kind === 'lambda' ? { input: payload } : { parameters: call.arguments },
  );
  await scope.journal.flush();
  const limitSeconds = Math.min(call.timeoutSeconds, call.heartbeatSeconds ?? call.timeoutSeconds);
  const value = await within(scope, limitSeconds, (signal) => scope.host.invoke(fn, payload, signal));
  withinLimit(value, `The state/task '${saidOf(call.resource)}' returned a result`);
  return call.resource.kind === 'lambda'
    ? value
    : { ExecutedVersion: '$LATEST', Payload: value, StatusCode: 200 };
}
const saidOf = (resource: Resource) => (resource.kind === 'lambda' ? resource.written : resource.service);
