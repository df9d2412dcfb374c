import { iso } from '../clock.ts';
import { Aborted, errorOutput, StatesError } from '../errors.ts';
import { withinLimit } from '../limits.ts';
import { lower, runScope } from '../run-scope.ts';
import { childrenOf, type Identity, newFrame, record, type Scope } from '../scope.ts';
import { Stop } from '../stop.ts';
import type { Json, State } from '../types.ts';
import type { Batch } from './batch.ts';
import type { MapRun } from './distributed.ts';
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
  first: { readonly index: number; readonly failure: StatesError } | undefined;
  private readonly total: number;
  private readonly tolerated: MapRun['tolerated'];
  constructor(total: number, tolerated: MapRun['tolerated']) {
    this.total = total;
    this.tolerated = tolerated;
  }
  /** With neither threshold stated none is tolerated; with both, the first that is passed decides. */
  get exceeded(): boolean {
    const { count, percent } = this.tolerated;
    if (count < 0 && percent < 0) return this.failed > 0;
    if (count >= 0 && this.failed > count) return true;
    return percent >= 0 && this.failed * 100 > percent * this.total;
  }
}

/** Runs the children of a Map run, or what is left of them. Throws when more fail than is tolerated. */
export async function runChildren(
  scope: Scope,
  state: State,
  run: MapRun,
  items: readonly Json[],
  batches: readonly Batch[] | undefined,
): Promise<Child[]> {
  const { frame, journal, host } = scope;
  const count = batches?.length ?? items.length;
  const children: Child[] = new Array(count);
  const tally = new Tally(items.length, run.tolerated);
  const stop = new Stop(scope.stop);
  const weight = (index: number) => batches?.[index]?.items ?? 1;
  let next = 0;
  const lane = async () => {
    while (next < count && !stop.reason) {
      const index = next++;
      const path = `${childrenOf(frame)}${frame.attempt}/${index}`;
      const input =
        journal.frame(path)?.input ??
        batches?.[index]?.input ??
        (await selectItem(scope, state, items[index]!, index));
      const child = await runChild({ ...scope, stop }, state, run, path, index, input, (failure) => {
        tally.first ??= { index, failure };
      });
      children[index] = child;
      if (child.status === 'SUCCEEDED') tally.succeeded += weight(index);
      if (child.status === 'FAILED') tally.failed += weight(index);
      if (tally.exceeded) stop.stop(new Aborted('too many children failed'));
      host.progress?.({
        type: 'map-progress',
        state: frame.state,
        ...(frame.path !== '' && { parent: frame.path }),
        total: items.length,
        succeeded: tally.succeeded,
        failed: tally.failed,
      });
    }
  };
  await Promise.all(Array.from({ length: Math.min(run.limit, count) }, lane));
  stop.end();
  scope.stop.throwIfStopped();
  if (tally.exceeded) throw exceeded(scope, tally);
  return children;
}

function exceeded(scope: Scope, { first }: Tally): StatesError {
  const said = 'The specified tolerated failure threshold was exceeded';
  if (scope.host.reading === 'recorded' || !first)
    return new StatesError('States.ExceedToleratedFailureThreshold', said);
  const { index, failure } = first;
  return new StatesError(
    'States.ExceedToleratedFailureThreshold',
    `${said}; first, item ${index}: ${failure.error ?? 'error'}: ${failure.cause_ ?? ''}`.slice(0, 32_768),
  );
}

async function runChild(
  scope: Scope,
  state: State,
  run: MapRun,
  path: string,
  index: number,
  input: Json,
  failedWith: (failure: StatesError) => void,
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
    failedWith(failure);
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
    redrives: identity.redrives,
    machineId: `${identity.machineId}/${state.Label ?? run.label}`,
    machineName: `${identity.machineName}/${run.label}`,
  };
}
