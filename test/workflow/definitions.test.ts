import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { load } from '../../local/asl/load.ts';
import { workflowDefinitions } from '../../local/session.ts';

// The package is CommonJS and has no types.
type Verdict = { isValid: boolean; errors: unknown[] };
const validateAsl = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => Verdict;

type Node = { [field: string]: unknown };
const definitions = await workflowDefinitions();

/** Every object of a definition that has fields of the language: machines, states, retriers, catchers, rules. */
function* partsOf(node: unknown, path = ''): Generator<[path: string, part: Node]> {
  if (Array.isArray(node)) for (const [i, item] of node.entries()) yield* partsOf(item, `${path}[${i}]`);
  if (node === null || typeof node !== 'object' || Array.isArray(node)) return;
  const isMap = path.endsWith('.States');
  if (!isMap) yield [path, node as Node];
  const data = new Set(['Arguments', 'Assign', 'Output', 'ItemSelector', 'Items']);
  for (const [field, value] of Object.entries(node))
    if (isMap || !data.has(field)) yield* partsOf(value, `${path}.${field}`);
}

describe.each([...definitions])('workflow %s', (_name, definition) => {
  test('loads in the strict local runtime and is valid to asl-validator', () => {
    expect(load(definition)).toMatchObject({ ok: true });
    expect(validateAsl(definition)).toMatchObject({ isValid: true, errors: [] });
  });

  test('a misspelt field anywhere is refused at load, with its place', () => {
    let tried = 0;
    for (const [path, part] of partsOf(definition))
      for (const field of Object.keys(part)) {
        const value = part[field];
        delete part[field];
        part[`${field}x`] = value;
        const loaded = load(definition);
        expect(loaded.ok, `${path}.${field}x`).toBe(false);
        // Either the stranger is named or the one that is missing.
        if (!loaded.ok) expect(loaded.cause).toContain(field);
        delete part[`${field}x`];
        part[field] = value;
        tried += 1;
      }
    expect(tried).toBeGreaterThan(30);
    expect(load(definition).ok, 'all is put back').toBe(true);
  });
});
