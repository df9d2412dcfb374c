import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../../domain/kernel/hash.ts';
import { approvalKey, cycleKey, cyclePk, headKey } from '../../../functions/support/cycle.ts';
import { CONTRACT } from './contract.ts';
import { ADMIN, APPROVER, AUDITOR, NORTE, openWorld, type World } from './harness.ts';

let world: World;
const programme = 'prueba';
const proposal = {
  programme,
  period: '2026-03',
  prefix: 'cycles/prueba/2026-03/abc',
  totals: { payables: { count: 2, totalMinor: 30000 } },
  anomalies: { SHARED_ACCOUNT: 1 },
  transfers: [],
};
const manifestHash = hashOf(proposal);

beforeAll(async () => {
  world = await openWorld();
  const cycle = (period: string, more: object) =>
    world.control.write([
      {
        put: {
          ...cycleKey(programme, period),
          programme,
          period,
          maker: 'adela',
          openedAt: `${period}-01T00:00:00Z`,
          ...more,
        },
      },
    ]);
  await world.control.write([{ put: { ...headKey(programme), period: '2026-01', openPeriod: '2026-03' } }]);
  await cycle('2025-11', { status: 'CLOSED', closedAt: '2025-12-01T00:00:00Z' });
  await cycle('2026-01', { status: 'FAILED', failedAfter: 'SENT', error: 'Bug', cause: 'row of Ana' });
  await cycle('2026-03', { status: 'PROPOSED', prefix: proposal.prefix, manifestHash });
  await world.control.write([
    {
      put: {
        ...approvalKey(programme, '2026-03'),
        status: 'PENDING',
        maker: 'adela',
        manifestHash,
        payableMinor: 30000,
        payables: 2,
        anomalies: 1,
        required: 2,
        token: 'token-of-the-cycle',
        proposedAt: '2026-03-05T00:00:00Z',
      },
    },
    { put: { pk: cyclePk(programme, '2026-03'), sk: 'SUBMITTER#ana' } },
  ]);
  await world.ports.objects.putIfAbsent(
    { bucket: 'bulk', key: `${proposal.prefix}/proposal.json` },
    Buffer.from(JSON.stringify(proposal)),
  );
  for (const [key, text] of [
    ['2025-11/report.json', '{"ok":true}'],
    ['2025-11/payment-list.csv', 'a,b\n'],
    ['2026-01/report.json', '{}'],
  ])
    await world.ports.objects.putIfAbsent(
      { bucket: 'reports', key: `${programme}/${key}` },
      Buffer.from(text!),
    );
  await world.ports.objects.putIfAbsent(
    { bucket: 'reports', key: 'otro/2026-01/report.json' },
    Buffer.from('x'),
  );
});
afterAll(() => world.close());

describe('cycles', () => {
  it('are listed newest first, in pages', async () => {
    const first = await world.request(ADMIN, `GET /programmes/${programme}/cycles?limit=2`);
    expect(first.json.items.map(({ period }: { period: string }) => period)).toEqual(['2026-03', '2026-01']);
    const second = await world.request(
      ADMIN,
      `GET /programmes/${programme}/cycles?cursor=${first.json.next}`,
    );
    expect(second.json).toMatchObject({ items: [{ period: '2025-11', status: 'CLOSED' }] });
    expect(second.json.next).toBeUndefined();
    expect((await world.request(ADMIN, 'GET /programmes/nada/cycles')).json).toEqual({ items: [] });
  });

  it('say how far they came, and where one stopped without anybody’s data', async () => {
    const { json, text } = await world.request(AUDITOR, `GET /programmes/${programme}/cycles/2026-01`);
    expect(
      json.stages.filter(({ done }: { done: boolean }) => done).map(({ stage }: { stage: string }) => stage),
    ).toEqual(['OPEN', 'FROZEN', 'PROPOSED', 'APPROVED', 'SENT', 'FAILED']);
    expect(json.failure).toEqual({ error: 'Bug', after: 'SENT' });
    expect(text).not.toContain('Ana');
    expect((await world.request(ADMIN, `GET /programmes/${programme}/cycles/2026-02`)).json.code).toBe(
      'CYCLE_NOT_FOUND',
    );
  });
});

