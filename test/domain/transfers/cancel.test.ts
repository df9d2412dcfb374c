import { expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import { month } from '../../../domain/kernel/period.ts';
import type { Undelivered } from '../../../domain/payments/undelivered.ts';
import type { Adjustment } from '../../../domain/records/household.ts';
import { cancelUndelivered } from '../../../domain/transfers/cancel.ts';

const recovery = (id: string, origin: string, amount: number): Adjustment => ({
  id,
  kind: 'recovery',
  benefit: 'base',
  amountMinor: minor(amount),
  origin: month(origin),
  reason: 'registry_change',
  cite: 'law',
});
const item = (origin: string, amount: number, why: Undelivered['why'] = 'returned'): Undelivered => ({
  origin: month(origin),
  amountMinor: minor(amount),
  why,
  attempt: 1,
});

type Row = [
  title: string,
  asked: Adjustment[],
  owed: Undelivered[],
  still: number[],
  left: number[],
  gone: number[],
];
const ROWS: Row[] = [
  ['all of it came back', [recovery('a', '2025-09', 200)], [item('2025-09', 200)], [], [], [200]],
  ['more came back', [recovery('a', '2025-09', 80)], [item('2025-09', 280)], [], [200], [80]],
  ['less came back', [recovery('a', '2025-09', 280)], [item('2025-09', 200)], [80], [], [200]],
  [
    'held, never ordered',
    [recovery('a', '2025-09', 200)],
    [item('2025-09', 200, 'payee_held')],
    [],
    [],
    [200],
  ],
  ['not collected', [recovery('a', '2025-09', 200)], [item('2025-09', 200, 'unclaimed')], [], [], [200]],
  [
    'the bank may still pay it',
    [recovery('a', '2025-09', 200)],
    [item('2025-09', 200, 'pending')],
    [200],
    [200],
    [],
  ],
  ['another cycle came back', [recovery('a', '2025-09', 200)], [item('2025-07', 200)], [200], [200], []],
  ['nothing came back', [recovery('a', '2025-09', 200)], [], [200], [], []],
  [
    'two recoveries of one payment',
    [recovery('a', '2025-09', 150), recovery('b', '2025-09', 100)],
    [item('2025-09', 200)],
    [50],
    [],
    [150, 50],
  ],
  [
    'one recovery of two payments',
    [recovery('a', '2025-09', 250)],
    [item('2025-09', 200), item('2025-09', 100)],
    [],
    [50],
    [250],
  ],
];
it.each(ROWS)('%s', (_title, asked, owed, still, left, gone) => {
  const result = cancelUndelivered(asked, owed);
  const amounts = (all: readonly { readonly amountMinor: number }[]) =>
    all.map(({ amountMinor }) => amountMinor);
  expect([amounts(result.recoveries), amounts(result.undelivered), amounts(result.cancelled)]).toEqual([
    still,
    left,
    gone,
  ]);
});

it('a cancelled amount keeps its recovery, cycle, benefit and member', () => {
  const [line] = cancelUndelivered(
    [{ ...recovery('a', '2025-09', 200), member: 'M1' }],
    [item('2025-09', 200)],
  ).cancelled;
  expect(line).toEqual({ id: 'a', benefit: 'base', member: 'M1', origin: '2025-09', amountMinor: 200 });
});
