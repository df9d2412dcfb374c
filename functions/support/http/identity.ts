import { createLocalJWKSet, createRemoteJWKSet, type JSONWebKeySet, type JWTPayload, jwtVerify } from 'jose';
import { assert } from '../../../domain/kernel/assert.ts';
import { HttpProblem } from './problem.ts';

export const ROLES = [
  'administrator',
  'approver',
  'institute',
  'verifier',
  'case_worker',
  'bank_operator',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

/** Who asks: the token's subject, their roles, and the institute they belong to. */
export type Principal = {
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly provider?: string;
};

export type Claims = { readonly [name: string]: unknown };
export interface Identity {
  readonly issuer: string;
  readonly audience: string;
  /** The claims of a token that is ours, meant for us, signed and in time; anything else throws. */
  verify(token: string): Promise<Claims>;
}

/** Verifies with the keys of a JWKS (fetched and cached by `jose`), or with a key set given as it is. */
export function jwksIdentity(options: {
  issuer: string;
  audience: string;
  keys: URL | JSONWebKeySet;
  now?: () => Date;
}): Identity {
  const { issuer, audience, keys, now } = options;
  const key = keys instanceof URL ? createRemoteJWKSet(keys) : createLocalJWKSet(keys);
  return {
    issuer,
    audience,
    async verify(token) {
      const { payload } = await jwtVerify(token, key as ReturnType<typeof createLocalJWKSet>, {
        issuer,
        audience,
        requiredClaims: ['exp', 'sub'],
        // Signatures by asymmetric keys only: a token "signed" with a public key as a secret is none.
        algorithms: ['EdDSA', 'Ed25519', 'RS256', 'ES256'],
        ...(now && { currentDate: now() }),
      });
      return payload;
    },
  };
}

let identity: Identity | undefined;
/** Gives handlers their identity provider: the local server and tests call it; on Lambda the environment does. */
export function provideIdentity(next: Identity | undefined): void {
  identity = next;
}
export function currentIdentity(): Identity {
  identity ??= fromEnvironment(process.env);
  return identity;
}

function fromEnvironment(env: Readonly<Record<string, string | undefined>>): Identity {
  const { TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience, TOKEN_JWKS_URL: url } = env;
  assert(issuer && audience, 'TOKEN_ISSUER and TOKEN_AUDIENCE must be set');
  return jwksIdentity({ issuer, audience, keys: new URL(url ?? `${issuer}/.well-known/jwks.json`) });
}

/**
 * The principal of a request: from the claims that API Gateway's JWT authorizer verified and passed on, else from the
 * bearer token itself. Both are held against issuer, audience and expiry.
 */
export async function authenticate(
  authorization: string | undefined,
  passedOn: Claims | undefined,
  now: string,
): Promise<Principal> {
  const provider = currentIdentity();
  if (passedOn) {
    const audience = [...words(passedOn.aud), ...words(passedOn.client_id)];
    const fresh = Number(passedOn.exp) * 1000 > Date.parse(now);
    if (passedOn.iss !== provider.issuer || !audience.includes(provider.audience) || !fresh)
      throw unauthenticated('invalid_token');
    return principalOf(passedOn);
  }
  const token = /^Bearer ([A-Za-z0-9._~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (!token) throw unauthenticated();
  let claims: JWTPayload | Claims;
  try {
    claims = await provider.verify(token);
  } catch {
    throw unauthenticated('invalid_token');
  }
  return principalOf(claims);
}

function principalOf(claims: Claims): Principal {
  const { sub } = claims;
  if (typeof sub !== 'string' || sub === '' || sub.length > 128) throw unauthenticated('invalid_token');
  const named = [...words(claims.roles), ...words(claims['cognito:groups'])];
  const roles = ROLES.filter((role) => named.includes(role));
  const providers = words(claims.provider ?? claims['custom:provider']);
  // Two institutes in one token would let data cross; such a token belongs to none.
  return { subject: sub, roles, ...(providers.length === 1 && { provider: providers[0]! }) };
}

/** A claim as words. HTTP APIs hand arrays on as text, `[approver auditor]`; tokens have arrays or plain text. */
export function words(claim: unknown): string[] {
  if (Array.isArray(claim)) return claim.filter((item) => typeof item === 'string');
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[|\]$/g, '')
    .split(/[\s,]+/)
    .filter((word) => word !== '');
}

const unauthenticated = (error?: 'invalid_token') =>
  new HttpProblem('UNAUTHENTICATED', undefined, {
    'www-authenticate': `Bearer realm="cumple"${error ? `, error="${error}"` : ''}`,
  });
