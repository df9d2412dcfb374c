import { describe, expect, it } from 'vitest';
import type { Month } from '../../../domain/kernel/period.ts';
import type { Claim, Registration } from '../../../domain/records/claim.ts';
import { CHECK_CODES, CHECK_TEXTS } from '../../../domain/results/check-texts.ts';
import {
  type CheckPlan,
  checkClaim,
  type Evidence,
  indexClaims,
  type PayrollRow,
} from '../../../domain/results/verification.ts';

const PLAN: CheckPlan = {
  job: { kinds: ['job'], employer: 'employer' },
  income: { kind: 'income', amount: 'amount' },
  certificate: { kinds: ['certificate'] },
  attendance: { kind: 'log', hours: 'hours' },
  clusterAt: 3,
  leastAge: 14,
  minorOf: (raw) => Number(raw) * 100,
};
const doc = (fill: string) => ({
  sha256: fill.repeat(64),
  bytes: 9,
  type: 'application/pdf' as const,
  name: 'd.pdf',
});
const claimOf = (participant: string, events: Claim['events'], more: Partial<Claim> = {}): Claim => ({
  id: `claim-${participant}`,
  contract: 'c',
  participant,
  milestone: 'm',
  provider: 'institute',
  submittedBy: 'ana',
  submittedOn: '2020-06-30',
  state: 'checking',
  documents: [doc('a')],
  events,
  ...more,
});
const JOB = { kind: 'job', date: '2020-03-02', end: '2020-05-31', employer: 'mill' };
const pay = (months: string[], more: Partial<PayrollRow> = {}): PayrollRow[] =>
  months.map((month) => ({
    person: 'p',
    employer: 'mill',
    month: month as Month,
    amountMinor: 40_000,
    ...more,
  }));
const payroll = (rows: PayrollRow[]): Evidence => ({ payroll: new Map([['p', rows]]) });
const SPRING = pay(['2020-03', '2020-04', '2020-05']);

function judge(claim: Claim, evidence: Evidence, person?: Registration, others: Claim[] = []) {
  const checks = checkClaim(claim, person, evidence, PLAN, indexClaims([claim, ...others], PLAN));
  return {
    ...checks,
    bad: checks.results
      .filter(({ outcome }) => outcome !== 'pass')
      .map(({ code, outcome }) => `${code} ${outcome}`),
  };
}

