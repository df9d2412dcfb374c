import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes } from '../../../functions/http/openapi.ts';
import { ROLES, type Role } from '../../../functions/support/http/identity.ts';
import type { Route } from '../../../functions/support/http/route.ts';
import { CONTRACT } from './contract.ts';
import { openWorld, type Person, type World } from './harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const PARAMS: Record<string, string> = {
  provider: 'norte',
  contract: CONTRACT.id,
  programme: CONTRACT.id,
  claim: '20260310-0000000000000000',
  correction: 'R-2026-001',
  household: 'H001',
  period: '2026-03',
  name: 'report.json',
};
/** A file name that the route knows; whether there is such a file does not matter here. */
const nameOf = (route: Route) => (route.id === 'downloadStatement' ? 'statement.csv' : PARAMS.name!);
const urlOf = (route: Route) =>
  route.path.replace(/\{(\w+)\+?\}/g, (_all, name: string) =>
    name === 'name' ? nameOf(route) : PARAMS[name]!,
  );
/** A body that no schema takes: whoever is let in is told so (400), and nobody writes anything. */
const bodyOf = (route: Route) => (route.body ? (route.bodyType === 'text/csv' ? '' : '[]') : undefined);

type Case = { role: Role | 'nobody' | 'stranger'; provider: 'own' | 'other' | 'none' };
const CASES: Case[] = [
  { role: 'nobody', provider: 'none' },
  { role: 'stranger', provider: 'own' },
  ...ROLES.flatMap((role) => (['own', 'other', 'none'] as const).map((provider) => ({ role, provider }))),
];
const personOf = ({ role, provider }: Case): Person | undefined =>
  role === 'nobody'
    ? undefined
    : {
        person: `p-${role}`,
        roles: role === 'stranger' ? [] : [role],
        ...(provider !== 'none' && { provider: provider === 'own' ? 'norte' : 'sur' }),
      };

/** What the route table says, worked out here a second time from roles and scopes alone. */
function expected(route: Route, { role, provider }: Case): 401 | 403 | 'in' {
  if (role === 'nobody') return 401;
  const scope = role === 'stranger' ? undefined : route.roles[role];
  if (scope === undefined) return 403;
  if (scope === 'own_provider') return provider === 'own' ? 'in' : 403;
  if (scope === 'other_provider' && route.path.includes('{provider}')) return provider === 'own' ? 403 : 'in';
  return 'in';
}

