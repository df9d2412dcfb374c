import { RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { acknowledge, acknowledgeWildcards } from './acknowledge.ts';
import type { World } from './grants.ts';
import { machineStatements } from './machine-permissions.ts';
import { pascal } from './names.ts';
import type { StepFunction } from './step-function.ts';
import type { WorkflowFile } from './workflow-file.ts';

/**
 * A state machine from its ASL file as it is: `${OpenCycleArn}` becomes the published version of the function
 * OpenCycle, `${RosterIntakeMachineArn}` another machine. A placeholder without a meaning stops the synthesis.
 */
export function stateMachine(
  scope: Construct,
  file: WorkflowFile,
  world: World,
  functions: ReadonlyMap<string, StepFunction>,
): StateMachine {
  const { substitutions, ...called } = resolve(file, world, functions);
  const id = pascal(file.name);
  const stateMachineName = world.names.machine(file.name);
  const role = new Role(scope, `${id}MachineRole`, {
    assumedBy: new ServicePrincipal('states.amazonaws.com'),
  });
  const statements = machineStatements(scope, file, world, called);
  for (const statement of statements) role.addToPolicy(statement);
  acknowledgeWildcards(role, statements);
  acknowledge(role, 'AwsSolutions-IAM5[Resource::*]', 'log delivery and X-Ray take no resource');
  return new StateMachine(scope, `${id}Machine`, {
    stateMachineName,
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromFile(file.path),
    definitionSubstitutions: substitutions,
    role,
    tracingEnabled: true,
    removalPolicy: RemovalPolicy.DESTROY,
    logs: {
      destination: new LogGroup(scope, `${id}MachineLogs`, {
        logGroupName: `/aws/vendedlogs/states/${stateMachineName}`,
        retention: RetentionDays.ONE_YEAR,
        removalPolicy: RemovalPolicy.RETAIN,
      }),
      level: LogLevel.ALL,
      // Payloads are keys and totals, and still nobody needs them in a log.
      includeExecutionData: false,
    },
  });
}

/** What each placeholder of the file stands for, and whom the machine calls. */
function resolve(
  file: WorkflowFile,
  { names, workflows }: World,
  functions: ReadonlyMap<string, StepFunction>,
) {
  const machines = new Map(workflows.map((name) => [`${pascal(name)}MachineArn`, name]));
  const called = { functions: [] as string[], workflows: [] as string[] };
  const substitutions: Record<string, string> = {};
  for (const placeholder of file.placeholders) {
    const name = placeholder.replace(/Arn$/, '');
    const target = functions.get(name);
    const machine = machines.get(placeholder);
    if (target) {
      called.functions.push(name);
      substitutions[placeholder] = target.version.functionArn;
    } else if (machine !== undefined) {
      called.workflows.push(machine);
      substitutions[placeholder] = names.machineArn(machine);
    } else
      throw new Error(
        `${file.name}: \${${placeholder}} is neither a function of the manifest nor a workflow`,
      );
  }
  return { ...called, substitutions };
}