describe('approval over HTTP', () => {
  const decide = (person: Parameters<World['request']>[0], body: object) =>
    world.request(person, `POST /programmes/${programme}/cycles/2026-03/decisions`, body);
  const yes = { manifestHash, decision: 'approve' };

  it('shows the control totals and the hash that a decision binds to', async () => {
    const { json } = await world.request(APPROVER, `GET /programmes/${programme}/cycles/2026-03/proposal`);
    expect(json).toMatchObject({
      status: 'PENDING',
      manifestHash,
      required: 2,
      checkers: [],
      payableMinor: 30000,
      anomalies: { SHARED_ACCOUNT: 1 },
      totals: proposal.totals,
    });
  });

  it('keeps maker, submitter and the two checkers apart, and refuses another manifest', async () => {
    const maker = { person: 'adela', roles: ['approver'] as const };
    const submitter = { person: 'ana', roles: ['approver'] as const };
    expect((await decide(maker, yes)).json).toMatchObject({ status: 403, code: 'SELF_APPROVAL' });
    expect((await decide(submitter, yes)).json).toMatchObject({ status: 403, code: 'SELF_APPROVAL' });
    expect((await decide(APPROVER, { ...yes, manifestHash: 'f'.repeat(64) })).json.code).toBe(
      'STALE_MANIFEST',
    );
    expect((await decide(APPROVER, { manifestHash, decision: 'refuse' })).json.errors[0].path).toBe(
      'body.reason',
    );
    expect((await decide(APPROVER, yes)).json).toEqual({ status: 'PENDING', checkers: ['pia'] });
    const second = { person: 'paco', roles: ['approver'] as const };
    expect((await decide(second, yes)).json).toEqual({ status: 'APPROVED', checkers: ['pia', 'paco'] });
    expect((await decide({ person: 'late', roles: ['approver'] }, yes)).json.code).toBe('WRONG_STAGE');
    const { json } = await world.request(APPROVER, `GET /programmes/${programme}/cycles/2026-03/proposal`);
    expect(json).toMatchObject({ status: 'APPROVED', checkers: ['pia', 'paco'] });
  });
});

describe('withdrawing a proposal', () => {
  const other = 'retiro';
  const withdraw = (person: Parameters<World['request']>[0], body: object, options = {}) =>
    world.request(person, `POST /programmes/${other}/cycles/2026-03/withdrawal`, body, options);
  const stateOf = async () => [
    (await world.control.get(approvalKey(other, '2026-03')))?.status,
    (await world.control.get(cycleKey(other, '2026-03')))?.status,
  ];

  it('is for its maker only, on the hash that stands, once', async () => {
    expect((await withdraw(ADMIN, { manifestHash })).json.code).toBe('CYCLE_NOT_FOUND');
    await world.control.write([
      { put: { ...cycleKey(other, '2026-03'), status: 'PROPOSED', maker: 'adela' } },
      {
        put: {
          ...approvalKey(other, '2026-03'),
          status: 'PENDING',
          maker: 'adela',
          manifestHash,
          required: 2,
          token: 'token-of-the-withdrawn',
        },
      },
    ]);
    const second = { person: 'berta', roles: ['administrator'] as const };
    expect((await withdraw(second, { manifestHash })).json).toMatchObject({
      status: 403,
      code: 'NOT_ALLOWED',
      detail: 'solo quien hizo la propuesta puede retirarla; quien aprueba puede rechazarla',
    });
    expect((await withdraw(APPROVER, { manifestHash })).status).toBe(403);
    expect((await withdraw(ADMIN, { manifestHash: 'f'.repeat(64) })).json.code).toBe('STALE_MANIFEST');
    expect((await withdraw(ADMIN, {})).json.errors[0].path).toBe('body.manifestHash');
    expect(await stateOf()).toEqual(['PENDING', 'PROPOSED']);
    const key = { key: 'withdraw-0001' };
    const done = await withdraw(ADMIN, { manifestHash, reason: 'padrón equivocado' }, key);
    expect(done).toMatchObject({ status: 200, json: { status: 'REFUSED' } });
    const again = await withdraw(ADMIN, { manifestHash, reason: 'padrón equivocado' }, key);
    expect(again).toMatchObject({ status: 200, headers: { 'idempotency-replayed': 'true' } });
    expect(await stateOf()).toEqual(['REFUSED', 'REFUSED']);
  });

  it('comes too late once the checkers have decided', async () => {
    const late = { manifestHash };
    const answer = await world.request(
      ADMIN,
      `POST /programmes/${programme}/cycles/2026-03/withdrawal`,
      late,
    );
    expect(answer.json.code).toBe('WRONG_STAGE');
  });
});

