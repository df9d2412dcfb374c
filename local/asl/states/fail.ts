import { StatesError } from '../errors.ts';
import { evaluateAs, isExpression, textOf } from '../expression.ts';
import { envOf, type Scope } from '../scope.ts';
import type { Executor } from './index.ts';

/** Fail: ends the scope with the Error and Cause given; both may be absent. */
export const fail: Executor = async (scope, state) => {
  throw new StatesError(
    await textField(scope, state.Error, 'Error'),
    await textField(scope, state.Cause, 'Cause'),
  );
};

async function textField(scope: Scope, value: string | undefined, field: string) {
  if (!isExpression(value)) return value;
  return (await evaluateAs(textOf(value), field, envOf(scope), 'string')) as string;
}
