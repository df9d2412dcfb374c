import { describe, expect, it } from 'vitest';
import {
  child,
  compiled,
  condition,
  fact,
  flat,
  home,
  money,
  number,
  ofEach,
  pay,
  perChild,
  person,
  rule,
  split,
} from './support.ts';

const requires = ofEach('school');
const family = home([person('M0', '2010-01-01'), person('M1', '2016-01-01')]);
const lines = (run: ReturnType<typeof pay>) =>
  run.lines.map((line) => [line.member, line.outcome, line.amountMinor]);

describe('money that waits for evidence where lines grow differently', () => {
  const share = flat('share', 'amount', { requires: [{ condition: 'school', scope: 'proportional' }] });
  const half = [fact('M0', 'attends', true)];
  const held = (run: ReturnType<typeof pay>) =>
    run.lines
      .filter(({ outcome }) => outcome === 'held')
      .map((line) => [line.benefit, line.member, line.amountMinor]);
  it('stands at each line that grew, for as much as it grew', () => {
    const programme = compiled({
      parameters: { amount: money('100.00') },
      conditions: [condition('school')],
      benefits: [share, perChild('each', { requires })],
    });
    expect(held(pay(programme, family, half))).toEqual([
      ['share', undefined, 5000],
      ['each', 'M1', 10000],
    ]);
  });
  it('stands at those who are awaited, where a limit takes from others what they get', () => {
    const programme = compiled({
      parameters: { amount: money('100.00'), large: money('250.00'), one: number(1) },
      conditions: [condition('school')],
      benefits: [
        share,
        perChild('each', {
          bands: [
            { who: { age: { min: 12 } }, amount: 'amount' },
            { who: child, amount: 'large' },
          ],
          requires,
        }),
      ],
      caps: [{ ...rule('cap'), method: 'keep_highest', over: ['each'], keep: 'one' }],
    });
    // Paid 50 + 100; with M1's evidence 100 + 250.
    const run = pay(programme, family, half);
    expect([split(run), held(run)]).toEqual([[15000, 20000, 0], [['each', 'M1', 20000]]]);
  });
  it('a share in proportion to one condition is not cut by another that each member answers for', () => {
    const programme = compiled({
      parameters: { amount: money('100.00') },
      conditions: [
        condition('school'),
        condition('marks', { evidence: 'pct', check: { type: 'at_least', value: 80 } }),
      ],
      benefits: [
        perChild('each', { requires: [...requires, { condition: 'marks', scope: 'proportional' }] }),
      ],
    });
    const run = pay(programme, family, [
      fact('M0', 'attends', true),
      fact('M1', 'attends', false),
      fact('M0', 'pct', 90),
      fact('M1', 'pct', 90),
    ]);
    expect(lines(run)).toEqual([
      ['M0', 'payable', 10000],
      ['M1', 'forfeited', 10000],
    ]);
  });
  it('is only what the whole grew by, where one line shrinks', () => {
    const programme = compiled({
      parameters: { amount: money('100.00'), floor: money('80.00') },
      conditions: [condition('school')],
      benefits: [share, { ...rule('top'), kind: 'top_up', per: 'month', floor: 'floor', over: ['share'] }],
    });
    const run = pay(programme, family, half);
    expect([split(run), held(run)]).toEqual([[8000, 2000, 0], [['share', undefined, 2000]]]);
  });
});

describe('money that waits for evidence where a limit moves money between members', () => {
  const highest = compiled({
    parameters: { amount: money('100.00'), large: money('250.00'), one: number(1) },
    conditions: [condition('school')],
    benefits: [
      perChild('each', {
        bands: [
          { who: { age: { min: 12 } }, amount: 'amount' },
          { who: child, amount: 'large' },
        ],
        requires,
      }),
    ],
    caps: [{ ...rule('cap'), method: 'keep_highest', over: ['each'], keep: 'one' }],
  });
  it('is what the higher amount would add, at the member who is awaited', () => {
    const run = pay(highest, family, [fact('M0', 'attends', true)]);
    expect(split(run)).toEqual([10000, 15000, 0]);
    expect(lines(run)).toEqual([
      ['M0', 'payable', 10000],
      ['M1', 'held', 15000],
    ]);
  });
  it('is forfeited at the member who failed', () => {
    const run = pay(highest, family, [fact('M0', 'attends', true), fact('M1', 'attends', false)]);
    expect(lines(run)).toEqual([
      ['M0', 'payable', 10000],
      ['M1', 'forfeited', 15000],
    ]);
  });
  it('is nothing where the lower amount is awaited', () => {
    const run = pay(highest, family, [fact('M1', 'attends', true)]);
    expect(lines(run)).toEqual([['M1', 'payable', 25000]]);
  });
  it('is the second child’s where only the second is paid and the first is awaited', () => {
    const programme = compiled({
      parameters: { none: money('0.00'), amount: money('100.00') },
      conditions: [condition('school')],
      benefits: [
        {
          ...rule('second'),
          kind: 'declining',
          per: 'month',
          bands: [{ who: child, amounts: ['none', 'amount'] }],
          requires,
        },
      ],
    });
    const run = pay(programme, family, [fact('M1', 'attends', true)]);
    expect(lines(run)).toEqual([['M1', 'held', 10000]]);
  });
});
