import { Stack, Validations } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** The only wildcards that a policy of ours may hold, each at the end of a named resource. */
const WILDCARDS: readonly (readonly [RegExp, string])[] = [
  [/:s3:::[^/*]+\/\*$/, 'objects of a granted bucket have any key'],
  [/:function:[\w-]+:\*$/, 'an execution begun before a deployment calls the versions it began with'],
  [/:execution:[\w-]+:\*$/, 'executions of a named state machine have any name'],
  [/:execution:[\w-]+\/\*:\*$/, 'children of the machine’s own Distributed Map have generated names'],
];

/** Accepts one cdk-nag finding on one construct; a reason is part of the act. */
export function acknowledge(scope: IConstruct, id: string, reason: string): void {
  Validations.of(scope).acknowledge({ id, reason });
}

/** Accepts the wildcards of a policy that have a reason above; any other one stops the synthesis. */
export function acknowledgeWildcards(scope: IConstruct, statements: readonly PolicyStatement[]): void {
  for (const resource of statements.flatMap((statement) => statement.resources)) {
    const text = textOf(Stack.of(scope).resolve(resource));
    if (!text.includes('*')) continue;
    const reason = WILDCARDS.find(([pattern]) => pattern.test(text))?.[1];
    if (reason === undefined) throw new Error(`a wildcard without a reason in ${scope.node.path}: ${text}`);
    acknowledge(scope, `AwsSolutions-IAM5[Resource::${text}]`, reason);
  }
}

/** A resolved ARN as cdk-nag writes it: `arn:<AWS::Partition>:s3:::…`. */
function textOf(resolved: unknown): string {
  if (typeof resolved === 'string') return resolved;
  if (typeof resolved !== 'object' || resolved === null) return '';
  if ('Ref' in resolved) return `<${resolved.Ref}>`;
  if ('Fn::GetAtt' in resolved) return `<${(resolved['Fn::GetAtt'] as string[]).join('.')}>`;
  if ('Fn::Join' in resolved) {
    const [separator, parts] = resolved['Fn::Join'] as [string, unknown[]];
    return parts.map(textOf).join(separator);
  }
  return '';
}
