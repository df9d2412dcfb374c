import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATEMENT_FILES, statementFolder, statementKey } from '../../../functions/support/statements.ts';
import { base, openWorld, type Person, type World } from './harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const RUNS = 12;
const Tenant = fc.record({
  people: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
});
/** What a cycle publishes for an institute: whom it paid for is told to nobody else. */
async function publishStatement(provider: string, ids: readonly string[]): Promise<void> {
  for (const name of STATEMENT_FILES) {
    const key = `pago/2026-03/${statementFolder(provider)}/${name}`;
    await world.ports.objects.putIfAbsent({ bucket: 'reports', key }, Buffer.from(ids.join('\n')));
  }
  const files = STATEMENT_FILES.map((name) => ({ name, bytes: ids.join('\n').length }));
  const put = { ...statementKey(provider, 'pago', '2026-03'), programme: 'pago', period: '2026-03', files };
  await world.control.write([{ put }]);
}
type Marked = { provider: Person; ids: string[]; claims: string[] };

/** Everything an institute can ask for, on its own path and on another's. */
const questions = (provider: string, claims: readonly string[]) => [
  `GET /providers/${provider}/contracts`,
  `GET ${base(provider)}/participants`,
  `GET ${base(provider)}/claims`,
  `GET /providers/${provider}/statements`,
  ...STATEMENT_FILES.map((name) => `GET /providers/${provider}/statements/pago/2026-03/${name}`),
  ...claims.map((claim) => `GET ${base(provider)}/claims/${claim}`),
  ...claims.flatMap((claim) =>
    ['checks', 'withdrawal'].map((verb) => `POST ${base(provider)}/claims/${claim}/${verb}`),
  ),
];

describe('one institute never sees another’s data', () => {
  it('whatever it asks, under its own name or another’s', async () => {
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(Tenant, { minLength: 2, maxLength: 3 }), async (tenants) => {
        round += 1;
        const marked: Marked[] = [];
        for (const [i, { people }] of tenants.entries()) {
          const provider: Person = {
            person: `persona-${round}-${i}`,
            roles: ['institute'],
            provider: `inst-${round}-${i}`,
          };
          const one: Marked = { provider, ids: [], claims: [] };
          for (const person of people) {
            const id = `secreto-${round}-${i}-${person}`;
            one.ids.push(id);
            await world.request(provider, `POST ${base(provider.provider!)}/participants`, {
              id,
              attributes: { tier: 'A' },
            });
            const { json } = await world.request(provider, `POST ${base(provider.provider!)}/claims`, {
              participant: id,
              milestone: 'placement',
              events: [{ kind: 'job', date: '2026-01-12', contract: 'formal', employer: `empresa-${id}` }],
              documents: [],
            });
            expect(json.id).toMatch(/^\d{8}-[0-9a-f]{16}$/);
            one.claims.push(json.id);
          }
          await publishStatement(provider.provider!, one.ids);
          marked.push(one);
        }
        for (const { provider, ids } of marked) {
          const folder = `/providers/${provider.provider}/statements`;
          const listed = await world.request(provider, `GET ${folder}`);
          expect(listed.json.items).toHaveLength(1);
          const own = await world.request(provider, `GET ${folder}/pago/2026-03/statement-lines.csv`);
          expect(own.text.split('\n')).toEqual(ids);
        }
        for (const asker of marked)
          for (const owner of marked) {
            if (asker === owner) continue;
            const foreign = [...owner.ids, owner.provider.person, ...owner.ids.map((id) => `empresa-${id}`)];
            const paths = [asker, owner].flatMap(({ provider }) =>
              questions(provider.provider!, owner.claims),
            );
            for (const name of paths) {
              const answer = await world.request(asker.provider, name);
              for (const secret of foreign) expect(answer.text).not.toContain(secret);
              const onOwners = name.includes(`/${owner.provider.provider}/`);
              if (onOwners) expect(answer.status).toBe(403);
              else if (owner.claims.some((claim) => name.includes(claim))) expect(answer.status).toBe(404);
            }
            // Nothing was changed from outside either.
            for (const claim of owner.claims) {
              const { json } = await world.request(
                owner.provider,
                `GET ${base(owner.provider.provider!)}/claims/${claim}`,
              );
              expect(json.state).not.toBe('withdrawn');
            }
          }
        const cursor = async ({ provider }: Marked) =>
          (await world.request(provider, `GET ${base(provider.provider!)}/claims?limit=1`)).json.next;
        const [first, second] = marked as [Marked, Marked];
        const theirs = await cursor(second);
        if (theirs) {
          const { text } = await world.request(
            first.provider,
            `GET ${base(first.provider.provider!)}/claims?cursor=${theirs}`,
          );
          for (const id of second.ids) expect(text).not.toContain(id);
        }
      }),
      { numRuns: RUNS, seed: 7 },
    );
  });
});
