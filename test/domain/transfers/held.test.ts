import { describe, expect, it } from 'vitest';
import { month } from '../../../domain/kernel/period.ts';
import {
  child,
  compiled,
  condition,
  fact,
  flat,
  home,
  label,
  money,
  ofEach,
  pay,
  perChild,
  person,
  rule,
} from './support.ts';

const evidence = { label, of: 'member', type: 'boolean', certifier: label };
const parts = {
  citations: { law: { title: 'Law 1' }, decree: { title: 'Decree 2' } },
  evidence: { attends: evidence, checked: evidence, weighed: evidence },
  parameters: { amount: money('100.00'), small: money('7.00') },
  conditions: [
    condition('school', { exemptions: ['health'] }),
    condition('health', { evidence: 'checked' }),
    condition('weight', { evidence: 'weighed' }),
  ],
  benefits: [
    perChild('study', { requires: ofEach('school') }),
    perChild('care', {
      cite: 'decree',
      bands: [{ who: child, amount: 'small' }],
      requires: ofEach('health', 'weight'),
    }),
  ],
};
const family = home([person('A'), person('B')]);
const january = pay(compiled(parts, '2025-01'), family);
type Row = [subject: string, kind: string, value: boolean, period: string];
const february = (rows: Row[], household = family) =>
  pay(
    compiled(parts, '2025-02'),
    household,
    rows.map((row) => fact(...row)),
    { state: january.state },
  );
const told = (lines: ReturnType<typeof february>['arrears']) =>
  lines.map((line) => `${line.benefit} ${line.member}`);
/** What is still held of January. */
const still = (run: ReturnType<typeof february>) =>
  (run.state.held ?? [])
    .filter(({ origin }) => origin === '2025-01')
    .map(({ benefit, member }) => `${benefit} ${member}`);

describe('money that waits for evidence of January, in February', () => {
  const rows: [name: string, rows: Row[], paid: string[], lost: string[]][] = [
    ['nothing came', [], [], []],
    ['its own member, its own condition', [['A', 'attends', true, '2025-01']], ['study A'], []],
    ['another member', [['B', 'attends', true, '2025-01']], ['study B'], []],
    ['its own month only', [['A', 'attends', true, '2025-02']], [], []],
    ['one of its two conditions', [['A', 'checked', true, '2025-01']], [], []],
    [
      'both of its conditions',
      [
        ['A', 'checked', true, '2025-01'],
        ['A', 'weighed', true, '2025-01'],
      ],
      ['care A'],
      [],
    ],
    ['one of its two conditions failed', [['B', 'weighed', false, '2025-01']], [], ['care B']],
    [
      'one member did, the other did not',
      [
        ['A', 'attends', false, '2025-01'],
        ['B', 'attends', true, '2025-01'],
      ],
      ['study B'],
      ['study A'],
    ],
  ];
  for (const [name, facts, paid, lost] of rows)
    it(name, () => {
      const run = february(facts);
      expect([told(run.arrears), told(run.lapsed)]).toEqual([paid, lost]);
      expect(still(run)).toEqual(
        ['study A', 'study B', 'care A', 'care B'].filter((line) => ![...paid, ...lost].includes(line)),
      );
    });
  it('goes on waiting where the member is no longer in the household', () =>
    expect(still(february([['B', 'attends', true, '2025-01']], home([person('A')])))).toContain('study B'));
  it('is paid as a line of its own month, under the citation of its own benefit', () =>
    expect(
      february([
        ['A', 'checked', true, '2025-01'],
        ['A', 'weighed', true, '2025-01'],
      ]).arrears,
    ).toEqual([
      {
        benefit: 'care',
        member: 'A',
        amountMinor: 700,
        outcome: 'payable',
        rule: 'held_earlier',
        cite: 'decree',
        reason: 'RELEASED:unverified',
        origin: '2025-01',
      },
    ]));
  it('is lost as such', () =>
    expect(february([['A', 'attends', false, '2025-01']]).lapsed).toMatchObject([
      { outcome: 'forfeited', reason: 'LAPSED:unverified', amountMinor: 10000 },
    ]));
  const march = (rows: Row[], { state }: ReturnType<typeof february>) =>
    pay(
      compiled(parts, '2025-03'),
      family,
      rows.map((row) => fact(...row)),
      { state },
    );
  const checked: Row = ['A', 'checked', true, '2025-01'];
  it('is paid by evidence that comes in two parts, the first of them a month before', () =>
    expect(told(march([['A', 'weighed', true, '2025-01']], february([checked])).arrears)).toEqual([
      'care A',
    ]));
  it('is lost where the second part is bad', () =>
    expect(told(march([['A', 'weighed', false, '2025-01']], february([checked])).lapsed)).toEqual([
      'care A',
    ]));
  it('waits for the second part as long as it does not come', () =>
    expect(still(march([checked], february([checked])))).toContain('care A'));
  it('an exemption releases it as compliance does', () => {
    const excuse = {
      subject: 'A',
      condition: 'school',
      kind: 'health',
      from: month('2025-01'),
      until: month('2025-01'),
      reason: 'x',
    } as const;
    const run = pay(compiled(parts, '2025-02'), family, [], { state: january.state, exemptions: [excuse] });
    expect(told(run.arrears)).toEqual(['study A']);
  });
});

