import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { Ports } from '../adapters/ports.ts';
import { MAX_DOCUMENT_BYTES } from '../domain/records/claim.ts';
import {
  routes as administratorRoutes,
  handler as administrators,
} from '../functions/http/administrators.ts';
import { routes as approverRoutes, handler as approvers } from '../functions/http/approvers.ts';
import { routes as auditorRoutes, handler as auditors } from '../functions/http/auditors.ts';
import { routes as caseWorkerRoutes, handler as caseWorkers } from '../functions/http/case-workers.ts';
import { routes as instituteRoutes, handler as institutes } from '../functions/http/institutes.ts';
import { openApiDocument } from '../functions/http/openapi.ts';
import { routes as verifierRoutes, handler as verifiers } from '../functions/http/verifiers.ts';
import { provideIdentity } from '../functions/support/http/identity.ts';
import type { HttpEvent } from '../functions/support/http/request.ts';
import { matchPath, type Route } from '../functions/support/http/route.ts';
import { provideUploads } from '../functions/support/http/uploads.ts';
import { providePorts } from '../functions/support/ports.ts';
import { DEMO_PEOPLE, type LocalIdentity, localIdentity } from './identity.ts';
import { DOCUMENTS_PATH, signedDocuments } from './signed-documents.ts';

type Audience = {
  readonly routes: readonly Route[];
  readonly handler: (event: HttpEvent, context: never) => Promise<APIGatewayProxyStructuredResultV2>;
};
const AUDIENCES: readonly Audience[] = [
  { routes: instituteRoutes, handler: institutes },
  { routes: verifierRoutes, handler: verifiers },
  { routes: caseWorkerRoutes, handler: caseWorkers },
  { routes: administratorRoutes, handler: administrators },
  { routes: approverRoutes, handler: approvers },
  { routes: auditorRoutes, handler: auditors },
] as readonly Audience[];

export type LocalServer = {
  readonly url: string;
  readonly identity: LocalIdentity;
  close(): Promise<void>;
};

/**
 * Serves the API on 127.0.0.1 with the handlers that Lambda runs, a local identity provider (`POST /dev/token`) and
 * signed document requests. For one machine and its person only: it listens on no other address, and answers no
 * request that came under another host's name.
 */
export async function serveLocal(options: { ports: Ports; dir: string; port: number }): Promise<LocalServer> {
  const { ports, dir, port } = options;
  let url = '';
  const documents = await signedDocuments(ports, () => url);
  let identity: LocalIdentity | undefined;
  const server = createServer((request, response) => {
    answer({ request, ports, documents, identity: identity! })
      .catch(() => ({ status: 500, body: '' }))
      .then((result) => send(response, result));
  });
  url = `http://127.0.0.1:${await listen(server, port)}`;
  identity = await localIdentity({ issuer: url, keyFile: `${dir}/control/identity.pem`, clock: ports.clock });
  providePorts(ports);
  provideIdentity(identity.identity);
  provideUploads(documents.uploads);
  return {
    url,
    identity,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}

type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
};
type Call = {
  readonly request: IncomingMessage;
  readonly ports: Ports;
  readonly documents: Awaited<ReturnType<typeof signedDocuments>>;
  readonly identity: LocalIdentity;
};

async function answer({ request, ports, documents, identity }: Call): Promise<Answer> {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  if (host !== '127.0.0.1' && host !== 'localhost') return { status: 421, body: '' };
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const body = await bodyOf(request);
  if (!body) return { status: 413, body: '' };
  const headers = headersOf(request);
  const method = request.method ?? 'GET';
  if (pathname.startsWith(DOCUMENTS_PATH)) return documents.answer(method, pathname, headers, body);
  const own = await ownRoute(`${method} ${pathname}`, body, identity);
  if (own) return own;
  const event: HttpEvent = {
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
    body: body.toString('base64'),
    isBase64Encoded: true,
    requestContext: { requestId: requestId(ports), http: { method, path: pathname } },
  };
  const result = await dispatch(event);
  return {
    status: result.statusCode ?? 200,
    headers: result.headers as Record<string, string>,
    body: result.isBase64Encoded ? Buffer.from(result.body ?? '', 'base64') : (result.body ?? ''),
  };
}

/** What API Gateway does by its routes: hands the event to the audience that has its path. */
export async function dispatch(event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> {
  const audience = AUDIENCES.find(({ routes }) => routes.some(({ path }) => matchPath(path, event.rawPath)));
  return (audience ?? AUDIENCES[0]!).handler(event, {} as never);
}

let requests = 0;
const requestId = (ports: Ports): string => `local-${ports.clock.now().replace(/\D/g, '')}-${++requests}`;

const json = (value: unknown, status = 200): Answer => ({
  status,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});

/** What only the local server has: the API's description, the keys, and tokens for the demo people. */
async function ownRoute(name: string, body: Buffer, identity: LocalIdentity): Promise<Answer | undefined> {
  if (name === 'GET /openapi.json') return json(openApiDocument());
  if (name === 'GET /.well-known/jwks.json') return json(identity.jwks);
  if (name === 'GET /dev/people') return json({ people: DEMO_PEOPLE });
  if (name !== 'POST /dev/token') return undefined;
  const wanted = personIn(body);
  const person = DEMO_PEOPLE.find((candidate) => candidate.person === wanted);
  if (!person)
    return json({ error: 'invalid_request', people: DEMO_PEOPLE.map(({ person }) => person) }, 400);
  const access_token = await identity.token(person);
  return json({ access_token, token_type: 'Bearer', expires_in: identity.seconds });
}

function personIn(body: Buffer): unknown {
  try {
    return (JSON.parse(body.toString()) as { person?: unknown } | null)?.person;
  } catch {
    return undefined;
  }
}

/** The body, or undefined where it is larger than any document may be. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_DOCUMENT_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const headersOf = (request: IncomingMessage): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );

function send(response: ServerResponse, { status, headers = {}, body }: Answer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
