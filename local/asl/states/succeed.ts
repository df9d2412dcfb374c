import { finish } from '../run-scope.ts';
import type { Executor } from './index.ts';

/** Succeed: ends the scope with its Output. */
export const succeed: Executor = (scope, { Output }) =>
  finish(scope, Output === undefined ? {} : { Output }, {}, scope.frame.input);
