import { describe, expect, it } from 'vitest';
import { minor } from '../../../domain/kernel/money.ts';
import { month } from '../../../domain/kernel/period.ts';
import type { ReconciledLine } from '../../../domain/payments/reconciled-line.ts';
import {
  attemptOf,
  owedFor,
  reissuable,
  reissuePurpose,
  undeliveredOf,
} from '../../../domain/payments/undelivered.ts';

const line = (over: Partial<ReconciledLine>): ReconciledLine => ({
  endToEndId: 'E1',
  uetr: 'u',
  programme: 'p',
  cycle: '2026-02',
  payeeKind: 'household',
  payeeId: 'H1',
  purpose: 'transfer',
  attempt: 1,
  method: 'account',
  territory: '',
  amountMinor: minor(20000),
  currency: 'PEN',
  state: 'rejected',
  reasonCode: 'AC04',
  bankStatus: 'RJCT',
  debitedMinor: minor(0),
  returnedMinor: minor(0),
  ...over,
});

describe('what a payment leaves owed', () => {
  const rows: [string, Partial<ReconciledLine>, object | undefined][] = [
    ['paid: nothing', { state: 'paid' }, undefined],
    ['rejected', {}, { origin: '2026-02', why: 'rejected', reasonCode: 'AC04', attempt: 1 }],
    ['returned', { state: 'returned' }, { why: 'returned' }],
    ['without an answer', { state: 'pending' }, { why: 'pending', endToEndId: 'E1' }],
    ['amounts that differ', { state: 'exception' }, { why: 'pending' }],
    [
      'not collected: with the day on which it was there to collect',
      { state: 'unclaimed', debitDate: '2026-02-12' },
      { why: 'unclaimed', availableOn: '2026-02-12', triedIn: '2026-02' },
    ],
    [
      'a reissue keeps the cycle that first owed it',
      { purpose: 'reissue:2025-11:2', attempt: 2 },
      { origin: '2025-11', attempt: 2 },
    ],
    [
      'a disbursement keeps its contract',
      { purpose: 'disbursement:c1:2026-02' },
      { origin: '2026-02', contract: 'c1' },
    ],
    [
      'so does its reissue',
      { purpose: 'reissue:2026-01:c1:2', attempt: 2 },
      { origin: '2026-01', contract: 'c1', attempt: 2 },
    ],
  ];
  it.each(rows)('%s', (_title, over, expected) => {
    const owed = undeliveredOf(line(over));
    if (expected) expect(owed).toMatchObject({ amountMinor: 20000, ...expected });
    else expect(owed).toBeUndefined();
  });
});

describe('a reissue', () => {
  it('names cycle and attempt, and is read back', () => {
    const item = undeliveredOf(line({}))!;
    expect(reissuePurpose(item)).toBe('reissue:2026-02:2');
    expect(attemptOf('reissue:2026-02:2')).toBe(2);
    expect(attemptOf('reissue:2026-02:c1:3')).toBe(3);
    expect(attemptOf('transfer')).toBe(1);
    expect(owedFor('reissue:2026-02:2', month('2026-04'))).toEqual({ origin: '2026-02' });
  });

  // Two contracts of one institute came back in one cycle and both were ordered again under one payment id.
  it('of two contracts of one institute has two purposes', () => {
    const back = (contract: string) =>
      reissuePurpose(undeliveredOf(line({ purpose: `disbursement:${contract}:2026-02` }))!);
    expect(back('c1')).toBe('reissue:2026-02:c1:2');
    expect(back('c2')).not.toBe(back('c1'));
  });

  it('waits while the bank may still settle the first attempt', () => {
    const pending = undeliveredOf(line({ state: 'pending' }))!;
    expect(reissuable([pending, undeliveredOf(line({}))!])).toHaveLength(1);
  });
});
