import { createPublicKey } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { exportJWK, exportPKCS8, generateKeyPair, importPKCS8, type JWK, SignJWT } from 'jose';
import type { Clock } from '../adapters/ports.ts';
import { type Identity, jwksIdentity, type Role } from '../functions/support/http/identity.ts';
import { DEMO } from './demo-people.ts';

export type DemoPerson = {
  readonly person: string;
  readonly roles: readonly Role[];
  readonly provider?: string;
};

/** People of the demonstration, each with the roles and the institute that their tokens carry. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { person: DEMO.maker, roles: ['administrator'] },
  { person: DEMO.checkers[0], roles: ['approver'] },
  { person: DEMO.checkers[1], roles: ['approver'] },
  { person: 'demo.instituto.norte', roles: ['institute'], provider: 'instituto-norte' },
  { person: 'demo.instituto.sur', roles: ['institute'], provider: 'instituto-sur' },
  { person: 'demo.verificadora', roles: ['verifier'] },
  { person: 'demo.verificador.norte', roles: ['verifier'], provider: 'instituto-norte' },
  { person: 'demo.gestora', roles: ['case_worker'] },
  { person: DEMO.bankOperator, roles: ['bank_operator'] },
  { person: 'demo.auditora', roles: ['auditor'] },
];

export const AUDIENCE = 'cumple-local';
const TOKEN_SECONDS = 3600;

export type LocalIdentity = {
  readonly identity: Identity;
  readonly jwks: { keys: JWK[] };
  /** A token for somebody, as the identity provider of a ministry would issue it. */
  token(person: DemoPerson, seconds?: number): Promise<string>;
  readonly seconds: number;
};

/**
 * An identity provider for one machine. Its Ed25519 key is made at first use and kept in `keyFile`, readable by its
 * owner only; tokens of one folder are worth nothing in another.
 */
export async function localIdentity(options: {
  issuer: string;
  keyFile: string;
  clock: Clock;
}): Promise<LocalIdentity> {
  const { issuer, keyFile, clock } = options;
  const pem = (await readFile(keyFile, 'utf8').catch(() => undefined)) ?? (await newKey(keyFile));
  const key = await importPKCS8(pem, 'EdDSA');
  const jwk: JWK = { ...(await exportJWK(createPublicKey(pem))), alg: 'EdDSA', use: 'sig', kid: 'local' };
  const jwks = { keys: [jwk] };
  const now = () => new Date(clock.now());
  return {
    jwks,
    seconds: TOKEN_SECONDS,
    identity: jwksIdentity({ issuer, audience: AUDIENCE, keys: jwks, now }),
    token: ({ person, roles, provider }, seconds = TOKEN_SECONDS) => {
      const at = Math.floor(now().getTime() / 1000);
      return new SignJWT({ roles: [...roles], ...(provider !== undefined && { provider }) })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'local' })
        .setSubject(person)
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setIssuedAt(at)
        .setExpirationTime(at + seconds)
        .sign(key);
    },
  };
}

async function newKey(file: string): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA', { extractable: true });
  const pem = await exportPKCS8(privateKey);
  await mkdir(dirname(file), { recursive: true });
  // Two servers on one folder: the first key stays, both read it.
  await writeFile(file, pem, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  return readFile(file, 'utf8');
}
