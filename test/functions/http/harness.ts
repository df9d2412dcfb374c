import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localControl, localObjects, seededKeys } from '../../../adapters/local/index.ts';
import type { Ports } from '../../../adapters/ports.ts';
import { sha256 } from '../../../domain/kernel/hash.ts';
import { manifest } from '../../../functions/manifest.ts';
import { putContract } from '../../../functions/support/claims/contracts.ts';
import { provideIdentity, type Role } from '../../../functions/support/http/identity.ts';
import { provideUploads } from '../../../functions/support/http/uploads.ts';
import { logTo } from '../../../functions/support/log.ts';
import { providePorts } from '../../../functions/support/ports.ts';
import { createRuntime, type Runtime } from '../../../local/asl/runtime.ts';
import { dispatch } from '../../../local/http-server.ts';
import { localIdentity } from '../../../local/identity.ts';
import { workflowDefinitions } from '../../../local/session.ts';
import { signedDocuments } from '../../../local/signed-documents.ts';
import { CONTRACT } from './contract.ts';

export type Person = { person: string; roles: readonly Role[]; provider?: string };
export const NORTE: Person = { person: 'ana', roles: ['institute'], provider: 'norte' };
export const SUR: Person = { person: 'sol', roles: ['institute'], provider: 'sur' };
export const VERIFIER: Person = { person: 'vera', roles: ['verifier'] };
export const ADMIN: Person = { person: 'adela', roles: ['administrator'] };
export const APPROVER: Person = { person: 'pia', roles: ['approver'] };
export const AUDITOR: Person = { person: 'aura', roles: ['auditor'] };

export type Answer = {
  status: number;
  headers: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers as a client would
  json: any;
  text: string;
};
type Options = { headers?: Record<string, string>; key?: string; type?: string };

/**
 * A world in a temporary folder: local ports, a clock that a test moves, the real workflow, a local identity. `before`
 * puts there what was before the API.
 */
export async function openWorld(before?: (dir: string) => Promise<void>) {
  const dir = mkdtempSync(join(tmpdir(), 'cumple-http-'));
  await before?.(dir);
  const control = localControl(join(dir, 'control.sqlite'));
  const time = { now: '2026-03-10T12:00:00Z' };
  const clock = { now: () => time.now };
  let runtime: Runtime | undefined;
  const keys = seededKeys(1);
  const workflows: Ports['workflows'] = {
    start: (...args) => runtime!.start(...args),
    describe: (id) => runtime!.describe(id),
    sendTaskSuccess: (...args) => runtime!.sendTaskSuccess(...args),
    sendTaskFailure: (...args) => runtime!.sendTaskFailure(...args),
  };
  const ports: Ports = { objects: localObjects(dir), control, workflows, clock, keys };
  const outcomeClaim = (await workflowDefinitions()).get('outcome-claim');
  const executions: string[] = [];
  const faults: string[] = [];
  runtime = createRuntime({
    file: join(dir, 'executions.sqlite'),
    definitions: new Map([['outcome-claim', outcomeClaim]]),
    invoke: (name, payload) =>
      call(name, payload).catch((error) => {
        faults.push(`${name}: ${error.stack}`);
        throw error;
      }),
    objects: { get: async () => undefined, put: async () => {} },
    onEvent: (event) => {
      if (event.type === 'execution-ended') executions.push(`${event.execution} ${event.status}`);
    },
  });
  const logs: string[] = [];
  // A sink must return nothing: middy takes what a middleware returns for the handler's answer.
  logTo((line) => {
    logs.push(line);
  });
  providePorts(ports);
  const identity = await localIdentity({ issuer: 'http://issuer.test', keyFile: join(dir, 'id.pem'), clock });
  provideIdentity(identity.identity);
  const documents = await signedDocuments(ports, () => 'http://documents.test');
  provideUploads(documents.uploads);
  await putContract(ports, CONTRACT, 'adela');

  let serial = 0;
  async function request(
    person: Person | undefined,
    name: string,
    body?: unknown,
    options: Options = {},
  ): Promise<Answer> {
    const [method = '', path = ''] = name.split(' ');
    const [rawPath = '', rawQueryString = ''] = path.split('?');
    const raw = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
    serial += 1;
    const own = serial;
    const result = await dispatch({
      rawPath,
      rawQueryString,
      headers: {
        ...(person && { authorization: `Bearer ${await identity.token(person)}` }),
        ...(raw !== '' && { 'content-type': options.type ?? 'application/json' }),
        'idempotency-key': options.key ?? `key-${String(own).padStart(6, '0')}`,
        ...options.headers,
      },
      body: raw,
      isBase64Encoded: false,
      requestContext: { requestId: `r${own}`, http: { method, path: rawPath } },
    });
    const text = result.isBase64Encoded
      ? Buffer.from(result.body ?? '', 'base64').toString()
      : (result.body ?? '');
    const headers = result.headers as Record<string, string>;
    const json = (headers['content-type'] ?? '').includes('json') ? JSON.parse(text) : undefined;
    return { status: result.statusCode ?? 0, headers, json, text };
  }

  const world = {
    dir,
    ports,
    control,
    logs,
    time,
    identity,
    documents,
    runtime,
    executions,
    request,
    /** Puts a document where its upload would, and gives its declaration. */
    async document(provider: string, content: string) {
      const hash = sha256(content);
      const key = `claims/${CONTRACT.id}/${provider}/${hash}`;
      await ports.objects.putIfAbsent({ bucket: 'documents', key }, Buffer.from(content));
      return {
        sha256: hash,
        bytes: Buffer.byteLength(content),
        type: 'application/pdf',
        name: 'contrato.pdf',
      };
    },
    /** Reads until `done`, in turns of the event loop: nothing here waits for a clock. */
    async until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
      for (let i = 0; i < 1_000; i++) {
        const value = await read();
        if (done(value)) return value;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      throw new Error(
        `it never came: ${executions.join()} ${faults.join('\n')} ${JSON.stringify(await read())}`,
      );
    },
    async close(): Promise<void> {
      await runtime?.close();
      providePorts(undefined);
      provideIdentity(undefined);
      provideUploads(undefined);
      logTo(() => {});
      control.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return world;
}
export type World = Awaited<ReturnType<typeof openWorld>>;

type Step = { handler: (event: unknown, context: unknown) => Promise<unknown> };
async function call(name: string, payload: unknown): Promise<unknown> {
  const entry = manifest.find((candidate) => candidate.name === name);
  if (!entry) throw new Error(`no function ${name}`);
  const module = (await import(new URL(`../../../${entry.file}`, import.meta.url).href)) as Step;
  return module.handler(payload, {});
}

export const base = (provider: string) => `/providers/${provider}/contracts/${CONTRACT.id}`;
export const job = (employer = 'textiles', date = '2026-01-12') => [{ kind: 'job', date, employer }];
