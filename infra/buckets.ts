import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Key } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type BucketProps,
  type CfnBucket,
  type CorsRule,
  HttpMethods,
  type IBucket,
  ObjectLockRetention,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { BucketName } from './data.ts';

const COMMON = {
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  enforceSSL: true,
  minimumTLSVersion: 1.2,
  removalPolicy: RemovalPolicy.RETAIN,
} satisfies BucketProps;

/** Server access logs. S3 writes them itself, so the bucket cannot use a customer key or log its own access. */
export function accessLogBucket(scope: Construct): IBucket {
  const bucket = new Bucket(scope, 'AccessLogs', {
    ...COMMON,
    encryption: BucketEncryption.S3_MANAGED,
    lifecycleRules: [{ expiration: Duration.days(400) }],
  });
  acknowledge(
    bucket,
    'AwsSolutions-S1',
    'this bucket receives the access logs; logging itself would not end',
  );
  // exactOptionalPropertyTypes and the CDK's own types disagree on what a Bucket's optional fields are.
  return bucket as IBucket;
}

/**
 * A bucket of the bulk plane: versioned, its own KMS key, TLS 1.2, kept when the stack goes, and every upload
 * must say `If-None-Match`, so that not even a faulty function can replace an object.
 */
export function writeOnceBucket(
  scope: Construct,
  name: BucketName,
  options: {
    bucketName: string;
    key: Key;
    logs: IBucket;
    lockDays: number;
    cors?: CorsRule[];
  },
): Bucket {
  const id = name[0]!.toUpperCase() + name.slice(1);
  const bucket = new Bucket(scope, id, {
    ...COMMON,
    bucketName: options.bucketName,
    encryption: BucketEncryption.KMS,
    encryptionKey: options.key,
    bucketKeyEnabled: true,
    versioned: true,
    ...lockOf(name, options.lockDays),
    ...(options.cors && { cors: options.cors }),
    serverAccessLogsBucket: options.logs,
    serverAccessLogsPrefix: `${name}/`,
    lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(3) }],
  });
  if (name === 'bank') tellEventBridge(bucket);
  refuseReplacing(bucket);
  return bucket;
}

/** Every object that comes is an event; the CDK's own switch would bring a function that may change any bucket. */
function tellEventBridge(bucket: Bucket): void {
  (bucket.node.defaultChild as CfnBucket).notificationConfiguration = {
    eventBridgeConfiguration: { eventBridgeEnabled: true },
  };
}

/**
 * Lets pages of the given origins send what adapters/aws/uploads.ts signed, with just the headers it signs, and
 * fetch what it signed for reading. Without origins no page of any site can, which is the default. Refused:
 * an origin that is not https and one host.
 */
export function uploadCors(origins: readonly string[]): CorsRule[] | undefined {
  const odd = origins.find((origin) => !/^https:\/\/[a-z0-9.-]+(:\d+)?$/.test(origin));
  if (odd !== undefined) throw new Error(`documentsOrigins: ${odd} is no origin such as https://host`);
  if (origins.length === 0) return undefined;
  return [
    {
      allowedOrigins: [...origins],
      allowedMethods: [HttpMethods.PUT, HttpMethods.GET],
      allowedHeaders: ['content-type', 'x-amz-checksum-sha256', 'if-none-match'],
      maxAge: 600,
    },
  ];
}

/**
 * Files that went to the bank, published reports and uploaded proofs are evidence: governance retention. The
 * bulk bucket also holds rosters, that is people's data that a person may have erased, so it has the lock
 * switched on (it cannot be added later) without a default retention.
 */
function lockOf(name: BucketName, lockDays: number): BucketProps {
  if (name === 'bulk') return { objectLockEnabled: true };
  return { objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(lockDays)) };
}

/** S3 User Guide, "Enforce conditional writes": parts of a multipart upload carry no header, its end does. */
function refuseReplacing(bucket: Bucket): void {
  bucket.addToResourcePolicy(
    new PolicyStatement({
      sid: 'OnlyNewObjects',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['s3:PutObject'],
      resources: [bucket.arnForObjects('*')],
      conditions: {
        Null: { 's3:if-none-match': 'true' },
        Bool: { 's3:ObjectCreationOperation': 'true' },
      },
    }),
  );
}

/** The bucket of the HMAC key, apart from all data, under a key of its own. */
export function keyBucket(scope: Construct, bucketName: string, key: Key, logs: IBucket): Bucket {
  const bucket = new Bucket(scope, 'Keys', {
    ...COMMON,
    bucketName,
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    versioned: true,
    serverAccessLogsBucket: logs,
    serverAccessLogsPrefix: 'keys/',
  });
  refuseReplacing(bucket);
  return bucket;
}
