import { EvaluationError } from '../errors.ts';
import { evaluateAs, isExpression, textOf, typeName } from '../expression.ts';
import { envOf, type Scope, whereOf } from '../scope.ts';
import { fill } from '../template.ts';
import { isObject, type Json, type State } from '../types.ts';

/** A number that may be written as an expression; `fallback` where it is absent. */
export async function numberOf(
  scope: Scope,
  given: Json | undefined,
  field: string,
  range: { readonly min: number; readonly max: number; readonly fallback: number },
): Promise<number> {
  if (given === undefined) return range.fallback;
  const value = isExpression(given)
    ? ((await evaluateAs(textOf(given), field, envOf(scope), 'number')) as number)
    : (given as number);
  if (value >= range.min && value <= range.max) return value;
  throw new EvaluationError(
    `The ${field} field must be a number from ${range.min} to ${range.max}: ${value}`,
    whereOf(scope.frame),
  );
}

/** The items of a Map that reads none from S3: `Items`, or the input. Anything but an array is refused. */
export async function itemsOf(scope: Scope, state: State): Promise<Json[]> {
  const { Items } = state;
  if (isExpression(Items)) return (await evaluateAs(textOf(Items), 'Items', envOf(scope), 'array')) as Json[];
  if (Items !== undefined) return (await fill(Items, 'Items', envOf(scope))) as Json[];
  const input = scope.frame.input;
  if (Array.isArray(input)) return input;
  throw new EvaluationError(
    `Map state input must be an array but was: ${JSON.stringify(input)}`,
    whereOf(scope.frame),
  );
}

/** What one item becomes: ItemSelector with `$states.context.Map.Item`, else the item itself. */
export async function selectItem(scope: Scope, state: State, item: Json, index: number): Promise<Json> {
  if (state.ItemSelector === undefined) return item;
  return fill(
    state.ItemSelector,
    'ItemSelector',
    envOf(scope, {}, { Map: { Item: itemContext(item, index) } }),
  );
}
export const itemContext = (item: Json, index: number) => ({ Index: index, Value: item });

/** Arguments of an ItemReader or ResultWriter: an object once filled. */
export async function argumentsOf(scope: Scope, given: Json | undefined, field: string) {
  const filled = await fill(given ?? {}, field, envOf(scope));
  if (isObject(filled)) return filled;
  throw new EvaluationError(
    `The field '${field}' must be an object, but was '${typeName(filled)}'`,
    whereOf(scope.frame),
  );
}
