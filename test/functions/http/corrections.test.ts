import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMonths, month } from '../../../domain/kernel/period.ts';
import { correctionOf } from '../../../functions/support/corrections/register.ts';
import { providePorts } from '../../../functions/support/ports.ts';
import { runCycle } from '../../../local/cycle.ts';
import { juntosCycle, testSession } from '../../workflow/harness.ts';
import { ADMIN, APPROVER, AUDITOR, openWorld, type Person, type World } from './harness.ts';

const GESTORA: Person = { person: 'gloria', roles: ['case_worker'] };
const OTHER: Person = { person: 'paco', roles: ['approver'] };
const BOTH: Person = { person: 'gloria', roles: ['case_worker', 'approver'] };
const EN = { headers: { 'accept-language': 'en' } };
const path = '/programmes/juntos/corrections';

let world: World;
/** Closes the cycles of the sample for these periods, in the folder that the API serves. */
async function close(dir: string, ...periods: string[]): Promise<void> {
  const session = await testSession(dir);
  for (const period of periods) await runCycle(session, await juntosCycle({ period: month(period) }));
  await session.close();
}
beforeAll(async () => {
  world = await openWorld((dir) => close(dir, '2025-09', '2025-11'));
}, 60_000);
afterAll(() => world.close());

/** What the school says of a child of the sample's H001, for both months of a period. */
const attended = (period: string, value = true) =>
  [period, addMonths(month(period), 1)].map((at) => ({
    ...{ subject: 'M0102', kind: 'school_attendance', period: at, value, source: 'UGEL' },
  }));
const asked = (id: string, more: object = {}) => ({
  id,
  programme: 'juntos',
  household: 'H001',
  reason: 'late_evidence',
  because: 'acta 112 de la escuela',
  evidence: attended('2025-09', false),
  ...more,
});
const submit = (person: Person, body: object, options = {}) =>
  world.request(person, `POST ${path}`, body, options);
const decide = (person: Person, id: string, body: object, options = {}) =>
  world.request(person, `POST ${path}/${id}/decision`, body, options);
const stateOf = async (id: string) => (await correctionOf(world.ports, 'juntos', id)).state;

describe('filing a correction', () => {
  it('is done once: the same again, by key or by content, is the same correction', async () => {
    const first = await submit(GESTORA, asked('A-1'), { key: 'correccion-0001' });
    expect(first).toMatchObject({
      status: 201,
      json: {
        ...{ state: 'SUBMITTED', stateText: 'presentada', submittedBy: 'gloria' },
        ...{ submittedAt: world.time.now, correction: { id: 'A-1', registry: [], exemptions: [] } },
      },
    });
    const replayed = await submit(GESTORA, asked('A-1'), { key: 'correccion-0001' });
    expect(replayed).toMatchObject({ status: 201, headers: { 'idempotency-replayed': 'true' } });
    world.time.now = '2026-03-10T13:00:00Z';
    const again = await submit(GESTORA, asked('A-1'), EN);
    expect(again.json).toEqual({ ...first.json, stateText: 'submitted' });
    expect(
      (await submit(GESTORA, asked('A-1', { because: 'otro' }), { key: 'correccion-0001' })).json,
    ).toMatchObject({ status: 422, code: 'IDEMPOTENCY_MISMATCH' });
  });

  it('under an id that is taken is refused, in the reader’s language, with what to do', async () => {
    const changed = asked('A-1', { because: 'otro motivo' });
    const other: Person = { person: 'greta', roles: ['case_worker'] };
    expect((await submit(GESTORA, changed)).json).toMatchObject({
      ...{ status: 422, code: 'IDEMPOTENCY_MISMATCH', next: 'dé a esta un identificador propio' },
      detail: 'la corrección A-1 ya se presentó, con otro contenido o por otra persona',
    });
    expect((await submit(other, asked('A-1'), EN)).json).toMatchObject({
      ...{ code: 'IDEMPOTENCY_MISMATCH', next: 'give this one an id of its own' },
      detail: 'correction A-1 was submitted before, with other content or by another person',
    });
  });

  it.each([
    ['nothing to correct', { evidence: [] }, 400, 'body'],
    [
      'a month that is none',
      { evidence: attended('2025-09').map((e) => ({ ...e, period: '2025-13' })) },
      400,
      'body.evidence.0.period',
    ],
    ['a field that nobody reads', { amount: '200.00' }, 400, 'body'],
    ['another programme than the path', { programme: 'progresa' }, 400, undefined],
    [
      'a misspelt kind of evidence',
      { evidence: attended('2025-09').map((e) => ({ ...e, kind: 'atendance' })) },
      400,
      'body.evidence.0.kind',
    ],
    [
      'a misspelt attribute',
      { registry: [{ from: '2025-09', attributes: { sisfo: 'poor' } }] },
      400,
      'body.registry.0.attributes',
    ],
    ['a household that no cycle had', { household: 'NOBODY' }, 404, undefined],
  ])('with %s is refused and not entered', async (_what, change, status, at) => {
    const { json } = await submit(GESTORA, asked('T-1', change));
    expect(json.status).toBe(status);
    if (at !== undefined) expect(json.errors[0].path).toBe(at);
    const item = await world.request(AUDITOR, `GET ${path}/T-1`, undefined, EN);
    expect(item.json).toMatchObject({ status: 404, detail: 'programme juntos has no correction T-1' });
  });

  it('says what is misspelt, and what there is, in both languages', async () => {
    const body = asked('T-1', { evidence: [{ ...attended('2025-09')[0], kind: 'atendance' }] });
    expect((await submit(GESTORA, body)).json.detail).toMatch(
      /^evidence\[0\]\.kind: «atendance» no es ninguno de .*school_attendance/,
    );
    expect((await submit(GESTORA, body, EN)).json.detail).toMatch(
      /^evidence\[0\]\.kind: "atendance" is none of .*school_attendance/,
    );
  });

  it('is of a programme with a closed cycle', async () => {
    const answer = await world.request(
      GESTORA,
      'POST /programmes/nada/corrections',
      asked('T-1', { programme: 'nada' }),
    );
    expect(answer.json).toMatchObject({
      ...{ status: 404, code: 'CYCLE_NOT_FOUND' },
      detail: 'el programa nada no tiene ningún ciclo cerrado aquí',
    });
  });
});

