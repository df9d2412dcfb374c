import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { day } from '../../../domain/kernel/period.ts';
import { settleContract } from '../../../domain/results/disbursement.ts';
import { VerifiedClaim } from '../../../domain/results/provider.ts';
import { handler as recordApproval } from '../../../functions/record-approval.ts';
import { contractInForce } from '../../../functions/support/claims/contracts.ts';
import { claimKey } from '../../../functions/support/claims/keys.ts';
import { barFromApproving } from '../../../functions/support/claims/list.ts';
import {
  freezeClaims,
  verifiedClaims,
  verifiedOutcomes,
} from '../../../functions/support/claims/outcomes.ts';
import { claimOf } from '../../../functions/support/claims/record.ts';
import { claimTeller } from '../../../functions/support/claims/tell.ts';
import { approvalKey, cycleKey } from '../../../functions/support/cycle.ts';
import { reversalsOf } from '../../../functions/support/reversals/register.ts';
import { collect } from '../../contract/collect.ts';
import { CONTRACT } from '../http/contract.ts';
import { base, NORTE, openWorld, VERIFIER, type World } from '../http/harness.ts';
import { acceptEvidence } from './evidence.ts';

let world: World;
const programme = CONTRACT.id;
const PEOPLE = ['p1', 'p2', 'p3'];
beforeAll(async () => {
  world = await openWorld();
  await acceptEvidence(
    world.ports,
    programme,
    'payroll01',
    PEOPLE.map((subject) => ({ subject, kind: 'payroll/empresa', period: '2026-01', value: '900.00' })),
  );
  for (const id of PEOPLE) {
    await world.request(NORTE, `POST ${base('norte')}/participants`, { id, attributes: { tier: 'A' } });
    await world.request(NORTE, `POST ${base('norte')}/claims`, {
      participant: id,
      milestone: 'placement',
      events: [
        { kind: 'job', date: '2026-01-12', end: '2026-01-31', contract: 'formal', employer: 'empresa' },
      ],
      documents: [await world.document('norte', id)],
    });
  }
  await world.until(
    () => world.control.query(`P#${programme}#FRAME#2026-03`),
    ({ items }) => items.length === PEOPLE.length,
  );
  await world.request(
    { person: 'adela', roles: ['administrator'] },
    `POST /programmes/${programme}/samples/2026-03/draws`,
    {},
  );
  // Three claims are all of them drawn: at least two of each stratum, and the formula asks for every one.
  const queue = await world.until(
    () => world.request(VERIFIER, `GET /programmes/${programme}/verifications`),
    ({ json }) => json.items.length === PEOPLE.length,
  );
  for (const { claim } of queue.json.items) {
    const seen = await world.request(VERIFIER, `GET /programmes/${programme}/verifications/${claim}`);
    const rejected = seen.json.person.id === 'p3';
    await world.request(VERIFIER, `POST /programmes/${programme}/verifications/${claim}/decision`, {
      verdict: rejected ? 'rejected' : 'confirmed',
      reasons: rejected ? ['el empleador no la conoce'] : [],
    });
  }
});
afterAll(() => world.close());
const claimKeyOf = (claim: string) => claimKey(programme, 'norte', claim);
const claimIdOf = async (participant: string): Promise<string> => {
  const { json } = await world.request(NORTE, `GET ${base('norte')}/claims`);
  return json.items.find((item: { participant: string }) => item.participant === participant).id;
};

