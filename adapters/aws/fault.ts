import { Fault } from '../../domain/kernel/result.ts';

const THROTTLED = new Set([
  'ThrottlingException',
  'ThrottledException',
  'ThrottlingError',
  'Throttling',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceededException',
  'ProvisionedThroughputExceeded',
  'TooManyRequestsException',
  'SlowDown',
  'RequestTimeout',
  'RequestTimeoutException',
  'TimeoutError',
  'InternalServerError',
  'InternalError',
  'ServiceUnavailable',
]);
const NETWORK = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNABORTED',
]);

type Like = { name?: unknown; code?: unknown; message?: unknown; $metadata?: { httpStatusCode?: unknown } };
const like = (error: unknown): Like => (typeof error === 'object' && error !== null ? error : {});

/** The service's name of an error, `NoSuchKey`; empty for anything unnamed. */
export const nameOf = (error: unknown): string => String(like(error).name ?? '');
export const statusOf = (error: unknown): number => Number(like(error).$metadata?.httpStatusCode ?? 0);
export const isThrottled = (code: string): boolean => THROTTLED.has(code);

/** Whether the same call may succeed later without anybody changing anything. */
export function isTransient(error: unknown): boolean {
  return (
    THROTTLED.has(nameOf(error)) || statusOf(error) >= 500 || NETWORK.has(String(like(error).code ?? ''))
  );
}

/**
 * Throws a transient error as a Fault (what `Retry` lists) and everything else as it is: a missing permission
 * or a refused parameter is not cured by asking again.
 */
export function rethrow(error: unknown, doing: string): never {
  if (isTransient(error)) throw new Fault(`${doing}: ${nameOf(error) || 'no connection'}`, { cause: error });
  throw error;
}
