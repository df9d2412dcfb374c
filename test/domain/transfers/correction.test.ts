import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../../cli/commands/programme-files.ts';
import { month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import type { EvidenceRow, HouseholdState } from '../../../domain/records/household.ts';
import { compileProgramme } from '../../../domain/transfers/compile.ts';
import { type ClosedPeriod, correctHistory } from '../../../domain/transfers/correction.ts';
import { timeline } from '../../../domain/transfers/timeline.ts';
import { fact, home, pay, person } from './support.ts';

const juntos = unwrap(loadProgramme('juntos', '.'));
const bolsa = unwrap(loadProgramme('bolsa-familia-2023', '.'));
const request = {
  id: 'R-17',
  reason: 'appeal_upheld',
  submittedBy: 'ana',
  approvedBy: 'luz',
  approvedOn: '2025-06-01',
} as const;
const household = home([person('C1', '2014-05-01')], { sisfoh: 'poor' });
const family = home(
  [
    person('A1', '1980-01-01'),
    person('A2', '1980-01-01'),
    person('A3', '1980-01-01'),
    person('C1', '2014-05-01'),
  ],
  { income_per_capita: '100.00' },
);

/** Cycles as they were run, from evidence per period. */
function run(
  definition: typeof juntos,
  who: typeof household,
  first: string,
  step: number,
  evidence: EvidenceRow[][],
) {
  const closed: (ClosedPeriod & { state: HouseholdState })[] = [];
  let state: HouseholdState | undefined;
  evidence.forEach((rows, i) => {
    const index = Number(first.slice(5)) + i * step;
    const programme = unwrap(
      compileProgramme(definition, month(`${first.slice(0, 5)}${String(index).padStart(2, '0')}`)),
    );
    const { state: next, ...decided } = pay(programme, who, rows, state ? { state } : {});
    state = next;
    closed.push({ programme, decided, household: who, evidence: rows, state: next });
  });
  return closed;
}

describe('corrections', () => {
  it('an upheld appeal pays what was forfeited, once, linked to its cycle and line', () => {
    const [cycle] = run(juntos, household, '2025-01', 2, [[fact('C1', 'school_attendance', false)]]);
    expect(cycle!.decided.forfeitedMinor).toBe(20000);
    const known = { ...cycle!, evidence: [fact('C1', 'school_attendance', true)] };
    const { adjustments, state } = unwrap(correctHistory([known], undefined, request));
    expect(adjustments).toEqual([
      {
        id: 'R-17:2025-01|base|',
        kind: 'arrears',
        benefit: 'base',
        amountMinor: 20000,
        origin: '2025-01',
        reason: 'appeal_upheld',
        cite: 'ap2025',
      },
    ]);
    const march = unwrap(compileProgramme(juntos, month('2025-03')));
    const rows = [fact('C1', 'school_attendance', true, '2025-03')];
    const next = pay(march, household, rows, { state, adjustments });
    expect([next.payableMinor, next.arrearsMinor]).toEqual([20000, 20000]);
    expect(next.arrears).toMatchObject([{ benefit: 'base', origin: '2025-01', amountMinor: 20000 }]);
    const { state: _state, ...decided } = next;
    const again = correctHistory(
      [known, { programme: march, decided, household, evidence: rows }],
      undefined,
      request,
    );
    expect(unwrap(again).adjustments).toEqual([]);
  });

  it('late evidence on held money is arrears and nothing stays held', () => {
    const [cycle] = run(juntos, household, '2025-01', 2, [[]]);
    expect(cycle!.decided.heldMinor).toBe(20000);
    const known = { ...cycle!, evidence: [fact('C1', 'school_attendance', true)] };
    const { adjustments, state } = unwrap(
      correctHistory([known], undefined, { ...request, reason: 'late_evidence' }),
    );
    expect(adjustments).toMatchObject([{ kind: 'arrears', amountMinor: 20000, reason: 'late_evidence' }]);
    expect(state.held).toBeUndefined();
  });

  it('a registry change that makes the household ineligible recovers what was paid, from later payments', () => {
    const [cycle] = run(juntos, household, '2025-01', 2, [[fact('C1', 'school_attendance', true)]]);
    const known = { ...cycle!, household: home(household.members, { sisfoh: 'non_poor' }) };
    const { adjustments, state } = unwrap(
      correctHistory([known], undefined, { ...request, reason: 'registry_change' }),
    );
    expect(adjustments).toMatchObject([{ kind: 'recovery', amountMinor: 20000, origin: '2025-01' }]);
    const march = unwrap(compileProgramme(juntos, month('2025-03')));
    const next = pay(march, household, [fact('C1', 'school_attendance', true, '2025-03')], {
      state,
      adjustments,
    });
    expect([next.payableMinor, next.recoveredMinor]).toEqual([20000, 20000]);
    expect(next.state.recoveries).toBeUndefined();
  });

  it('an upheld appeal takes the ladder back too: later effects are undone', () => {
    const bad = (period: string) => [fact('C1', 'attendance_pct', 10, period)];
    const cycles = run(bolsa, family, '2025-06', 1, [bad('2025-06'), bad('2025-07'), bad('2025-08')]);
    expect(cycles.map((cycle) => cycle.decided.effects[0]?.step)).toEqual(['alert', 'block', 'suspension']);
    const appeal = [fact('C1', 'attendance_pct', 90, '2025-06')];
    const known = cycles.map((cycle, i) => (i === 0 ? { ...cycle, evidence: appeal } : cycle));
    const { adjustments, state, periods } = unwrap(correctHistory(known, undefined, request));
    expect(periods.map(({ result }) => result.effects[0]?.step)).toEqual([undefined, 'alert', 'block']);
    // August was lost and would only have been blocked: it is held now, and the next instalment pays it.
    expect(adjustments).toEqual([]);
    expect(state.held?.map((held) => [held.origin, held.why])[0]).toEqual(['2025-08', 'blocked']);
    const september = unwrap(compileProgramme(bolsa, month('2025-09')));
    expect(pay(september, family, [], { state }).arrearsMinor).toBe(65000);
  });

  it('is refused without an approver, and by its own submitter', () => {
    const [cycle] = run(juntos, household, '2025-01', 2, [[]]);
    for (const change of [{ approvedBy: '' }, { approvedBy: 'ana' }, { approvedOn: '' }])
      expect(correctHistory([cycle!], undefined, { ...request, ...change })).toMatchObject({
        ok: false,
        error: { code: 'NOT_ALLOWED', next: 'Have another person approve it, with the date.' },
      });
    expect(correctHistory([], undefined, request)).toMatchObject({
      ok: false,
      error: { code: 'BAD_INPUT', at: 'history' },
    });
  });

  it('a year of cycles reads as a timeline', () => {
    const bad = (period: string) => [fact('C1', 'attendance_pct', 10, period)];
    const cycles = run(bolsa, family, '2025-06', 1, [bad('2025-06'), bad('2025-07'), []]);
    const entries = timeline(
      bolsa,
      cycles.map(({ programme, decided }) => ({ period: programme.period, verdicts: [], result: decided })),
      'es',
    );
    expect(
      entries.map(({ period, payable, arrears, events }) => [period, payable, arrears, events[0] ?? '']),
    ).toEqual([
      ['2025-06', '650.00', '0.00', 'Alerta'],
      ['2025-07', '0.00', '0.00', 'Bloqueo'],
      ['2025-08', '650.00', '650.00', '2025-07: 568.00 — Retenido antes y pagado ahora (cuota bloqueada).'],
    ]);
  });
});