describe('verdicts that held money waits for', () => {
  const more = (household: string[]) => ({
    ...parts,
    evidence: { ...parts.evidence, signed: { ...evidence, of: 'household' } },
    conditions: [...parts.conditions, condition('paper', { of: 'household', evidence: 'signed' })],
    benefits: [
      ...parts.benefits,
      ...household.map((id) => flat(id, 'small', { requires: [{ condition: 'paper', scope: 'household' }] })),
    ],
  });
  const then = (programme: ReturnType<typeof more>, rows: ReturnType<typeof fact>[], before = programme) => {
    const first = pay(compiled(before, '2025-01'), family);
    return pay(compiled(programme, '2025-02'), family, rows, { state: first.state });
  };
  it('of the household release its line', () => {
    const run = then(more(['one']), [fact('H1', 'signed', true, '2025-01')]);
    expect(run.arrears.map((line) => [line.benefit, 'member' in line])).toEqual([['one', false]]);
  });
  it('are told once, though two lines wait for one', () => {
    const run = then(more(['one', 'two']), [fact('H1', 'signed', true, '2025-01')]);
    expect(run.arrears.map((line) => line.benefit)).toEqual(['one', 'two']);
    expect(
      run.verdicts.filter(({ period, condition: id }) => period === '2025-01' && id === 'paper'),
    ).toHaveLength(1);
  });
  it('never come where the programme asks no more', () => {
    const run = then(parts as ReturnType<typeof more>, [], more(['one']));
    expect(run.state.held?.map(({ benefit }) => benefit)).toContain('one');
    expect(run.verdicts.some(({ condition: id }) => id === 'paper')).toBe(false);
  });
  it('of a benefit that the programme has no more are paid without a citation', () => {
    const before = more(['one']);
    const run = then(
      { ...before, benefits: parts.benefits },
      [fact('H1', 'signed', true, '2025-01')],
      before,
    );
    expect(run.arrears).toMatchObject([{ benefit: 'one', cite: '' }]);
  });
});

describe('money that a block holds', () => {
  const step = (effect: string) => [{ id: 'stop', label, effect, repeat: true }];
  const blocking = (ladder: Record<string, unknown>) => ({
    ...parts,
    conditions: parts.conditions.map((item) => ({ ...item, missing: 'pay' })),
    benefits: parts.benefits.map((item) => ({ ...item, requires: [] })),
    ladders: [{ ...rule('ladder'), conditions: ['school'], scope: 'member', steps: step('hold'), ...ladder }],
  });
  const month2 = (ladder: Record<string, unknown>, absent: string[], then: string[]) => {
    const rows = (who: string[], period: string) => who.map((id) => fact(id, 'attends', false, period));
    const first = pay(compiled(blocking(ladder), '2025-01'), family, rows(absent, '2025-01'));
    const second = pay(compiled(blocking(ladder), '2025-02'), family, rows(then, '2025-02'), {
      state: first.state,
    });
    return [told(second.arrears), still(second)];
  };
  const both = ['care A', 'study A'];
  it('is paid with the next instalment', () =>
    expect(month2({}, ['A'], []).map((list) => list.sort())).toEqual([both, []]));
  it('waits while the block goes on', () =>
    expect(month2({}, ['A'], ['A']).map((list) => list.sort())).toEqual([[], both]));
  it('is not kept by another member’s block', () =>
    expect(month2({}, ['A'], ['B']).map((list) => list.sort())).toEqual([both, []]));
  it('is kept by a block of the household', () => {
    const ladder = { scope: 'household' };
    expect(month2(ladder, ['A'], ['B'])[0]).toEqual([]);
    expect(month2(ladder, ['A'], [])[1]).toEqual([]);
  });
  it('is paid where another ladder blocks only another benefit', () => {
    const own = {
      ...rule('own'),
      conditions: ['health'],
      scope: 'member',
      over: ['care'],
      steps: step('hold'),
    };
    const both2 = {
      ...blocking({}),
      ladders: [...blocking({}).ladders, { ...own, steps: [{ ...own.steps[0], id: 'own' }] }],
    };
    const first = pay(compiled(both2, '2025-01'), family, [fact('A', 'attends', false)]);
    const second = pay(compiled(both2, '2025-02'), family, [fact('A', 'checked', false, '2025-02')], {
      state: first.state,
    });
    expect([told(second.arrears), still(second)]).toEqual([['study A'], ['care A']]);
  });
  it('is kept only where the block is over its benefit', () =>
    expect(month2({ over: ['care'] }, ['A'], ['A'])).toEqual([[], ['care A']]));
});
