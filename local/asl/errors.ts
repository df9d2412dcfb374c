/** An error that a machine can see: `Error` and `Cause` of Step Functions, routed by Retry and Catch. */
export class StatesError extends Error {
  override name = 'StatesError';
  readonly error: string | undefined;
  readonly cause_: string | undefined;
  /** The event that tells of it is in the history already. */
  logged = false;
  constructor(error: string | undefined, cause?: string) {
    super(`${error ?? 'error'}: ${cause ?? ''}`);
    this.error = error;
    this.cause_ = cause;
  }
}

/** An expression that failed; the scope adds the state's name and history number (`Named`). */
export class EvaluationError extends StatesError {
  override name = 'EvaluationError';
  readonly detail: string;
  constructor(detail: string, where = '') {
    super('States.QueryEvaluationError', where + detail);
    this.detail = detail;
  }
}

/** The branch was stopped because a sibling failed, or the execution was stopped. Never seen by a machine. */
export class Aborted extends Error {
  override name = 'Aborted';
}

/** The machine's own `TimeoutSeconds` has passed: no Retry or Catch sees it, the execution is TIMED_OUT. */
export class ExecutionTimedOut extends Aborted {
  override name = 'ExecutionTimedOut';
}
/** The process ends, the execution does not: it goes on where its frames stand. */
export class Interrupted extends Aborted {
  override name = 'Interrupted';
}
/** Somebody stopped the execution. */
export class Stopped extends Aborted {
  override name = 'Stopped';
  readonly error: string | undefined;
  readonly reason: string | undefined;
  constructor(error?: string, reason?: string) {
    super('stopped');
    this.error = error;
    this.reason = reason;
  }
}

/**
 * Which reading of the service is taken where a recording and today's documentation differ (docs/asl-support.md).
 * `recorded`: States.ALL catches States.DataLimitExceeded, as in a recording of 2024. `documented`: it does not.
 */
export type Reading = 'recorded' | 'documented';

/** Names that `States.ALL` does not match. */
const terminal = (error: string, reading: Reading): boolean =>
  error === 'States.Runtime' || (error === 'States.DataLimitExceeded' && reading === 'documented');

/** A task that missed its heartbeat is reported as States.Timeout and answers to both names. */
export class HeartbeatTimeout extends StatesError {
  override name = 'HeartbeatTimeout';
  constructor() {
    super('States.Timeout');
  }
}

/** Whether a retrier or catcher with these names takes `error`. */
export function takes(names: readonly string[], failure: StatesError, reading: Reading): boolean {
  const error = failure.error ?? '';
  return names.some((name) => {
    if (name === error) return true;
    if (name === 'States.HeartbeatTimeout') return failure instanceof HeartbeatTimeout;
    if (name === 'States.ALL') return !terminal(error, reading);
    if (name === 'States.TaskFailed') return error !== 'States.Timeout' && !terminal(error, reading);
    return false;
  });
}

/** The failure as `$states.errorOutput` shows it. */
export function errorOutput(failure: StatesError): { [key: string]: string } {
  return {
    ...(failure.error !== undefined && { Error: failure.error }),
    ...(failure.cause_ !== undefined && { Cause: failure.cause_ }),
  };
}
