import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { accessLogBucket, keyBucket, uploadCors, writeOnceBucket } from './buckets.ts';
import { BUCKETS } from './data.ts';
import { namesIn } from './names.ts';
import { controlTables } from './tables.ts';

export type StatefulProps = StackProps & {
  readonly prefix: string;
  readonly lockDays: number;
  /** Sites whose pages may upload documents. */
  readonly documentsOrigins: readonly string[];
};

/** Keys, buckets and tables: retained whatever happens to the stack, which itself refuses to be deleted. */
export class StatefulStack extends Stack {
  readonly dataKey: Key;
  readonly controlKey: Key;
  readonly secretKey: Key;

  constructor(scope: Construct, id: string, options: StatefulProps) {
    const { prefix, lockDays, documentsOrigins, ...props } = options;
    super(scope, id, { ...props, terminationProtection: true });
    const keyFor = (name: string, what: string) =>
      new Key(this, `${name}Key`, {
        alias: `${prefix}/${name.toLowerCase()}`,
        description: `${prefix}: ${what}`,
        enableKeyRotation: true,
        removalPolicy: RemovalPolicy.RETAIN,
      });
    this.dataKey = keyFor('Data', 'rosters, evidence, entitlements, bank files, reports');
    this.controlKey = keyFor('Control', 'control tables');
    this.secretKey = keyFor('Secret', 'the key of payment ids');
    const names = namesIn(this, prefix);
    const logs = accessLogBucket(this);
    const cors = uploadCors(documentsOrigins);
    for (const name of BUCKETS) {
      const common = { bucketName: names.bucket(name), key: this.dataKey, logs, lockDays };
      writeOnceBucket(this, name, { ...common, ...(name === 'documents' && cors && { cors }) });
    }
    keyBucket(this, names.bucket('keys'), this.secretKey, logs);
    controlTables(this, names, this.controlKey);
  }
}
