import { SendTaskFailureCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, describe, expect, test } from 'vitest';
import { awsPorts } from '../../adapters/aws/index.ts';
import { sfnWorkflows } from '../../adapters/aws/workflows.ts';
import { Fault } from '../../domain/kernel/result.ts';
import { serviceError } from './fakes/service-error.ts';

const mocks: { restore(): void }[] = [];
afterEach(() => {
  for (const mock of mocks.splice(0)) mock.restore();
});

describe('Step Functions commands', () => {
  function open() {
    const client = new SFNClient({ region: 'us-east-1' });
    const mock = mockClient(client);
    mocks.push(mock);
    return { mock, workflows: sfnWorkflows(client, (name) => `arn:aws:states:r:1:stateMachine:c-${name}`) };
  }
  test('an execution starts by name with its input in one fixed order of fields', async () => {
    const { mock, workflows } = open();
    mock.on(StartExecutionCommand).resolves({ executionArn: 'arn' });
    expect(await workflows.start('payment-cycle', 'juntos-2026-01', { b: 1, a: 2 })).toEqual({ id: 'arn' });
    expect(mock.calls()[0]!.args[0].input).toEqual({
      stateMachineArn: 'arn:aws:states:r:1:stateMachine:c-payment-cycle',
      name: 'juntos-2026-01',
      input: '{"a":2,"b":1}',
    });
  });
  test('a failure is cut to what the service takes', async () => {
    const { mock, workflows } = open();
    mock.on(SendTaskFailureCommand).resolves({});
    await workflows.sendTaskFailure('t', 'E'.repeat(300), 'c'.repeat(40_000));
    const sent = mock.calls()[0]!.args[0].input as { error: string; cause: string };
    expect([sent.error.length, sent.cause.length]).toEqual([256, 32_768]);
  });
  test('throttling is a Fault, a missing permission is not', async () => {
    const { mock, workflows } = open();
    mock.onAnyCommand().rejects(serviceError('ThrottlingException', 400));
    await expect(workflows.describe('x')).rejects.toBeInstanceOf(Fault);
    await expect(workflows.sendTaskSuccess('t', {})).rejects.toBeInstanceOf(Fault);
    mock.onAnyCommand().rejects(serviceError('AccessDeniedException', 400));
    await expect(workflows.start('w', 'n', {})).rejects.not.toBeInstanceOf(Fault);
  });
});

test('a name that infra did not give is a bug of the manifest, told when it is used', async () => {
  const ports = awsPorts({ AWS_REGION: 'us-east-1', BULK_BUCKET: 'b' });
  await expect(ports.control.get({ pk: 'P', sk: 'S' })).rejects.toThrow(/CONTROL_TABLE.*manifest/);
  await expect(ports.keys.hmacKey()).rejects.toThrow(/KEYS_BUCKET/);
  await expect(ports.workflows.start('w', 'n', {})).rejects.toThrow(/STATE_MACHINE_ARN_PREFIX/);
});
