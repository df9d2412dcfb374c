import { StatesError } from '../errors.ts';
import { evaluateAs, textOf } from '../expression.ts';
import { finish } from '../run-scope.ts';
import { envOf, whereOf } from '../scope.ts';
import type { Executor } from './index.ts';

/** Choice: the first rule whose Condition is true; else Default with the state's own Assign and Output. */
export const choice: Executor = async (scope, state) => {
  for (const [index, rule] of (state.Choices ?? []).entries()) {
    const field = `Choices[${index}]/Condition`;
    if (await evaluateAs(textOf(rule.Condition), field, envOf(scope), 'boolean'))
      return finish(scope, rule, {}, scope.frame.input);
  }
  if (state.Default === undefined)
    throw new StatesError(
      'States.NoChoiceMatched',
      `${whereOf(scope.frame)}Failed to match any Choices, and no Default was provided.`,
    );
  const { Assign, Output, Default } = state;
  return finish(
    scope,
    { ...(Assign && { Assign }), ...(Output !== undefined && { Output }), Next: Default },
    {},
    scope.frame.input,
  );
};
