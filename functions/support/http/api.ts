import middy from '@middy/core';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { assert } from '../../../domain/kernel/assert.ts';
import { sha256 } from '../../../domain/kernel/hash.ts';
import { logger } from '../log.ts';
import { currentPorts } from '../ports.ts';
import { admit } from './admit.ts';
import { type Answer, idempotencyKeyOf, idempotencyRow, onlyOnce } from './idempotency.ts';
import { authenticate } from './identity.ts';
import { HttpProblem, problemOf } from './problem.ts';
import { type HttpEvent, headerOf, readInputs } from './request.ts';
import { type FileReply, matchPath, type Reply, type Route } from './route.ts';
import { languageOf } from './said.ts';

const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
} as const;

type Found = { readonly route: Route; readonly path: Record<string, string> };

/**
 * The handler of one audience: an API Gateway HTTP API event in, a response out, on Lambda and on one machine alike.
 * Order of the checks: is there such a route, who asks, may that role, may it reach this institute, is the request in
 * order, was it answered before. What no route allows is refused.
 */
export function httpHandler(routes: readonly Route[]) {
  return middy(async (event: HttpEvent) => serve(routes, event)).use(answerErrors());
}

async function serve(routes: readonly Route[], event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> {
  const { route, path } = find(routes, event);
  const { requestId, authorizer } = event.requestContext;
  const ports = await currentPorts();
  const principal = await authenticate(
    headerOf(event, 'authorization'),
    authorizer?.jwt?.claims,
    ports.clock.now(),
  );
  const role = admit(route, principal, path.provider);
  const language = languageOf(headerOf(event, 'accept-language'));
  const { params, query, body, raw } = readInputs(route, event, path, language);
  const key = route.idempotent ? idempotencyKeyOf(headerOf(event, 'idempotency-key')) : undefined;
  const request = { params, query, body, principal, language, idempotencyKey: key, role };
  const work = async () => answerOf(route, await route.run(request as never, { ports }), language);
  const hash = () => sha256(JSON.stringify([route.id, params, query, raw]));
  const answer = key
    ? await onlyOnce(ports, idempotencyRow(principal, key), hash(), work as () => Promise<Answer>)
    : await work();
  logger.info('request done', { step: route.id, requestId });
  const { status, headers, ...rest } = answer;
  return { statusCode: status, headers: { ...HEADERS, ...headers, 'x-request-id': requestId }, ...rest };
}

function find(routes: readonly Route[], event: HttpEvent): Found {
  const allowed: string[] = [];
  for (const route of routes) {
    const path = matchPath(route.path, event.rawPath);
    if (!path) continue;
    if (route.method === event.requestContext.http.method) return { route, path };
    allowed.push(route.method);
  }
  if (allowed.length > 0)
    throw new HttpProblem('METHOD_NOT_ALLOWED', undefined, { allow: [...new Set(allowed)].join(', ') });
  throw new HttpProblem('NOT_FOUND');
}

type Ready = Answer & { isBase64Encoded?: boolean };

/** A reply in bytes. One that does not fit the route's own schema is a bug, and says nothing to the caller. */
function answerOf(route: Route, reply: Reply<unknown> | FileReply, language: string): Ready {
  if ('location' in reply) return { status: 303, headers: { location: reply.location }, body: '' };
  if ('bytes' in reply) {
    assert(route.response === 'file', `${route.id} answers JSON`);
    return {
      status: route.status,
      headers: {
        'content-type': reply.type,
        'content-disposition': `attachment; filename="${reply.name.replace(/[^\w.-]/g, '_')}"`,
      },
      body: Buffer.from(reply.bytes).toString('base64'),
      isBase64Encoded: true,
    };
  }
  assert(route.response !== 'file', `${route.id} answers a file`);
  return {
    status: reply.status ?? route.status,
    headers: { 'content-type': 'application/json', 'content-language': language, ...reply.headers },
    body: JSON.stringify(route.response.parse(reply.body)),
  };
}

/** Every error leaves as a problem document; logs get its code, never its text. */
function answerErrors(): middy.MiddlewareObj<HttpEvent, APIGatewayProxyStructuredResultV2> {
  return {
    onError: (request) => {
      const { event, error } = request;
      const requestId = event?.requestContext?.requestId ?? 'unknown';
      const language = languageOf(event?.headers ? headerOf(event, 'accept-language') : undefined);
      const problem = problemOf(error, language, requestId);
      logger.error('request refused', { step: 'http', requestId, error: problem.code });
      request.response = {
        statusCode: problem.status,
        headers: {
          ...HEADERS,
          'content-type': 'application/problem+json',
          'content-language': language,
          'x-request-id': requestId,
          ...(problem.status === 503 && { 'retry-after': '5' }),
          ...(error instanceof HttpProblem && error.headers),
        },
        body: JSON.stringify(problem),
      };
    },
  };
}
