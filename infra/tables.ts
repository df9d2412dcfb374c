import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { Key } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';
import { TABLES, type TableName } from './data.ts';
import type { Names } from './names.ts';

/** The control tables: on demand, point-in-time recovery, deletion protection, their own key. */
export function controlTables(scope: Construct, names: Names, key: Key): void {
  for (const name of TABLES) controlTable(scope, name, names.table(name), key);
}

function controlTable(scope: Construct, name: TableName, tableName: string, key: Key): void {
  new Table(scope, name[0]!.toUpperCase() + name.slice(1), {
    tableName,
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    // Answers of old requests may go; nothing else may ever expire.
    ...(name === 'idempotency' && { timeToLiveAttribute: 'expiresAt' }),
  });
}
