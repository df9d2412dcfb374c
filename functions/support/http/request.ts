import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { z } from 'zod';
import { Refused } from '../../../domain/kernel/result.ts';
import type { Claims } from './identity.ts';
import { badInput, HttpProblem, zodWords } from './problem.ts';
import type { Route } from './route.ts';
import { type Language, SaidRefusal } from './said.ts';

/** What we read of an API Gateway HTTP API event (payload format 2.0); the local server makes the same. */
export type HttpEvent = Pick<
  APIGatewayProxyEventV2,
  'rawPath' | 'rawQueryString' | 'headers' | 'body' | 'isBase64Encoded'
> & {
  readonly requestContext: {
    readonly requestId: string;
    readonly http: { readonly method: string; readonly path: string };
    readonly authorizer?: { readonly jwt?: { readonly claims?: Claims } };
  };
};

const MAX_BYTES = 64 * 1024;
const NO_QUERY = z.strictObject({});

export const headerOf = (event: HttpEvent, name: string): string | undefined =>
  event.headers[name] ?? Object.entries(event.headers).find(([key]) => key.toLowerCase() === name)?.[1];

export type Inputs = {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly raw: string;
};

/** Params, query and body of a request by the route's schemas. Refused, with every field: what does not fit. */
export function readInputs(
  route: Route,
  event: HttpEvent,
  path: Record<string, string>,
  language: Language,
): Inputs {
  const raw = rawBody(route, event);
  return {
    params: checked(route.params, path, 'path', language),
    query: checked(route.query ?? NO_QUERY, queryOf(event), 'query', language),
    body: route.body ? checked(route.body, bodyOf(route, raw), 'body', language) : undefined,
    raw,
  };
}

function checked(schema: z.ZodType, value: unknown, where: string, language: Language): unknown {
  const parsed = schema.safeParse(value, { error: zodWords(language) });
  if (parsed.success) return parsed.data;
  throw badInput(parsed.error, where);
}

function queryOf(event: HttpEvent): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(event.rawQueryString)) {
    if (Object.hasOwn(query, name) || name === '__proto__')
      throw new SaidRefusal('BAD_INPUT', {
        es: 'un parámetro de la consulta está repetido',
        en: 'a query parameter is repeated',
      });
    query[name] = value;
  }
  return query;
}

function rawBody(route: Route, event: HttpEvent): string {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (!route.body) return '';
  if (bytes.length > (route.maxBytes ?? MAX_BYTES)) throw new HttpProblem('BODY_TOO_LARGE');
  const expected = route.bodyType ?? 'application/json';
  const type = (headerOf(event, 'content-type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (type !== expected)
    throw new HttpProblem('UNSUPPORTED_MEDIA_TYPE', {
      es: `esta ruta recibe ${expected}`,
      en: `this route takes ${expected}`,
    });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refused({ code: 'FILE_ENCODING', message: 'the body is not UTF-8' });
  }
}

function bodyOf(route: Route, raw: string): unknown {
  if (route.bodyType === 'text/csv') return raw;
  try {
    return JSON.parse(raw);
  } catch {
    throw new SaidRefusal('BAD_INPUT', { es: 'el cuerpo no es JSON', en: 'the body is not JSON' });
  }
}
