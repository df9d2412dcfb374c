import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalServer, serveLocal } from '../../../local/http-server.ts';
import { openWorld, type World } from './harness.ts';

let world: World;
let server: LocalServer;
beforeAll(async () => {
  world = await openWorld();
  server = await serveLocal({ ports: world.ports, dir: world.dir, port: 0 });
});
afterAll(async () => {
  await server.close();
  await world.close();
});

const ask = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);
async function tokenOf(person: string): Promise<string> {
  const answer = await ask('/dev/token', { method: 'POST', body: JSON.stringify({ person }) });
  return ((await answer.json()) as { access_token: string }).access_token;
}

it('listens on this machine only, under its own name only', async () => {
  expect(new URL(server.url).hostname).toBe('127.0.0.1');
  const status = await new Promise((resolve) => {
    httpRequest(`${server.url}/openapi.json`, { headers: { host: 'evil.test' } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).end();
  });
  expect(status).toBe(421);
});

it('gives demo people tokens that the handlers take, and strangers none', async () => {
  const token = await tokenOf('demo.instituto.norte');
  const headers = { authorization: `Bearer ${token}` };
  expect((await ask('/providers/instituto-norte/contracts', { headers })).status).toBe(200);
  expect((await ask('/providers/instituto-sur/contracts', { headers })).status).toBe(403);
  expect((await ask('/providers/instituto-norte/contracts')).status).toBe(401);
  for (const body of ['{"person":"root"}', 'no json', 'null'])
    expect((await ask('/dev/token', { method: 'POST', body })).status).toBe(400);
  const keys = (await (await ask('/.well-known/jwks.json')).json()) as { keys: Record<string, string>[] };
  expect(keys.keys).toHaveLength(1);
  expect(keys.keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519' });
  expect(keys.keys[0]!.d).toBeUndefined();
});

it('hands the routes of corrections to those who file, decide and audit them', async () => {
  const as = async (person: string, path: string, body?: object) =>
    (
      await ask(`/programmes/juntos/corrections${path}`, {
        headers: {
          authorization: `Bearer ${await tokenOf(person)}`,
          'idempotency-key': `llave-${person.length}-${path.length}`,
          'content-type': 'application/json',
        },
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      })
    ).status;
  const approve = { decision: 'approve' };
  for (const reader of ['demo.gestora', 'demo.auditora', 'demo.aprobadora.1'])
    expect(await as(reader, '')).toBe(200);
  expect(await as('demo.instituto.norte', '')).toBe(403);
  expect(await as('demo.aprobadora.1', '/R-1/decision', approve)).toBe(404);
  for (const reader of ['demo.gestora', 'demo.auditora'])
    expect(await as(reader, '/R-1/decision', approve)).toBe(403);
});

it('takes a document where it said, once, and only those bytes', async () => {
  const token = await tokenOf('demo.instituto.norte');
  const bytes = Buffer.from('contrato');
  const declared = {
    sha256: 'b0e6c0ae2db4c1a2a3a7d6b8c9b0a5f60000000000000000000000000000000000'.slice(0, 64),
    bytes: bytes.length,
    type: 'application/pdf',
    name: 'c.pdf',
  };
  const declare = async (body: object) => {
    const answer = await ask('/providers/instituto-norte/contracts/prueba-cali/documents', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as { url: string; headers: Record<string, string> };
  };
  const put = ({ url, headers }: { url: string; headers: Record<string, string> }) => {
    const { 'content-length': _length, ...rest } = headers;
    return fetch(url, { method: 'PUT', headers: rest, body: bytes });
  };
  expect((await put(await declare(declared))).status).toBe(400);
  const { createHash } = await import('node:crypto');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const right = await declare({ ...declared, sha256 });
  expect((await put({ ...right, url: right.url.replace(/.$/, (c) => (c === 'A' ? 'B' : 'A')) })).status).toBe(
    403,
  );
  expect((await put(right)).status).toBe(200);
  expect((await put(right)).status).toBe(412);
  const late = await declare({ ...declared, sha256: 'a'.repeat(64) });
  world.time.now = '2026-03-10T12:10:01Z';
  expect((await put(late)).status).toBe(403);
});

it('refuses a second server on its port', async () => {
  const port = Number(new URL(server.url).port);
  await expect(serveLocal({ ports: world.ports, dir: world.dir, port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
