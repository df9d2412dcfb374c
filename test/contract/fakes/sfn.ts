import {
  DescribeExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { serviceError } from './service-error.ts';

type Stored = {
  name: string;
  input: string;
  status: string;
  output?: string;
  error?: string;
  cause?: string;
};

/** Step Functions in memory behind the real client's commands: names are kept, tokens are good once. */
export function fakeSfn() {
  const client = new SFNClient({ region: 'us-east-1' });
  const mock = mockClient(client);
  const executions = new Map<string, Stored>();
  const tokens = new Map<string, (end: Partial<Stored>) => void>();

  mock.on(StartExecutionCommand).callsFake(async ({ stateMachineArn, name, input }) => {
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
    const known = executions.get(executionArn);
    // The service repeats its answer only while the execution runs.
    if (known && (known.status !== 'RUNNING' || known.input !== input))
      throw serviceError('ExecutionAlreadyExists', 400);
    const stored = known ?? { name, input, status: 'RUNNING' };
    executions.set(executionArn, stored);
    if (!known) tokens.set(`token of ${name}`, (end) => Object.assign(stored, end));
    return { executionArn, startDate: new Date(0) };
  });
  mock.on(DescribeExecutionCommand).callsFake(async ({ executionArn }) => {
    const found = executions.get(executionArn);
    if (!found) throw serviceError('ExecutionDoesNotExist', 400);
    return { executionArn, ...found };
  });
  const answer = (token: string, end: Partial<Stored>) => {
    if (!token.startsWith('token of ')) throw serviceError('InvalidToken', 400);
    const waiting = tokens.get(token);
    if (!waiting) throw serviceError('TaskTimedOut', 400);
    tokens.delete(token);
    waiting(end);
    return {};
  };
  mock
    .on(SendTaskSuccessCommand)
    .callsFake(async ({ taskToken, output }) => answer(taskToken, { status: 'SUCCEEDED', output }));
  mock
    .on(SendTaskFailureCommand)
    .callsFake(async ({ taskToken, error, cause }) => answer(taskToken, { status: 'FAILED', error, cause }));
  return { client, mock };
}
