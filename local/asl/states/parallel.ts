import { errorOutput, StatesError } from '../errors.ts';
import { withinLimit } from '../limits.ts';
import { runAll } from '../map/pool.ts';
import { finish, lower, noteEvaluation, runScope } from '../run-scope.ts';
import { childrenOf, envOf, newFrame, record, type Scope } from '../scope.ts';
import { Stop } from '../stop.ts';
import { fill } from '../template.ts';
import type { Json, Machine, State } from '../types.ts';
import type { Executor } from './index.ts';

/** Parallel: every branch with the same input; the outputs in branch order; the first failure stops the others. */
export const parallel: Executor = async (scope, state) => {
  try {
    const result = await runBranches(scope, state);
    record(scope, 'ParallelStateSucceeded');
    return await finish(scope, state, { result }, result);
  } catch (failure) {
    if (failure instanceof StatesError) {
      noteEvaluation(scope, failure);
      record(scope, 'ParallelStateFailed', lower(errorOutput(failure)));
    }
    throw failure;
  }
};

async function runBranches(scope: Scope, state: State): Promise<Json> {
  const { frame, journal } = scope;
  if (!frame.work) {
    const input =
      state.Arguments === undefined ? frame.input : await fill(state.Arguments, 'Arguments', envOf(scope));
    frame.work = { input };
    record(scope, 'ParallelStateStarted');
    journal.save(frame);
  }
  const input = frame.work.input as Json;
  const stop = new Stop(scope.stop);
  const branches = state.Branches ?? [];
  const outputs = await runAll(branches.length, branches.length, stop, (index) =>
    runScope(
      branchScope(scope, branches[index]!, `${childrenOf(frame)}${frame.attempt}/${index}`, input, stop),
    ),
  ).finally(() => stop.end());
  return withinLimit(outputs, `The state/task '${frame.state}' returned a result`);
}

function branchScope(scope: Scope, machine: Machine, path: string, input: Json, stop: Stop): Scope {
  const { frame, journal } = scope;
  return {
    ...scope,
    machine,
    stop,
    frame: journal.frame(path) ?? newFrame(path, machine, input, frame.lastEvent),
    inherited: { ...scope.inherited, ...frame.variables },
  };
}
