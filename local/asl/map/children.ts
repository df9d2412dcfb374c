import { iso } from '../clock.ts';
import { Aborted, errorOutput, StatesError } from '../errors.ts';
import { withinLimit } from '../limits.ts';
import { lower, runScope } from '../run-scope.ts';
import { childrenOf, type Identity, newFrame, record, type Scope } from '../scope.ts';
import { Stop } from '../stop.ts';
import type { Json, State } from '../types.ts';
import type { Batch } from './batch.ts';
import type { MapRun } from './distributed.ts';
import { runAll } from './pool.ts';
import { selectItem } from './settings.ts';

/** How one child ended. */
export type Child = {
  readonly id: string;
  readonly name: string;
  readonly input: Json;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'PENDING';
  readonly output?: Json;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
};

/** Failures so far, and whether they are more than is tolerated. */
class Tally {
  succeeded = 0;
  failed = 0;
  first: { readonly index: number; readonly child: Child } | undefined;
  private readonly total: number;
  private readonly tolerated: MapRun['tolerated'];
  constructor(total: number, tolerated: MapRun['tolerated']) {
    this.total = total;
    this.tolerated = tolerated;
  }
  /** A failed batch counts all its items. */
  count(child: Child, index: number, items: number): void {
    if (child.status === 'SUCCEEDED') this.succeeded += items;
    if (child.status !== 'FAILED') return;
    this.failed += items;
    this.first ??= { index, child };
  }
  /** With neither threshold stated none is tolerated; with both, the first that is passed decides. */
  get exceeded(): boolean {
    const { count, percent } = this.tolerated;
    if (count < 0 && percent < 0) return this.failed > 0;
    if (count >= 0 && this.failed > count) return true;
    return percent >= 0 && this.failed * 100 > percent * this.total;
  }
}

export type Children = { readonly children: Child[]; readonly failure?: StatesError };

/** Runs the children of a Map run, or what is left of them; `failure` when more fail than is tolerated. */
export async function runChildren(
  scope: Scope,
  state: State,
  run: MapRun,
  items: readonly Json[],
  batches: readonly Batch[] | undefined,
): Promise<Children> {
  const { frame, journal, host } = scope;
  const count = batches?.length ?? items.length;
  const children: Child[] = [];
  const tally = new Tally(items.length, run.tolerated);
  const stop = new Stop(scope.stop);
  const runOne = async (index: number) => {
    const path = `${childrenOf(frame)}${frame.attempt}/${index}`;
    const input =
      journal.frame(path)?.input ??
      batches?.[index]?.input ??
      (await selectItem(scope, state, items[index]!, index));
    const child = await runChild({ ...scope, stop }, state, run, path, index, input);
    children[index] = child;
    tally.count(child, index, batches?.[index]?.items ?? 1);
    if (tally.exceeded) stop.stop(new Aborted('too many children failed'));
    const { succeeded, failed } = tally;
    const parent = frame.path === '' ? {} : { parent: frame.path };
    host.progress?.({
      type: 'map-progress',
      state: frame.state,
      ...parent,
      total: items.length,
      succeeded,
      failed,
    });
  };
  try {
    await runAll(count, run.limit, stop, runOne);
  } catch (thrown) {
    scope.stop.throwIfStopped();
    if (!tally.exceeded) throw thrown;
    return { children, failure: exceeded(scope, tally) };
  } finally {
    stop.end();
  }
  return tally.exceeded ? { children, failure: exceeded(scope, tally) } : { children };
}

function exceeded(scope: Scope, { first }: Tally): StatesError {
  const said = 'The specified tolerated failure threshold was exceeded';
  if (scope.host.reading === 'recorded' || !first)
    return new StatesError('States.ExceedToleratedFailureThreshold', said);
  const { index, child } = first;
  return new StatesError(
    'States.ExceedToleratedFailureThreshold',
    `${said}; first, item ${index}: ${child.error ?? 'error'}: ${child.cause ?? ''}`.slice(0, 32_768),
  );
}

async function runChild(
  scope: Scope,
  state: State,
  run: MapRun,
  path: string,
  index: number,
  input: Json,
): Promise<Child> {
  const { journal, frame: parent } = scope;
  const machine = state.ItemProcessor!;
  const stored = journal.frame(path);
  const identity = childIdentity(scope, state, run, index, input);
  const frame = stored ?? newFrame(path, machine, input);
  const child: Scope = {
    ...scope,
    machine,
    identity,
    frame,
    inherited: {},
    item: undefined,
    log: { name: path, last: journal.lastEvent(path) },
  };
  if (!stored) {
    withinLimit(input, `The state/task '${parent.state}' selected an item`);
    record(child, 'ExecutionStarted', { input });
    journal.save(frame);
  }
  const base = { id: identity.id, name: identity.name, input };
  const before = frame.status;
  try {
    const output = await runScope(child);
    if (before === 'RUNNING') record(child, 'ExecutionSucceeded', { output });
    return { ...base, status: 'SUCCEEDED', output };
  } catch (failure) {
    if (failure instanceof Aborted) return { ...base, status: 'PENDING' };
    if (!(failure instanceof StatesError)) throw failure;
    if (before === 'RUNNING') record(child, 'ExecutionFailed', lower(errorOutput(failure)));
    return { ...base, status: 'FAILED', error: failure.error, cause: failure.cause_ };
  }
}

function childIdentity(scope: Scope, state: State, run: MapRun, index: number, input: Json): Identity {
  const { identity, host } = scope;
  const name = `${run.id.slice(-36)}-${index}`;
  return {
    id: `${identity.machineId.replace(':stateMachine:', ':execution:')}/${run.label}:${name}`,
    name,
    input,
    startTime: iso(host.clock.now()),
    since: host.clock.now(),
    redrives: identity.redrives,
    machineId: `${identity.machineId}/${state.Label ?? run.label}`,
    machineName: `${identity.machineName}/${run.label}`,
  };
}
