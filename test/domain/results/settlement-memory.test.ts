import { describe, expect, it } from 'vitest';
import type { CaseParticipant } from '../../../domain/records/claim-case.ts';
import { contractWith, event, next, parameter, person, reasons, refusedAs, settled } from './fixture.ts';

const clause = {
  verification: {
    confidence: 'ninetyFive',
    margin: 'five5',
    tolerance: 'five5',
    extendAbove: 'fifty',
    cite: 's',
  },
};
const contract = contractWith(clause, {
  ninetyFive: parameter('percent', '95'),
  five5: parameter('percent', '5'),
  fifty: parameter('percent', '50'),
});
const people = (count: number): CaseParticipant[] =>
  Array.from({ length: count }, (_, i) => person(`p${i}`, [event('enrolled', '2020-02-03')]));
const verdicts = (id: string, wrong: number, looked: number, from = 0) => ({
  strata: [
    {
      id,
      claims: Array.from({ length: 10 }, (_, i) => `p${i}|enrolment`),
      sampled: Array.from({ length: looked }, (_, i) => ({
        participant: `p${from + i}`,
        milestone: 'enrolment',
        verdict: i < wrong ? ('rejected' as const) : ('confirmed' as const),
        reason: 'nobody of that name',
      })),
    },
  ],
});

describe('what a verifier rejected, in the settlements after it', () => {
  const first = settled(contract, {
    date: '2020-03-31',
    participants: people(10),
    verification: verdicts('march', 1, 4),
  });
  it('is not paid because the next case no longer brings the verdict', () => {
    expect(first.totals).toMatchObject({ earned: 90_000, deducted: 15_000, payable: 75_000 });
    const second = settled(contract, { date: '2020-04-30', participants: people(10), ...next(first) });
    expect(second.totals.payable).toBe(0);
    expect(reasons(second)).toContain('p0 enrolment VERIFIER_REJECTED');
    const third = settled(contract, { date: '2020-05-31', participants: people(10), ...next(second) });
    expect(third.totals.payable).toBe(0);
  });
  it('is paid once a verifier confirmed it, and stays paid once', () => {
    const confirmed = { participants: people(1), verification: verdicts('april', 0, 1) };
    const second = settled(contract, { date: '2020-04-30', ...confirmed, ...next(first) });
    expect(second.totals.payable).toBe(10_000);
    expect(second.state.rejected).toBeUndefined();
    const third = settled(contract, { date: '2020-05-31', participants: people(1), ...next(second) });
    expect(reasons(third)).toEqual(['p0 enrolment ALREADY_PAID']);
  });
  it('still counts in the stratum that had to be extended', () => {
    const most = settled(contract, {
      date: '2020-03-31',
      participants: people(10),
      verification: verdicts('march', 2, 3),
    });
    expect(most.strata[0]?.decision).toBe('extend');
    const extended = settled(contract, {
      date: '2020-04-30',
      participants: people(10),
      verification: verdicts('march', 2, 8),
      ...next(most),
    });
    expect(extended.strata[0]).toMatchObject({ decision: 'deduct', rejected: 2, rejectedMinor: 20_000 });
    expect(extended.totals.deducted).toBe(5_000);
  });
});

describe('a misspelt milestone does nothing silently', () => {
  it.each(['reversals', 'claimedBefore'])('in %s it is bad input, with its path', (where) => {
    const claim = { participant: 'p0', milestone: 'enrolement', date: '2020-03-01', reason: 'false' };
    expect(refusedAs(contract, { participants: people(1), [where]: [claim] }).issues).toMatchObject([
      { code: 'UNKNOWN_MILESTONE', path: `${where}.0.milestone` },
    ]);
  });
});

