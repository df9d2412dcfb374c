import { describe, expect, it } from 'vitest';
import type { Exemption } from '../../../domain/records/household.ts';
import { verifyCompliance } from '../../../domain/transfers/compliance.ts';
import { compiled, condition, fact, home, label, person } from './support.ts';

const one = home([person('M')]);
const programme = (more: Record<string, unknown> = {}, period = '2025-01') =>
  compiled({ conditions: [condition('c', { exemptions: ['health'], ...more })] }, period);
const excuse = (more: Partial<Record<keyof Exemption, string>> = {}): Exemption[] => [
  {
    subject: 'M',
    condition: 'c',
    kind: 'health',
    from: '2025-01',
    until: '2025-01',
    reason: 'x',
    ...more,
  } as Exemption,
];
const absent = [fact('M', 'attends', false)];
const judged = (exemptions: Exemption[], rows = absent) =>
  verifyCompliance(programme(), one, rows, exemptions)[0];

describe('an exemption', () => {
  it('excuses a failure and says by which', () =>
    expect(judged(excuse())).toMatchObject({ status: 'exempt', reason: 'EXEMPT:health', observed: false }));
  const rows: [name: string, exemption: Exemption[], status: string, rows?: typeof absent][] = [
    ['excuses missing evidence', excuse(), 'exempt', []],
    ['leaves who complied compliant', excuse(), 'compliant', [fact('M', 'attends', true)]],
    ['in its last month', excuse({ from: '2024-01' }), 'exempt'],
    ['not after it ended', excuse({ from: '2024-01', until: '2024-12' }), 'non_compliant'],
    ['in its first month', excuse({ until: '2025-12' }), 'exempt'],
    ['not before it begins', excuse({ from: '2025-02', until: '2025-12' }), 'non_compliant'],
    ['not of a kind that the condition does not know', excuse({ kind: 'age' }), 'non_compliant'],
    ['not from another condition', excuse({ condition: 'd' }), 'non_compliant'],
    ['of the household excuses its members', excuse({ subject: 'H1' }), 'exempt'],
    ['of another household does not', excuse({ subject: 'H2' }), 'non_compliant'],
    ['not without any', [], 'non_compliant'],
  ];
  for (const [name, exemption, status, facts] of rows)
    it(name, () => expect(judged(exemption, facts)?.status).toBe(status));
});

describe('an exemption of one month of two', () => {
  const bimester = (
    combine: string,
    said: Partial<Record<'2025-01' | '2025-02', boolean>>,
    months: string[],
  ) => {
    const check = programme({ window: { each: 'period', combine } });
    const evidence = Object.entries(said).map(([period, value]) => fact('M', 'attends', value, period));
    const excuses = months.flatMap((at) => excuse({ from: at, until: at }));
    const two = compiled({ frequency: 'bimonthly', conditions: check.definition.conditions }, '2025-01');
    const { status, reason, observed } = verifyCompliance(two, one, evidence, excuses)[0]!;
    return [status, reason, observed];
  };
  const good = { '2025-01': true, '2025-02': true };
  const ill = { ...good, '2025-02': false };
  it.each([
    ['its own failure is excused', 'reported', ill, ['2025-02'], ['exempt', 'EXEMPT:health', false]],
    ['without it the failure counts', 'reported', ill, [], ['non_compliant', 'NOT_MET', false]],
    [
      'another month’s failure counts',
      'reported',
      { ...good, '2025-01': false },
      ['2025-02'],
      ['non_compliant', 'NOT_MET', false],
    ],
    [
      'of the other month nothing is known yet',
      'reported',
      { '2025-02': false },
      ['2025-02'],
      ['unverified', 'NO_EVIDENCE', null],
    ],
    [
      'its own report need not come',
      'every',
      { '2025-01': true },
      ['2025-02'],
      ['exempt', 'EXEMPT:health', null],
    ],
    ['both months', 'every', {}, ['2025-01', '2025-02'], ['exempt', 'EXEMPT:health', null]],
    ['who complied complied', 'every', good, ['2025-02'], ['compliant', 'MET', true]],
  ] as const)('%s (%s)', (_name, combine, said, months, verdict) =>
    expect(bimester(combine, said, [...months])).toEqual(verdict),
  );
  it('is of the month in which it happened, however much later that is paid', () => {
    const late = programme({ window: { each: 'period', lagMonths: 5 } }, '2025-06');
    const judgedLate = (at: string) =>
      verifyCompliance(late, one, absent, excuse({ from: at, until: at }))[0]!.status;
    expect(['2025-01', '2025-02', '2025-06'].map(judgedLate)).toEqual(['exempt', 'non_compliant', 'exempt']);
  });
});

describe('a waiver', () => {
  const waivers = [{ from: '2025-01', until: '2025-02', label, cite: 'law' }];
  const rows: [period: string, status: string][] = [
    ['2024-12', 'unverified'],
    ['2025-01', 'exempt'],
    ['2025-02', 'exempt'],
    ['2025-03', 'unverified'],
  ];
  for (const [period, status] of rows)
    it(`from January to February, in ${period}: ${status}`, () =>
      expect(verifyCompliance(programme({ waivers }, period), one, [])[0]).toMatchObject({
        status,
        reason: status === 'exempt' ? 'WAIVER' : 'NO_EVIDENCE',
      }));
});

it('a waiver from the second month of two on excuses that month', () => {
  const waivers = [{ from: '2025-02', until: '2025-03', label, cite: 'law' }];
  const conditions = [condition('c', { waivers, window: { each: 'period', combine: 'reported' } })];
  const judgedIn = (period: string, said: Record<string, boolean>) =>
    verifyCompliance(
      compiled({ frequency: 'bimonthly', conditions }, period),
      one,
      Object.entries(said).map(([at, value]) => fact('M', 'attends', value, at)),
    )[0]!.reason;
  expect(judgedIn('2025-01', { '2025-01': true, '2025-02': false })).toBe('WAIVER');
  expect(judgedIn('2025-01', { '2025-01': false })).toBe('NOT_MET');
  expect(judgedIn('2025-03', { '2025-04': false })).toBe('WAIVER');
  expect(judgedIn('2025-05', { '2025-05': false })).toBe('NOT_MET');
});

describe('the track without co-responsibility', () => {
  it('is for households without services', () => {
    const track = programme({ unconditionedWhen: { attribute: { name: 'off', is: true } } });
    const reason = (off: boolean) => verifyCompliance(track, home([person('M')], { off }), [])[0]?.reason;
    expect([reason(true), reason(false)]).toEqual(['NO_SUPPLY_TRACK', 'NO_EVIDENCE']);
  });
});
