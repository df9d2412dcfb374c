import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONTRACT } from './contract.ts';
import { ADMIN, base, job, NORTE, openWorld, SUR, VERIFIER, type World } from './harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const events = (employer?: string) => job(employer).map((event) => ({ ...event, contract: 'formal' }));
const register = (id: string, person = NORTE) =>
  world.request(person, `POST ${base(person.provider!)}/participants`, { id, attributes: { tier: 'A' } });
async function claimBody(id: string, provider: string, content = `contrato de ${id}`) {
  return {
    participant: id,
    milestone: 'placement',
    events: events(`empresa-${id}`),
    documents: [await world.document(provider, content)],
  };
}
const claimOf = (id: string, person = NORTE) =>
  world.request(person, `GET ${base(person.provider!)}/claims/${id}`);

describe('a claim from the institute to its decision', () => {
  it('goes through documents, checks and a verifier, and its institute follows it', async () => {
    expect((await register('p1')).status).toBe(201);
    const submitted = await world.request(
      NORTE,
      `POST ${base('norte')}/claims`,
      await claimBody('p1', 'norte'),
    );
    expect(submitted.status).toBe(201);
    expect(submitted.headers.location).toBe(`${base('norte')}/claims/${submitted.json.id}`);
    const id = submitted.json.id as string;
    // No payroll was loaded, so no source can tell: a person must look.
    const waiting = await world.until(
      () => claimOf(id),
      (answer) => answer.json.state === 'awaiting_verifier',
    );
    const unknown = waiting.json.checks.filter(({ outcome }: { outcome: string }) => outcome === 'unknown');
    expect(unknown).toMatchObject([{ code: 'PAYROLL_JOB', next: expect.stringContaining('empleador') }]);

    const queue = await world.request(VERIFIER, `GET /programmes/${CONTRACT.id}/verifications`);
    expect(queue.json.items).toMatchObject([{ claim: id, provider: 'norte', milestone: 'placement' }]);
    const seen = await world.request(VERIFIER, `GET /programmes/${CONTRACT.id}/verifications/${id}`);
    expect(seen.json.person).toEqual({ id: 'p1', attributes: { tier: 'A' } });
    expect(seen.json.downloads).toHaveLength(1);
    const path = new URL(seen.json.downloads[0].url).pathname;
    const download = await world.documents.answer('GET', path, {}, new Uint8Array());
    expect(Buffer.from(download.body).toString()).toBe('contrato de p1');

    const decided = await world.request(
      VERIFIER,
      `POST /programmes/${CONTRACT.id}/verifications/${id}/decision`,
      { verdict: 'confirmed', reasons: ['visita al empleador'] },
    );
    expect(decided).toMatchObject({ status: 200, json: { claim: id, state: 'verified' } });
    await world.until(
      async () => world.executions,
      (ended) => ended.some((line) => line.includes(id) && line.endsWith('SUCCEEDED')),
    );
    const after = await claimOf(id);
    expect(after.json.decision).toMatchObject({ outcome: 'verified', by: 'verifier' });
    expect(after.text).not.toContain('vera');
  });

  it('waits for a document that was not uploaded, and goes on when it is', async () => {
    await register('p2');
    const content = 'contrato de p2';
    const declared = { ...(await world.document('sur', content)), name: 'c.pdf' };
    const { json } = await world.request(NORTE, `POST ${base('norte')}/claims`, {
      participant: 'p2',
      milestone: 'placement',
      events: events('empresa-p2'),
      documents: [declared],
    });
    const missing = await world.until(
      () => claimOf(json.id),
      (answer) => answer.json.state === 'documents_missing',
    );
    expect(missing.json.documents).toMatchObject([{ sha256: declared.sha256, missing: true }]);

    const upload = await world.request(NORTE, `POST ${base('norte')}/documents`, declared);
    expect(upload.status).toBe(201);
    const put = (headers: Record<string, string>, body: string) =>
      world.documents.answer('PUT', new URL(upload.json.url).pathname, headers, Buffer.from(body));
    expect(await put(upload.json.headers, 'contrato de p3')).toMatchObject({
      status: 400,
      body: 'BadDigest',
    });
    expect(await put({ ...upload.json.headers, 'content-type': 'image/png' }, content)).toMatchObject({
      status: 403,
    });
    expect(await put(upload.json.headers, `${content}!`)).toMatchObject({ status: 403 });
    expect(await put(upload.json.headers, content)).toMatchObject({ status: 200 });
    expect(await put(upload.json.headers, content)).toMatchObject({ status: 412 });

    const again = await world.request(NORTE, `POST ${base('norte')}/claims/${json.id}/checks`);
    expect(again.status).toBe(202);
    await world.until(
      () => claimOf(json.id),
      (answer) => answer.json.state === 'awaiting_verifier',
    );
  });

  it('refuses an own-employer placement, says why, and takes the correction', async () => {
    await register('p4');
    const body = await claimBody('p4', 'norte');
    const { json } = await world.request(NORTE, `POST ${base('norte')}/claims`, {
      ...body,
      events: events('norte'),
    });
    const refused = await world.until(
      () => claimOf(json.id),
      (answer) => answer.json.state === 'refused',
    );
    expect(refused.json.decision).toMatchObject({
      outcome: 'refused',
      by: 'checks',
      reasons: ['OWN_EMPLOYER'],
    });
    const failed = refused.json.checks.find(({ code }: { code: string }) => code === 'OWN_EMPLOYER');
    expect(failed).toMatchObject({ outcome: 'fail', next: 'Una contratación propia no se paga.' });

    const corrected = await world.request(NORTE, `POST ${base('norte')}/claims/${json.id}/corrections`, {
      events: events('textiles-sa'),
      documents: body.documents,
    });
    expect(corrected).toMatchObject({ status: 202, json: { state: 'received', revision: 2 } });
    await world.until(
      () => claimOf(json.id),
      (answer) => answer.json.state === 'awaiting_verifier',
    );
  });

  it('refuses a document that another person’s claim used', async () => {
    await register('p5');
    await register('p6', SUR);
    const first = await world.request(
      NORTE,
      `POST ${base('norte')}/claims`,
      await claimBody('p5', 'norte', 'reciclado'),
    );
    await world.until(
      () => claimOf(first.json.id),
      (answer) => answer.json.state === 'awaiting_verifier',
    );
    const second = await world.request(
      SUR,
      `POST ${base('sur')}/claims`,
      await claimBody('p6', 'sur', 'reciclado'),
    );
    const refused = await world.until(
      () => claimOf(second.json.id, SUR),
      (answer) => answer.json.state === 'refused',
    );
    expect(refused.json.decision.reasons).toEqual(['DOCUMENT_REUSED']);
    expect(refused.text).not.toContain('norte');
    expect((await claimOf(first.json.id)).json.state).toBe('awaiting_verifier');
  });

  it('whoever showed a document first and had it copied meanwhile goes to a verifier, the copy is refused', async () => {
    await register('p8');
    await register('p9', SUR);
    // Declared first, uploaded last: the checks of the first claim run when the copy has come.
    const late = await claimBody('p8', 'norte', 'otro');
    const sha256 = createHash('sha256').update('copiado').digest('hex');
    late.documents[0] = { ...late.documents[0]!, sha256, bytes: 'copiado'.length };
    const { json } = await world.request(NORTE, `POST ${base('norte')}/claims`, late);
    await world.until(
      () => claimOf(json.id),
      (answer) => answer.json.state === 'documents_missing',
    );
    const { now } = world.time;
    world.time.now = '2026-03-10T12:00:01Z';
    const copy = await world.request(
      SUR,
      `POST ${base('sur')}/claims`,
      await claimBody('p9', 'sur', 'copiado'),
    );
    const refused = await world.until(
      () => claimOf(copy.json.id, SUR),
      (answer) => answer.json.state === 'refused',
    );
    expect(refused.json.decision.reasons).toEqual(['DOCUMENT_REUSED']);
    world.time.now = now;
    await claimBody('p8', 'norte', 'copiado');
    await world.request(NORTE, `POST ${base('norte')}/claims/${json.id}/checks`, {});
    const mine = await world.until(
      () => claimOf(json.id),
      (answer) => answer.json.state === 'awaiting_verifier',
    );
    const check = mine.json.checks.find(({ code }: { code: string }) => code === 'DOCUMENT_REUSED');
    expect(check.outcome).toBe('unknown');
    expect(mine.text).not.toContain('sur');
  });

  it('a document attached to the wrong person is free for its own once that claim is corrected or withdrawn', async () => {
    for (const id of ['w1', 'w2', 'w3', 'w4']) await register(id);
    const submit = async (id: string, content: string) =>
      (await world.request(NORTE, `POST ${base('norte')}/claims`, await claimBody(id, 'norte', content))).json
        .id as string;
    const in_ = (id: string, state: string) =>
      world.until(
        () => claimOf(id),
        (answer) => answer.json.state === state,
      );
    // Refused for its employer, corrected with the right paper.
    const { json } = await world.request(NORTE, `POST ${base('norte')}/claims`, {
      ...(await claimBody('w1', 'norte', 'papel de w2')),
      events: events('norte'),
    });
    await in_(json.id, 'refused');
    await in_(await submit('w2', 'papel de w2'), 'refused');
    const own = await claimBody('w1', 'norte', 'papel de w1');
    await world.request(NORTE, `POST ${base('norte')}/claims/${json.id}/corrections`, {
      events: own.events,
      documents: own.documents,
    });
    await in_(json.id, 'awaiting_verifier');
    // Withdrawn while its paper was still missing.
    const late = await claimBody('w3', 'norte', 'otro papel');
    const sha256 = createHash('sha256').update('papel de w4').digest('hex');
    late.documents[0] = { ...late.documents[0]!, sha256, bytes: 'papel de w4'.length };
    const wrong = await world.request(NORTE, `POST ${base('norte')}/claims`, late);
    await in_(wrong.json.id, 'documents_missing');
    await world.request(NORTE, `POST ${base('norte')}/claims/${wrong.json.id}/withdrawal`, {});
    await in_(await submit('w4', 'papel de w4'), 'awaiting_verifier');
    const again = (await world.request(NORTE, `GET ${base('norte')}/claims?limit=100`)).json.items.find(
      ({ participant }: { participant: string }) => participant === 'w2',
    );
    const body = await claimBody('w2', 'norte', 'papel de w2');
    await world.request(NORTE, `POST ${base('norte')}/claims/${again.id}/corrections`, {
      events: body.events,
      documents: body.documents,
    });
    await in_(again.id, 'awaiting_verifier');
  });

  it('keeps submitter, verifier and the verifier’s own institute apart', async () => {
    await register('p7');
    const { json } = await world.request(
      NORTE,
      `POST ${base('norte')}/claims`,
      await claimBody('p7', 'norte'),
    );
    await world.until(
      () => claimOf(json.id),
      (answer) => answer.json.state === 'awaiting_verifier',
    );
    const decide = (person: Parameters<World['request']>[0], body: object) =>
      world.request(person, `POST /programmes/${CONTRACT.id}/verifications/${json.id}/decision`, body);
    const confirm = { verdict: 'confirmed', reasons: [] };
    const both = { person: 'ana', roles: ['verifier'] as const };
    const colleague = { person: 'nora', roles: ['verifier'] as const, provider: 'norte' };
    const otherSubmitter = { person: 'sol', roles: ['verifier'] as const };
    for (const person of [both, colleague, otherSubmitter])
      expect((await decide(person, confirm)).json).toMatchObject({ code: 'NOT_ALLOWED', status: 403 });
    const { json: mine } = await world.request(colleague, `GET /programmes/${CONTRACT.id}/verifications`);
    expect(mine.items).toEqual([]);
    expect((await decide(VERIFIER, { verdict: 'rejected', reasons: [] })).json.errors[0].path).toBe(
      'body.reasons',
    );
    expect(await decide(VERIFIER, { verdict: 'rejected', reasons: ['no trabaja ahí'] })).toMatchObject({
      json: { state: 'refused' },
    });
    const second = await decide(VERIFIER, { verdict: 'confirmed', reasons: [] });
    expect(second.json).toMatchObject({ code: 'WRONG_STAGE', status: 409 });
    expect((await claimOf(json.id)).json.decision.reasons).toEqual(['no trabaja ahí']);
  });
});

