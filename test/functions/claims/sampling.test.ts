import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import { commitSeed, drawSample } from '../../../domain/results/sampling.ts';
import { handler as awaitSample } from '../../../functions/await-sample.ts';
import { handler as sampleClaims } from '../../../functions/sample-claims.ts';
import { claimsOf, peopleOfClaims } from '../../../functions/support/claims/list.ts';
import { CONTRACT } from '../http/contract.ts';
import { base, NORTE, openWorld, VERIFIER, type World } from '../http/harness.ts';
import { acceptEvidence } from './evidence.ts';

const PEOPLE = 24;
const id = (i: number) => `p${String(i).padStart(2, '0')}`;
const rule = { confidenceBp: 9500, marginBp: 2500 };
let world: World;
const claims = new Map<string, string>();

beforeAll(async () => {
  world = await openWorld();
  await acceptEvidence(
    world.ports,
    CONTRACT.id,
    'payroll01',
    Array.from({ length: PEOPLE }, (_, i) => [
      { subject: id(i), kind: 'payroll/empresa', period: '2026-01', value: '900.00' },
      { subject: id(i), kind: 'payroll/empresa', period: '2026-02', value: '900.00' },
      { subject: id(i), kind: 'payroll/empresa', period: '2026-03', value: '900.00' },
      { subject: id(i), kind: 'payroll-start/empresa', period: '2026-01', value: `2026-01-${10 + (i % 15)}` },
    ]).flat(),
  );
});
afterAll(() => world.close());

const administrator = { person: 'adela', roles: ['administrator'] as const };
const path = `/programmes/${CONTRACT.id}/samples/2026-03`;
const states = async (wanted: Parameters<typeof claimsOf>[2]) => {
  const found: string[] = [];
  for await (const { participant } of claimsOf(world.ports, CONTRACT.id, wanted)) found.push(participant);
  return found.sort();
};

describe('the sample of a period', () => {
  it('is committed by rule and seed before the first claim', async () => {
    const { json } = await world.request(administrator, `PUT ${path}`, rule);
    expect(json).toMatchObject({ status: 'COMMITTED', rule, committedBy: 'adela' });
    expect(json.seed).toBeUndefined();
  });

  it('draws the claims that passed their checks: sampled ones wait for a verifier, the others are verified', async () => {
    for (let i = 0; i < PEOPLE; i++) {
      await world.request(NORTE, `POST ${base('norte')}/participants`, {
        id: id(i),
        attributes: { tier: 'A' },
      });
      const { json } = await world.request(NORTE, `POST ${base('norte')}/claims`, {
        participant: id(i),
        milestone: 'placement',
        events: [{ kind: 'job', date: `2026-01-${10 + (i % 15)}`, contract: 'formal', employer: 'empresa' }],
        documents: [await world.document('norte', id(i))],
      });
      claims.set(json.id, id(i));
    }
    const frame = await world.until(
      () => world.control.query(`P#${CONTRACT.id}#FRAME#2026-03`),
      ({ items }) => items.length === PEOPLE,
    );
    const { json: drawn } = await world.request(administrator, `POST ${path}/draws`, {});
    expect(commitSeed(drawn.seed, drawn.salt)).toBe(drawn.commitment);
    // Anybody who has the frame and the opened seed draws the same sample.
    const again = drawSample(
      frame.items.map(({ sk, provider, tier, flagged }) => ({
        id: sk,
        provider: String(provider),
        tier: String(tier),
        flagged: flagged === true,
      })),
      rule,
      drawn.seed,
    );
    expect(again).toMatchObject({ ok: true, value: { size: drawn.size } });
    const sampled = again.ok ? again.value.strata.flatMap((stratum) => stratum.sampled) : [];
    const waiting = await world.until(
      () => states(['awaiting_verifier']),
      (found) => found.length === drawn.size,
    );
    expect(waiting).toEqual(sampled.map((claim) => claims.get(claim)).sort());
    await world.until(
      () => states(['verified']),
      (found) => found.length === PEOPLE - drawn.size,
    );
    expect((await world.request(administrator, `POST ${path}/draws`, {})).json).toEqual(drawn);
    // Its institute reads why a verified claim is not paid yet.
    const unsampled = [...claims].find(([, participant]) => !waiting.includes(participant))!;
    const { json: seen } = await world.request(NORTE, `GET ${base('norte')}/claims/${unsampled[0]}`);
    expect(seen).toMatchObject({
      state: 'verified',
      stateText: 'Verificado; espera que se decida la muestra de 2026-03',
    });
  });

  it('is extended with the same seed: all that were drawn stay, more are added', async () => {
    const before = await states(['awaiting_verifier']);
    const { json } = await world.request(administrator, `POST ${path}/draws`, { extendBy: 3 });
    const after = await states(['awaiting_verifier']);
    expect(json).toMatchObject({ round: 2, size: before.length + 3 });
    expect(after).toHaveLength(before.length + 3);
    expect(after).toEqual(expect.arrayContaining(before));
    // A claim that an extension drew has no workflow waiting; the decision alone moves it.
    const decided = [];
    for (const [claim, participant] of claims)
      if (after.includes(participant)) {
        const url = `/programmes/${CONTRACT.id}/verifications/${claim}/decision`;
        const answer = await world.request(VERIFIER, `POST ${url}`, { verdict: 'confirmed', reasons: [] });
        decided.push(answer.json.state);
      }
    expect(new Set(decided)).toEqual(new Set(['verified']));
    await world.until(
      async () => world.executions.filter((line) => line.endsWith('SUCCEEDED')),
      (ended) => ended.length === PEOPLE,
    );
    expect(await peopleOfClaims(world.ports, CONTRACT.id)).toEqual(['ana', 'vera']);
  });

  it('takes no more claims once drawn: a late one belongs to the next period', async () => {
    await world.request(NORTE, `POST ${base('norte')}/participants`, {
      id: 'late',
      attributes: { tier: 'A' },
    });
    await acceptEvidence(world.ports, CONTRACT.id, 'payroll02', [
      ...['2026-01', '2026-02', '2026-03'].map((period) => ({
        subject: 'late',
        kind: 'payroll/empresa',
        period,
        value: '1.00',
      })),
    ]);
    const { json } = await world.request(NORTE, `POST ${base('norte')}/claims`, {
      participant: 'late',
      milestone: 'placement',
      events: [{ kind: 'job', date: '2026-01-20', contract: 'formal', employer: 'empresa' }],
      documents: [await world.document('norte', 'late')],
    });
    const next = await world.until(
      () => world.control.query(`P#${CONTRACT.id}#FRAME#2026-04`),
      ({ items }) => items.length === 1,
    );
    expect(next.items[0]?.sk).toBe(json.id);
    // While the sample is being drawn nobody can tell whether a claim is in it: try again later.
    const key = { pk: `P#${CONTRACT.id}#SAMPLES`, sk: '2026-04' };
    await world.control.write([{ update: key, set: { status: 'DRAWING' } }]);
    const step = { programme: CONTRACT.id, provider: 'norte', claim: json.id, revision: 1 };
    const again = awaitSample({ ...step, flagged: false, token: 'another' }, {} as never);
    await expect(again).rejects.toMatchObject({ name: 'Fault' });
    const none = sampleClaims({ programme: CONTRACT.id, period: month('2026-09') }, {} as never);
    await expect(none).rejects.toMatchObject({ name: 'WRONG_STAGE' });
  });
});
