import { isObject, type JsonObject } from '../types.ts';
import { type Check, template } from './fields.ts';
import type { Problems } from './problems.ts';

/** Longest variable name (service quota). */
const NAME_MAX = 80;
const RESERVED = new Set(['states']);

/** Assign: an object of variable names. */
export const assign: Check = (value, path, problems) => {
  if (!isObject(value)) return problems.schema('Expected value of type Object', path);
  for (const name of Object.keys(value))
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) || name.length > NAME_MAX || RESERVED.has(name))
      problems.schema(`The variable name '${name}' is not allowed`, `${path}/${name}`);
  template(value, path, problems);
};

/** Names that a machine assigns anywhere in its own states, Choice rules and Catchers. */
export function namesAssigned(states: JsonObject): Set<string> {
  const names = new Set<string>();
  const take = (holder: unknown) => {
    if (isObject(holder) && isObject(holder.Assign))
      for (const name of Object.keys(holder.Assign)) names.add(name);
  };
  for (const state of Object.values(states)) {
    take(state);
    if (!isObject(state)) continue;
    for (const list of [state.Choices, state.Catch]) if (Array.isArray(list)) list.forEach(take);
  }
  return names;
}

/** An inner scope may read the variables of the outer ones and may not assign their names. */
export function checkScope(
  states: JsonObject,
  outer: ReadonlySet<string>,
  path: string,
  problems: Problems,
): void {
  for (const name of namesAssigned(states))
    if (outer.has(name))
      problems.schema(`The variable '${name}' is assigned in an outer scope already`, `${path}/States`);
}
