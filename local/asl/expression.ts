import jsonata from 'jsonata';
import { iso } from './clock.ts';
import { EvaluationError } from './errors.ts';
import { AWS_FUNCTIONS, FunctionError } from './functions.ts';
import type { Json, JsonObject } from './types.ts';

/** `{% ... %}`: exactly one expression, nothing around it. */
export const isExpression = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('{%') && value.endsWith('%}') && value.length >= 4;
export const textOf = (template: string): string => template.slice(2, -2).trim();

/** What an expression may see. */
export type Env = {
  /** Variables of this scope and of the scopes around it. */
  readonly variables: JsonObject;
  readonly states: JsonObject;
  /** Milliseconds, for $now and $millis. */
  readonly now: number;
  /** "An error occurred while executing the state 'X' (entered at the event id #2). " */
  readonly where: string;
};

/** An expression that has not ended by then has run away. */
const EVALUATION_MS_MAX = 30_000;
const compiled = new Map<string, jsonata.Expression>();

/** Compiles once per text. Throws JSONata's own error on bad syntax. */
export function compile(text: string): jsonata.Expression {
  let expression = compiled.get(text);
  if (!expression) {
    expression = jsonata(text, { timeout: EVALUATION_MS_MAX });
    compiled.set(text, expression);
  }
  return expression;
}

const formatNow = jsonata('$fromMillis($at, $picture, $zone)');

function bindings(env: Env): Record<string, unknown> {
  return {
    ...env.variables,
    ...AWS_FUNCTIONS,
    states: env.states,
    millis: () => env.now,
    now: (picture?: string, zone?: string) =>
      picture === undefined && zone === undefined
        ? iso(env.now)
        : formatNow.evaluate(undefined, { at: env.now, picture, zone }),
  };
}

/** The JSON type as Step Functions names it in causes. */
export function typeName(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** A plain path such as `$states.result.Payload`, resolved without JSONata where no array is on the way. */
const PLAIN_PATH = /^\$[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/;
const KEYWORDS = /\.(?:and|or|in|true|false|null|function)\b/;
const plain = new Map<string, readonly string[] | null>();
function plainPath(text: string): readonly string[] | null {
  let steps = plain.get(text);
  if (steps === undefined) {
    steps = PLAIN_PATH.test(text) && !KEYWORDS.test(text) ? text.slice(1).split('.') : null;
    plain.set(text, steps);
  }
  return steps;
}
function resolvePlain(text: string, env: Env): Json | undefined {
  const steps = plainPath(text);
  if (!steps) return undefined;
  const [first, ...rest] = steps;
  let value: Json | undefined = first === 'states' ? env.states : own(env.variables, first!);
  for (const step of rest) {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    value = own(value, step);
  }
  return value;
}
const own = (object: JsonObject, key: string): Json | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/**
 * The value of one expression (text without `{% %}`). `field` is said in causes, `Output/result`.
 * Nothing (undefined), a function or a number that JSON has not is States.QueryEvaluationError.
 */
export async function evaluate(text: string, field: string, env: Env): Promise<Json> {
  const direct = resolvePlain(text, env);
  if (direct !== undefined) return direct;
  const said = `The JSONata expression '${text}' specified for the field '${field}'`;
  let value: unknown;
  try {
    value = await compile(text).evaluate(undefined, bindings(env));
  } catch (error) {
    throw new EvaluationError(`${said} threw an error during evaluation. ${messageOf(error)}`, env.where);
  }
  const json = toJson(value);
  if (json !== undefined) return json;
  const what = value === undefined ? 'nothing (undefined)' : 'a value that is not valid JSON';
  throw new EvaluationError(`${said} returned ${what}.`, env.where);
}

/** As `evaluate`, and the value must be of one of the JSON types given. */
export async function evaluateAs(
  text: string,
  field: string,
  env: Env,
  type: 'array' | 'number' | 'string' | 'boolean',
): Promise<Json> {
  const value = await evaluate(text, field, env);
  if (typeName(value) === type) return value;
  throw new EvaluationError(
    `The JSONata expression '${text}' specified for the field '${field}' returned an unexpected result type. ` +
      `Expected '${type}', but was '${typeName(value)}' for value: ${JSON.stringify(value)}`,
    env.where,
  );
}

function messageOf(error: unknown): string {
  if (error instanceof FunctionError) return error.message;
  const { code, message } = error as { code?: string; message?: string };
  return code ? `${code}: ${message}` : String(message ?? error);
}

/** JSONata's sequences and numbers as plain JSON; undefined where there is none. */
function toJson(value: unknown): Json | undefined {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'object') return undefined;
  if ('_jsonata_function' in value || '_jsonata_lambda' in value) return undefined;
  const text = JSON.stringify(value);
  return text === undefined ? undefined : (JSON.parse(text) as Json);
}
