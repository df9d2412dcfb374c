import {
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { assert } from '../../domain/kernel/assert.ts';
import { canonicalJson } from '../../domain/kernel/hash.ts';
import { Refused } from '../../domain/kernel/result.ts';
import type { Execution, ExecutionStatus, Workflows } from '../ports.ts';
import { nameOf, rethrow } from './fault.ts';

/** Names that the service uses for a token that nobody waits on any more. */
const GONE = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);
const MAX_ERROR = 256;
const MAX_CAUSE = 32_768;

/**
 * Step Functions. `machineArn` gives the state machine of a workflow name. A task answer that was lost and
 * sent again reads as `gone`: callers record the decision before they send it.
 */
export function sfnWorkflows(sfn: SFNClient, machineArn: (workflow: string) => string): Workflows {
  const describe = async (id: string) => {
    try {
      return await sfn.send(new DescribeExecutionCommand({ executionArn: id }));
    } catch (error) {
      if (nameOf(error) === 'ExecutionDoesNotExist' || nameOf(error) === 'InvalidArn') return undefined;
      return rethrow(error, 'describing an execution');
    }
  };
  /** The service only answers a repeated start while the first one runs, so a closed one is compared here. */
  const known = async (workflow: string, name: string, input: string) => {
    const id = `${machineArn(workflow).replace(':stateMachine:', ':execution:')}:${name}`;
    const execution = await describe(id);
    if (execution?.input !== undefined && canonicalJson(JSON.parse(execution.input)) === input) return { id };
    throw new Refused({
      code: 'CONFLICT',
      message: `an execution of ${workflow} is called ${name} already and has another input`,
      next: 'look at that execution; a new one needs another name',
      at: id,
    });
  };
  const send = async (command: SendTaskSuccessCommand | SendTaskFailureCommand) => {
    try {
      if (command instanceof SendTaskSuccessCommand) await sfn.send(command);
      else await sfn.send(command);
      return 'sent';
    } catch (error) {
      if (GONE.has(nameOf(error))) return 'gone';
      return rethrow(error, 'answering a task token');
    }
  };
  return {
    async start(workflow, name, input) {
      assert(/^[A-Za-z0-9_-]{1,80}$/.test(name), `an execution name has 1 to 80 of A-Z a-z 0-9 _ -: ${name}`);
      const text = canonicalJson(input);
      try {
        const started = await sfn.send(
          new StartExecutionCommand({ stateMachineArn: machineArn(workflow), name, input: text }),
        );
        assert(started.executionArn, 'Step Functions started an execution without an ARN');
        return { id: started.executionArn };
      } catch (error) {
        if (nameOf(error) === 'ExecutionAlreadyExists') return await known(workflow, name, text);
        return rethrow(error, `starting ${workflow}`);
      }
    },
    async describe(id) {
      const found = await describe(id);
      return found && executionOf(found);
    },
    sendTaskSuccess: (taskToken, output) =>
      send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
    sendTaskFailure: (taskToken, error, cause) =>
      send(
        new SendTaskFailureCommand({
          taskToken,
          error: error.slice(0, MAX_ERROR),
          cause: cause.slice(0, MAX_CAUSE),
        }),
      ),
  };
}

const STATUS: Readonly<Record<string, ExecutionStatus>> = {
  RUNNING: 'RUNNING',
  PENDING_REDRIVE: 'RUNNING',
  SUCCEEDED: 'SUCCEEDED',
  FAILED: 'FAILED',
  TIMED_OUT: 'TIMED_OUT',
  ABORTED: 'ABORTED',
};

function executionOf(found: DescribeExecutionOutput): Execution {
  const status = STATUS[found.status ?? ''];
  assert(status && found.executionArn, `unknown execution status: ${found.status}`);
  return {
    id: found.executionArn,
    status,
    ...(found.output !== undefined && { output: JSON.parse(found.output) as unknown }),
    ...(found.error !== undefined && { error: found.error }),
    ...(found.cause !== undefined && { cause: found.cause }),
  };
}
