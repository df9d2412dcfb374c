import { Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Physical names and ARNs, by rule. The stateless stack refers to data by name and not by CloudFormation
 * export, so that neither stack holds the other fast, and a policy can be read without looking anything up.
 */
export type Names = {
  readonly prefix: string;
  /** With account and region, because bucket names are one name space for the whole world. */
  bucket(name: string): string;
  bucketArn(name: string): string;
  table(name: string): string;
  tableArn(name: string): string;
  function(name: string): string;
  functionArn(name: string): string;
  machine(workflow: string): string;
  machineArn(workflow: string): string;
  /** Any execution of a workflow. */
  executionsArn(workflow: string): string;
};

export function namesIn(scope: IConstruct, prefix: string): Names {
  const { partition, region, account } = Stack.of(scope);
  const arn = (service: string, rest: string) => `arn:${partition}:${service}:${region}:${account}:${rest}`;
  const kebab = (name: string) => `${prefix}-${name}`;
  const bucket = (name: string) => `${kebab(name)}-${account}-${region}`;
  return {
    prefix,
    bucket,
    bucketArn: (name) => `arn:${partition}:s3:::${bucket(name)}`,
    table: kebab,
    tableArn: (name) => arn('dynamodb', `table/${kebab(name)}`),
    function: kebab,
    functionArn: (name) => arn('lambda', `function:${kebab(name)}`),
    machine: kebab,
    machineArn: (workflow) => arn('states', `stateMachine:${kebab(workflow)}`),
    executionsArn: (workflow) => arn('states', `execution:${kebab(workflow)}:*`),
  };
}

/** `payment-cycle` as `PaymentCycle`. */
export const pascal = (name: string): string =>
  name.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
