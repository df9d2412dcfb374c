import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ports } from '../../adapters/ports.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import { parseCorrection } from '../../domain/records/correction.ts';
import { freezeCorrections, frozenCorrections } from '../../functions/support/corrections/freeze.ts';
import {
  correctionOf,
  correctionsOf,
  decideCorrection,
  markApplied,
  submitCorrection,
} from '../../functions/support/corrections/register.ts';
import { collect } from '../contract/collect.ts';
import { openStore, STORES } from './stores.ts';

const programme = 'juntos';
const asked = (id: string, household = 'H1', because = 'expediente 12') =>
  unwrap(
    parseCorrection({
      id,
      programme,
      household,
      reason: 'late_evidence',
      because,
      evidence: [{ subject: 'C1', kind: 'school_attendance', period: '2025-09', value: true }],
    }),
  );

describe.each(STORES)('the register of corrections, %s', (kind) => {
  let ports: Ports;
  let end: () => void;
  beforeEach(() => {
    ({ ports, end } = openStore(kind));
  });
  afterEach(() => end());
  const decide = (id: string, person: string, decision: 'approve' | 'refuse' = 'approve', why?: string) =>
    decideCorrection(ports, { programme, id, person, decision, ...(why && { why }) });
  const refused = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });

  it('takes a correction once, and no other under its id', async () => {
    const first = await submitCorrection(ports, asked('A-1'), 'ana');
    expect(await submitCorrection(ports, asked('A-1'), 'ana')).toEqual(first);
    await expect(submitCorrection(ports, asked('A-1', 'H2'), 'ana')).rejects.toEqual(
      refused('IDEMPOTENCY_MISMATCH'),
    );
    await expect(submitCorrection(ports, asked('A-1'), 'luz')).rejects.toEqual(
      refused('IDEMPOTENCY_MISMATCH'),
    );
    expect(first).toMatchObject({
      state: 'SUBMITTED',
      submittedBy: 'ana',
      submittedAt: '2025-11-30T12:00:00Z',
    });
  });

  it('lets nobody decide what they submitted, and lets a decision stand', async () => {
    await submitCorrection(ports, asked('A-1'), 'ana');
    await expect(decide('A-1', 'ana')).rejects.toEqual(refused('SELF_APPROVAL'));
    expect(await correctionOf(ports, programme, 'A-1')).toMatchObject({ state: 'SUBMITTED' });
    const approved = await decide('A-1', 'luz');
    expect(approved).toMatchObject({
      state: 'APPROVED',
      decidedBy: 'luz',
      decidedAt: '2025-11-30T12:00:00Z',
    });
    expect(await decide('A-1', 'luz')).toEqual(approved);
    await expect(decide('A-1', 'eva', 'refuse', 'tarde')).rejects.toEqual(refused('WRONG_STAGE'));
    await expect(decide('NONE', 'luz')).rejects.toEqual(refused('NOT_FOUND'));
  });

  it('of two who decide at once one is heard', async () => {
    await submitCorrection(ports, asked('A-1'), 'ana');
    const both = await Promise.allSettled([decide('A-1', 'luz'), decide('A-1', 'eva', 'refuse', 'tarde')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('freezes what is approved with the earlier ones of its household, to the same bytes each time', async () => {
    expect(await freezeCorrections(ports, programme, 4)).toBeNull();
    for (const [id, household] of [
      ['B', 'H1'],
      ['A', 'H1'],
      ['C', 'H2'],
      ['D', 'H1'],
    ] as const)
      await submitCorrection(ports, asked(id, household), 'ana');
    for (const id of ['A', 'B', 'C']) await decide(id, 'luz');
    await markApplied(ports, programme, 'A', '2025-11');
    await markApplied(ports, programme, 'C', '2025-11');
    const frozen = (await freezeCorrections(ports, programme, 4))!;
    expect(await freezeCorrections(ports, programme, 4)).toEqual(frozen);
    // H2 has nothing new; D waits for its decision.
    const known = await frozenCorrections(ports, { corrections: frozen });
    expect([...known].map(([id, records]) => [id, records.map(({ correction }) => correction.id)])).toEqual([
      ['H1', ['A', 'B']],
    ]);
    expect([frozen.count, frozen.shards.length]).toEqual([2, 1]);
  });

  it('is applied once, and only what was approved is', async () => {
    await submitCorrection(ports, asked('A'), 'ana');
    await markApplied(ports, programme, 'A', '2025-11');
    expect(await correctionOf(ports, programme, 'A')).toMatchObject({ state: 'SUBMITTED' });
    await decide('A', 'luz');
    for (const period of ['2025-11', '2026-01']) await markApplied(ports, programme, 'A', period);
    expect((await collect(correctionsOf(ports, programme)))[0]).toMatchObject({
      state: 'APPLIED',
      appliedIn: '2025-11',
    });
  });
});