describe('verified claims', () => {
  it('reach settlement as facts, rejected ones apart from them, and the contract pays the former', async () => {
    const claims = await verifiedClaims(world.ports, programme, [CONTRACT.id]);
    expect(claims.map(({ participant: { id, claims } }) => [id, claims])).toEqual([
      ['p1', ['placement']],
      ['p2', ['placement']],
      ['p3', []],
    ]);
    expect(claims[2]!.participant).toMatchObject({
      events: [],
      rejected: [{ milestone: 'placement', events: [{ kind: 'job' }], reason: 'el empleador no la conoce' }],
    });
    for (const claim of claims) expect(() => VerifiedClaim.parse(claim)).not.toThrow();
    const { definition } = await contractInForce(world.ports, CONTRACT.id);
    const unpublished = Object.entries(definition.parameters).filter(([, { values }]) =>
      values.some((value) => 'notPublished' in value),
    );
    const settled = settleContract(definition, {
      date: day('2026-03-31'),
      provider: 'norte',
      participants: claims.map(({ participant }) => participant),
      parameters: Object.fromEntries(
        unpublished.map(([name, { unit }]) => [name, unit === 'money' ? '100.00' : '30']),
      ),
    });
    expect(
      settled.ok && settled.value.lines.map(({ participant, milestone }) => `${participant} ${milestone}`),
    ).toEqual(['p1 placement', 'p2 placement']);
    const frozen = await freezeClaims(world.ports, [CONTRACT]);
    const body = await world.ports.objects.get({ bucket: 'bulk', key: frozen.claimsKey! });
    expect(new TextDecoder().decode(body).trimEnd().split('\n')).toHaveLength(3);
    expect(await freezeClaims(world.ports, [CONTRACT])).toEqual(frozen);
    expect(await freezeClaims(world.ports, [{ id: 'never-in-force' }])).toMatchObject({ claimsKey: null });
  });

  it('carry the sample’s verdicts by stratum, under the name of its period', async () => {
    const { verification } = await verifiedOutcomes(world.ports, programme, [CONTRACT.id]);
    expect(verification).toEqual([
      {
        contract: CONTRACT.id,
        provider: 'norte',
        strata: [
          {
            id: `2026-03:norte/${CONTRACT.id}/A/plain`,
            claims: PEOPLE.map((id) => `${id}|placement`),
            sampled: [
              { participant: 'p1', milestone: 'placement', verdict: 'confirmed' },
              { participant: 'p2', milestone: 'placement', verdict: 'confirmed' },
              {
                participant: 'p3',
                milestone: 'placement',
                verdict: 'rejected',
                reason: 'el empleador no la conoce',
              },
            ],
          },
        ],
        waiting: [],
      },
    ]);
    expect((await verifiedOutcomes(world.ports, programme, ['another'])).verification).toEqual([]);
  });

  it('are followed to the payment, each time with the cycle', async () => {
    const outcome = { contract: CONTRACT.id, provider: 'norte', participant: 'p1', milestone: 'placement' };
    const tell = claimTeller(world.ports);
    const march = { programme: 'pago', period: '2026-03' };
    const april = { programme: 'pago', period: '2026-04' };
    const paid = { event: 'paid', settledIn: march, in: april, on: '2026-04-28' } as const;
    expect(await tell(outcome, { event: 'settled', settledIn: march })).toBe('told');
    expect(await tell(outcome, { event: 'settled', settledIn: march })).toBe('known');
    expect(await tell(outcome, paid)).toBe('told');
    expect(await tell(outcome, { event: 'settled', settledIn: march })).toBe('known');
    // Nobody claimed it, another institute did, another contract pays the same milestone, the contract is not in force.
    expect(await tell({ ...outcome, participant: 'nobody' }, paid)).toBe('none');
    expect(await tell({ ...outcome, provider: 'sur' }, paid)).toBe('none');
    expect(await tell({ ...outcome, contract: 'never-in-force' }, paid)).toBe('none');
    // What a verifier turned down and a cycle pays all the same is paid, and reported by that verifier.
    expect(await tell({ ...outcome, participant: 'p3' }, { event: 'settled', settledIn: march })).toBe(
      'told',
    );
    expect(await collect(reversalsOf(world.ports, programme))).toMatchObject([
      { participant: 'p3', submittedBy: 'vera', reason: 'el empleador no la conoce', state: 'SUBMITTED' },
    ]);
    const list = await world.request(NORTE, `GET ${base('norte')}/claims`);
    const states = list.json.items.map(({ state }: { state: string }) => state).sort();
    expect(states).toEqual(['paid', 'payable', 'verified']);
    const claim = list.json.items.find(({ state }: { state: string }) => state === 'paid').id;
    const record = await claimOf(world.ports, { programme, provider: 'norte', claim });
    expect(record).toMatchObject({ settlement: march, payment: { ...april, on: '2026-04-28' } });
  });

  it('learn of their settlement with the payment, where nothing told them before', async () => {
    const outcome = { contract: CONTRACT.id, provider: 'norte', participant: 'p2', milestone: 'placement' };
    const march = { programme: 'pago', period: '2026-03' };
    const tell = claimTeller(world.ports);
    expect(await tell(outcome, { event: 'paid', settledIn: march, in: march, on: '2026-03-30' })).toBe(
      'told',
    );
    const why = { on: '2026-03-31', reason: 'never worked there' };
    expect(await tell(outcome, { event: 'reversed', settledIn: march, in: march, ...why })).toBe('told');
    expect(await tell(outcome, { event: 'paid', settledIn: march, in: march, on: '2026-03-30' })).toBe(
      'known',
    );
    const taken = await world.control.get(claimKeyOf(await claimIdOf('p2')));
    expect(taken).toMatchObject({
      state: 'reversed',
      settlement: march,
      payment: { on: '2026-03-30' },
      reversal: { ...march, ...why },
    });
    // Settlement still finds what was paid, because later milestones need it, and nothing that was taken back.
    const claims = await verifiedClaims(world.ports, programme, [CONTRACT.id]);
    expect(claims.map(({ participant }) => participant.id)).toEqual(['p1']);
  });

  it('bar those who submitted or verified them from approving their payment', async () => {
    const cycle = { programme: 'pago', period: '2026-03' };
    const manifestHash = 'a'.repeat(64);
    await world.control.write([
      { put: { ...cycleKey('pago', '2026-03'), status: 'PROPOSED' } },
      {
        put: {
          ...approvalKey('pago', '2026-03'),
          status: 'PENDING',
          maker: 'adela',
          manifestHash,
          required: 2,
          token: 't',
        },
      },
    ]);
    expect(await barFromApproving(world.ports, programme, cycle)).toBe(2);
    const approve = (person: string) =>
      recordApproval({ ...cycle, person, manifestHash, decision: 'approve' }, {} as never);
    await expect(approve('vera')).rejects.toMatchObject({ name: 'SELF_APPROVAL' });
    await expect(approve('ana')).rejects.toMatchObject({ name: 'SELF_APPROVAL' });
    expect(await approve('pia')).toMatchObject({ status: 'PENDING', checkers: ['pia'] });
  });
});
