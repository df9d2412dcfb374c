/**
 * The OpenAPI 3.1 objects that our description uses (specification 3.1.0, section 4.8), strictly: an unknown field is
 * an error, so that a misspelt one is found.
 */
const closed = (properties: object, required: string[] = []) => ({
  type: 'object',
  properties,
  required,
  patternProperties: { '^x-': {} },
  additionalProperties: false,
});
const text = { type: 'string' };
const map = (values: object) => ({ type: 'object', additionalProperties: values });
const ref = (name: string) => ({ $ref: `#/$defs/${name}` });

export const OPENAPI_3_1 = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  ...closed(
    {
      openapi: { type: 'string', pattern: '^3\\.1\\.\\d+$' },
      info: closed({ title: text, version: text, description: text }, ['title', 'version']),
      jsonSchemaDialect: { type: 'string', pattern: '^https://' },
      security: { type: 'array', items: map({ type: 'array', items: text }) },
      paths: {
        type: 'object',
        patternProperties: { '^/': ref('pathItem') },
        additionalProperties: false,
      },
      components: closed({ securitySchemes: map(ref('securityScheme')), schemas: map(ref('schema')) }),
    },
    ['openapi', 'info', 'paths'],
  ),
  $defs: {
    pathItem: closed({
      get: ref('operation'),
      put: ref('operation'),
      post: ref('operation'),
      delete: ref('operation'),
    }),
    operation: closed(
      {
        operationId: text,
        tags: { type: 'array', items: text, uniqueItems: true },
        summary: text,
        description: text,
        parameters: { type: 'array', items: ref('parameter'), uniqueItems: true },
        requestBody: closed({ required: { type: 'boolean' }, content: map(ref('mediaType')) }, ['content']),
        responses: {
          type: 'object',
          minProperties: 1,
          patternProperties: { '^[1-5]\\d\\d$': ref('response') },
          additionalProperties: false,
        },
      },
      ['operationId', 'responses'],
    ),
    parameter: {
      ...closed(
        {
          name: text,
          in: { enum: ['path', 'query', 'header'] },
          required: { type: 'boolean' },
          schema: ref('schema'),
        },
        ['name', 'in', 'schema'],
      ),
      if: { properties: { in: { const: 'path' } } },
      // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
      then: { properties: { required: { const: true } }, required: ['required'] },
    },
    response: closed({ description: text, content: map(ref('mediaType')) }, ['description']),
    mediaType: closed({ schema: ref('schema') }),
    schema: { type: 'object' },
    securityScheme: closed({ type: { const: 'http' }, scheme: text, bearerFormat: text }, ['type', 'scheme']),
  },
};
