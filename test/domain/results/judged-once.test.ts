import { describe, expect, it } from 'vitest';
import type { CaseParticipant, VerificationResult } from '../../../domain/records/claim-case.ts';
import { explainLine } from '../../../domain/results/explain.ts';
import { contractWith, event, next, parameter, person, reasons, settled, worker } from './fixture.ts';

const clause = {
  verification: {
    confidence: 'confidence',
    margin: 'margin',
    tolerance: 'tolerance',
    extendAbove: 'extendAbove',
    cite: 's',
  },
};
const values = {
  confidence: parameter('percent', '95'),
  margin: parameter('percent', '5'),
  tolerance: parameter('percent', '10'),
  extendAbove: parameter('percent', '40'),
};
const contract = contractWith(clause, values);

/** Ten people who enrolled (100.00 each); the last claim is certified later or never. */
const ids = Array.from({ length: 10 }, (_, i) => `p${i}`);
const enrolled = (id: string): CaseParticipant =>
  person(id, [event('enrolled', '2020-02-01')], { claims: ['enrolment'] });
const refusedBy = (id: string): CaseParticipant =>
  person(id, [], {
    claims: [],
    rejected: [
      { milestone: 'enrolment', events: [event('enrolled', '2020-02-01')], reason: 'unknown at the school' },
    ],
  });
/** Five of ten looked at, the first `wrong` of them rejected. */
const sample = (wrong: number, looked = 5, id = '2020-03:institute/A/plain'): VerificationResult => ({
  strata: [
    {
      id,
      claims: ids.map((each) => `${each}|enrolment`),
      sampled: ids.slice(0, looked).map((participant, i) => ({
        participant,
        milestone: 'enrolment',
        verdict: i < wrong ? 'rejected' : 'confirmed',
      })),
    },
  ],
});
const people = (wrong: number, of = ids) =>
  of.map((id) => (ids.indexOf(id) < wrong ? refusedBy(id) : enrolled(id)));

describe('what a verifier rejected, as it was asserted', () => {
  it('is priced to know the wrong money, refused with its reason, and never paid', () => {
    const settlement = settled(contract, { participants: people(1), verification: sample(1) });
    // 100.00 wrong among five looked at, projected on five: 9 x 100.00 - 100.00.
    expect(settlement.strata[0]).toMatchObject({ claims: 10, sampled: 5, rejected: 1, decision: 'deduct' });
    expect(settlement.totals).toMatchObject({ earned: 90_000, deducted: 10_000, payable: 80_000 });
    expect(settlement.refused).toEqual([
      {
        participant: 'p0',
        milestone: 'enrolment',
        reason: 'VERIFIER_REJECTED',
        observed: 'unknown at the school',
        required: '',
      },
    ]);
    expect(settlement.state.paid.p0).toBeUndefined();
  });

  it('helps no other milestone of the person, though rejected claims rest on each other', () => {
    const whole = worker('w');
    const job = whole.events!.filter(({ kind }) => kind === 'job');
    const rest = whole.events!.filter(({ kind }) => kind !== 'job');
    const rejected = [
      { milestone: 'placement', events: job },
      { milestone: 'retention', events: [] },
    ];
    const one = (more: Partial<CaseParticipant>) =>
      settled(contract, {
        participants: [{ ...whole, events: rest, claims: ['enrolment', 'retention'], ...more }],
        verification: {
          strata: [
            {
              id: 's',
              claims: ['w|placement', 'w|retention'],
              sampled: [
                { participant: 'w', milestone: 'placement', verdict: 'rejected' },
                { participant: 'w', milestone: 'retention', verdict: 'rejected' },
              ],
            },
          ],
        },
      });
    const helped = one({ claims: ['enrolment', 'retention'], rejected: rejected.slice(0, 1) });
    expect(helped.lines.map(({ milestone }) => milestone)).toEqual(['enrolment']);
    expect(reasons(helped)).toEqual(['w placement VERIFIER_REJECTED', 'w retention NO_EVIDENCE']);
    // Both asserted, both wrong: 300.00 for the placement and 150.00 for what rested on it.
    const both = one({ claims: ['enrolment'], rejected });
    expect(both.strata[0]).toMatchObject({ sampled: 2, rejected: 2, rejectedMinor: 45_000 });
  });

  it('a claim that would not have been paid even as asserted makes no error', () => {
    const late = person('p0', [], {
      claims: [],
      rejected: [{ milestone: 'enrolment', events: [event('enrolled', '2019-02-01')] }],
    });
    const settlement = settled(contract, {
      participants: [late, ...people(1).slice(1)],
      verification: sample(1),
    });
    expect(settlement.strata[0]).toMatchObject({ claims: 9, sampled: 4, rejected: 0, decision: 'pay' });
  });

  it('a corrected claim that was confirmed since is paid, and its first error stands', () => {
    const corrected: CaseParticipant = {
      ...refusedBy('p0'),
      claims: ['enrolment'],
      events: [event('enrolled', '2020-02-03')],
    };
    const settlement = settled(contract, {
      participants: [corrected, ...people(1).slice(1)],
      verification: sample(1),
    });
    expect(settlement.strata[0]).toMatchObject({ claims: 10, rejected: 1, rejectedMinor: 10_000 });
    expect(settlement.totals).toMatchObject({ earned: 100_000, deducted: 10_000, payable: 90_000 });
    expect(settlement.lines.find(({ participant }) => participant === 'p0')?.outcomeOn).toBe('2020-02-03');
  });
});

