import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ports } from '../../adapters/ports.ts';
import { sha256 } from '../../domain/kernel/hash.ts';
import type { Month } from '../../domain/kernel/period.ts';
import { putContract } from '../../functions/support/claims/contracts.ts';
import { documentRef } from '../../functions/support/claims/documents.ts';
import { type DrawnSample, drawnSample } from '../../functions/support/claims/draw.ts';
import { framePk } from '../../functions/support/claims/keys.ts';
import { rowsOf } from '../../functions/support/claims/list.ts';
import { registerParticipant } from '../../functions/support/claims/people.ts';
import { type ClaimRecord, claimOf } from '../../functions/support/claims/record.ts';
import { correctClaim, submitClaim } from '../../functions/support/claims/submit.ts';
import type { Session } from '../../local/session.ts';
import { BASE, parameter } from '../domain/results/fixture.ts';
import { newDir } from './harness.ts';

/** Enrolments at 100.00, verified by a sample: above 10 % of error the rest is cut, above 40 % it waits. */
export const CONTRACT = {
  ...BASE,
  id: 'resultados',
  currency: 'PEN',
  dates: { from: '2025-01-01', until: '2026-12-31', cite: 's' },
  attributes: { ...BASE.attributes, tier: { label: { es: 't', en: 't' }, type: 'text' } },
  parameters: {
    ...BASE.parameters,
    confidence: parameter('percent', '95'),
    margin: parameter('percent', '20'),
    tolerance: parameter('percent', '10'),
    extendAbove: parameter('percent', '40'),
  },
  verification: {
    confidence: 'confidence',
    margin: 'margin',
    tolerance: 'tolerance',
    extendAbove: 'extendAbove',
    cite: 's',
  },
};
/** The month of the session's clock, in which its claims come in. */
export const PERIOD = '2025-09' as Month;
export const VERIFIER = 'vera';

/** The folder that `cycle run --contracts` reads. */
export function contractFolder(contract: object = CONTRACT): string {
  const dir = join(newDir(), 'contracts');
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'contract.json'), JSON.stringify(contract, undefined, 2));
  const register = Object.fromEntries(
    ['norte', 'sur'].map((id) => [
      id,
      { name: id, account: { scheme: 'other', number: `191-${id}` }, town: 'Lima', country: 'PE' },
    ]),
  );
  writeFileSync(join(dir, 'providers.json'), JSON.stringify(register));
  return dir;
}

const TURNS = 2_000;
export async function until<T>(read: () => Promise<T>, done: (value: T) => boolean): Promise<T> {
  for (let i = 0; i < TURNS; i++) {
    const value = await read();
    if (done(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  throw new Error(`it never came: ${JSON.stringify(await read())}`);
}

/** Puts a document where its institute's upload would, and gives its declaration. */
export async function document(
  { objects }: Pick<Ports, 'objects'>,
  { programme, provider, content }: { programme: string; provider: string; content: string },
) {
  const hash = sha256(content);
  await objects.putIfAbsent(documentRef(programme, provider, hash), Buffer.from(content));
  return { sha256: hash, bytes: Buffer.byteLength(content), type: 'application/pdf' as const, name: 'a.pdf' };
}

/** What institutes, administrators and verifiers do in one folder. */
export function claimPeople({ ports, call }: Pick<Session, 'ports' | 'call'>) {
  const programme = CONTRACT.id;
  const claim = async (id: string, provider: string) => claimOf(ports, { programme, provider, claim: id });
  const enrolled = (date: string) => [{ kind: 'enrolled', date }];

  const people = {
    start: () => putContract(ports, CONTRACT, 'adela'),
    /** Claims the enrolment of `count` people of an institute; all of them reach the frame of the period. */
    async claims(provider: string, count: number): Promise<void> {
      const framed = async () => {
        let found = 0;
        for await (const row of rowsOf(ports, framePk(programme, PERIOD)))
          found += row.provider === provider ? 1 : 0;
        return found;
      };
      const before = await framed();
      for (let i = before; i < before + count; i++) {
        const id = `${provider}-${String(i).padStart(2, '0')}`;
        const attributes = { tier: 'A' };
        const person = { contract: CONTRACT.id, id, attributes };
        await registerParticipant(ports, { provider, person, by: 'ana' });
        await submitClaim(ports, {
          provider,
          person: 'ana',
          requestKey: id,
          submission: {
            contract: CONTRACT.id,
            participant: id,
            milestone: 'enrolment',
            events: enrolled('2025-08-04'),
            documents: [await document(ports, { programme, provider, content: id })],
          },
        });
      }
      await until(framed, (found) => found === before + count);
    },
    /** Draws, or extends, the sample, and waits until each claim has heard of it. Out: the sample as it stands. */
    async draw(extendBy = 0): Promise<DrawnSample> {
      await call('SampleClaims', { programme, period: PERIOD, extendBy });
      const sample = (await drawnSample(ports, programme, PERIOD))!;
      for (const { id, claims } of sample.strata)
        for (const each of claims)
          await until(
            () => claim(each, id.split('/')[0]!),
            ({ state }) => state !== 'checking' && state !== 'received',
          );
      return sample;
    },
    sampledOf: (sample: DrawnSample, provider: string) =>
      sample.strata.filter(({ id }) => id.startsWith(`${provider}/`)).flatMap(({ sampled }) => sampled),
    /** Decides claims in their order: the first `wrong` of them are rejected. */
    async decide(claims: readonly string[], wrong = 0, person = VERIFIER): Promise<void> {
      for (const [i, each] of claims.entries()) {
        const rejected = i < wrong;
        await call('RecordVerification', {
          programme,
          claim: each,
          person,
          verdict: rejected ? 'rejected' : 'confirmed',
          reasons: rejected ? ['no la conocen en la escuela'] : [],
          documents: [],
        });
      }
    },
    /** Corrects a rejected claim; it goes before a verifier again, because it was drawn. */
    async correct(id: string, provider: string): Promise<void> {
      const documents = [await document(ports, { programme, provider, content: `${id} again` })];
      const ref = { programme, provider, claim: id };
      await correctClaim(ports, ref, { events: enrolled('2025-08-11'), documents }, 'ana');
      await until(
        () => claim(id, provider),
        ({ state }) => state === 'awaiting_verifier',
      );
    },
    async states(provider: string): Promise<Record<string, number>> {
      const counts: Record<string, number> = {};
      for await (const row of rowsOf(ports, `P#${programme}#PR#${provider}`, 'CL#')) {
        const { state } = row as unknown as ClaimRecord;
        counts[state] = (counts[state] ?? 0) + 1;
      }
      return counts;
    },
  };
  return people;
}
