import { iso } from './clock.ts';
import { EvaluationError, errorOutput, StatesError, takes } from './errors.ts';
import { EVENTS_MAX, withinLimit } from './limits.ts';
import { retryDelay } from './retry.ts';
import { childrenOf, envOf, record, type Scope } from './scope.ts';
import { execute } from './states/index.ts';
import { orStopped } from './stop.ts';
import { fill, fillObject } from './template.ts';
import type { Json, JsonObject, State } from './types.ts';

/** Room for the events that end an execution whose history is full. */
const EVENTS_RESERVED = 10;

/** How a state ended well: where to go, with what. */
export type Outcome = { readonly next?: string; readonly output: Json; readonly assigned: JsonObject };

/** Evaluates Assign and Output (with the variables as they were) of a state that has a result, or of a part of it. */
export async function finish(
  scope: Scope,
  fields: { readonly Assign?: JsonObject; readonly Output?: Json; readonly Next?: string },
  more: JsonObject,
  fallback: Json,
  context: JsonObject = {},
): Promise<Outcome> {
  const env = envOf(scope, more, context);
  const assigned = fields.Assign ? await fillObject(fields.Assign, 'Assign', env) : {};
  const output = fields.Output === undefined ? fallback : await fill(fields.Output, 'Output', env);
  withinLimit(assigned, `The state/task '${scope.frame.state}' assigned variables`);
  withinLimit(output, `The state/task '${scope.frame.state}' returned a result`);
  return { output, assigned, ...(fields.Next !== undefined && { next: fields.Next }) };
}

/** Runs a scope from where its frame stands to its end; gives its output or throws its failure. */
export async function runScope(scope: Scope): Promise<Json> {
  const { frame, journal } = scope;
  if (frame.status === 'SUCCEEDED') return frame.output as Json;
  if (frame.status === 'FAILED') throw storedFailure(scope);
  try {
    for (;;) {
      const { output, next } = await runState(scope);
      if (next !== undefined) continue;
      frame.status = 'SUCCEEDED';
      frame.output = output;
      journal.save(frame);
      return output;
    }
  } catch (failure) {
    if (failure instanceof StatesError) {
      frame.status = 'FAILED';
      frame.error = failure.error;
      frame.cause = failure.cause_;
      journal.save(frame);
    }
    throw failure;
  }
}

function storedFailure({ frame }: Scope): StatesError {
  const failure = new StatesError(frame.error, frame.cause);
  failure.logged = true;
  return failure;
}

async function runState(scope: Scope): Promise<Outcome> {
  const { frame } = scope;
  const state = scope.machine.States[frame.state];
  if (!state) throw new StatesError('States.Runtime', `There is no state '${frame.state}'.`);
  enter(scope, state);
  for (;;) {
    scope.stop.throwIfStopped();
    await retryTime(scope);
    const outcome = await execute(scope, state).catch((thrown) => failed(scope, state, thrown));
    if (!outcome) continue;
    exit(scope, state, outcome);
    return outcome;
  }
}

function enter(scope: Scope, state: State): void {
  const { frame, journal, host } = scope;
  if (frame.entered) return;
  if (scope.log.last >= EVENTS_MAX - EVENTS_RESERVED)
    throw new StatesError(
      'States.Runtime',
      `The execution reached the maximum number of history events (${EVENTS_MAX}).`,
    );
  frame.entries += 1;
  frame.attempt = 1;
  const event = record(scope, `${state.Type}StateEntered`, { name: frame.state, input: frame.input });
  frame.entered = { time: iso(host.clock.now()), event };
  journal.save(frame);
  host.progress?.({ type: 'state-entered', state: frame.state, ...parentOf(scope) });
}
const parentOf = ({ frame }: Scope) => (frame.path === '' ? {} : { parent: frame.path });

/** Leaves the state: its exit and where the scope now stands are one transition. */
function exit(scope: Scope, state: State, { next, output, assigned }: Outcome): void {
  const { frame, journal, host } = scope;
  record(scope, `${state.Type}StateExited`, {
    name: frame.state,
    output,
    ...(Object.keys(assigned).length > 0 && { assignedVariables: assigned }),
  });
  if (state.Type === 'Map' || state.Type === 'Parallel') journal.drop(childrenOf(frame));
  const left = frame.state;
  if (next !== undefined) {
    frame.state = next;
    frame.input = output;
    frame.entered = undefined;
  }
  frame.variables = { ...frame.variables, ...assigned };
  frame.retries = [];
  frame.work = undefined;
  journal.save(frame);
  host.progress?.({ type: 'state-exited', state: left, ...parentOf(scope) });
}

async function retryTime(scope: Scope): Promise<void> {
  const { frame, host } = scope;
  if (frame.retryAt === undefined) return;
  const timer = host.clock.until(frame.retryAt);
  try {
    await orStopped(scope.stop, timer.done);
  } finally {
    timer.cancel();
  }
  frame.retryAt = undefined;
}

/** A failure goes to Retry (undefined: start again), then to Catch (its outcome), then up. */
async function failed(scope: Scope, state: State, thrown: unknown): Promise<Outcome | undefined> {
  if (!(thrown instanceof StatesError)) throw thrown;
  noteEvaluation(scope, thrown);
  const retrier = (state.Retry ?? []).findIndex((each) =>
    takes(each.ErrorEquals, thrown, scope.host.reading),
  );
  if (retrier >= 0 && retryLater(scope, state, retrier)) return undefined;
  const catcher = state.Catch?.find((each) => takes(each.ErrorEquals, thrown, scope.host.reading));
  if (!catcher) throw thrown;
  const shown = errorOutput(thrown);
  try {
    return await finish(scope, catcher, { errorOutput: shown }, shown);
  } catch (second) {
    if (second instanceof StatesError) noteEvaluation(scope, second);
    throw second;
  }
}

/** Writes that an expression failed, once however far up the failure goes. */
export function noteEvaluation(scope: Scope, failure: StatesError): void {
  if (!(failure instanceof EvaluationError) || failure.logged) return;
  failure.logged = true;
  record(scope, 'EvaluationFailed', { ...lower(errorOutput(failure)), state: scope.frame.state });
}
export const lower = (shown: { [key: string]: string }): JsonObject =>
  Object.fromEntries(Object.entries(shown).map(([key, value]) => [key.toLowerCase(), value]));

/** Counts a retry and sets its time; false when the retrier has none left. */
function retryLater(scope: Scope, state: State, index: number): boolean {
  const { frame, journal, host } = scope;
  const retrier = state.Retry![index]!;
  const used = frame.retries[index] ?? 0;
  if (used >= (retrier.MaxAttempts ?? 3)) return false;
  frame.retries = Array.from({ length: state.Retry!.length }, (_, i) => frame.retries[i] ?? 0);
  frame.retries[index] = used + 1;
  frame.retryAt = host.clock.now() + Math.round(retryDelay(retrier, used, host.random) * 1000);
  journal.drop(childrenOf(frame));
  frame.attempt += 1;
  frame.work = undefined;
  journal.save(frame);
  return true;
}
