import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { base, job, NORTE, openWorld, type Person, SUR, type World } from './harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const events = [{ ...job()[0], contract: 'formal' }];
const register = (person: Person, body: object) =>
  world.request(person, `POST ${base(person.provider!)}/participants`, {
    attributes: { tier: 'A' },
    ...body,
  });
const claim = (person: Person, body: object) =>
  world.request(person, `POST ${base(person.provider!)}/claims`, {
    milestone: 'placement',
    events,
    documents: [],
    ...body,
  });

describe('a person’s milestone is claimed once, by anyone, ever', () => {
  it('refuses the second institute with the date and without the first one’s name', async () => {
    await register(NORTE, { id: 'x1' });
    await register(SUR, { id: 'x1' });
    expect((await claim(NORTE, { participant: 'x1' })).status).toBe(201);
    const before = world.time.now;
    world.time.now = '2027-01-01T09:00:00Z';
    const second = await claim(SUR, { participant: 'x1' });
    world.time.now = before;
    expect(second.json).toMatchObject({
      status: 409,
      code: 'DUPLICATE_CLAIM',
      detail: 'placement de esta persona ya se reclamó el 2026-03-10',
    });
    expect(second.text).not.toContain('norte');
    expect(second.text).not.toContain('ana');
    expect((await claim(SUR, { participant: 'x1', milestone: 'retention3' })).status).toBe(201);
  });

  it('knows a person by their number under another id, and does not print the number', async () => {
    const number = { kind: 'do.cedula', value: '001-1391820-5' };
    expect((await register(NORTE, { id: 'n1', number })).status).toBe(201);
    expect((await register(SUR, { id: 's1', number: { ...number, value: '00113918205' } })).status).toBe(201);
    expect((await claim(NORTE, { participant: 'n1' })).status).toBe(201);
    const second = await claim(SUR, { participant: 's1' });
    expect(second.json.code).toBe('DUPLICATE_CLAIM');
    const bad = await register(SUR, { id: 's2', number: { ...number, value: '001-1391820-6' } });
    expect(bad.json).toMatchObject({
      status: 400,
      errors: [{ path: 'number.value', code: 'PERSON_NUMBER' }],
    });
    expect(bad.text).not.toContain('1391820');
  });

  it('lets exactly one of two claims at once in', async () => {
    await register(NORTE, { id: 'r1' });
    await register(SUR, { id: 'r1' });
    const answers = await Promise.all([
      claim(NORTE, { participant: 'r1' }),
      claim(SUR, { participant: 'r1' }),
      claim(NORTE, { participant: 'r1' }),
      claim(SUR, { participant: 'r1' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it('refuses a person of another institute, and a claim on another’s behalf', async () => {
    await register(NORTE, { id: 'o1' });
    const stolen = await claim(SUR, { participant: 'o1' });
    const unknown = await claim(SUR, { participant: 'nobody' });
    // The same words for a stranger and for somebody else's participant.
    const { instance: _one, ...first } = stolen.json;
    const { instance: _two, ...second } = unknown.json;
    expect(first).toEqual(second);
    expect(stolen.status).toBe(404);
    const behalf = await claim(SUR, { participant: 'o1', provider: 'norte' });
    expect(behalf.json).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
    const path = await world.request(SUR, `POST ${base('norte')}/claims`, { participant: 'o1' });
    expect(path.status).toBe(403);
  });
});
