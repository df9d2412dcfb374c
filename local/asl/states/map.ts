import { errorOutput, StatesError } from '../errors.ts';
import { runDistributed } from '../map/distributed.ts';
import { runInline } from '../map/inline.ts';
import { finish, lower, noteEvaluation } from '../run-scope.ts';
import { childrenOf, record, type Scope } from '../scope.ts';
import type { Executor } from './index.ts';

/** Map: the same machine for every item; INLINE in this history, DISTRIBUTED as children with their own. */
export const map: Executor = async (scope, state) => {
  const distributed = state.ItemProcessor?.ProcessorConfig?.Mode === 'DISTRIBUTED';
  try {
    const result = await (distributed ? runDistributed : runInline)(scope, state);
    record(scope, 'MapStateSucceeded');
    return await finish(scope, state, { result }, result);
  } catch (failure) {
    if (failure instanceof StatesError) noteFailure(scope, failure);
    throw failure;
  }
};

function noteFailure(scope: Scope, failure: StatesError): void {
  const { frame, journal } = scope;
  noteEvaluation(scope, failure);
  record(scope, 'MapStateFailed', lower(errorOutput(failure)));
  // A result over the limit cannot be redriven from finished children: they run again, as on AWS.
  if (failure.error !== 'States.DataLimitExceeded') return;
  journal.drop(childrenOf(frame));
  frame.work = undefined;
  frame.attempt += 1;
  journal.save(frame);
}
