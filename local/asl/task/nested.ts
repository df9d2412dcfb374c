import { hashOf } from '../../../domain/kernel/hash.ts';
import { StatesError } from '../errors.ts';
import { withinLimit } from '../limits.ts';
import type { NestedResult, Scope } from '../scope.ts';
import { record } from '../scope.ts';
import type { Call } from '../states/task.ts';
import { isObject, type Json, type JsonObject } from '../types.ts';
import { schedule } from './lambda.ts';
import { workflowName } from './resource.ts';
import { within } from './within.ts';

/**
 * `startExecution.sync:2`: another workflow to its end, its output as JSON. Without a Name the child is named by
 * the parent, state and attempt, so that a restart goes on with the child it had.
 */
export async function runNested(scope: Scope, call: Call): Promise<Json> {
  const { frame, host, identity, journal } = scope;
  const given = isObject(call.arguments) ? call.arguments : ({} as JsonObject);
  const { StateMachineArn, Input = {}, Name } = given;
  if (typeof StateMachineArn !== 'string')
    throw new StatesError('States.Runtime', "The field 'StateMachineArn' is required but was missing");
  const name =
    typeof Name === 'string'
      ? Name
      : hashOf([identity.id, frame.path, frame.entries, frame.attempt, identity.redrives]).slice(0, 32);
  schedule(scope, call, { parameters: call.arguments });
  if (frame.work?.submitted !== true) {
    frame.work = { ...frame.work, submitted: true };
    record(scope, 'TaskSubmitted', { resourceType: 'states', resource: call.resource.action });
    journal.save(frame);
  }
  await journal.flush();
  const child = await within(scope, call.timeoutSeconds, (signal) =>
    host.nested(workflowName(StateMachineArn), name, Input, signal),
  );
  const shown = describe(child);
  if (child.status !== 'SUCCEEDED') throw new StatesError('States.TaskFailed', JSON.stringify(shown));
  return withinLimit(shown, "The state/task 'states' returned a result");
}

/** The child as DescribeExecution shows it, with its data as JSON (`:2`). */
function describe(child: NestedResult): JsonObject {
  return {
    ExecutionArn: child.id,
    Input: child.input,
    InputDetails: { Included: true },
    Name: child.name,
    ...(child.output !== undefined && { Output: child.output, OutputDetails: { Included: true } }),
    ...(child.error !== undefined && { Error: child.error }),
    ...(child.cause !== undefined && { Cause: child.cause }),
    RedriveCount: 0,
    StartDate: Date.parse(child.started),
    StateMachineArn: child.machineId,
    Status: child.status,
    StopDate: Date.parse(child.stopped),
  };
}
