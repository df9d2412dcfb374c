import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRoutes } from '../../../functions/http/openapi.ts';
import { putContract } from '../../../functions/support/claims/contracts.ts';
import { CONTRACT } from './contract.ts';
import { base, job, NORTE, openWorld, type Person, SUR, VERIFIER, type World } from './harness.ts';

let world: World;
const SECRETS = ['secreto', 'oculta-sa', 'sol-secreta'];
const sol: Person = { ...SUR, person: 'sol-secreta' };
const tellsNothing = (text: string) => {
  for (const secret of SECRETS) expect(text).not.toContain(secret);
};
const events = (employer: string) => [{ ...job(employer)[0], contract: 'formal' }];
const register = (person: Person, id: string) =>
  world.request(person, `POST ${base(person.provider!)}/participants`, { id, attributes: { tier: 'A' } });
const claim = (person: Person, body: object, key?: string) =>
  world.request(
    person,
    `POST ${base(person.provider!)}/claims`,
    { milestone: 'placement', events: events('oculta-sa'), documents: [], ...body },
    key === undefined ? {} : { key },
  );

const PAPER = { sha256: 'a'.repeat(64), bytes: 16, type: 'application/pdf', name: 'contrato.pdf' };
/** A body that each route's schema takes. */
const BODIES: Record<string, unknown> = {
  registerParticipant: { id: 'n9' },
  requestUpload: PAPER,
  submitClaimsCsv: 'participant,milestone,kind,date\nn1,placement,job,2026-01-12',
  submitClaim: { participant: 'n1', milestone: 'placement', events: events('x'), documents: [] },
  correctClaim: { events: events('x'), documents: [] },
};

/** Sur has people, claims and a document; norte tries to get at them. */
let theirs: { id: string; sha256: string };
beforeAll(async () => {
  world = await openWorld();
  for (const id of ['secreto-1', 'secreto-2', 'secreto-3']) await register(sol, id);
  const paper = await world.document('sur', 'contrato secreto');
  const { json } = await claim(sol, { participant: 'secreto-1', documents: [paper] }, 'same-key-1');
  theirs = { id: json.id, sha256: paper.sha256 };
  await claim(sol, { participant: 'secreto-2' });
  await register(NORTE, 'n1');
  world.time.now = '2026-03-10T12:00:01Z';
});
afterAll(() => world.close());

const institutesRoutes = allRoutes.filter(({ roles }) => roles.institute);

describe('contracts of others', () => {
  it('are as if there were none: in lists, in cursors, on every route', async () => {
    const own = (id: string, providers: string[]) =>
      putContract(world.ports, { ...CONTRACT, id, providers }, 'adela');
    await own('a-secreto-contrato', ['sur']);
    await own('b-nuestro', ['norte']);
    await own('y-secreto-contrato', ['sur']);
    await own('z-nuestro', ['norte']);
    const seen: string[] = [];
    let cursor = '';
    do {
      const { json } = await world.request(NORTE, `GET /providers/norte/contracts?limit=1${cursor}`);
      seen.push(...json.items.map(({ id }: { id: string }) => id));
      if (json.next) expect(Buffer.from(json.next, 'base64url').toString()).not.toContain('secreto');
      cursor = json.next ? `&cursor=${json.next}` : '';
    } while (cursor !== '');
    expect(seen).toEqual(['b-nuestro', CONTRACT.id, 'z-nuestro']);
    const routes = institutesRoutes.filter(({ path }) =>
      path.startsWith('/providers/{provider}/contracts/{contract}'),
    );
    for (const { id, method, path, body, bodyType } of routes) {
      const ask = (contract: string) =>
        world.request(
          NORTE,
          `${method} ${path.replace('{provider}', 'norte').replace('{contract}', contract).replace('{claim}', theirs.id)}`,
          body ? BODIES[id] : undefined,
          { type: bodyType ?? 'application/json' },
        );
      const [others, none] = [await ask('y-secreto-contrato'), await ask('y-ninguno')];
      expect([id, others.status, others.json.detail]).toEqual([id, none.status, none.json.detail]);
      expect(others.json.code).toBe('UNKNOWN_CONTRACT');
    }
  });
});