describe('automatic verification', () => {
  it('a job that the payroll knows passes', () => {
    expect(judge(claimOf('p', [JOB]), payroll(SPRING))).toMatchObject({
      decision: 'pass',
      flagged: false,
      bad: [],
    });
  });
  it.each<[string, Claim['events'], Evidence, string[], string]>([
    ['another employer', [{ ...JOB, employer: 'shop' }], payroll(SPRING), ['PAYROLL_JOB fail'], 'refuse'],
    [
      'a month that is not in the payroll',
      [JOB],
      payroll(pay(['2020-03', '2020-05'])),
      ['PAYROLL_MONTHS fail'],
      'refuse',
    ],
    [
      'a job that is older than claimed',
      [JOB],
      payroll([...pay(['2020-02']), ...SPRING]),
      ['PAYROLL_START fail'],
      'refuse',
    ],
    [
      'another start day in the payroll',
      [JOB],
      payroll(pay(['2020-03', '2020-04', '2020-05'], { startedOn: '2020-03-09' as never })),
      ['PAYROLL_START fail'],
      'refuse',
    ],
    ['the payroll was not loaded', [JOB], {}, ['PAYROLL_JOB unknown'], 'verify'],
    [
      'own employer',
      [{ ...JOB, employer: 'institute' }],
      payroll(pay(['2020-03', '2020-04', '2020-05'], { employer: 'institute' })),
      ['OWN_EMPLOYER fail'],
      'refuse',
    ],
    [
      'an event after the claim',
      [{ ...JOB, end: '2020-07-01' }],
      payroll([...SPRING, ...pay(['2020-06', '2020-07'])]),
      ['IMPOSSIBLE_DATE fail'],
      'refuse',
    ],
    [
      'income as the payroll says',
      [{ kind: 'income', date: '2020-03-31', amount: '400' }],
      payroll(SPRING),
      [],
      'pass',
    ],
    [
      'a unit more than the payroll says',
      [{ kind: 'income', date: '2020-03-31', amount: '401' }],
      payroll(SPRING),
      ['PAYROLL_INCOME fail'],
      'refuse',
    ],
    [
      'one sum for three months that were paid',
      [{ kind: 'income', date: '2020-03-01', end: '2020-05-31', amount: '1200' }],
      payroll(SPRING),
      [],
      'pass',
    ],
    [
      'one sum for three months, a unit above what was paid',
      [{ kind: 'income', date: '2020-03-01', end: '2020-05-31', amount: '1201' }],
      payroll(SPRING),
      ['PAYROLL_INCOME fail'],
      'refuse',
    ],
    [
      'one sum for three months and one of them again',
      [
        { kind: 'income', date: '2020-03-01', end: '2020-05-31', amount: '1200' },
        { kind: 'income', date: '2020-04-30', amount: '1' },
      ],
      payroll(SPRING),
      ['PAYROLL_INCOME fail'],
      'refuse',
    ],
    [
      'own employer, in capitals',
      [{ ...JOB, employer: ' INSTITUTE' }],
      payroll(pay(['2020-03', '2020-04', '2020-05'], { employer: ' INSTITUTE' })),
      ['OWN_EMPLOYER fail'],
      'refuse',
    ],
    [
      'a certificate nobody issued',
      [{ kind: 'certificate', date: '2020-03-31' }],
      { certificates: new Map() },
      ['CERTIFICATE fail'],
      'refuse',
    ],
    [
      'a certificate in the register',
      [{ kind: 'certificate', date: '2020-03-31' }],
      { certificates: new Map([['p', [{ person: 'p', kind: 'certificate', date: '2020-03-30' as never }]]]) },
      [],
      'pass',
    ],
    [
      'hours beyond the log',
      [{ kind: 'log', date: '2020-03-31', hours: 101 }],
      { attendance: new Map([['p', [{ person: 'p', month: '2020-03' as Month, hours: 100 }]]]) },
      ['ATTENDANCE fail'],
      'refuse',
    ],
  ])('%s', (_, events, evidence, bad, decision) => {
    expect(judge(claimOf('p', events), evidence)).toMatchObject({ bad, decision });
  });

  it('a document shown before for another person is refused, whoever showed it first goes to a person', () => {
    const mine = claimOf('p', [JOB]);
    const recycled = claimOf('q', [JOB], { provider: 'rival' });
    const first = judge(mine, payroll(SPRING), undefined, [recycled]);
    expect([first.bad, first.decision]).toEqual([['DOCUMENT_REUSED unknown'], 'verify']);
    const second = checkClaim(mine, undefined, payroll(SPRING), PLAN, indexClaims([recycled, mine], PLAN));
    expect(second.decision).toBe('refuse');
    // Its own document first and another's copied beside it: the copy decides.
    const two = claimOf('p', [JOB], { documents: [doc('b'), doc('a')] });
    const copied = claimOf('q', [JOB], { documents: [doc('b')] });
    const index = indexClaims([recycled, two, copied], PLAN);
    expect(checkClaim(two, undefined, payroll(SPRING), PLAN, index).decision).toBe('refuse');
  });
  it('one document for two milestones of one person is fine, none at all is not', () => {
    const mine = claimOf('p', [JOB]);
    const second = { ...mine, id: 'claim-2', milestone: 'retention' };
    expect(judge(mine, payroll(SPRING), undefined, [second]).bad).toEqual([]);
    expect(judge(claimOf('p', [JOB], { documents: [] }), payroll(SPRING)).bad).toEqual([
      'DOCUMENT_MISSING fail',
    ]);
  });
  it('many people, one employer, one day: flagged, not refused; two is not many', () => {
    const other = (id: string) => claimOf(id, [JOB], { documents: [doc(id)] });
    expect(judge(claimOf('p', [JOB]), payroll(SPRING), undefined, [other('b')]).flagged).toBe(false);
    const three = judge(claimOf('p', [JOB]), payroll(SPRING), undefined, [other('b'), other('c')]);
    expect([three.flagged, three.decision, three.bad]).toEqual([true, 'pass', ['CLUSTER flag']]);
  });
  it('a bad check digit holds the claim, a child at work refuses it', () => {
    const person = (value: string, birthDate: string): Registration => ({
      contract: 'c',
      id: 'p',
      birthDate,
      number: { kind: 'ec.ci', value },
    });
    expect(judge(claimOf('p', [JOB]), payroll(SPRING), person('1714307103', '2000-01-01')).decision).toBe(
      'pass',
    );
    expect(judge(claimOf('p', [JOB]), payroll(SPRING), person('1714307104', '2000-01-01')).decision).toBe(
      'hold',
    );
    expect(judge(claimOf('p', [JOB]), payroll(SPRING), person('1714307103', '2006-03-03')).bad).toEqual([
      'IMPOSSIBLE_DATE fail',
    ]);
  });
  it('the day of the claim is no future, and fourteen is old enough', () => {
    const today = claimOf('p', [{ ...JOB, date: '2020-06-30', end: '2020-06-30' }]);
    expect(judge(today, payroll(pay(['2020-06']))).bad).toEqual([]);
    const fourteen: Registration = { contract: 'c', id: 'p', birthDate: '2006-03-02' };
    expect(judge(claimOf('p', [JOB]), payroll(SPRING), fourteen).bad).toEqual([]);
  });
  it('every check says what the institute can do, in Spanish and English', () => {
    for (const code of CHECK_CODES)
      expect(CHECK_TEXTS[code].next.es.length * CHECK_TEXTS[code].next.en.length).toBeGreaterThan(0);
  });
});
