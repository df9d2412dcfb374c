import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Need } from '../functions/manifest.ts';
import { type BucketName, TABLES } from './data.ts';
import type { Names } from './names.ts';
import type { Tokens } from './token-parameters.ts';

/** What one need becomes: permissions without a wildcard action, and the names the adapters look for. */
export type Grant = {
  readonly statements: readonly PolicyStatement[];
  readonly environment: Readonly<Record<string, string>>;
};
export type World = {
  readonly names: Names;
  /** ARNs of the KMS keys of bulk data, control tables and the payment id key. */
  readonly keys: { readonly data: string; readonly control: string; readonly secret: string };
  readonly workflows: readonly string[];
  /** Whose tokens the HTTP functions accept. */
  readonly tokens: Tokens;
};

const allow = (actions: string[], ...resources: string[]) => new PolicyStatement({ actions, resources });

/** The grant of a need of functions/manifest.ts. */
export function grantOf(need: Need, world: World): Grant {
  switch (need) {
    case 'keys':
      return keyGrant(world);
    case 'tokens':
      return tokenGrant(world);
    case 'control:read':
    case 'control:write':
      return controlGrant(need, world);
    case 'workflows:callback':
    case 'workflows:start':
      return workflowsGrant(need, world);
    default: {
      const [bucket, access] = need.split(':') as [BucketName, 'read' | 'write'];
      return bucketGrant(bucket, access, world);
    }
  }
}

function workflowsGrant(need: 'workflows:callback' | 'workflows:start', { names, workflows }: World): Grant {
  const machines = workflows.map(names.machineArn);
  const statements =
    need === 'workflows:callback'
      ? [allow(['states:SendTaskSuccess', 'states:SendTaskFailure'], ...machines)]
      : [
          allow(['states:StartExecution'], ...machines),
          allow(['states:DescribeExecution'], ...workflows.map(names.executionsArn)),
        ];
  return { statements, environment: { STATE_MACHINE_ARN_PREFIX: names.machineArn('') } };
}

/** Reading needs ListBucket too: without it S3 answers a missing object with 403, which would read as a fault. */
function bucketGrant(name: BucketName, access: 'read' | 'write', { names, keys }: World): Grant {
  const objects = `${names.bucketArn(name)}/*`;
  const statements =
    access === 'read'
      ? [
          allow(['s3:GetObject'], objects),
          allow(['s3:ListBucket'], names.bucketArn(name)),
          allow(['kms:Decrypt'], keys.data),
        ]
      : [
          allow(['s3:PutObject', 's3:AbortMultipartUpload'], objects),
          // S3 reads the parts of a multipart upload back under the same key, hence Decrypt.
          allow(['kms:GenerateDataKey', 'kms:Decrypt'], keys.data),
        ];
  return { statements, environment: { [`${name.toUpperCase()}_BUCKET`]: names.bucket(name) } };
}

/** A table under a customer key is used with the caller's right to that key; the lists are those of the CDK. */
function controlGrant(need: 'control:read' | 'control:write', { names, keys }: World): Grant {
  const [actions, keyActions] =
    need === 'control:read'
      ? [READ_ITEMS, ['kms:Decrypt', 'kms:DescribeKey']]
      : [
          WRITE_ITEMS,
          ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', ...RE_ENCRYPT],
        ];
  return {
    statements: [allow(actions, ...TABLES.map(names.tableArn)), allow(keyActions, keys.control)],
    environment: Object.fromEntries(TABLES.map((name) => [`${name.toUpperCase()}_TABLE`, names.table(name)])),
  };
}
const READ_ITEMS = ['dynamodb:GetItem', 'dynamodb:Query'];
const WRITE_ITEMS = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'].map(
  (name) => `dynamodb:${name}`,
);
const RE_ENCRYPT = ['kms:ReEncryptFrom', 'kms:ReEncryptTo'];

function keyGrant({ names, keys }: World): Grant {
  return {
    statements: [
      allow(['s3:GetObject'], `${names.bucketArn('keys')}/hmac.key`),
      allow(['s3:ListBucket'], names.bucketArn('keys')),
      allow(['kms:Decrypt'], keys.secret),
    ],
    environment: { KEYS_BUCKET: names.bucket('keys') },
  };
}

/** Names only: keys of an identity provider are public. */
function tokenGrant({ tokens }: World): Grant {
  const { issuer, audience, jwksUrl } = tokens;
  return {
    statements: [],
    environment: { TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience, TOKEN_JWKS_URL: jwksUrl },
  };
}
