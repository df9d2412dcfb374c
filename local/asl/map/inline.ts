import { Aborted, errorOutput, Interrupted, StatesError } from '../errors.ts';
import { INLINE_CONCURRENCY, withinLimit } from '../limits.ts';
import { lower, runScope } from '../run-scope.ts';
import { childrenOf, newFrame, record, type Scope } from '../scope.ts';
import { Stop } from '../stop.ts';
import type { Json, State } from '../types.ts';
import { runAll } from './pool.ts';
import { itemContext, itemsOf, numberOf, selectItem } from './settings.ts';

/**
 * INLINE: iterations write to the history of the execution and see its variables. The first failure fails the
 * Map with its own error; tolerated failures belong to DISTRIBUTED and are only checked here.
 */
export async function runInline(scope: Scope, state: State): Promise<Json> {
  const { frame, journal } = scope;
  if (!frame.work) {
    const items = await itemsOf(scope, state);
    const limit = await numberOf(scope, state.MaxConcurrency, 'MaxConcurrency', {
      min: 0,
      max: Number.MAX_SAFE_INTEGER,
      fallback: 0,
    });
    await toleratedOf(scope, state);
    frame.work = { items, limit: limit === 0 ? INLINE_CONCURRENCY : limit };
    record(scope, 'MapStateStarted', { length: items.length });
    journal.save(frame);
  }
  const items = frame.work.items as Json[];
  const stop = new Stop(scope.stop);
  const outputs = await runAll(items.length, frame.work.limit as number, stop, (index) =>
    iterate(scope, state, items[index]!, index, stop),
  ).finally(() => stop.end());
  return withinLimit(outputs, `The state/task '${frame.state}' returned a result`);
}

/** Failures that the Map tolerates, as a count and as a percentage of its items. */
export async function toleratedOf(scope: Scope, state: State): Promise<{ count: number; percent: number }> {
  const none = { min: 0, fallback: -1 };
  return {
    count: await numberOf(scope, state.ToleratedFailureCount, 'ToleratedFailureCount', {
      ...none,
      max: Number.MAX_SAFE_INTEGER,
    }),
    percent: await numberOf(scope, state.ToleratedFailurePercentage, 'ToleratedFailurePercentage', {
      ...none,
      max: 100,
    }),
  };
}

async function iterate(scope: Scope, state: State, item: Json, index: number, stop: Stop): Promise<Json> {
  const { frame, journal } = scope;
  const path = `${childrenOf(frame)}${frame.attempt}/${index}`;
  const stored = journal.frame(path);
  const machine = state.ItemProcessor!;
  const about = { name: frame.state, index };
  const child: Scope = {
    ...scope,
    machine,
    stop,
    frame: stored ?? newFrame(path, machine, await selectItem(scope, state, item, index), frame.lastEvent),
    inherited: { ...scope.inherited, ...frame.variables },
    item: itemContext(item, index),
  };
  const ended = stored !== undefined && stored.status !== 'RUNNING';
  if (!stored) {
    record(child, 'MapIterationStarted', about);
    journal.save(child.frame);
  }
  try {
    const output = await runScope(child);
    if (!ended) record(child, 'MapIterationSucceeded', about);
    frame.lastEvent = child.frame.lastEvent;
    return output;
  } catch (failure) {
    if (failure instanceof StatesError && !ended)
      record(child, 'MapIterationFailed', { ...about, ...lower(errorOutput(failure)) });
    else if (failure instanceof Aborted && !(failure instanceof Interrupted))
      record(child, 'MapIterationAborted', about);
    frame.lastEvent = child.frame.lastEvent;
    throw failure;
  }
}
