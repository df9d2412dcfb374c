import type { Outcome } from '../run-scope.ts';
import type { Scope } from '../scope.ts';
import type { State, StateType } from '../types.ts';
import { choice } from './choice.ts';
import { fail } from './fail.ts';
import { map } from './map.ts';
import { parallel } from './parallel.ts';
import { pass } from './pass.ts';
import { succeed } from './succeed.ts';
import { task } from './task.ts';
import { wait } from './wait.ts';

export type Executor = (scope: Scope, state: State) => Promise<Outcome>;

const executors: Readonly<Record<StateType, Executor>> = {
  Pass: pass,
  Task: task,
  Choice: choice,
  Wait: wait,
  Succeed: succeed,
  Fail: fail,
  Parallel: parallel,
  Map: map,
};

/** Does what a state does, once; Retry and Catch are the scope's. */
export const execute: Executor = async (scope, state) => executors[state.Type](scope, state);
