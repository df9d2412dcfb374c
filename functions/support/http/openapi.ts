import { z } from 'zod';
import { ProblemSchema } from './problem.ts';
import type { Route } from './route.ts';
import { entryOf, type ProblemCode } from './texts.ts';

type Json = { [key: string]: unknown };
const ALWAYS: readonly ProblemCode[] = ['UNAUTHENTICATED', 'NOT_ALLOWED', 'UNAVAILABLE', 'INTERNAL'];

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io,
    unrepresentable: 'any',
  }) as Json;
  return json;
};

/** OpenAPI 3.1 of a route table: the same schemas that check requests and responses. */
export function openApi(
  routes: readonly Route[],
  info: { title: string; version: string; description: string },
) {
  const paths: { [path: string]: Json } = {};
  for (const route of routes) {
    const path = route.path.replace('+}', '}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info,
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: schemaOf(ProblemSchema, 'output') },
    },
  };
}

function operation(route: Route): Json {
  const roles = Object.entries(route.roles).map(([role, scope]) => `${role} (${scope})`);
  return {
    operationId: route.id,
    tags: [route.audience],
    summary: route.summary.en,
    description: `${route.summary.es}\n\nRoles: ${roles.join(', ')}.`,
    'x-roles': route.roles,
    // OpenAPI has no way to say that a parameter takes the rest of the path; the gateway must know.
    ...(route.path.includes('+}') && { 'x-gateway-path': route.path }),
    parameters: [
      ...parameters(route.params, 'path'),
      ...(route.query ? parameters(route.query, 'query') : []),
      ...(route.idempotent ? [idempotencyParameter] : []),
      languageParameter,
    ],
    ...(route.body && {
      requestBody: {
        required: true,
        content: { [route.bodyType ?? 'application/json']: { schema: schemaOf(route.body, 'input') } },
      },
    }),
    responses: { [route.status]: success(route), ...problems(route) },
  };
}

const idempotencyParameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: true,
  schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,64}$' },
};
const languageParameter = {
  name: 'Accept-Language',
  in: 'header',
  required: false,
  schema: { type: 'string', default: 'es' },
};

function parameters(shape: z.ZodObject, where: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(shape, 'input') as {
    properties?: { [name: string]: Json };
    required?: string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: where,
    required: where === 'path' || required.includes(name),
    schema,
  }));
}

function success(route: Route): Json {
  if (route.response === 'file')
    return {
      description: route.summary.en,
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    };
  return {
    description: route.summary.en,
    content: { 'application/json': { schema: schemaOf(route.response, 'output') } },
  };
}

/** One response per status, naming the codes that it may carry. */
function problems(route: Route): Json {
  const codes: ProblemCode[] = [...ALWAYS, ...route.refusals, 'BAD_INPUT', 'NOT_FOUND'];
  if (route.body) codes.push('BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'FILE_ENCODING');
  if (route.idempotent) codes.push('IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_MISMATCH', 'IN_PROGRESS');
  const byStatus = new Map<number, Set<string>>();
  for (const code of codes) {
    const { status } = entryOf(code);
    byStatus.set(status, (byStatus.get(status) ?? new Set()).add(code));
  }
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...byStatus]
      .sort(([a], [b]) => a - b)
      .map(([status, names]) => [status, { description: [...names].sort().join(', '), content }]),
  );
}
