import { compile, isExpression, textOf } from '../expression.ts';
import { expressionsOf } from '../template.ts';
import { isObject, type JsonObject } from '../types.ts';
import type { Problems } from './problems.ts';

/** Checks one field; the path is that of the field. */
export type Check = (value: unknown, path: string, problems: Problems) => unknown;
export type Fields = Readonly<Record<string, Check>>;

export const text: Check = (value, path, problems) => {
  if (typeof value !== 'string') problems.schema('Expected value of type String', path);
};
export const truth: Check = (value, path, problems) => {
  if (typeof value !== 'boolean') problems.schema('Expected value of type Boolean', path);
};
export const anything: Check = () => {};

/** One of a closed list of words. */
export const oneOf =
  (...words: readonly string[]): Check =>
  (value, path, problems) => {
    if (typeof value !== 'string' || !words.includes(value))
      problems.schema(
        `The field '${path.split('/').at(-1)}' should have one of these values: [${words.join(', ')}]`,
        path,
      );
  };

/** A number within bounds. */
export const number =
  (min: number, max: number, integer = true): Check =>
  (value, path, problems) => {
    if (typeof value !== 'number' || (integer && !Number.isInteger(value)))
      problems.schema(`Expected value of type ${integer ? 'Integer' : 'Number'}`, path);
    else if (value < min || value > max)
      problems.schema(`The value must be between ${min} and ${max}, was ${value}`, path);
  };

/** An expression, checked for syntax. */
export const expression: Check = (value, path, problems) => {
  if (isExpression(value)) syntax(textOf(value), path, problems);
  else problems.schema('The value must be a JSONata expression ({% ... %})', path);
};

/** What `check` takes, or an expression. */
export const orExpression =
  (check: Check): Check =>
  (value, path, problems) =>
    (isExpression(value) ? expression : check)(value, path, problems);

/** Any JSON with expressions inside. */
export const template: Check = (value, path, problems) => {
  for (const found of expressionsOf(value, path)) syntax(found.text, found.path, problems);
};
export const objectTemplate: Check = (value, path, problems) => {
  if (isObject(value)) template(value, path, problems);
  else problems.schema('Expected value of type Object', path);
};
export const objectOrExpression: Check = (value, path, problems) =>
  (isExpression(value) ? expression : objectTemplate)(value, path, problems);

function syntax(source: string, path: string, problems: Problems): unknown {
  if (source === '') return problems.schema('The JSONata expression is empty', path);
  try {
    compile(source);
  } catch (error) {
    const { message } = error as { message?: string };
    problems.schema(`Invalid JSONata expression: ${message ?? error}`, path);
  }
}

/** A non-empty list, each element checked. */
export const listOf =
  (check: Check, least = 0): Check =>
  (value, path, problems) => {
    if (!Array.isArray(value)) return problems.schema('Expected value of type Array', path);
    if (value.length < least) problems.schema('The array must not be empty', path);
    for (const [index, item] of value.entries()) check(item, `${path}[${index}]`, problems);
  };

/** An object with exactly such fields. */
export const objectOf =
  (fields: Fields, required: readonly string[] = []): Check =>
  (value, path, problems) => {
    if (!isObject(value)) return problems.schema('Expected value of type Object', path);
    checkFields(value, fields, required, path, problems);
  };

/** Names the fields that are missing and those that are not known, and checks the others. */
export function checkFields(
  value: JsonObject,
  fields: Fields,
  required: readonly string[],
  path: string,
  problems: Problems,
): void {
  for (const name of required)
    if (!Object.hasOwn(value, name)) problems.schema(`The field '${name}' is required but was missing`, path);
  for (const [name, item] of Object.entries(value)) {
    const check = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (check) check(item, `${path}/${name}`, problems);
    else problems.schema(`Field '${name}' is not supported`, `${path}/${name}`);
  }
}
