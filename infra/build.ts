import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { StatefulStack } from './stateful-stack.ts';
import { StatelessStack } from './stateless-stack.ts';

/** Feature flags live here and not in cdk.json, so that a synthesis without the CLI gives the same templates. */
export const FLAGS = {
  '@aws-cdk/aws-iam:minimizePolicies': true,
  '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
  '@aws-cdk/aws-lambda:recognizeLayerVersion': true,
  '@aws-cdk/aws-lambda:recognizeVersionProps': true,
  '@aws-cdk/core:checkSecretUsage': true,
  // The stateful stack must not lose a KMS key that functions still use.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  '@aws-cdk/core:enablePartitionLiterals': true,
  '@aws-cdk/core:target-partitions': ['aws'],
};

/**
 * The whole cloud side in two stacks: one that keeps data and is never torn down, one that can be replaced at
 * any time. Context: `prefix` (names, default `cumple`), `lockDays` (Object Lock, default 365) and
 * `documentsOrigins` (sites whose pages upload documents, with commas between; default none).
 */
export function buildApp(): App {
  const app = new App({ context: FLAGS, analyticsReporting: false });
  const prefix = String(app.node.tryGetContext('prefix') ?? 'cumple');
  const lockDays = Number(app.node.tryGetContext('lockDays') ?? 365);
  const origins = String(app.node.tryGetContext('documentsOrigins') ?? '');
  const documentsOrigins = origins.split(',').filter((origin) => origin !== '');
  const stateful = new StatefulStack(app, `${prefix}-stateful`, { prefix, lockDays, documentsOrigins });
  new StatelessStack(app, `${prefix}-stateless`, { prefix, store: stateful });
  Tags.of(app).add('project', prefix);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
