import { describe, expect, it } from 'vitest';
import { contractWith, event, parameter, person, reasons, settled } from './fixture.ts';

const contract = contractWith(
  {
    verification: {
      confidence: 'confidence',
      margin: 'margin',
      tolerance: 'tolerance',
      extendAbove: 'extendAbove',
      cite: 's',
    },
  },
  {
    confidence: parameter('percent', '95'),
    margin: parameter('percent', '5'),
    tolerance: parameter('percent', '10'),
    extendAbove: parameter('percent', '40'),
  },
);
const ids = Array.from({ length: 20 }, (_, i) => `p${String(i).padStart(2, '0')}`);
const participants = ids.map((id) => person(id, [event('enrolled', '2020-02-01')]));
/** Ten of the twenty claims were looked at, the first `wrong` of them rejected. */
const looked = (wrong: number) => ({
  strata: [
    {
      id: 'institute/A/plain',
      sampled: ids.slice(0, 10).map((participant, i) => ({
        participant,
        milestone: 'enrolment',
        verdict: i < wrong ? ('rejected' as const) : ('confirmed' as const),
        ...(i < wrong ? { reason: 'not found at the address' } : {}),
      })),
    },
  ],
});
const settle = (wrong: number) => settled(contract, { participants, verification: looked(wrong) });

describe('a verified sample decides what is paid', () => {
  it.each([
    [0, 'pay', 200_000, 0],
    [1, 'pay', 190_000, 0],
    [2, 'deduct', 160_000, 20_000],
    [4, 'deduct', 120_000, 40_000],
    [5, 'extend', 50_000, 0],
  ])('%i of 10 wrong: %s', (wrong, decision, payable, deducted) => {
    const settlement = settle(wrong);
    expect(settlement.strata[0]).toMatchObject({ decision, claims: 20, sampled: 10, rejected: wrong });
    expect(settlement.totals).toMatchObject({ payable, deducted });
  });
  it("a rejected claim is refused with the verifier's words", () => {
    expect(settle(1).refused[0]).toMatchObject({
      reason: 'VERIFIER_REJECTED',
      observed: 'not found at the address',
    });
  });
  it('claims of a stratum that must be extended wait, and are paid once it is; rejected ones are not', () => {
    const first = settle(5);
    expect(reasons(first).filter((reason) => reason.endsWith('SAMPLE_MUST_EXTEND'))).toHaveLength(10);
    const later = settled(contract, {
      participants,
      state: first.state,
      date: '2021-01-31',
      verification: { strata: [] },
    });
    expect(later.lines.filter((line) => line.kind === 'outcome').map((line) => line.participant)).toEqual(
      ids.slice(10),
    );
  });
  it('a contract without the clause refuses the wrong claims and projects nothing', () => {
    expect(settled(contractWith(), { participants, verification: looked(4) }).totals).toMatchObject({
      payable: 160_000,
      deducted: 0,
    });
  });
  it('takes a deduction from the stratum it belongs to, and no more than that pays', () => {
    const claims = ids.slice(0, 11).map((id) => `${id}|enrolment`);
    const verification = { strata: [{ ...looked(4).strata[0]!, claims }] };
    const cheap = contractWith(
      {
        verification: contract.verification,
        caps: [{ id: 'envelope', label: { es: 'e', en: 'e' }, scope: 'contract', limit: 'envelope' }],
      },
      { ...contract.parameters, envelope: parameter('money', '620.00') },
    );
    // Six confirmed claims take 600.00 of the envelope, the one that nobody looked at is left 20.00 of its 100.00.
    expect(settled(contract, { participants, verification }).totals).toMatchObject({
      deducted: 4000,
      payable: 156_000,
    });
    expect(settled(cheap, { participants, verification }).totals).toMatchObject({
      deducted: 2000,
      payable: 60_000,
    });
  });
});
