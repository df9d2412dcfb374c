import { describe, expect, it } from 'vitest';
import { type CycleTotals, emptyTotals } from '../../../domain/payments/cycle-totals.ts';
import type { ProgrammeDefinition } from '../../../domain/records/programme.ts';
import { addChange, noChanges } from '../../../domain/transfers/changes.ts';
import type { Proposal } from '../../../functions/cross-check.ts';
import { targetingFigures } from '../../../functions/support/reports/targeting-figures.ts';

const totals: CycleTotals = {
  ...emptyTotals(),
  households: { total: 300, eligible: 200, entitled: 150 },
  compliance: {
    school: { compliant: 40, non_compliant: 5, exempt: 5, unverified: 10 },
    health: { compliant: 20, non_compliant: 0, exempt: 0, unverified: 0 },
  },
};
const proposal = (more: Partial<Proposal> = {}): Proposal => ({
  programme: 'p',
  period: '2026-03',
  prefix: 'cycles/p/2026-03/x',
  totals,
  anomalies: {},
  transfers: [],
  ...more,
});
const asking = (...anomalies: ProgrammeDefinition['anomalies']) =>
  ({ currency: 'PEN', anomalies }) as unknown as ProgrammeDefinition;

describe('anomalies against their limits', () => {
  const figures = (anomalies: Record<string, number>, ...asked: ProgrammeDefinition['anomalies']) =>
    targetingFigures(proposal({ anomalies }), asking(...asked)).anomalies.map(
      ({ message: _message, ...figure }) => figure,
    );

  it('a kind is counted among the roster, the eligible or the checks, found or not', () => {
    expect(
      figures(
        { SHARED_ACCOUNT: 2, UNVERIFIED_SHARE: 10, PERSON_IN_TWO_HOUSEHOLDS: 1 },
        { kind: 'unverified_share', stopAbovePct: 60 },
        { kind: 'person_in_two_households', stopAbovePct: 0.57 },
        { kind: 'account_in_several_households' },
        { kind: 'amount_change', tolerate: 10, stopAbovePct: 5 },
      ),
    ).toEqual([
      {
        ...{ code: 'PERSON_IN_TWO_HOUSEHOLDS', count: 1, kind: 'person_in_two_households' },
        ...{ of: 300, among: 'households', sharePct: '0.33', limitPct: '0.57' },
      },
      {
        ...{ code: 'SHARED_ACCOUNT', count: 2, kind: 'account_in_several_households' },
        ...{ of: 200, among: 'households', sharePct: '1.00' },
      },
      {
        ...{ code: 'UNVERIFIED_SHARE', count: 10, kind: 'unverified_share' },
        ...{ of: 80, among: 'checks', sharePct: '12.50', limitPct: '60' },
      },
      {
        ...{ code: 'AMOUNT_CHANGE', count: 0, kind: 'amount_change' },
        ...{ of: 200, among: 'households', sharePct: '0.00', limitPct: '5' },
      },
    ]);
  });

  it('held payees come first and have no limit; a kind that nobody asked for is shown where it was found', () => {
    expect(figures({ PAYEE_HELD: 3, INCOMPATIBLE_PROGRAMME: 200 })).toMatchObject([
      { code: 'PAYEE_HELD', count: 3 },
      { code: 'INCOMPATIBLE_PROGRAMME', count: 200, sharePct: '100.00' },
    ]);
    expect(figures({ PAYEE_HELD: 3 })[0]).toEqual({ code: 'PAYEE_HELD', count: 3 });
    expect(figures({})).toEqual([]);
  });

  it('of two limits on one kind the lower one stops the cycle', () => {
    const twice = { kind: 'amount_change' } as const;
    expect(figures({}, { ...twice, stopAbovePct: 8 }, { ...twice, stopAbovePct: 3 })).toMatchObject([
      { limitPct: '3' },
    ]);
  });
});

it('leakage and coverage are shares with two decimals', () => {
  const counts = { paid: 3, paidNotEligible: 1, meetRule: 200, meetRulePaid: 2 };
  const targeting = { ...counts, leakageBasisPoints: 3333, coverageBasisPoints: 105 };
  expect(targetingFigures(proposal({ targeting }), asking()).targeting).toEqual({
    ...counts,
    leakagePct: '33.33',
    coveragePct: '1.05',
  });
});

it('changes lead from the last cycle to this one; where most money moved comes first', () => {
  const changes = noChanges('2026-01');
  addChange(changes, undefined, ['H1', 'T2', 300]);
  addChange(changes, ['H2', 'T1', 20_000], undefined);
  addChange(changes, ['H3', 'T3', 100], ['H3', 'T3', 150]);
  addChange(changes, ['H4', 'T4', 250], ['H4', 'T4', 200]);
  const money = (count: number, amount: string) => ({ count, amount });
  expect(targetingFigures(proposal({ changes }), asking()).changes).toEqual({
    since: '2026-01',
    before: '203.50',
    entering: money(1, '3.00'),
    leaving: money(1, '200.00'),
    up: money(1, '0.50'),
    down: money(1, '0.50'),
    now: '6.50',
    difference: '-197.00',
    territories: [
      { territory: 'T1', entering: 0, leaving: 1, difference: '-200.00' },
      { territory: 'T2', entering: 1, leaving: 0, difference: '3.00' },
      { territory: 'T3', entering: 0, leaving: 0, difference: '0.50' },
      { territory: 'T4', entering: 0, leaving: 0, difference: '-0.50' },
    ],
  });
});

it('a first cycle, or a proposal from before they were counted, has neither', () =>
  expect(targetingFigures(proposal(), asking())).toEqual({ anomalies: [] }));
