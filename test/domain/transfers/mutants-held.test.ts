import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import type { HeldMoney, HouseholdState } from '../../../domain/records/household.ts';
import { compiled, fact, home, minorOf, money, number, pay, person, rule } from './support.ts';

const label = { es: 'a', en: 'a' };
const child = { age: { max: 17 } };
const condition = (id: string, more: Record<string, unknown> = {}) => ({
  ...rule(id),
  of: child,
  evidence: 'attends',
  check: { type: 'is_true' },
  window: { each: 'period' },
  missing: 'hold',
  ...more,
});
const each = (more: Record<string, unknown> = {}) => ({
  ...rule('each'),
  kind: 'per_member',
  per: 'month',
  bands: [{ who: child, amount: 'amount' }],
  ...more,
});
const parameters = {
  amount: money('100.00'),
  fifth: number('20', 'percent'),
  one: number(1, 'years'),
};
const family = home([person('A'), person('B')]);

describe('money that waits for evidence', () => {
  const parts = {
    parameters,
    citations: { law: { title: 'Law 1' }, rule: { title: 'Rule 2' } },
    conditions: [condition('c'), condition('d', { evidence: 'pct', check: { type: 'at_least', value: 80 } })],
    benefits: [
      { ...rule('other'), kind: 'flat', per: 'month', amount: 'amount', when: { calendarMonth: [12] } },
      each({
        cite: 'rule',
        requires: [
          { condition: 'c', scope: 'member' },
          { condition: 'd', scope: 'member' },
        ],
      }),
    ],
  };
  const january = pay(compiled(parts), family);
  const february = (rows: ReturnType<typeof fact>[], household = family) =>
    pay(compiled(parts, '2025-02'), household, rows, { state: january.state });
  const still = (run: typeof january) =>
    run.state.held?.filter(({ origin }) => origin === '2025-01').map(({ member }) => member);

  it('is paid to the member whose evidence came, and to nobody else', () => {
    const run = february([fact('A', 'attends', true), fact('A', 'pct', 90)]);
    expect(run.arrears).toMatchObject([{ member: 'A', amountMinor: 10000, origin: '2025-01' }]);
    expect(still(run)).toEqual(['B']);
  });
  it('waits for every condition, not only for the first', () => {
    const run = february([fact('A', 'attends', true)]);
    expect([run.arrears, still(run)]).toEqual([[], ['A', 'B']]);
  });
  it('is lost by the member who failed, and by nobody else', () => {
    const run = february([fact('B', 'attends', false), fact('B', 'pct', 90)]);
    expect(run.lapsed).toMatchObject([{ member: 'B', amountMinor: 10000 }]);
    expect(still(run)).toEqual(['A']);
  });
  it('goes on waiting where the member is no longer in the household', () =>
    expect(still(february([], home([person('A')])))).toEqual(['A', 'B']));
  it('is paid under the citation of its own benefit', () =>
    expect(february([fact('A', 'attends', true), fact('A', 'pct', 90)]).arrears[0]?.cite).toBe('rule'));
});

describe('a share that is kept back', () => {
  const parts = (cert: Record<string, unknown> = {}, more: Record<string, unknown> = {}) => ({
    parameters,
    conditions: [
      condition('other', { evidence: 'pct', check: { type: 'at_least', value: 80 }, missing: 'pay' }),
      condition('cert', { missing: 'pay', ...cert }),
    ],
    benefits: [each()],
    retention: {
      ...rule('kept'),
      over: ['each'],
      percent: 'fifth',
      releasedBy: 'cert',
      lostAfterYears: 'one',
      ...more,
    },
  });
  const kept = (origin: string): HouseholdState => ({
    lastPeriod: month('2024-12'),
    firstPeriod: month('2023-01'),
    months: 24,
    status: 'active',
    held: [
      {
        benefit: 'each',
        member: 'A',
        origin: month(origin),
        amountMinor: minorOf(500),
        why: 'retained',
      } as HeldMoney,
    ],
  });
  type Row = [
    name: string,
    cert: Record<string, unknown>,
    period: string,
    origin: string,
    rows: [subject: string, kind: string, value: unknown, period: string][],
    what: 'paid' | 'lost' | 'waits',
  ];
  const rows: Row[] = [
    ['certified', {}, '2025-03', '2024-06', [['A', 'attends', true, '2025-03']], 'paid'],
    ['not certified', {}, '2025-03', '2024-06', [['A', 'attends', false, '2025-03']], 'waits'],
    ['another condition is met', {}, '2025-03', '2024-06', [['A', 'pct', 90, '2025-03']], 'waits'],
    ["another member's certificate", {}, '2025-03', '2024-06', [['B', 'attends', true, '2025-03']], 'waits'],
    [
      "the household's certificate, whatever else the member is asked",
      { of: 'household' },
      '2025-03',
      '2024-06',
      [['H1', 'attends', true, '2025-03']],
      'paid',
    ],
    ['kept back this year', {}, '2025-03', '2025-01', [['A', 'attends', true, '2025-03']], 'waits'],
    [
      'kept back two years ago: too late',
      {},
      '2025-03',
      '2023-12',
      [['A', 'attends', true, '2025-03']],
      'lost',
    ],
    [
      'presented last year: the lag of the certificate counts, not of another condition',
      { window: { each: 'period', lagMonths: 3 } },
      '2025-02',
      '2024-06',
      [['A', 'attends', true, '2024-11']],
      'waits',
    ],
  ];
  for (const [name, cert, period, origin, facts, what] of rows)
    it(`${name}: ${what}`, () => {
      const evidence = facts.map(([subject, kind, value, at]) => fact(subject, kind, value as boolean, at));
      const run = pay(compiled(parts(cert), period), family, evidence, { state: kept(origin) });
      const waits = (run.state.held ?? []).filter((item) => item.amountMinor === 500).length;
      expect({ paid: run.arrears.length, lost: run.lapsed.length, waits }).toEqual({
        paid: 0,
        lost: 0,
        waits: 0,
        [what]: 1,
      });
    });
  it('is kept back from its first month to its last', () => {
    const dated = parts({}, { from: '2025-02', until: '2025-03' });
    expect(
      ['2025-01', '2025-02', '2025-03', '2025-04'].map(
        (period) => pay(compiled(dated, period), home([person('A')])).heldMinor,
      ),
    ).toEqual([0, 2000, 2000, 0]);
  });
});

