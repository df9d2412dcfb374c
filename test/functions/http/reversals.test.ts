import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { claimTeller } from '../../../functions/support/claims/tell.ts';
import { acceptEvidence } from '../claims/evidence.ts';
import { CONTRACT } from './contract.ts';
import {
  ADMIN,
  APPROVER,
  AUDITOR,
  base,
  NORTE,
  openWorld,
  type Person,
  VERIFIER,
  type World,
} from './harness.ts';

// The way of a paid claim that is found false, as people take it over HTTP.

let world: World;
const programme = CONTRACT.id;
let paid: string;
let waiting: string;
beforeAll(async () => {
  world = await openWorld();
  const rows = ['p1', 'p2'].map((subject) => ({
    ...{ subject, kind: 'payroll/empresa', period: '2026-01', value: '900.00' },
  }));
  await acceptEvidence(world.ports, programme, 'payroll01', rows);
  const claims: string[] = [];
  for (const id of ['p1', 'p2']) {
    await world.request(NORTE, `POST ${base('norte')}/participants`, { id, attributes: { tier: 'A' } });
    const { json } = await world.request(NORTE, `POST ${base('norte')}/claims`, {
      participant: id,
      milestone: 'placement',
      events: [
        { kind: 'job', date: '2026-01-12', end: '2026-01-31', contract: 'formal', employer: 'empresa' },
      ],
      documents: [await world.document('norte', id)],
    });
    claims.push(json.id);
  }
  [paid, waiting] = claims as [string, string];
  await world.until(
    () => world.control.query(`P#${programme}#FRAME#2026-03`),
    ({ items }) => items.length === 2,
  );
  await world.request(ADMIN, `POST /programmes/${programme}/samples/2026-03/draws`, {});
  await world.until(
    () => world.request(VERIFIER, `GET /programmes/${programme}/verifications`),
    ({ json }) => json.items.length === 2,
  );
  await world.request(VERIFIER, `POST /programmes/${programme}/verifications/${paid}/decision`, {
    verdict: 'confirmed',
    reasons: [],
  });
  const tell = claimTeller(world.ports);
  const outcome = { contract: programme, provider: 'norte', participant: 'p1', milestone: 'placement' };
  const march = { programme: 'pago', period: '2026-03' };
  await tell(outcome, { event: 'paid', settledIn: march, in: march, on: '2026-03-30' });
});
afterAll(() => world.close());

const urlOf = (claim: string, provider = 'norte') => `${base(provider)}/claims/${claim}/reversal`;
const VITO: Person = { person: 'vito', roles: ['verifier'] };
const BODY = { reason: 'nunca trabajó allí' };
const report = (claim: string, person: Person = VITO, body: object = BODY) =>
  world.request(person, `POST ${urlOf(claim)}`, body);
const decide = (claim: string, person: Person, body: object = { decision: 'approve' }) =>
  world.request(person, `POST /programmes/${programme}/reversals/${claim}/decision`, body);

describe('a paid claim that is found false', () => {
  it.each<[string, () => ReturnType<typeof report>, number, string]>([
    ['a claim that no cycle has settled', () => report(waiting), 409, 'WRONG_STAGE'],
    ['an unknown claim', () => report('20260310-0000000000000000'), 404, 'NOT_FOUND'],
    ['no reason', () => report(paid, VITO, { reason: ' ' }), 400, 'BAD_INPUT'],
    [
      'a document that was not uploaded',
      () => report(paid, VITO, { ...BODY, documents: ['0'.repeat(64)] }),
      400,
      'BAD_INPUT',
    ],
    [
      'an administrator of the institute',
      () => report(paid, { ...ADMIN, provider: 'norte' }),
      403,
      'NOT_ALLOWED',
    ],
    ['a verifier of the institute', () => report(paid, { ...VITO, provider: 'norte' }), 403, 'NOT_ALLOWED'],
    ['a decision on nothing', () => decide(paid, APPROVER), 404, 'NOT_FOUND'],
  ])('is not reported: %s', async (_name, run, status, code) => {
    const { status: got, json } = await run();
    expect([got, json.code]).toEqual([status, code]);
    expect(json.next).toBeTruthy();
  });

  it('is reported with its document, decided by somebody without a part in it, and told to its institute', async () => {
    const content = 'acta de la visita';
    const declared = await world.document('norte', content);
    const upload = await world.request(VITO, `POST ${urlOf(paid)}/documents`, declared);
    expect([upload.status, upload.json.sha256]).toEqual([201, declared.sha256]);
    const key = `verifications/${programme}/${paid}/${declared.sha256}`;
    await world.ports.objects.putIfAbsent({ bucket: 'documents', key }, Buffer.from(content));
    const reported = await report(paid, VITO, { ...BODY, documents: [declared.sha256] });
    expect([reported.status, reported.json]).toMatchObject([
      201,
      { state: 'SUBMITTED', submittedBy: 'vito', verifiedBy: 'vera', documents: [declared.sha256] },
    ]);
    const list = (person: Person) =>
      world.request(person, `GET /programmes/${programme}/reversals?state=SUBMITTED`);
    for (const person of [VITO, ADMIN, APPROVER, AUDITOR])
      expect((await list(person)).json.items.map(({ claim }: { claim: string }) => claim)).toEqual([paid]);
    const insider = { ...VITO, provider: 'norte' };
    expect((await list(insider)).json.items).toEqual([]);
    const one = `GET /programmes/${programme}/reversals/${paid}`;
    expect((await world.request(insider, one)).status).toBe(404);

    const both = (person: string): Person => ({ person, roles: ['approver', 'verifier'] });
    expect((await decide(paid, both('vito'))).json.code).toBe('SELF_APPROVAL');
    expect((await decide(paid, both('vera'))).json.code).toBe('NOT_ALLOWED');
    expect((await decide(paid, { ...APPROVER, provider: 'norte' })).json.code).toBe('NOT_ALLOWED');
    expect((await decide(paid, APPROVER, { decision: 'refuse' })).status).toBe(400);
    expect((await decide(paid, APPROVER)).json).toMatchObject({ state: 'APPROVED', decidedBy: 'pia' });
    expect((await decide(paid, { ...APPROVER, person: 'paz' })).json.code).toBe('WRONG_STAGE');
    expect((await report(paid, { ...VITO, person: 'otto' })).json.code).toBe('WRONG_STAGE');

    const said = async (language: string) =>
      (
        await world.request(NORTE, `GET ${base('norte')}/claims/${paid}`, undefined, {
          headers: { 'accept-language': language },
        })
      ).json;
    expect(await said('en')).toMatchObject({
      state: 'paid',
      stateText:
        'Paid on 2026-03-30; cycle pago 2026-03. Found false on 2026-03-10 (nunca trabajó allí): the next cycle takes it back',
      foundFalse: { reason: 'nunca trabajó allí' },
    });
    expect((await said('es')).stateText).toContain('se descuenta en el ciclo siguiente');
  });
});
