import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidenceOf } from '../../../functions/support/claims/evidence.ts';
import { CONTRACT } from '../http/contract.ts';
import { base, NORTE, openWorld, type World } from '../http/harness.ts';
import { acceptEvidence } from './evidence.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const month = (subject: string, period: string, employer = 'textiles') => ({
    subject,
    kind: `payroll/${employer}`,
    period,
    value: '950.00',
  });
  await acceptEvidence(world.ports, CONTRACT.id, 'batch01', [
    month('whole', '2026-01'),
    month('whole', '2026-02'),
    month('whole', '2026-03'),
    { subject: 'whole', kind: 'payroll-start/textiles', period: '2026-01', value: '2026-01-12' },
    month('gap', '2026-01'),
    month('gap', '2026-03'),
    month('elsewhere', '2026-01', 'panadería'),
    month('late', '2026-01'),
    { subject: 'late', kind: 'payroll-start/textiles', period: '2026-01', value: '2026-01-20' },
  ]);
});
afterAll(() => world.close());

const COLUMNS = ['participant', 'end', 'submitted', 'state', 'reasons'] as const;
/** Row order says which check an institute reads first. */
const CASES = [
  ['whole', '2026-03-09', 'checked against the payroll', 'checking', []],
  ['gap', '2026-03-09', 'a month is not in the payroll', 'refused', ['PAYROLL_MONTHS']],
  ['elsewhere', '2026-03-09', 'another employer', 'refused', ['PAYROLL_JOB']],
  ['unknown', '2026-03-09', 'nobody of this number', 'refused', ['PAYROLL_JOB']],
  ['late', '2026-01-31', 'started later than claimed', 'refused', ['PAYROLL_START']],
  ['future', '2026-03-11', 'a job that ends tomorrow', 'refused', ['IMPOSSIBLE_DATE', 'PAYROLL_JOB']],
] as const;

describe(`claims against evidence that the institute did not send (${COLUMNS.join(', ')})`, () => {
  it.each(CASES)('%s until %s: %s', async (participant, end, _what, state, reasons) => {
    await world.request(NORTE, `POST ${base('norte')}/participants`, {
      id: participant,
      attributes: { tier: 'A' },
    });
    const { json } = await world.request(NORTE, `POST ${base('norte')}/claims`, {
      participant,
      milestone: 'placement',
      events: [{ kind: 'job', date: '2026-01-12', end, contract: 'formal', employer: 'textiles' }],
      documents: [await world.document('norte', participant)],
    });
    const answer = await world.until(
      () => world.request(NORTE, `GET ${base('norte')}/claims/${json.id}`),
      (got) => got.json.checks !== undefined && got.json.state === state,
    );
    expect(answer.json.decision?.reasons ?? []).toEqual(reasons);
  });

  it('leaves out a source that was not loaded, and reads one person only', async () => {
    const evidence = await evidenceOf(world.ports, CONTRACT.id, 'whole', 'COP');
    expect([...evidence.payroll!.keys()]).toEqual(['whole']);
    expect(evidence.payroll!.get('whole')![0]).toEqual({
      person: 'whole',
      employer: 'textiles',
      month: '2026-01',
      amountMinor: 95000,
      startedOn: '2026-01-12',
    });
    expect(evidence.certificates).toBeUndefined();
    expect(evidence.attendance).toBeUndefined();
    expect(await evidenceOf(world.ports, 'another-programme', 'whole', 'COP')).toEqual({});
  });
});