it('a milestone that the contract had when it was paid can be taken back though it has it no more', () => {
  const one = settled(contract, { date: '2020-03-31', participants: people(1) });
  const [, ...others] = contract.milestones;
  const later = { ...contract, milestones: others };
  const claim = { participant: 'p0', milestone: 'enrolment', date: '2020-04-02', reason: 'false' };
  const two = settled(later, { date: '2020-04-30', participants: [], reversals: [claim], ...next(one) });
  expect(two.recoveries).toMatchObject([{ participant: 'p0', milestone: 'enrolment', amountMinor: 10_000 }]);
  const never = { ...claim, participant: 'p1' };
  expect(refusedAs(later, { participants: [], reversals: [never], ...next(one) }).code).toBe('BAD_INPUT');
});

describe('a verdict that cannot be read is bad input', () => {
  const verdict = (milestone: string, said: 'confirmed' | 'rejected') => ({
    participant: 'p0',
    milestone,
    verdict: said,
  });
  const wrong = (verification: object) =>
    refusedAs(contract, { participants: people(1), ...{ verification: verification as never } }).issues?.map(
      ({ code, path }) => `${code} ${path}`,
    );
  it.each<[string, object, string]>([
    [
      'of no milestone',
      { strata: [{ id: 's', sampled: [verdict('enrolement', 'rejected')] }] },
      'UNKNOWN_MILESTONE verification.strata.0.sampled.0.milestone',
    ],
    [
      'a claim that waits of no milestone',
      { strata: [], waiting: [{ participant: 'p0', milestone: 'x' }] },
      'UNKNOWN_MILESTONE verification.waiting.0.milestone',
    ],
    [
      'two on one claim of a sample',
      {
        strata: [{ id: 's', sampled: [verdict('enrolment', 'confirmed'), verdict('enrolment', 'rejected')] }],
      },
      'SAID_TWICE verification.strata.0.sampled.1',
    ],
    [
      'one stratum twice',
      {
        strata: [
          { id: 's', sampled: [] },
          { id: 's', sampled: [] },
        ],
      },
      'SAID_TWICE verification.strata.1',
    ],
  ])('%s', (_, verification, issue) => expect(wrong(verification)).toEqual([issue]));
});

describe('what is said to have happened after the settlement', () => {
  it.each(['reversals', 'claimedBefore'])('in %s is bad input, of the day itself it is not', (where) => {
    const claim = (date: string) => ({ participant: 'p0', milestone: 'enrolment', date, reason: 'false' });
    const input = (date: string) => ({ date: '2020-03-01', participants: people(1), [where]: [claim(date)] });
    expect(refusedAs(contract, input('2020-03-02')).issues).toMatchObject([
      { code: 'IMPOSSIBLE_DATE', path: `${where}.0.date` },
    ]);
    expect(settled(contract, input('2020-03-01')).totals.payable).toBe(0);
  });
});

describe('an advance whose guarantee falls short', () => {
  const advance = (guarantee: object) =>
    contractWith(
      {
        advance: { amount: 'advance', recoverShare: 'half', cite: 's' },
        guarantee: { covers: 'advance', cite: 's', ...guarantee },
      },
      { advance: parameter('money', '1000.00'), half: parameter('percent', '50') },
    );
  const bond = [{ id: 'g', amount: '120.00', until: '2020-12-31' }];
  it.each([
    ['withhold', { effect: 'withhold' }, bond, 12_000, 'ADVANCE_LIMITED_BY_GUARANTEE'],
    ['warn', { effect: 'warn' }, bond, 100_000, 'GUARANTEE_DOES_NOT_COVER'],
    [
      'nothing said, warn',
      { effect: 'withhold', whenUnstated: 'warn' },
      undefined,
      100_000,
      'GUARANTEE_DOES_NOT_COVER',
    ],
    ['none, withhold', { effect: 'withhold', whenUnstated: 'warn' }, [], 0, 'ADVANCE_LIMITED_BY_GUARANTEE'],
  ])('%s', (_, guarantee, guarantees, cents, warning) => {
    const settlement = settled(advance(guarantee), { date: '2020-01-31', ...(guarantees && { guarantees }) });
    expect([settlement.totals.advance, settlement.warnings]).toEqual([cents, [warning]]);
  });
});
