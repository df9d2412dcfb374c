import { generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticate, words } from '../../../functions/support/http/identity.ts';
import { base, NORTE, openWorld, type World } from './harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const ask = (authorization: string) =>
  world.request(undefined, `GET ${base('norte')}/participants`, undefined, { headers: { authorization } });
async function forged(change: (jwt: SignJWT) => SignJWT): Promise<string> {
  const { privateKey } = await generateKeyPair('EdDSA');
  const jwt = new SignJWT({ roles: ['institute'], provider: 'norte' })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'local' })
    .setSubject('ana')
    .setIssuer('http://issuer.test')
    .setAudience('cumple-local')
    .setExpirationTime(1_900_000_000);
  return change(jwt).sign(privateKey);
}

describe('tokens', () => {
  it('lets a valid one in and nothing else', async () => {
    const good = await world.identity.token(NORTE);
    expect((await ask(`Bearer ${good}`)).status).toBe(200);
    const [head, body, mark] = good.split('.') as [string, string, string];
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString());
    const changed = Buffer.from(JSON.stringify({ ...claims, provider: 'sur' })).toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    for (const bad of [
      '',
      'Bearer',
      'Bearer x',
      `Basic ${good}`,
      `Bearer ${head}.${changed}.${mark}`,
      `Bearer ${none}.${body}.`,
      `Bearer ${await forged((jwt) => jwt)}`,
    ]) {
      const answer = await ask(bad);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toContain('Bearer realm="cumple"');
    }
  });

  it('ends with its expiry', async () => {
    const token = await world.identity.token(NORTE, 60);
    expect((await ask(`Bearer ${token}`)).status).toBe(200);
    const before = world.time.now;
    world.time.now = '2026-03-10T12:01:01Z';
    expect((await ask(`Bearer ${token}`)).status).toBe(401);
    world.time.now = before;
  });

  it('reads claims as API Gateway passes them on', async () => {
    const passed = {
      sub: 'pia',
      iss: 'http://issuer.test',
      aud: 'cumple-local',
      exp: '1900000000',
      'cognito:groups': '[approver auditor king]',
      'custom:provider': 'norte',
    };
    expect(await authenticate(undefined, passed, world.time.now)).toEqual({
      subject: 'pia',
      roles: ['approver', 'auditor'],
      provider: 'norte',
    });
    const refused = [
      { ...passed, iss: 'http://other.test' },
      { ...passed, aud: 'another-api' },
      { ...passed, exp: '1' },
      { ...passed, exp: undefined },
      { ...passed, sub: '' },
    ];
    for (const claims of refused)
      await expect(authenticate(undefined, claims, world.time.now)).rejects.toMatchObject({
        code: 'UNAUTHENTICATED',
      });
  });

  it('takes roles as an array or as text, and two institutes for none', async () => {
    expect(words('[approver auditor]')).toEqual(['approver', 'auditor']);
    expect(words('approver')).toEqual(['approver']);
    expect(words(['approver', 7])).toEqual(['approver']);
    expect(words(undefined)).toEqual([]);
    const common = { sub: 'x', iss: 'http://issuer.test', aud: 'cumple-local', exp: '1900000000' };
    const two = await authenticate(undefined, { ...common, provider: '[norte sur]' }, world.time.now);
    expect(two).toEqual({ subject: 'x', roles: [] });
  });
});
