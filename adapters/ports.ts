/** What handlers may ask of the world. `adapters/local` and `adapters/aws` both pass test/contract. */

/** Where an object lives: bulk data, reports for people, the bank's outbox and inbox, uploaded documents. */
export const BUCKETS = ['bulk', 'reports', 'bank', 'documents'] as const;
export type Bucket = (typeof BUCKETS)[number];
export type ObjectRef = { readonly bucket: Bucket; readonly key: string };
export type StoredObject = { readonly key: string; readonly bytes: number };

/** Immutable objects, written once (S3 `If-None-Match: *`). */
export interface ObjectStore {
  /** Writes all of `body`, or nothing. Returns `created`, or `exists` and leaves the stored object alone. */
  putIfAbsent(ref: ObjectRef, body: Uint8Array | AsyncIterable<Uint8Array>): Promise<'created' | 'exists'>;
  /** The whole object; undefined where there is none. */
  get(ref: ObjectRef): Promise<Uint8Array | undefined>;
  /** Bytes `start` to `end` (exclusive). A missing object is a Fault. */
  getRange(ref: ObjectRef, start: number, end: number): Promise<Uint8Array>;
  /** A byte stream of the object. A missing object is a Fault. */
  stream(ref: ObjectRef): AsyncIterable<Uint8Array>;
  /** Keys below a prefix, in key order. */
  list(bucket: Bucket, prefix: string): AsyncIterable<StoredObject>;
}

/** One scalar of a control record; records are flat maps plus JSON documents. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Item = { readonly pk: string; readonly sk: string } & {
  readonly [field: string]: Json | undefined;
};
export type Key = { readonly pk: string; readonly sk: string };

/** A condition on the stored item, exactly as DynamoDB evaluates it (a missing item has no fields). */
export type Condition =
  | { readonly absent: string }
  | { readonly exists: string }
  | {
      readonly field: string;
      readonly is: '=' | '<>' | '<' | '<=' | '>' | '>=';
      readonly value: string | number | boolean;
    }
  | { readonly field: string; readonly oneOf: readonly (string | number)[] }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** "There is no such item yet." */
export const ABSENT: Condition = { absent: 'pk' };

export type Write =
  | { readonly put: Item; readonly condition?: Condition }
  | { readonly update: Key; readonly set: { readonly [field: string]: Json }; readonly condition?: Condition }
  | { readonly delete: Key; readonly condition?: Condition }
  | { readonly check: Key; readonly condition: Condition };

export type WriteOutcome =
  | { readonly ok: true }
  | {
      readonly ok: false /** Index of the write whose condition failed. */;
      readonly failed: number /** The stored item that it met, where there is one. */;
      readonly item?: Item;
    };
export type Page = { readonly items: readonly Item[]; readonly next?: string };

/** Small records with conditional writes (DynamoDB). `tenant` tables are chosen by the pk's prefix, not here. */
export interface ControlStore {
  get(key: Key): Promise<Item | undefined>;
  /** All writes or none; a failed condition changes nothing. At most 100 writes, one per key. */
  write(writes: readonly Write[]): Promise<WriteOutcome>;
  /** Items of a partition in sk order; `next` continues. */
  query(
    pk: string,
    options?: { prefix?: string; limit?: number; after?: string; newestFirst?: boolean },
  ): Promise<Page>;
}

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
export type Execution = {
  readonly id: string;
  readonly status: ExecutionStatus;
  readonly output?: unknown;
  readonly error?: string;
  readonly cause?: string;
};

/** Step Functions. Starting twice under one name with the same input is one execution. */
export interface Workflows {
  start(workflow: string, name: string, input: unknown): Promise<{ id: string }>;
  describe(id: string): Promise<Execution | undefined>;
  /** `gone`: the token was used, has timed out or never was. */
  sendTaskSuccess(token: string, output: unknown): Promise<'sent' | 'gone'>;
  sendTaskFailure(token: string, error: string, cause: string): Promise<'sent' | 'gone'>;
}

export interface Clock {
  /** The present moment, ISO 8601 UTC with seconds, `2026-01-31T12:00:00Z`. */
  now(): string;
}

export interface Keys {
  /** The secret of EndToEndIds and tokens, at least 32 bytes. */
  hmacKey(): Promise<Uint8Array>;
}

export type Ports = {
  readonly objects: ObjectStore;
  readonly control: ControlStore;
  readonly workflows: Workflows;
  readonly clock: Clock;
  readonly keys: Keys;
};