describe('sampling', () => {
  it('shows the commitment before the claims, draws by it, and opens the seed', async () => {
    const path = `/programmes/${CONTRACT.id}/samples/2026-03`;
    const committed = await world.request(NORTE, `GET ${path}`);
    expect(committed.json).toMatchObject({
      status: 'COMMITTED',
      rule: { confidenceBp: 9500, marginBp: 500 },
    });
    expect(committed.json.seed).toBeUndefined();
    const other = await world.request(ADMIN, `PUT ${path}`, { confidenceBp: 9000, marginBp: 500 });
    expect(other.json).toMatchObject({ status: 409, code: 'INPUTS_DIFFER' });
    const past = await world.request(ADMIN, `PUT /programmes/${CONTRACT.id}/samples/2026-02`, {
      confidenceBp: 9500,
      marginBp: 500,
    });
    expect(past.json).toMatchObject({ status: 422, code: 'PERIOD_NOT_PAYABLE' });
    const drawn = await world.request(ADMIN, `POST ${path}/draws`, {});
    expect(drawn.json).toMatchObject({ commitment: committed.json.commitment, round: 1 });
    expect((await world.request(NORTE, `GET ${path}`)).json).toMatchObject({
      status: 'DRAWN',
      seed: drawn.json.seed,
      salt: drawn.json.salt,
    });
  });
});