describe('reports', () => {
  const list = (query: string) => world.request(AUDITOR, `GET /programmes/${programme}/reports${query}`);
  it('are listed by programme and period, in pages, and downloaded as they are', async () => {
    const first = await list('?limit=2');
    expect(first.json.items.map(({ name }: { name: string }) => name)).toEqual([
      'payment-list.csv',
      'report.json',
    ]);
    const second = await list(`?limit=2&cursor=${first.json.next}`);
    expect(second.json.items).toEqual([{ period: '2026-01', name: 'report.json', bytes: 2 }]);
    expect((await list('?period=2025-11')).json.items).toHaveLength(2);
    const file = await world.request(
      AUDITOR,
      `GET /programmes/${programme}/reports/2025-11/payment-list.csv`,
    );
    expect(file).toMatchObject({
      status: 200,
      text: 'a,b\n',
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="payment-list.csv"',
      },
    });
    const none = await world.request(AUDITOR, `GET /programmes/${programme}/reports/2025-11/other.csv`);
    expect(none.json).toMatchObject({ status: 404, detail: 'no existe ese reporte' });
  });
});

describe('contracts', () => {
  it('are put in force whole or not at all', async () => {
    const put = (id: string, body: object) => world.request(ADMIN, `PUT /contracts/${id}`, body);
    const bad = await put('otro', { ...CONTRACT, id: 'otro', milestones: [] });
    expect(bad.json).toMatchObject({ status: 422, code: 'INVALID_DEFINITION' });
    expect(bad.json.errors[0].path).toBe('milestones');
    expect((await put('otro', CONTRACT)).json.code).toBe('BAD_INPUT');
    const only = await put('solo-sur', { ...CONTRACT, id: 'solo-sur', providers: ['sur'] });
    expect(only.json).toMatchObject({ contract: 'solo-sur', programme: 'solo-sur' });
    expect(
      (await world.request(ADMIN, 'PUT /contracts/solo-sur?programme=x', { ...CONTRACT, id: 'solo-sur' }))
        .json.code,
    ).toBe('INPUTS_DIFFER');
    const mine = await world.request(NORTE, 'GET /providers/norte/contracts');
    expect(mine.json.items.map(({ id }: { id: string }) => id)).toEqual([CONTRACT.id]);
    const claim = {
      participant: 'x',
      milestone: 'placement',
      events: [{ kind: 'job', date: '2026-01-01' }],
      documents: [],
    };
    const [held, unknown] = [
      await world.request(NORTE, 'POST /providers/norte/contracts/solo-sur/claims', claim),
      await world.request(NORTE, 'POST /providers/norte/contracts/no-existe/claims', claim),
    ];
    expect([held.json.code, unknown.json.code]).toEqual(['UNKNOWN_CONTRACT', 'UNKNOWN_CONTRACT']);
  });
});
