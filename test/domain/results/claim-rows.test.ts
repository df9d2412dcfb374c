import { describe, expect, it } from 'vitest';
import { claimsFromRows } from '../../../domain/results/claim-rows.ts';
import { disbursementPayable } from '../../../domain/results/payables.ts';
import { contractWith, event, person, settled } from './fixture.ts';

const row = (line: number, cells: Record<string, string>) => ({
  line,
  cells: { participant: 'p', milestone: 'm', kind: 'income', date: '2020-01-31', ...cells },
});
const document = {
  document_sha256: 'A'.repeat(64),
  document_bytes: '10',
  document_type: 'application/pdf',
  document_name: 'a.pdf',
};

describe('a file of claims', () => {
  it('rows of one person and milestone are one claim, wherever they stand', () => {
    const { claims, issues, received } = claimsFromRows(
      [
        row(2, { amount: '10.00', ...document }),
        row(3, { participant: 'q' }),
        row(4, { date: '2020-02-29', amount: '11.00', ...document }),
      ],
      'c',
    );
    expect([claims.length, issues.length, received]).toEqual([2, 0, 3]);
    expect(claims[0]).toMatchObject({
      line: 2,
      contract: 'c',
      participant: 'p',
      events: [{ amount: '10.00' }, { amount: '11.00' }],
    });
    expect(claims[0]?.documents).toHaveLength(1);
  });
  it('one bad row refuses its whole claim, with the line, and no other', () => {
    const { claims, issues } = claimsFromRows(
      [row(2, {}), row(3, { date: '31/01/2020' }), row(4, { participant: 'q' })],
      'c',
    );
    expect(claims.map((claim) => claim.participant)).toEqual(['q']);
    expect(issues).toEqual([expect.objectContaining({ line: 2, path: 'events.1.date' })]);
  });
});

describe('what a settlement owes becomes a payable', () => {
  const account = {
    creditorName: 'Instituto',
    town: 'San Salvador',
    country: 'SV',
    territory: '01',
    account: { scheme: 'other' as const, number: '123' },
  };
  it("one per contract and period, with the settlement's amount", () => {
    const settlement = settled(contractWith(), {
      participants: [person('p', [event('enrolled', '2020-02-01')])],
    });
    expect(disbursementPayable(settlement, '2020-12' as never, account)).toMatchObject({
      payeeKind: 'provider',
      payeeId: 'institute',
      purpose: 'disbursement:test:2020-12',
      amountMinor: 10_000,
      currency: 'USD',
      parts: [{ kind: 'disbursement', amountMinor: 10_000 }],
    });
  });
  it('nothing due, no payable', () => {
    expect(disbursementPayable(settled(contractWith(), {}), '2020-12' as never, account)).toBeUndefined();
  });
});
