import { Duration } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Names } from './names.ts';

/**
 * Starts `bank-report` for every file that lands below `inbox/` of the bank bucket, with the file's key and nothing
 * else; the workflow reads from it whose it is. EventBridge may tell of a file twice: the same bytes get the first
 * answer. What could not be started in a day (EventBridge's own limit) waits in a queue, because a report that nobody reads is money in doubt.
 */
export function bankInbox(scope: Construct, names: Names, machine: StateMachine): void {
  const missed = new Queue(scope, 'BankReportsMissed', {
    queueName: names.function('bank-reports-missed'),
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  acknowledge(missed, 'AwsSolutions-SQS3', 'this queue receives what failed; it has no queue of its own');
  // Named in full: the CDK's own role could start the machine as well, but nobody would see it from here.
  const role = new Role(scope, 'BankInboxRole', {
    assumedBy: new ServicePrincipal('events.amazonaws.com'),
    description: 'Starts bank-report for a file of the bank',
  });
  role.addToPolicy(
    new PolicyStatement({ actions: ['states:StartExecution'], resources: [machine.stateMachineArn] }),
  );
  new Rule(scope, 'BankInbox', {
    ruleName: names.function('bank-inbox'),
    description: 'A file of the bank has come',
    eventPattern: {
      source: ['aws.s3'],
      detailType: ['Object Created'],
      detail: { bucket: { name: [names.bucket('bank')] }, object: { key: [{ prefix: 'inbox/' }] } },
    },
    targets: [
      new SfnStateMachine(machine, {
        role,
        input: RuleTargetInput.fromObject({ key: EventField.fromPath('$.detail.object.key') }),
        deadLetterQueue: missed,
      }),
    ],
  });
}
