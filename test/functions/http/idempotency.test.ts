import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idempotencyRow, onlyOnce } from '../../../functions/support/http/idempotency.ts';
import { base, job, NORTE, openWorld, SUR, type World } from './harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  for (const person of [NORTE, SUR])
    for (const id of ['p1', 'p2', 'p3'])
      await world.request(person, `POST ${base(person.provider!)}/participants`, {
        id: `${person.provider}-${id}`,
        attributes: { tier: 'A' },
      });
});
afterAll(() => world.close());

const claim = async (participant: string, provider = 'norte') => ({
  participant,
  milestone: 'placement',
  events: [{ ...job(`empresa-${participant}`)[0], contract: 'formal' }],
  documents: [await world.document(provider, participant)],
});
const post = (body: unknown, key: string, person = NORTE) =>
  world.request(person, `POST ${base(person.provider!)}/claims`, body, { key });

describe('Idempotency-Key', () => {
  it('gives the first answer again, and refuses another body', async () => {
    const body = await claim('norte-p1');
    const first = await post(body, 'first-key');
    const again = await post(body, 'first-key');
    expect(again.status).toBe(201);
    expect(again.text).toBe(first.text);
    expect(again.headers['idempotency-replayed']).toBe('true');
    const other = await post(await claim('norte-p2'), 'first-key');
    expect(other.json).toMatchObject({ status: 422, code: 'IDEMPOTENCY_MISMATCH' });
    const fresh = await post(body, 'second-key');
    expect(fresh.json).toMatchObject({ status: 409, code: 'DUPLICATE_CLAIM' });
  });

  it('belongs to the person and the institute that sent it', async () => {
    const one = await post(await claim('norte-p2'), 'shared-key');
    const two = await post(await claim('sur-p2', 'sur'), 'shared-key', SUR);
    expect([one.status, two.status]).toEqual([201, 201]);
    expect(one.json.id).not.toBe(two.json.id);
  });

  it('is asked for, and must look like a key', async () => {
    for (const key of ['', 'short', 'no spaces here', 'x'.repeat(65)]) {
      const answer = await post(await claim('norte-p3'), key);
      expect(answer.json).toMatchObject({ status: 400, code: 'IDEMPOTENCY_KEY_MISSING' });
    }
  });

  it('is free again after a refusal: nothing was changed', async () => {
    const wrong = { ...(await claim('norte-p3')), milestone: 'moon' };
    expect((await post(wrong, 'third-key')).json.errors).toMatchObject([{ path: 'milestone' }]);
    expect((await post(await claim('norte-p3'), 'third-key')).status).toBe(201);
  });

  it('refuses a repeat while the first runs, and lets it run once the first is dead', async () => {
    const row = idempotencyRow({ subject: 'ana', roles: [] }, 'running-key');
    const answer = { status: 200, headers: {}, body: 'done' };
    let inside: unknown;
    await onlyOnce(world.ports, row, 'hash', async () => {
      inside = await onlyOnce(world.ports, row, 'hash', async () => answer).catch((error) => error.code);
      return answer;
    });
    expect(inside).toBe('IN_PROGRESS');
    const dead = idempotencyRow({ subject: 'ana', roles: [] }, 'dead-key');
    await world.control.write([
      { put: { ...dead, hash: 'hash', status: 'RUNNING', startedAt: '2026-03-10T11:00:00Z' } },
    ]);
    expect(await onlyOnce(world.ports, dead, 'hash', async () => answer)).toEqual(answer);
  });

  it('meets its own claim when the answer was lost after the claim was kept', async () => {
    await world.request(NORTE, `POST ${base('norte')}/participants`, { id: 'p9', attributes: { tier: 'A' } });
    const body = await claim('p9');
    const first = await post(body, 'crash-key');
    await world.control.write([
      { delete: idempotencyRow({ subject: 'ana', roles: [], provider: 'norte' }, 'crash-key') },
    ]);
    const again = await post(body, 'crash-key');
    expect([again.status, again.json.id]).toEqual([201, first.json.id]);
  });
});
