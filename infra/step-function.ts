import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Alias,
  Architecture,
  type Code,
  type IFunction,
  type IVersion,
  Function as LambdaFunction,
  Runtime,
  Tracing,
  type Version,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionEntry } from '../functions/manifest.ts';
import { acknowledge, acknowledgeWildcards } from './acknowledge.ts';
import type { Grant } from './grants.ts';

export type StepFunction = {
  readonly fn: LambdaFunction;
  readonly version: Version;
  readonly live: IFunction;
};

/**
 * One function of the manifest with a role of its own: its log group, what its needs grant, nothing else.
 * Each deployment publishes a version that is kept, because a running or redriven cycle goes on with the code
 * it started with; the alias `live` is the newest one, for callers outside the state machines.
 */
export function stepFunction(
  scope: Construct,
  entry: FunctionEntry,
  options: { functionName: string; code: Code; grants: readonly Grant[] },
): StepFunction {
  const { functionName } = options;
  const logGroup = new LogGroup(scope, `${entry.name}Logs`, {
    logGroupName: `/aws/lambda/${functionName}`,
    retention: RetentionDays.ONE_YEAR,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new Role(scope, `${entry.name}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `${entry.name}: ${entry.needs.join(', ')}`,
  });
  const fn = new LambdaFunction(scope, entry.name, {
    functionName,
    description: `Cumple step ${entry.name}`,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    handler: 'index.handler',
    code: options.code,
    memorySize: entry.memoryMb,
    timeout: Duration.seconds(entry.timeoutSeconds),
    role,
    logGroup,
    ...tracingOf(entry, role),
    environment: {
      NODE_OPTIONS: '--enable-source-maps',
      ...Object.assign({}, ...options.grants.map((grant) => grant.environment)),
    },
    currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
  });
  const statements = [
    new PolicyStatement({
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: [logGroup.logGroupArn],
    }),
    ...options.grants.flatMap((grant) => grant.statements),
  ];
  const policy = new Policy(scope, `${entry.name}Policy`, { statements });
  policy.attachToRole(role);
  acknowledgeWildcards(policy, statements);
  const version = fn.currentVersion;
  version.node.addDependency(policy);
  const live = new Alias(scope, `${entry.name}Live`, { aliasName: 'live', version: version as IVersion });
  return { fn, version, live: live as IFunction };
}

/**
 * Steps are traced by their state machine. HTTP APIs hand no trace on, so those functions begin their own; the
 * CDK gives their role the right to send it, for which AWS has no resource.
 */
function tracingOf(entry: FunctionEntry, role: Role) {
  if (!entry.needs.includes('tokens')) return {};
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'X-Ray takes no resource');
  return { tracing: Tracing.ACTIVE };
}
