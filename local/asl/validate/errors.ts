import { isObject } from '../types.ts';
import { type Check, type Fields, listOf, number, objectOf, oneOf, template, text } from './fields.ts';
import type { Problems } from './problems.ts';
import { assign } from './variables.ts';

const SECONDS_MAX = 99_999_999;

const retrier: Fields = {
  Comment: text,
  ErrorEquals: listOf(text, 1),
  IntervalSeconds: number(1, SECONDS_MAX),
  MaxAttempts: number(0, SECONDS_MAX),
  BackoffRate: number(1, Number.MAX_VALUE, false),
  MaxDelaySeconds: number(1, 31_622_400),
  JitterStrategy: oneOf('FULL', 'NONE'),
};
const catcher: Fields = {
  Comment: text,
  ErrorEquals: listOf(text, 1),
  Next: text,
  Assign: assign,
  Output: template,
};

export const retry: Check = (value, path, problems) => {
  listOf(objectOf(retrier, ['ErrorEquals']))(value, path, problems);
  allStandsLast(value, path, problems);
};
export const catchers: Check = (value, path, problems) => {
  listOf(objectOf(catcher, ['ErrorEquals', 'Next']))(value, path, problems);
  allStandsLast(value, path, problems);
};

/** States.ALL must stand alone in its list, and its list last. */
function allStandsLast(value: unknown, path: string, problems: Problems): void {
  if (!Array.isArray(value)) return;
  for (const [index, each] of value.entries()) {
    const names: unknown = isObject(each) ? each.ErrorEquals : undefined;
    if (!Array.isArray(names) || !names.includes('States.ALL')) continue;
    if (names.length > 1) problems.schema('States.ALL must appear alone in ErrorEquals', `${path}[${index}]`);
    if (index < value.length - 1)
      problems.schema('States.ALL must be in the last element of the array', `${path}[${index}]`);
  }
}
