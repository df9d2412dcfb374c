import { hash } from 'node:crypto';
import { StatesError } from '../errors.ts';
import { DISTRIBUTED_CONCURRENCY, withinLimit } from '../limits.ts';
import { record, type Scope } from '../scope.ts';
import type { Json, State } from '../types.ts';
import { batchesOf } from './batch.ts';
import { runChildren } from './children.ts';
import { toleratedOf } from './inline.ts';
import { readItems } from './item-reader.ts';
import { shownAs, writeResults } from './result-writer.ts';
import { itemsOf, numberOf } from './settings.ts';

/** One run of a Distributed Map: what is asked of it and how its children ended. */
export type MapRun = {
  readonly id: string;
  /** Workflow/label, as children are named after it. */
  readonly label: string;
  readonly tolerated: { readonly count: number; readonly percent: number };
  readonly limit: number;
};

/**
 * DISTRIBUTED: each item (or batch) is a child with its own history, that sees no variables of this execution.
 * Finished children are stored and never run again; failures are tolerated up to a count or percentage of
 * items, a failed batch counting all its items.
 */
export async function runDistributed(scope: Scope, state: State): Promise<Json> {
  const { frame, journal } = scope;
  const redriven = frame.work !== undefined && frame.work.redriven === true;
  if (!frame.work) {
    const items = state.ItemReader ? undefined : await itemsOf(scope, state);
    const limit = await numberOf(scope, state.MaxConcurrency, 'MaxConcurrency', {
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
      fallback: 0,
    });
    const tolerated = await toleratedOf(scope, state);
    frame.work = { ...(items && { items }), limit: limit === 0 ? DISTRIBUTED_CONCURRENCY : limit, tolerated };
    record(scope, 'MapStateStarted', { length: items?.length ?? 0 });
    record(scope, 'MapRunStarted', { mapRunArn: runId(scope, state) });
    journal.save(frame);
  } else if (redriven) {
    frame.work = { ...frame.work, redriven: false };
    record(scope, 'MapRunRedriven', { mapRunArn: runId(scope, state) });
    journal.save(frame);
  }
  const run: MapRun = {
    id: runId(scope, state),
    label: state.Label ?? frame.state,
    tolerated: frame.work.tolerated as MapRun['tolerated'],
    limit: Math.min(frame.work.limit as number, scope.host.concurrency),
  };
  try {
    const result = await resultOf(scope, state, run);
    record(scope, 'MapRunSucceeded');
    return result;
  } catch (failure) {
    if (failure instanceof StatesError) record(scope, 'MapRunFailed', { error: failure.error ?? '' });
    throw failure;
  }
}

async function resultOf(scope: Scope, state: State, run: MapRun): Promise<Json> {
  const items = state.ItemReader
    ? await readItems(scope, state.ItemReader)
    : (scope.frame.work!.items as Json[]);
  const inputs = state.ItemBatcher ? await batchesOf(scope, state, items) : undefined;
  const { children, failure } = await runChildren(scope, state, run, items, inputs);
  const written = state.ResultWriter && (await writeResults(scope, state.ResultWriter, run, children));
  if (failure) throw failure;
  if (written !== undefined)
    return withinLimit(written, `The state/task '${scope.frame.state}' returned a result`);
  const outputs = children.flatMap((child) => shownAs(child, scope, 'COMPACT'));
  return withinLimit(outputs, `The state/task '${scope.frame.state}' returned a result`);
}

/** The same for the same attempt, so that a restart writes its results to the same keys. */
function runId(scope: Scope, state: State): string {
  const { identity, frame } = scope;
  const hex = hash('sha256', [identity.id, frame.path, frame.entries, frame.attempt].join('|'), 'hex');
  const uuid = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
  const machine = identity.machineId.split(':stateMachine:')[1] ?? identity.machineName;
  return `arn:aws:states:local:000000000000:mapRun:${machine}/${state.Label ?? frame.state}:${uuid.join('-')}`;
}