describe('a stratum is judged once', () => {
  const first = settled(contract, {
    participants: people(1, ids.slice(0, 8)),
    verification: sample(1),
    date: '2020-04-30',
  });
  const later = (participants: CaseParticipant[], verification = sample(1)) =>
    settled(contract, { participants, verification, date: '2020-05-31', ...next(first) });

  it('and remembered with what was looked at', () => {
    expect(first.totals).toMatchObject({ earned: 70_000, deducted: 6_000 });
    expect(first.state.strata).toEqual({
      '2020-03:institute/A/plain': { on: '2020-04-30', decision: 'deduct', wrong: 10_000, looked: 50_000 },
    });
  });
  it('the same claims again are neither paid nor deducted, and the rejection is not told again', () => {
    const again = later(people(1, ids.slice(0, 8)));
    expect(again.lines).toEqual([]);
    expect(again.strata).toEqual([]);
    expect(reasons(again)).toEqual(ids.slice(1, 8).map((id) => `${id} enrolment ALREADY_PAID`));
  });
  it('claims of it that are paid later carry the share it was judged by, once', () => {
    const late = later([enrolled('p8')]);
    expect(late.lines.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['outcome', 10_000],
      ['deduction', -2_000],
    ]);
    expect(explainLine(contract, late.lines[1]!).es).toBe(
      'Se descuentan USD 20.00 por error de la muestra: muestra de 2020-03:institute/A/plain, juzgada el 2020-04-30: su parte de dinero equivocado, sobre 1 que se pagan ahora.',
    );
    expect(explainLine(contract, first.lines.at(-1)!).es).toContain('1 de 5 equivocados, proyectado sobre 3');
    expect(late.state.strata).toEqual(first.state.strata);
  });
  it('a corrected claim of it was looked at: it is paid in full', () => {
    const corrected = {
      ...refusedBy('p0'),
      claims: ['enrolment'],
      events: [event('enrolled', '2020-02-03')],
    };
    expect(later([corrected]).totals).toMatchObject({ earned: 10_000, deducted: 0, payable: 10_000 });
  });
  it('claims of a stratum that was paid within the tolerance are paid in full later', () => {
    const clean = settled(contract, { participants: people(0, ids.slice(0, 8)), verification: sample(0) });
    const rest = settled(contract, {
      participants: [enrolled('p9')],
      verification: sample(0),
      ...next(clean),
    });
    expect(rest.totals).toMatchObject({ earned: 10_000, deducted: 0 });
  });
});

