/** Why a request was turned down: a closed set of codes, and what the person can do next. */
export type Refusal = {
  readonly code: RefusalCode;
  readonly message: string;
  /** What to do next, in words. */
  readonly next?: string;
  /** Where: a file with line, a field path, a record key. */
  readonly at?: string;
};

export const REFUSAL_CODES = [
  'BAD_USAGE',
  'BAD_INPUT',
  'UNKNOWN_PROGRAMME',
  'INVALID_DEFINITION',
  'VALUE_NOT_PUBLISHED',
  'UNKNOWN_CONTRACT',
  'PERIOD_NOT_PAYABLE',
  'PERIOD_OUT_OF_ORDER',
  'CYCLE_EXISTS',
  'CYCLE_NOT_FOUND',
  'WRONG_STAGE',
  'INPUTS_DIFFER',
  'STATE_MOVED',
  'FILE_TRUNCATED',
  'FILE_ENCODING',
  'FILE_EMPTY',
  'FILE_HEADER',
  'TOO_MANY_REJECTED',
  'SHARD_TOO_LARGE',
  'SELF_APPROVAL',
  'SAME_CHECKER',
  'STALE_MANIFEST',
  'NOT_ALLOWED',
  'ANOMALY_LIMIT',
  'IDEMPOTENCY_MISMATCH',
  'DUPLICATE_CLAIM',
  'CONFLICT',
  'NOT_FOUND',
  'BANK_FILE_REFUSED',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export type Result<T, E = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: E };

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });
export const refuse = (
  code: RefusalCode,
  message: string,
  more: Omit<Refusal, 'code' | 'message'> = {},
): Result<never> => ({ ok: false, error: { code, message, ...more } });

/** A refusal on its way out through code that throws; its name is what ASL `Catch` routes by. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = refusal.code;
    this.refusal = refusal;
  }
}

/** The value of a result, or its refusal thrown. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Refused(result.error);
}

/** A transient I/O trouble: the only kind of error that a `Retry` lists. */
export class Fault extends Error {
  override name = 'Fault';
}

/** A bad row or field: quarantined and listed, never silently dropped. */
export type Issue = {
  readonly code: string;
  readonly message: string;
  /** A field or XML path. */
  readonly path?: string;
  readonly file?: string;
  readonly line?: number;
};
