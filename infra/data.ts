/**
 * The buckets and tables to deploy. infra may know the manifest and the workflow files only, so the lists are
 * written here again; a test holds them equal to those of the adapters.
 */
export const BUCKETS = ['bulk', 'reports', 'bank', 'documents'] as const;
export type BucketName = (typeof BUCKETS)[number];

export const TABLES = ['control', 'cases', 'payments', 'claims', 'idempotency'] as const;
export type TableName = (typeof TABLES)[number];