describe('a sample that must be extended', () => {
  const first = settled(contract, { participants: people(3), verification: sample(3), date: '2020-04-30' });

  it('pays what was confirmed, keeps the rest waiting, and is not judged yet', () => {
    expect(first.strata[0]!.decision).toBe('extend');
    expect(first.totals.payable).toBe(20_000);
    expect(first.state.strata).toBeUndefined();
  });
  it('is judged on all of it once extended, what was paid meanwhile included', () => {
    const second = settled(contract, {
      participants: people(3),
      verification: sample(3, 9),
      date: '2020-05-31',
      ...next(first),
    });
    // 3 of 9 wrong, not 3 of 7: 300.00 x 1/9 from the one that nobody looked at.
    expect(second.strata[0]).toMatchObject({ claims: 10, sampled: 9, rejected: 3, decision: 'deduct' });
    expect(second.totals).toMatchObject({ earned: 50_000, deducted: 3_333, payable: 46_667 });
  });
  it('nothing rests on a claim that waits: no later milestone, no released money', () => {
    const held = contractWith(
      {
        ...clause,
        holdbacks: [{ milestones: ['enrolment'], share: 'share', until: 'placement', cite: 's' }],
      },
      { ...values, share: parameter('percent', '50') },
    );
    const verification: VerificationResult = {
      strata: [
        {
          id: 's',
          claims: ['w|placement', 'x|placement', 'y|placement'],
          sampled: [
            { participant: 'x', milestone: 'placement', verdict: 'rejected' },
            { participant: 'y', milestone: 'placement', verdict: 'confirmed' },
          ],
        },
      ],
    };
    const settlement = settled(held, {
      participants: ['w', 'x', 'y'].map((id) =>
        worker(id, '2020-08-31', { claims: ['enrolment', 'placement', 'retention'] }),
      ),
      verification,
    });
    expect(reasons(settlement)).toEqual(
      expect.arrayContaining(['w placement SAMPLE_MUST_EXTEND', 'w retention REQUIRES_MILESTONE']),
    );
    expect(settlement.state.paid.w).toMatchObject({ enrolment: { paid: 5_000, held: 5_000 } });
    expect(settlement.state.paid.w!.retention).toBeUndefined();
  });
});

describe('a claim whose verification is not finished', () => {
  const waiting = [{ participant: 'w', milestone: 'retention', stratum: '2020-09:institute/A/plain' }];
  it('is neither paid nor lost, and told', () => {
    const settlement = settled(contract, {
      participants: [worker('w')],
      verification: { strata: [], waiting: [...waiting, { participant: 'z', milestone: 'enrolment' }] },
    });
    expect(reasons(settlement)).toEqual([
      'w retention AWAITS_VERIFICATION',
      'z enrolment AWAITS_VERIFICATION',
    ]);
    expect(settlement.state.paid.w!.retention).toBeUndefined();
  });
  it('does not cost what it should follow: the delay is not the provider’s', () => {
    const strict = contractWith(
      {
        ...clause,
        clawback: {
          maxShare: 'half',
          unless: [{ milestone: 'placement', follows: 'retention', months: 'patience' }],
          cite: 's',
        },
      },
      { ...values, half: parameter('percent', '50'), patience: parameter('months', 6) },
    );
    const placed = settled(strict, {
      participants: [{ ...worker('w'), claims: ['placement'] }],
      date: '2020-05-31',
    });
    const afterwards = (verification: VerificationResult) =>
      settled(strict, { participants: [], verification, date: '2020-12-31', ...next(placed) });
    expect(afterwards({ strata: [], waiting }).recoveries).toEqual([]);
    expect(afterwards({ strata: [] }).recoveries).toMatchObject([
      { participant: 'w', milestone: 'placement' },
    ]);
  });
});
