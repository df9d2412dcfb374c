import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spanishOf } from '../../../cli/in-spanish.ts';
import { Bug } from '../../../domain/kernel/assert.ts';
import { Fault, Refused } from '../../../domain/kernel/result.ts';
import { ProblemSchema, problemOf } from '../../../functions/support/http/problem.ts';
import { languageOf } from '../../../functions/support/http/said.ts';
import { entryOf, PROBLEM_CODES } from '../../../functions/support/http/texts.ts';
import { base, NORTE, openWorld, type World } from './harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('Accept-Language', () => {
  it.each([
    [undefined, 'es'],
    ['', 'es'],
    ['en', 'en'],
    ['en-US,en;q=0.9,es;q=0.8', 'en'],
    ['es-PE, en;q=0.9', 'es'],
    ['qu, fr;q=0.9', 'es'],
    ['fr, en;q=0.5, es;q=0.4', 'en'],
    ['en;q=0', 'es'],
    ['*', 'es'],
  ])('%s is %s', (header, language) => expect(languageOf(header)).toBe(language));
});

describe('problem documents', () => {
  it.each([
    ['a verifier cannot decide on their own institute', /^quien verifica no decide/, /^decide otra persona/],
    ['a claim that is verified cannot be withdrawn', /estado verified no admite «withdrawn»/, /qué admite/],
    [
      'demo.b has approved already; the second checker must be somebody else',
      /^demo\.b ya aprobó/,
      /otra persona/,
    ],
    ['no sample was committed for 2027-01', /muestra para 2027-01/, /^comprometa la semilla/],
    [
      'the next period of juntos is 2025-11, not 2026-01',
      /de juntos es 2025-11, no 2026-01/,
      /uno tras otro/,
    ],
  ])('say “%s” in Spanish, with what to do', (message, said, next) => {
    const refused = new Refused({ code: 'NOT_ALLOWED', message, next: 'English' });
    const es = problemOf(refused, 'es', 'r');
    expect(es.detail).toMatch(said);
    expect(es.next).toMatch(next);
    expect(problemOf(refused, 'en', 'r')).toMatchObject({ detail: message, next: 'English' });
    expect(spanishOf(refused)).toBe(`${es.detail}; ${es.next}`);
  });
  const ask = (language: string) =>
    world.request(NORTE, `GET ${base('norte')}/claims/20260101-ffffffffffffffff`, undefined, {
      headers: { 'accept-language': language },
    });

  it('speak the reader’s language', async () => {
    const [es, en] = [await ask('es'), await ask('en-GB')];
    expect(es.json).toMatchObject({
      type: 'urn:cumple:problem:not-found',
      title: 'No se encontró',
      status: 404,
      detail: 'no existe ese reclamo',
      code: 'NOT_FOUND',
      next: 'compruebe el identificador',
    });
    expect(en.json).toMatchObject({
      title: 'Not found',
      detail: 'there is no such claim',
      next: 'check the identifier',
    });
    expect(es.headers['content-language']).toBe('es');
    expect(en.headers['content-language']).toBe('en');
    expect(() => ProblemSchema.parse(es.json)).not.toThrow();
  });

  it('name every wrong field in the reader’s language', async () => {
    const send = (language: string) =>
      world.request(
        NORTE,
        `POST ${base('norte')}/claims`,
        { participant: 7, extra: 1 },
        { headers: { 'accept-language': language } },
      );
    const [es, en] = [await send('es'), await send('en')];
    const paths = es.json.errors.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(['body.participant', 'body.milestone', 'body.events', 'body.documents', 'body']);
    expect(es.json.errors[0].message).toContain('se esperaba');
    expect(en.json.errors[0].message).toContain('expected string');
  });

  it('have a status, a title and a next step in both languages for every code', () => {
    for (const code of PROBLEM_CODES) {
      const { status, title, next } = entryOf(code);
      expect(status).toBeGreaterThanOrEqual(400);
      for (const text of [title.es, title.en, next.es, next.en]) expect(text.length).toBeGreaterThan(3);
    }
  });

  it('keep a bug’s words inside, and call a fault temporary', () => {
    const bug = problemOf(new Bug('row of Ana Pérez 00113918205'), 'es', 'r1');
    expect(JSON.stringify(bug)).not.toContain('Ana');
    expect(bug).toMatchObject({ status: 500, code: 'INTERNAL', instance: 'urn:cumple:request:r1' });
    expect(problemOf(new Fault('throttled'), 'en', 'r2')).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
    const refused = new Refused({
      code: 'STALE_MANIFEST',
      message: 'not the one proposed',
      next: 'read it again',
    });
    expect(problemOf(refused, 'en', 'r3')).toMatchObject({ status: 409, next: 'read it again' });
    expect(problemOf(refused, 'es', 'r3').next).toBe('vuelva a leer y decida sobre lo actual');
  });

  it.each([
    ['not JSON', '{', 'application/json', 400, 'BAD_INPUT'],
    ['another type', '{}', 'text/plain', 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['too much', `"${'x'.repeat(300_000)}"`, 'application/json', 413, 'BODY_TOO_LARGE'],
  ])('refuse a body that is %s', async (_what, body, type, status, code) => {
    const answer = await world.request(NORTE, `POST ${base('norte')}/claims`, body, { type });
    expect(answer.json).toMatchObject({ status, code });
  });
});

describe('logs', () => {
  it('hold nobody’s data: no name, number, id, document or institute', async () => {
    const secrets = ['00113918205', 'Q-secreto-7', 'maria.lopez', 'cedula-de-maria.pdf'];
    await world.request(NORTE, `POST ${base('norte')}/participants`, {
      id: secrets[1],
      number: { kind: 'do.cedula', value: secrets[0] },
      attributes: { tier: secrets[2] },
    });
    const document = await world.document('norte', 'cedula');
    const { json } = await world.request(NORTE, `POST ${base('norte')}/claims`, {
      participant: secrets[1],
      milestone: 'placement',
      events: [{ kind: 'job', date: '2026-01-12', contract: 'formal', employer: secrets[2] }],
      documents: [{ ...document, name: secrets[3] }],
    });
    await world.until(
      () => world.request(NORTE, `GET ${base('norte')}/claims/${json.id}`),
      (answer) => answer.json.state === 'awaiting_verifier',
    );
    await world.request(NORTE, `POST ${base('norte')}/claims`, {
      participant: secrets[1],
      nonsense: secrets[2],
    });
    expect(world.logs.length).toBeGreaterThan(6);
    const logged = world.logs.join('\n');
    for (const secret of [...secrets, 'Bearer', 'ana']) expect(logged).not.toContain(secret);
    expect(logged).toContain('"step":"ValidateClaim"');
    expect(logged).toContain('"error":"BAD_INPUT"');
    // Workflow payloads are kept 90 days where many can read them: keys only.
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(`${world.dir}/executions.sqlite`, { readOnly: true });
    const events = JSON.stringify(db.prepare('SELECT body FROM events').all());
    db.close();
    expect(events).toContain(json.id);
    for (const secret of secrets) expect(events).not.toContain(secret);
  });
});
