import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../domain/kernel/result.ts';
import { parseProgramme } from '../../../domain/records/programme.ts';
import { assessCase } from '../../../domain/transfers/assess.ts';
import { adjustment, assess, fact, good, state } from './a-case.ts';
import { condition, draft, flat, label, ofEach, perChild, rule } from './support.ts';

describe('an assessment is refused', () => {
  it('for a period that the state already includes', () => {
    expect(assess(state({ lastPeriod: '2025-02' }))).toEqual({
      ok: false,
      error: {
        code: 'PERIOD_OUT_OF_ORDER',
        message: 'the state already includes 2025-02; 2025-02 is not after it',
        at: 'state.lastPeriod',
        next: 'Give a later date, or the state from before this period.',
      },
    });
    expect(assess(state({ lastPeriod: '2025-03' })).ok).toBe(false);
    expect(assess(state({ lastPeriod: '2025-01' })).ok).toBe(true);
  });
  it('before the programme pays', () =>
    expect(assess({ date: '2019-12-10', evidence: [] })).toMatchObject({
      ok: false,
      error: { code: 'PERIOD_NOT_PAYABLE' },
    }));
  it('for a value that nobody published, where the household needs it', () => {
    expect(assess({ parameters: {} })).toMatchObject({
      ok: false,
      error: { code: 'VALUE_NOT_PUBLISHED', at: 'parameters.amount' },
    });
  });
});

describe('an assessment answers', () => {
  it('in Spanish unless another language is asked for', () =>
    expect(unwrap(assess({})).reason).toBe('El hogar es elegible.'));

  const parts = draft({
    conditions: [condition('school'), condition('home', { of: 'household', evidence: 'collects' })],
    evidence: {
      attends: { label, of: 'member', type: 'boolean', certifier: label },
      collects: { label, of: 'household', type: 'boolean', certifier: label },
    },
    benefits: [perChild('each', { requires: ofEach('school') }), flat('flat')],
    ladders: [
      {
        ...rule('steps'),
        conditions: ['school'],
        scope: 'member',
        steps: [{ id: 'warning', label, effect: 'notice', repeat: true }],
      },
      {
        ...rule('own'),
        conditions: ['home'],
        scope: 'household',
        over: ['flat'],
        steps: [{ id: 'loss', label, effect: 'forfeit', repeat: true }],
      },
    ],
  });
  const answer = unwrap(
    assessCase(
      unwrap(parseProgramme(parts)),
      {
        ...good,
        parameters: {},
        household: { id: 'H', attributes: {}, members: [{ id: 'C', birthDate: '2015-01-01' }] },
        evidence: [
          { member: 'C', kind: 'attends', period: '2025-02', value: false },
          { kind: 'collects', period: '2025-02', value: false },
        ],
        adjustments: [
          { ...adjustment, benefit: 'flat', amountMinor: 7000 },
          { ...adjustment, benefit: 'flat', member: 'C', id: 'A2', kind: 'recovery', amountMinor: 2550 },
        ],
      },
      'en',
    ),
  );
  it('with amounts as decimals: entitled, arrears, what is taken off, what is paid', () => {
    const { entitled, payable, held, forfeited, arrears, recovered, paid, currency, period } = answer;
    expect({ entitled, payable, held, forfeited, arrears, recovered, paid, currency, period }).toEqual({
      entitled: '200.00',
      payable: '0.00',
      held: '0.00',
      forfeited: '200.00',
      arrears: '70.00',
      recovered: '25.50',
      paid: '44.50',
      currency: 'PEN',
      period: '2025-02',
    });
  });
  it('with verdicts and effects by member, or without one for the household', () => {
    expect(JSON.parse(JSON.stringify(answer.compliance))).toEqual([
      {
        condition: 'school',
        member: 'C',
        period: '2025-02',
        status: 'non_compliant',
        observed: false,
        required: true,
        reason: 'one: not met: observed no, required yes.',
        cite: 'law',
      },
      {
        condition: 'home',
        period: '2025-02',
        status: 'non_compliant',
        observed: false,
        required: true,
        reason: 'one: not met: observed no, required yes.',
        cite: 'law',
      },
    ]);
    expect(JSON.parse(JSON.stringify(answer.effects))).toEqual([
      { step: 'warning', scope: 'member', member: 'C' },
      { step: 'loss', scope: 'household', amount: '100.00' },
    ]);
    expect(answer.compliance.map((verdict) => 'member' in verdict)).toEqual([true, false]);
    expect(answer.effects.map((effect) => ['member' in effect, 'amount' in effect])).toEqual([
      [true, false],
      [false, true],
    ]);
  });
  it('with lines by member, of an earlier period with its month, and what is taken off', () => {
    expect(answer.lines.map((line) => [line.benefit, 'member' in line, 'origin' in line])).toEqual([
      ['each', true, false],
      ['flat', false, false],
    ]);
    expect(answer.arrearsLines).toMatchObject([{ benefit: 'flat', amount: '70.00', origin: '2024-12' }]);
    expect(answer.recoveries).toEqual([
      { id: 'A2', benefit: 'flat', member: 'C', origin: '2024-12', amount: '25.50' },
    ]);
  });
  it('nothing is owed where the evidence is good', () =>
    expect(unwrap(assess(fact({}))).payable).toBe('100.00'));
});
