import { ExecutionTimedOut, errorOutput, Interrupted, StatesError, Stopped } from './errors.ts';
import { tooLarge } from './limits.ts';
import { lower, runScope } from './run-scope.ts';
import { type Host, type Identity, type Journal, newFrame, record, type Scope } from './scope.ts';
import type { Stop } from './stop.ts';
import type { Json, Machine } from './types.ts';

export type Ending =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | {
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error?: string | undefined;
      readonly cause?: string | undefined;
    };

/** Runs an execution from where its frames stand to its end; undefined when the process ends before it. */
export async function runExecution(
  host: Host,
  journal: Journal,
  machine: Machine,
  identity: Identity,
  stop: Stop,
): Promise<Ending | undefined> {
  const log = { name: '', last: journal.lastEvent('') };
  const stored = journal.frame('');
  const frame = stored ?? newFrame('', machine, identity.input);
  const scope: Scope = { host, journal, identity, machine, frame, inherited: {}, log, stop };
  const deadline = deadlineOf(scope);
  try {
    if (!stored) {
      record(scope, 'ExecutionStarted', { input: identity.input });
      journal.save(frame);
    }
    if (tooLarge(identity.input))
      throw new StatesError('States.DataLimitExceeded', 'The input is too large.');
    const output = await runScope(scope);
    record(scope, 'ExecutionSucceeded', { output });
    return { status: 'SUCCEEDED', output };
  } catch (thrown) {
    return endingOf(scope, thrown);
  } finally {
    deadline?.cancel();
  }
}

/** The machine's TimeoutSeconds, counted from the start of the execution (or its redrive). */
function deadlineOf({ machine, identity, host, stop }: Scope) {
  if (machine.TimeoutSeconds === undefined) return undefined;
  const timer = host.clock.until(identity.since + machine.TimeoutSeconds * 1000);
  timer.done.then(() => stop.stop(new ExecutionTimedOut()));
  return timer;
}

function endingOf(scope: Scope, thrown: unknown): Ending | undefined {
  if (thrown instanceof Interrupted) return undefined;
  if (thrown instanceof ExecutionTimedOut) {
    record(scope, 'ExecutionTimedOut', { error: 'States.Timeout' });
    return { status: 'TIMED_OUT', error: 'States.Timeout' };
  }
  if (thrown instanceof Stopped) {
    const { error, reason } = thrown;
    record(scope, 'ExecutionAborted', { ...(error && { error }), ...(reason && { cause: reason }) });
    return { status: 'ABORTED', error, cause: reason };
  }
  const failure = thrown instanceof StatesError ? thrown : new StatesError('States.Runtime', String(thrown));
  record(scope, 'ExecutionFailed', lower(errorOutput(failure)));
  return { status: 'FAILED', error: failure.error, cause: failure.cause_ };
}

/** Names as the service writes them, in a region called local. */
export const machineId = (workflow: string): string =>
  `arn:aws:states:local:000000000000:stateMachine:${workflow}`;
export const executionId = (workflow: string, name: string): string =>
  `arn:aws:states:local:000000000000:execution:${workflow}:${name}`;
