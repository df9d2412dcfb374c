import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json, Ports } from '../../adapters/ports.ts';
import type { ClaimState } from '../../domain/records/claim.ts';
import { claimKey, decidedPk, takenPartPk } from '../../functions/support/claims/keys.ts';
import { peopleOfClaims } from '../../functions/support/claims/list.ts';
import { claimOf } from '../../functions/support/claims/record.ts';
import {
  decideReversal,
  reportReversal,
  reversalOf,
  reversalsPage,
} from '../../functions/support/reversals/register.ts';
import { openStore, STORES } from './stores.ts';

const programme = 'resultados';
const ref = (claim: string) => ({ programme, provider: 'norte', claim });

describe.each(STORES)('the register of reversals, %s', (kind) => {
  let ports: Ports;
  let end: () => void;
  beforeEach(async () => {
    ({ ports, end } = openStore(kind));
    for (const [id, state] of [
      ['C-1', 'paid'],
      ['C-2', 'payable'],
      ['C-3', 'verified'],
      ['C-4', 'reversed'],
    ] as const)
      await claim(id, state);
    const decided = { pk: decidedPk(programme), sk: 'C-1', verdict: 'confirmed', verifier: 'vera' };
    await ports.control.write([{ put: decided }]);
    await ports.control.write([{ put: { pk: takenPartPk(programme), sk: 'SUBMITTER#ana' } }]);
  });
  afterEach(() => end());

  async function claim(id: string, state: ClaimState): Promise<void> {
    const settlement = state === 'verified' ? {} : { settlement: { programme: 'juntos', period: '2025-09' } };
    const outcome = { contract: 'c', participant: 'p1', milestone: 'placement' };
    const record = { id, programme, provider: 'norte', state, revision: 1, ...outcome, ...settlement };
    await ports.control.write([
      { put: { ...claimKey(programme, 'norte', id), ...(record as { [f: string]: Json }) } },
    ]);
  }
  type More = { institute?: string | undefined; reason?: string };
  const report = (id: string, person = 'vito', { reason = 'never worked there', institute }: More = {}) =>
    reportReversal(ports, { ...ref(id), person, reason, documents: [], institute });
  const decide = (
    id: string,
    person: string,
    decision: 'approve' | 'refuse' = 'approve',
    { why, institute }: { why?: string; institute?: string } = {},
  ) => decideReversal(ports, { programme, claim: id, person, decision, institute, ...(why && { why }) });
  const refused = (code: string) => expect.objectContaining({ refusal: expect.objectContaining({ code }) });

  it('takes a report once, and tells the claim when it is approved', async () => {
    const first = await report('C-1');
    expect(first).toMatchObject({ state: 'SUBMITTED', paidBy: 'juntos', verifiedBy: 'vera', attempt: 1 });
    expect(await report('C-1')).toEqual(first);
    expect(await claimOf(ports, ref('C-1'))).not.toHaveProperty('foundFalse');
    const approved = await decide('C-1', 'luz');
    expect(approved).toMatchObject({ state: 'APPROVED', decidedBy: 'luz' });
    expect(await decide('C-1', 'luz')).toEqual(approved);
    expect(await claimOf(ports, ref('C-1'))).toMatchObject({
      state: 'paid',
      foundFalse: { on: '2025-11-30', reason: 'never worked there' },
    });
  });

  it('bars who reported from approving a cycle that takes it', async () => {
    await report('C-1');
    expect(await peopleOfClaims(ports, programme)).toContain('vito');
  });

  const rows: [name: string, run: () => Promise<unknown>, code: string][] = [
    ['a report without a reason', () => report('C-1', 'vito', { reason: ' ' }), 'BAD_INPUT'],
    ['a report that is a story', () => report('C-1', 'vito', { reason: 'x'.repeat(301) }), 'BAD_INPUT'],
    ['a claim that is unknown', () => report('C-9'), 'NOT_FOUND'],
    ['a claim that no cycle has settled', () => report('C-3'), 'WRONG_STAGE'],
    ['a claim that was taken back', () => report('C-4'), 'WRONG_STAGE'],
    ['a report by the institute', () => report('C-1', 'vito', { institute: 'norte' }), 'NOT_ALLOWED'],
    ['a report by who submits claims', () => report('C-1', 'ana'), 'NOT_ALLOWED'],
    ['a decision on what nobody reported', () => decide('C-2', 'luz'), 'NOT_FOUND'],
    ['a decision by who reported', () => report('C-1').then(() => decide('C-1', 'vito')), 'SELF_APPROVAL'],
    ['a decision by who verified', () => report('C-1').then(() => decide('C-1', 'vera')), 'NOT_ALLOWED'],
    [
      'a decision by the institute',
      () => report('C-1').then(() => decide('C-1', 'luz', 'approve', { institute: 'norte' })),
      'NOT_ALLOWED',
    ],
    ['a decision by who submits claims', () => report('C-1').then(() => decide('C-1', 'ana')), 'NOT_ALLOWED'],
    [
      'a refusal without a reason',
      () => report('C-1').then(() => decide('C-1', 'luz', 'refuse')),
      'BAD_INPUT',
    ],
    ['a second report', () => report('C-1').then(() => report('C-1', 'otto')), 'WRONG_STAGE'],
    [
      'a second report after the approval',
      () =>
        report('C-1')
          .then(() => decide('C-1', 'luz'))
          .then(() => report('C-1', 'otto')),
      'WRONG_STAGE',
    ],
    [
      'another decision',
      () =>
        report('C-1')
          .then(() => decide('C-1', 'luz'))
          .then(() => decide('C-1', 'eva', 'refuse', { why: 'late' })),
      'WRONG_STAGE',
    ],
    [
      'an approval of what has been taken back meanwhile',
      () =>
        report('C-1')
          .then(() => claim('C-1', 'reversed'))
          .then(() => decide('C-1', 'luz')),
      'WRONG_STAGE',
    ],
  ];
  it.each(rows)('refuses %s', async (_name, run, code) => {
    await expect(run()).rejects.toEqual(refused(code));
    const foundFalse = (await claimOf(ports, ref('C-2'))).foundFalse;
    expect(foundFalse).toBeUndefined();
  });

  it('keeps a refusal, and takes another report after it', async () => {
    await report('C-2');
    await decide('C-2', 'luz', 'refuse', { why: 'the payroll shows the job' });
    await expect(decide('C-2', 'eva')).rejects.toEqual(refused('WRONG_STAGE'));
    // The very same report may be made again: it was refused, not forgotten.
    await report('C-2', 'vito', { reason: 'the payroll was forged' });
    expect(await decide('C-2', 'eva')).toMatchObject({
      state: 'APPROVED',
      attempt: 2,
      reason: 'the payroll was forged',
      refused: [{ reason: 'never worked there', decidedBy: 'luz', why: 'the payroll shows the job' }],
    });
  });

  it('of two who report, or decide, at once one is heard', async () => {
    const reports = await Promise.allSettled([report('C-1'), report('C-1', 'otto')]);
    expect(reports.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const decisions = await Promise.allSettled([
      decide('C-1', 'luz'),
      decide('C-1', 'eva', 'refuse', { why: 'late' }),
    ]);
    expect(decisions.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('lists them by claim, those of one state apart', async () => {
    await report('C-1');
    await report('C-2');
    await decide('C-2', 'luz');
    const page = await reversalsPage(ports, programme, { limit: 10, state: 'SUBMITTED' });
    expect(page.items.map((item) => item.claim)).toEqual(['C-1']);
    expect(await reversalOf(ports, programme, 'C-2')).toMatchObject({ state: 'APPROVED' });
  });
});
