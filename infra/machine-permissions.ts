import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { World } from './grants.ts';
import type { Names } from './names.ts';
import type { WorkflowFile } from './workflow-file.ts';

const allow = (actions: string[], resources: string[]) => new PolicyStatement({ actions, resources });

/**
 * What the role of a state machine may do, read off its ASL file. A service integration that is not listed
 * here stops the synthesis: the machine would fail on its first run for want of a permission.
 */
export function machineStatements(
  scope: Construct,
  file: WorkflowFile,
  { names, keys }: World,
  called: { readonly functions: readonly string[]; readonly workflows: readonly string[] },
): PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  for (const resource of file.resources) {
    if (/^arn:aws:states:::lambda:invoke(\.waitForTaskToken)?$/.test(resource)) continue;
    if (resource === 'arn:aws:states:::states:startExecution.sync:2')
      statements.push(...nestedStatements(Stack.of(scope), names, called.workflows));
    else if (resource === 'arn:aws:states:::s3:getObject')
      statements.push(
        allow(['s3:GetObject'], [`${names.bucketArn('bulk')}/*`]),
        allow(['kms:Decrypt'], [keys.data]),
      );
    // A ResultWriter's s3:putObject would be refused by the bucket: it does not say If-None-Match.
    else throw new Error(`${file.name}: no permission is written down for ${resource}`);
  }
  const versions = called.functions.map((name) => `${names.functionArn(name)}:*`);
  if (versions.length > 0) statements.push(allow(['lambda:InvokeFunction'], versions));
  if (file.hasDistributedMap) statements.push(...mapStatements(names, file.name));
  return statements;
}

/** A Distributed Map starts its children as executions of its own machine, below `MACHINE/MAPLABEL`. */
function mapStatements(names: Names, name: string): PolicyStatement[] {
  const executions = names.executionsArn(name);
  return [
    allow(['states:StartExecution'], [names.machineArn(name)]),
    allow(['states:DescribeExecution', 'states:StopExecution'], [executions]),
    allow(['states:RedriveExecution'], [executions.replace(/:\*$/, '/*:*')]),
  ];
}

/** `.sync:2` waits through an EventBridge rule that Step Functions manages itself. */
function nestedStatements(stack: Stack, names: Names, nested: readonly string[]): PolicyStatement[] {
  const rule = `arn:${stack.partition}:events:${stack.region}:${stack.account}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`;
  return [
    allow(['states:StartExecution'], nested.map(names.machineArn)),
    allow(['states:DescribeExecution', 'states:StopExecution'], nested.map(names.executionsArn)),
    allow(['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], [rule]),
  ];
}