describe('an institute that tries to get at another’s', () => {
  it('with a page cursor of the other: each list starts or ends in its own rows', async () => {
    for (const list of ['participants', 'claims'])
      for (const limit of [1, 2]) {
        const page = await world.request(sol, `GET ${base('sur')}/${list}?limit=${limit}`);
        const { next } = page.json;
        if (limit === 1) expect(next).toBeDefined();
        if (next === undefined) continue;
        for (const own of ['participants', 'claims']) {
          const answer = await world.request(NORTE, `GET ${base('norte')}/${own}?cursor=${next}`);
          expect([200, 400]).toContain(answer.status);
          tellsNothing(answer.text);
        }
      }
    // A cursor made by hand of the other's row.
    const forged = Buffer.from(JSON.stringify([`CL#${theirs.id}`])).toString('base64url');
    for (const own of ['participants', 'claims', '../sur/claims'])
      tellsNothing((await world.request(NORTE, `GET ${base('norte')}/${own}?cursor=${forged}`)).text);
  });

  it('with the other’s idempotency key and body: it runs as its own request, and gets no answer of the other', async () => {
    const answer = await claim(
      NORTE,
      {
        participant: 'secreto-1',
        documents: [
          { sha256: theirs.sha256, bytes: 16, type: 'application/pdf' as const, name: 'contrato.pdf' },
        ],
      },
      'same-key-1',
    );
    expect(answer).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
    expect(answer.headers['idempotency-replayed']).toBeUndefined();
    // The same person at two institutes has two sets of keys.
    const both: Person = { ...sol, provider: 'norte' };
    expect((await claim(both, { participant: 'n1' }, 'same-key-1')).headers['idempotency-replayed']).toBe(
      undefined,
    );
  });

  it('with the hash of the other’s document: it stands for nothing until its own bytes are there', async () => {
    await register(NORTE, 'n2');
    const paper = { sha256: theirs.sha256, bytes: 16, type: 'application/pdf', name: 'contrato.pdf' };
    const { json } = await claim(NORTE, {
      participant: 'n2',
      documents: [paper],
      events: events('textiles-sa'),
    });
    const mine = await world.until(
      () => world.request(NORTE, `GET ${base('norte')}/claims/${json.id}`),
      (answer) => answer.json.state === 'documents_missing',
    );
    expect(mine.json.documents).toMatchObject([{ sha256: theirs.sha256, missing: true }]);
    const upload = await world.request(NORTE, `POST ${base('norte')}/documents`, paper);
    expect(upload.json.url).not.toContain('sur');
    const path = new URL(upload.json.url).pathname;
    const taken = await world.documents.answer('GET', path, {}, new Uint8Array());
    expect(Buffer.from(taken.body).toString()).not.toContain('secreto');
  });

  it('with an id of the other’s claim, on every route that takes one', async () => {
    const routes = institutesRoutes.filter(
      ({ path }) => path.startsWith('/providers/') && path.includes('{claim}'),
    );
    expect(routes.map(({ id }) => id)).toEqual(['correctClaim', 'recheckClaim', 'withdrawClaim', 'getClaim']);
    for (const { method, path, body } of routes)
      for (const provider of ['norte', 'sur']) {
        const url = path
          .replace('{provider}', provider)
          .replace('{contract}', CONTRACT.id)
          .replace('{claim}', theirs.id);
        const given = body ? { events: events('textiles-sa'), documents: [] } : undefined;
        const answer = await world.request(NORTE, `${method} ${url}`, given);
        expect([answer.status, url]).toEqual([provider === 'norte' ? 404 : 403, url]);
        tellsNothing(answer.text.replaceAll(theirs.id, ''));
      }
    const { json } = await world.request(sol, `GET ${base('sur')}/claims/${theirs.id}`);
    expect(json).toMatchObject({ participant: 'secreto-1', revision: 1, events: events('oculta-sa') });
  });

  it('with the other’s people in a CSV: refused row by row, in the words for a stranger', async () => {
    const rows = ['participant,milestone,kind,date,contract,employer,provider'];
    for (const who of ['secreto-3', 'nadie']) rows.push(`${who},placement,job,2026-01-12,formal,x,sur`);
    const { json, text } = await world.request(NORTE, `POST ${base('norte')}/claims/csv`, rows.join('\n'), {
      type: 'text/csv',
    });
    expect(json.accepted).toEqual([]);
    const said = (json.issues as { line: number; message: string; code: string }[]).map(
      ({ code, message }) => `${code} ${message.replaceAll('secreto-3', '-').replaceAll('nadie', '-')}`,
    );
    expect(said).toHaveLength(2);
    expect(said[0]).toBe(said[1]);
    tellsNothing(text.replaceAll('secreto-3', ''));
  });

  it('as a verifier of its own: it neither reads nor decides a claim of its institute', async () => {
    const insider: Person = { person: 'iris', roles: ['verifier'], provider: 'sur' };
    const at = `/programmes/${CONTRACT.id}/verifications/${theirs.id}`;
    await world.until(
      () => world.request(VERIFIER, `GET ${at}`),
      ({ status }) => status === 200,
    );
    for (const [name, body] of [
      [`GET ${at}`, undefined],
      [`POST ${at}/decision`, { verdict: 'confirmed', reasons: [] }],
    ] as const) {
      const answer = await world.request(insider, name, body);
      expect([403, 404]).toContain(answer.status);
      tellsNothing(answer.text.replaceAll(theirs.id, ''));
    }
    const { json: still } = await world.request(sol, `GET ${base('sur')}/claims/${theirs.id}`);
    expect(still.state).toBe('awaiting_verifier');
    const queue = await world.request(insider, `GET /programmes/${CONTRACT.id}/verifications`);
    expect(queue.json.items).not.toContainEqual(expect.objectContaining({ claim: theirs.id }));
  });
});
