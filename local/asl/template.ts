import { type Env, evaluate, isExpression, textOf } from './expression.ts';
import type { Json, JsonObject } from './types.ts';

/** A template with every `{% %}` replaced by its value. `field` names it in causes: `Output`, then `Output/result`. */
export async function fill(template: Json, field: string, env: Env): Promise<Json> {
  if (typeof template === 'string')
    return isExpression(template) ? evaluate(textOf(template), field, env) : template;
  if (Array.isArray(template)) {
    const items: Json[] = [];
    for (const [index, item] of template.entries()) items.push(await fill(item, `${field}[${index}]`, env));
    return items;
  }
  if (template === null || typeof template !== 'object') return template;
  return fillObject(template, field, env);
}

export async function fillObject(template: JsonObject, field: string, env: Env): Promise<JsonObject> {
  const filled: JsonObject = {};
  for (const [key, value] of Object.entries(template)) {
    const item = await fill(value, `${field}/${key}`, env);
    // "__proto__" must become a key like any other, not the object's prototype.
    Object.defineProperty(filled, key, { value: item, enumerable: true, configurable: true, writable: true });
  }
  return filled;
}

/** Every expression inside a template with its path, for checks at load. */
export function* expressionsOf(template: unknown, path: string): Generator<{ text: string; path: string }> {
  if (isExpression(template)) yield { text: textOf(template), path };
  else if (Array.isArray(template))
    for (const [index, item] of template.entries()) yield* expressionsOf(item, `${path}[${index}]`);
  else if (template !== null && typeof template === 'object')
    for (const [key, value] of Object.entries(template)) yield* expressionsOf(value, `${path}/${key}`);
}
