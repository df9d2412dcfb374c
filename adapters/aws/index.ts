import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { assert } from '../../domain/kernel/assert.ts';
import { systemClock } from '../local/clock.ts';
import type { Ports } from '../ports.ts';
import { dynamoControl } from './control.ts';
import { s3Keys } from './keys.ts';
import { s3Objects } from './objects.ts';
import { tableOf } from './tables.ts';
import { sfnWorkflows } from './workflows.ts';

/** The SDK's own retries; what is left after them is a Fault and belongs to the state's `Retry`. */
const CLIENT = {
  maxAttempts: 4,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 60_000 },
};

/**
 * The ports on AWS, named by the environment that infra sets: `BULK_BUCKET`, `REPORTS_BUCKET`, `BANK_BUCKET`,
 * `DOCUMENTS_BUCKET`, `KEYS_BUCKET`, `CONTROL_TABLE`, `CASES_TABLE`…, `STATE_MACHINE_ARN_PREFIX`. A function
 * only gets the names of what it needs, so a missing one is a bug when it is used, not before.
 */
export function awsPorts(env: Readonly<Record<string, string | undefined>>): Ports {
  const required = (name: string): string => {
    const value = env[name];
    assert(value, `this function was not given ${name}: add the need to functions/manifest.ts`);
    return value;
  };
  const s3 = new S3Client(CLIENT);
  return {
    objects: s3Objects(s3, (bucket) => required(`${bucket.toUpperCase()}_BUCKET`)),
    control: dynamoControl(new DynamoDBClient(CLIENT), {
      tableName: (pk) => required(`${tableOf(pk).toUpperCase()}_TABLE`),
    }),
    workflows: sfnWorkflows(
      new SFNClient(CLIENT),
      (workflow) => `${required('STATE_MACHINE_ARN_PREFIX')}${workflow}`,
    ),
    clock: systemClock,
    keys: s3Keys(s3, () => required('KEYS_BUCKET')),
  };
}