describe('advances that a final amount settles', () => {
  const trapezoid = (id: string, more: Record<string, unknown>) => ({
    ...rule(id),
    kind: 'trapezoid',
    per: 'month',
    income: 'wage',
    who: { age: { min: 18 } },
    rateIn: 'fifth',
    flatFrom: 'amount',
    flat: 'amount',
    outFrom: 'amount',
    rateOut: 'fifth',
    ...more,
  });
  const parts = {
    parameters,
    eligibility: { label, cite: 'law', rule: { not: { attribute: { name: 'off', is: true } } } },
    benefits: [
      trapezoid('advance', { when: { calendarMonth: [12] } }),
      trapezoid('final', { lessAdvances: ['advance'] }),
    ],
  };
  const run = (wage: string, off = false) =>
    pay(compiled(parts), home([person('P', '1980-01-01', { attributes: { wage } })], { off }), [], {
      state: {
        lastPeriod: month('2024-12'),
        firstPeriod: month('2024-01'),
        months: 12,
        status: 'active',
        advances: { 'advance|P': 1500 },
      },
    });
  const rest = (result: ReturnType<typeof run>) =>
    (result.state.recoveries ?? []).map((item) => [item.member, item.benefit, item.amountMinor]);

  it('less than the final amount: the rest is paid', () => {
    const result = run('90.00');
    expect([result.payableMinor, rest(result), result.state.advances]).toEqual([300, [], undefined]);
  });
  it('exactly the final amount: nothing is paid, nothing is owed', () => {
    const result = run('75.00');
    expect([result.payableMinor, rest(result), result.state.advances]).toEqual([0, [], undefined]);
  });
  it('more than the final amount: the member owes the excess', () => {
    const result = run('50.00');
    expect([result.payableMinor, rest(result)]).toEqual([0, [['P', 'advance', 500]]]);
  });
  it('no final amount: the member owes all of it', () => {
    const result = run('0.00');
    expect([result.payableMinor, rest(result)]).toEqual([0, [['P', 'advance', 1500]]]);
  });
  it('a household that is not eligible now settles later', () => {
    const result = run('50.00', true);
    expect([result.eligible, rest(result), result.state.advances]).toEqual([
      false,
      [],
      { 'advance|P': 1500 },
    ]);
  });
});

describe('two rows for one month, whatever their order', () => {
  const judged = (more: Record<string, unknown>, rows: ReturnType<typeof fact>[]) =>
    pay(compiled({ parameters, conditions: [condition('c', more)] }), home([person('A')]), rows).verdicts[0]
      ?.status;
  const words = { evidence: 'level', check: { type: 'one_of', values: ['good'] } };
  const rows: [string, Record<string, unknown>, ReturnType<typeof fact>[], string][] = [
    ['yes and no', {}, [fact('A', 'attends', true), fact('A', 'attends', false)], 'compliant'],
    ['no and no', {}, [fact('A', 'attends', false), fact('A', 'attends', 'no')], 'non_compliant'],
    ['a word that counts', words, [fact('A', 'level', 'good'), fact('A', 'level', 'bad')], 'compliant'],
    ['no word that counts', words, [fact('A', 'level', 'bad'), fact('A', 'level', 'worse')], 'non_compliant'],
  ];
  for (const [name, more, facts, status] of rows)
    it(name, () => {
      expect(judged(more, facts)).toBe(status);
      expect(judged(more, [...facts].reverse())).toBe(status);
    });
});