describe('deciding a correction', () => {
  it('is for somebody else than who filed it, whatever else they are', async () => {
    expect((await decide(BOTH, 'A-1', { decision: 'approve' })).json).toMatchObject({
      ...{ status: 403, code: 'SELF_APPROVAL' },
      detail: 'gloria presentó la corrección A-1 y no puede ser quien decida',
    });
    const no = { decision: 'refuse', reason: 'x' };
    expect((await decide(BOTH, 'A-1', no, EN)).json.detail).toBe(
      'gloria submitted correction A-1 and cannot decide it',
    );
    expect((await decide(GESTORA, 'A-1', { decision: 'approve' })).json.code).toBe('NOT_ALLOWED');
    expect(await stateOf('A-1')).toBe('SUBMITTED');
  });

  it('stands: the same again changes nothing, another one is refused; a refusal says why', async () => {
    expect((await decide(APPROVER, 'A-1', { decision: 'refuse' })).json.errors[0].path).toBe('body.reason');
    const approved = await decide(APPROVER, 'A-1', { decision: 'approve' });
    expect(approved).toMatchObject({
      status: 200,
      json: { state: 'APPROVED', stateText: 'aprobada', decidedBy: 'pia', submittedBy: 'gloria' },
    });
    expect((await decide(APPROVER, 'A-1', { decision: 'approve' })).json).toEqual(approved.json);
    expect((await decide(OTHER, 'A-1', { decision: 'refuse', reason: 'tarde' })).json).toMatchObject({
      ...{ status: 409, code: 'WRONG_STAGE', detail: 'la corrección A-1 ya está aprobada' },
      next: 'presente una corrección nueva si hay algo más que cambiar',
    });
    expect((await decide(APPROVER, 'NONE', { decision: 'approve' })).json.code).toBe('NOT_FOUND');
  });

  it('by two at once is done by one', async () => {
    expect((await submit(GESTORA, asked('B-1', { household: 'H002' }))).status).toBe(201);
    const both = await Promise.all([
      decide(APPROVER, 'B-1', { decision: 'approve' }),
      decide(OTHER, 'B-1', { decision: 'refuse', reason: 'sin sustento' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
});

describe('reading', () => {
  const ids = (json: { items: { correction: { id: string } }[] }) =>
    json.items.map(({ correction }) => correction.id);

  it('the list comes in pages, and by state', async () => {
    for (const id of ['C-1', 'C-2', 'C-3']) await submit(GESTORA, asked(id, { household: 'H003' }));
    await decide(OTHER, 'C-2', { decision: 'refuse', reason: 'sin sustento' });
    const first = await world.request(AUDITOR, `GET ${path}?limit=2`);
    expect(ids(first.json)).toEqual(['A-1', 'B-1']);
    const second = await world.request(ADMIN, `GET ${path}?limit=3&cursor=${first.json.next}`);
    expect(ids(second.json)).toEqual(['C-1', 'C-2', 'C-3']);
    const waiting = await world.request(APPROVER, `GET ${path}?state=SUBMITTED&limit=1`);
    expect(ids(waiting.json)).toEqual(['C-1']);
    const rest = await world.request(APPROVER, `GET ${path}?state=SUBMITTED&cursor=${waiting.json.next}`);
    expect([ids(rest.json), rest.json.next]).toEqual([['C-3'], undefined]);
    const refused = await world.request(GESTORA, `GET ${path}/C-2`);
    expect(refused.json).toMatchObject({ state: 'REFUSED', stateText: 'rechazada', why: 'sin sustento' });
    expect((await world.request(AUDITOR, `GET ${path}?state=PAID`)).json.errors[0].path).toBe('query.state');
  });

  it('a page ends after so many looks, however few it found, and says where to go on', async () => {
    const { query } = world.ports.control;
    let looks = 0;
    world.ports.control.query = async () => {
      looks += 1;
      return { items: [], next: 'seguir' };
    };
    try {
      const none = await world.request(AUDITOR, `GET ${path}?state=APPLIED`);
      expect([none.json, looks]).toEqual([{ items: [], next: 'seguir' }, 20]);
    } finally {
      world.ports.control.query = query;
    }
  });
});

describe('a household’s cycles', () => {
  const history = (query = '', person = GESTORA, household = 'H001') =>
    world.request(person, `GET /programmes/juntos/households/${household}/history${query}`);
  const periods = (json: { items: { period: string }[] }) => json.items.map(({ period }) => period);

  it('are read newest first, in pages, with the same figures as on the command line', async () => {
    const { json } = await history();
    expect([periods(json), json.next]).toEqual([['2025-11', '2025-09'], undefined]);
    expect(json.items[1]).toMatchObject({
      ...{ currency: 'PEN', entitled: '200.00', arrears: [], recoveries: [] },
      status: { es: expect.any(String), en: expect.any(String) },
      payments: [{ purpose: 'transfer', amount: '200.00' }],
    });
    const first = await history('?limit=1', APPROVER);
    expect(periods(first.json)).toEqual(['2025-11']);
    const second = await history(`?limit=1&cursor=${first.json.next}`, AUDITOR);
    expect([periods(second.json), second.json.next]).toEqual([['2025-09'], undefined]);
  });

  it('are of a household that some cycle had; a cursor is of this list', async () => {
    expect((await history('', GESTORA, 'NOBODY')).json).toMatchObject({
      ...{ status: 404, code: 'NOT_FOUND', detail: 'ningún ciclo cerrado de juntos tuvo el hogar NOBODY' },
    });
    expect((await history('?cursor=b3RoZXI')).json.code).toBe('BAD_INPUT');
    expect((await history('?limit=13')).json.code).toBe('BAD_INPUT');
  });
});

describe('what was filed and approved over HTTP', () => {
  it('is applied by the next cycle, and shown where it belongs', async () => {
    await close(world.dir, '2026-01');
    providePorts(world.ports);
    const { json } = await world.request(AUDITOR, `GET ${path}/A-1`);
    expect(json).toMatchObject({ state: 'APPLIED', appliedIn: '2026-01', stateText: 'aplicada' });
    const history = await world.request(GESTORA, 'GET /programmes/juntos/households/H001/history?limit=1');
    // The bank had sent the money of 2025-09 back: it is not ordered again, and nothing is taken off.
    const [{ period, recoveries, cancelled }] = history.json.items;
    expect([period, recoveries, cancelled]).toEqual([
      '2026-01',
      [],
      [expect.objectContaining({ origin: '2025-09', id: expect.stringMatching(/^A-1:2025-09\|/) })],
    ]);
    const report = await world.request(ADMIN, 'GET /programmes/juntos/reports/2026-01/report.json');
    expect(JSON.parse(report.text).corrections.recoveries.count).toBe(1);
  }, 60_000);
});
