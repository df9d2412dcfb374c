import { finish } from '../run-scope.ts';
import type { Executor } from './index.ts';

/** Pass: nothing but Assign and Output. */
export const pass: Executor = (scope, state) => finish(scope, state, {}, scope.frame.input);
