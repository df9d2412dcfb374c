import { timingSafeEqual } from 'node:crypto';
import type { ObjectRef, Ports } from '../adapters/ports.ts';
import { sha256 } from '../domain/kernel/hash.ts';
import { keyedHash } from '../domain/kernel/ids.ts';
import { SIGNED_SECONDS, type SignedRequest, type Uploads } from '../functions/support/http/uploads.ts';

export const DOCUMENTS_PATH = '/_documents/';

type Grant = {
  readonly method: 'PUT' | 'GET';
  readonly ref: ObjectRef;
  readonly until: string;
  readonly declared?: { readonly sha256: string; readonly bytes: number; readonly type: string };
};
export type DocumentAnswer = {
  readonly status: number;
  readonly body: Uint8Array | string;
  readonly headers?: Readonly<Record<string, string>>;
};

const until = (now: string): string =>
  new Date(Date.parse(now) + SIGNED_SECONDS * 1000).toISOString().replace(/\.\d{3}Z$/, 'Z');
const checksum = (hex: string): string => Buffer.from(hex, 'hex').toString('base64');

/**
 * Presigned requests on one machine, by the contract of S3: a PUT needs the signed type, length and checksum, its
 * bytes must have that sha256, it ends after ten minutes, and what is there already answers 412.
 */
export async function signedDocuments(ports: Ports, baseUrl: () => string) {
  const hmac = keyedHash(await ports.keys.hmacKey());
  const signature = (text: string) => hmac(`document|${text}`);
  const sign = (grant: Grant): string => {
    const text = Buffer.from(JSON.stringify(grant)).toString('base64url');
    return `${baseUrl()}${DOCUMENTS_PATH}${text}.${signature(text).toString('base64url')}`;
  };
  const uploads: Uploads = {
    async put(ref, declared, now): Promise<SignedRequest> {
      const expiresAt = until(now);
      return {
        method: 'PUT',
        url: sign({ method: 'PUT', ref, declared, until: expiresAt }),
        headers: {
          'content-type': declared.type,
          'content-length': String(declared.bytes),
          'x-amz-checksum-sha256': checksum(declared.sha256),
          'if-none-match': '*',
        },
        expiresAt,
      };
    },
    async get(ref, now): Promise<SignedRequest> {
      const expiresAt = until(now);
      return { method: 'GET', url: sign({ method: 'GET', ref, until: expiresAt }), headers: {}, expiresAt };
    },
  };

  function opened(path: string): Grant | undefined {
    const [text = '', mark = ''] = path.slice(DOCUMENTS_PATH.length).split('.');
    const given = Buffer.from(mark, 'base64url');
    const wanted = signature(text);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
    return JSON.parse(Buffer.from(text, 'base64url').toString()) as Grant;
  }

  async function answer(
    method: string,
    path: string,
    headers: Readonly<Record<string, string | undefined>>,
    body: Uint8Array,
  ): Promise<DocumentAnswer> {
    const grant = opened(path);
    if (!grant || grant.method !== method) return { status: 403, body: 'SignatureDoesNotMatch' };
    if (grant.until < ports.clock.now()) return { status: 403, body: 'Request has expired' };
    if (grant.declared) return store(ports, grant.ref, grant.declared, headers, body);
    const bytes = await ports.objects.get(grant.ref);
    return bytes
      ? { status: 200, body: bytes, headers: { 'content-type': 'application/octet-stream' } }
      : { status: 404, body: 'NoSuchKey' };
  }
  return { uploads, answer };
}

async function store(
  ports: Ports,
  ref: ObjectRef,
  declared: { readonly sha256: string; readonly bytes: number; readonly type: string },
  headers: Readonly<Record<string, string | undefined>>,
  body: Uint8Array,
): Promise<DocumentAnswer> {
  const signed = {
    'content-type': declared.type,
    'x-amz-checksum-sha256': checksum(declared.sha256),
    'if-none-match': '*',
  };
  for (const [name, value] of Object.entries(signed))
    if (headers[name] !== value) return { status: 403, body: `SignatureDoesNotMatch: ${name}` };
  if (body.length !== declared.bytes) return { status: 403, body: 'SignatureDoesNotMatch: content-length' };
  if (sha256(body) !== declared.sha256) return { status: 400, body: 'BadDigest' };
  const outcome = await ports.objects.putIfAbsent(ref, body);
  return outcome === 'created' ? { status: 200, body: '' } : { status: 412, body: 'PreconditionFailed' };
}