describe('route x role x provider', () => {
  it.each(allRoutes.map((route) => [route.id, route] as const))('%s', async (_id, route) => {
    const wrong: string[] = [];
    for (const one of CASES) {
      const options = { type: route.bodyType ?? 'application/json' };
      const answer = await world.request(
        personOf(one),
        `${route.method} ${urlOf(route)}`,
        bodyOf(route),
        options,
      );
      const want = expected(route, one);
      const let_in = ![401, 403].includes(answer.status) && answer.status < 500;
      if (want === 'in' ? !let_in : answer.status !== want)
        wrong.push(`${one.role}/${one.provider}: ${answer.status}, not ${want}`);
      if (answer.status >= 400) {
        expect(answer.headers['content-type']).toBe('application/problem+json');
        expect(answer.json.status).toBe(answer.status);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('says who may do what, so that a new route is seen here', () => {
    const lines = allRoutes.map(
      ({ id, roles }) =>
        `${id}: ${Object.entries(roles)
          .map(([role, scope]) => `${role}=${scope}`)
          .join(' ')}`,
    );
    expect(lines).toMatchInlineSnapshot(`
      [
        "listContracts: institute=own_provider auditor=any administrator=any",
        "registerParticipant: institute=own_provider",
        "listParticipants: institute=own_provider",
        "requestUpload: institute=own_provider",
        "submitClaimsCsv: institute=own_provider",
        "submitClaim: institute=own_provider",
        "listClaims: institute=own_provider auditor=any administrator=any",
        "correctClaim: institute=own_provider",
        "recheckClaim: institute=own_provider",
        "withdrawClaim: institute=own_provider",
        "getClaim: institute=own_provider auditor=any administrator=any",
        "listStatements: institute=own_provider auditor=any administrator=any",
        "downloadStatement: institute=own_provider auditor=any administrator=any",
        "listVerifications: verifier=other_provider",
        "getVerification: verifier=other_provider",
        "requestVerificationUpload: verifier=other_provider",
        "decideVerification: verifier=other_provider",
        "requestReversalUpload: verifier=other_provider administrator=any",
        "reportReversal: verifier=other_provider administrator=any",
        "listReversals: verifier=other_provider administrator=any approver=any auditor=any",
        "getReversal: verifier=other_provider administrator=any approver=any auditor=any",
        "submitCorrection: case_worker=any",
        "listCorrections: case_worker=any approver=any auditor=any administrator=any",
        "getCorrection: case_worker=any approver=any auditor=any administrator=any",
        "getHouseholdHistory: case_worker=any approver=any auditor=any",
        "listCycles: administrator=any approver=any auditor=any case_worker=any bank_operator=any",
        "getCycle: administrator=any approver=any auditor=any case_worker=any bank_operator=any",
        "withdrawProposal: administrator=any",
        "putContract: administrator=any",
        "commitSample: administrator=any",
        "getSample: administrator=any approver=any auditor=any case_worker=any bank_operator=any verifier=any institute=any",
        "drawSample: administrator=any",
        "getProposal: approver=any administrator=any auditor=any",
        "decideProposal: approver=any",
        "decideCorrection: approver=any",
        "decideReversal: approver=any",
        "listReports: auditor=any administrator=any",
        "downloadReport: auditor=any administrator=any",
      ]
    `);
  });

  it('has no route that writes for an auditor, and none that decides for a maker, a case worker or an institute', () => {
    const writes = allRoutes.filter(({ method }) => method !== 'GET');
    expect(writes.filter(({ roles }) => roles.auditor)).toEqual([]);
    const decisions = allRoutes.filter(({ id }) => id.startsWith('decide'));
    for (const { roles } of decisions)
      expect(roles.administrator ?? roles.case_worker ?? roles.institute).toBeUndefined();
    expect(decisions).toHaveLength(4);
    const filing = allRoutes.filter(({ id }) => id.startsWith('submit'));
    for (const { roles } of filing) expect(roles.approver ?? roles.verifier ?? roles.auditor).toBeUndefined();
  });
});

describe('what is not in the table', () => {
  const admin: Person = { person: 'a', roles: [...ROLES], provider: 'norte' };
  it.each([
    ['GET /', 404],
    ['GET /providers', 404],
    ['GET /providers/norte/contracts/', 404],
    ['GET /providers//contracts', 404],
    ['GET /providers/%E0%A4%A/contracts', 404],
    ['DELETE /providers/norte/contracts', 405],
    ['POST /providers/norte/contracts', 405],
    ['GET /providers/norte%23x/contracts', 400],
    ['GET /providers/nor%74e/contracts', 200],
    ['GET /providers/norte/statements', 200],
    ['GET /providers/norte/statements?cursor=b3RoZXI', 400],
    ['GET /providers/norte/statements/juntos/2026-03/statement.csv', 404],
    ['GET /providers/norte/statements/juntos/2026-03/manifest.json', 400],
    ['GET /providers/norte/statements/juntos/2026-13/statement.csv', 400],
    ['GET /providers/norte/statements/juntos/2026-03/..%2fsur%2fstatement.csv', 400],
    ['GET /providers/norte/statements/..%2fjuntos/2026-03/statement.csv', 400],
    [`GET /providers/norte/contracts/${CONTRACT.id}/claims/..`, 400],
    [`GET /programmes/${CONTRACT.id}/reports/2026-03/..%2f..%2fsecret`, 400],
    [`GET /programmes/${CONTRACT.id}/reports?limit=1000`, 400],
    [`GET /programmes/${CONTRACT.id}/reports?limit=1&limit=2`, 400],
    [`GET /programmes/${CONTRACT.id}/reports?cursor=b3RoZXIvMjAyNi0wMS94`, 400],
    [`GET /programmes/${CONTRACT.id}/reports?everything=yes`, 400],
    ['PUT /programmes/juntos/corrections', 405],
    ['DELETE /programmes/juntos/corrections/R-1', 405],
    ['POST /programmes/juntos/corrections/R-1', 405],
    ['GET /programmes/juntos/corrections/R-1/decision', 405],
    ['GET /programmes/juntos/corrections/..%2fR-1', 400],
    ['GET /programmes/juntos/corrections?state=PAID', 400],
    ['GET /programmes/juntos/households', 404],
    ['GET /programmes/juntos/households/H001', 404],
    ['POST /programmes/juntos/households/H001/history', 405],
  ])('%s is %i', async (name, status) => {
    expect((await world.request(admin, name)).status).toBe(status);
  });

  it('names the methods of a path', async () => {
    const answer = await world.request(admin, 'DELETE /contracts/x');
    expect(answer).toMatchObject({ status: 405, headers: { allow: 'PUT' } });
  });
});
