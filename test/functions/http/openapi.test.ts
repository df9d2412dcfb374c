import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { allRoutes, openApiDocument } from '../../../functions/http/openapi.ts';
import { OPENAPI_3_1 } from './openapi-schema.ts';

const document = JSON.parse(JSON.stringify(openApiDocument()));
const committed = JSON.parse(
  readFileSync(new URL('../../../functions/http/openapi.json', import.meta.url), 'utf8'),
);
type Json = { [key: string]: unknown };

/** Every schema of the document, with where it stands. */
function* schemas(value: unknown, path = ''): Generator<[string, Json]> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, part] of Object.entries(value)) {
    if (key === 'schema') yield [path, part as Json];
    else if (path === '/components/schemas') yield [`${path}/${key}`, part as Json];
    else yield* schemas(part, `${path}/${key}`);
  }
}

describe('the OpenAPI description', () => {
  it('is the committed one: run this test’s document into functions/http/openapi.json when routes change', () => {
    expect(committed).toEqual(document);
  });

  it('is OpenAPI 3.1', () => {
    const ajv = new Ajv2020({ allErrors: true, strict: false });
    const validate = ajv.compile(OPENAPI_3_1);
    expect(validate(document) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...document, openapi: '3.0.0' })).toBe(false);
    expect(validate({ ...document, paths: { nowhere: {} } })).toBe(false);
    expect(validate({ ...document, paths: { '/x': { get: { responses: { 99: {} } } } } })).toBe(false);
  });

  it('has schemas of JSON Schema 2020-12 only, whose references lead somewhere', () => {
    const ajv = new Ajv2020({ strict: false });
    for (const [path, schema] of schemas(document)) {
      if (typeof schema.$ref === 'string') {
        const steps = schema.$ref.replace('#/', '').split('/');
        expect(
          steps.reduce((value, step) => (value as Json)[step] as Json, document),
          path,
        ).toBeTypeOf('object');
      } else expect(ajv.validateSchema(schema), `${path}: ${ajv.errorsText()}`).toBe(true);
    }
  });

  it('names each operation once, and every parameter of its path', () => {
    const ids = new Set<string>();
    for (const [path, item] of Object.entries(document.paths as { [path: string]: Json }))
      for (const operation of Object.values(item) as Json[]) {
        expect(ids.has(String(operation.operationId))).toBe(false);
        ids.add(String(operation.operationId));
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
        const given = (operation.parameters as Json[]).filter((p) => p.in === 'path').map((p) => p.name);
        expect(given.sort()).toEqual(named.sort());
      }
    expect(ids.size).toBe(allRoutes.length);
  });
});
