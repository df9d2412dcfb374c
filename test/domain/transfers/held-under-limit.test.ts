import { expect, it } from 'vitest';
import { loadProgramme } from '../../../cli/commands/programme-files.ts';
import { month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import { compileProgramme } from '../../../domain/transfers/compile.ts';
import { correctHistory } from '../../../domain/transfers/correction.ts';
import { fact, home, pay, person } from './support.ts';

// PROGRESA, second half of 1998: food 100 and at most 525 of grants a month. Three girls in the third year of
// secondary school, 255 each; the reports of two come a period late, and one of them is bad.

const progresa = unwrap(loadProgramme('progresa-1998', '.'));
const [july, september] = ['1998-07', '1998-09'].map((period) =>
  unwrap(compileProgramme(progresa, month(period))),
);
const family = home(
  ['A', 'B', 'C'].map((id) => person(id, '1984-01-01', { sex: 'F', grade: 9 })),
  { poverty_class: 'poor', treatment: 'programme' },
);
const late = [fact('B', 'enrolled', true, '1998-07'), fact('C', 'enrolled', false, '1998-07')];
const now = ['A', 'B', 'C'].map((id) => fact(id, 'enrolled', true, '1998-09'));

it('two who wait under one limit each wait for a share; what a failure leaves for the other a correction pays', () => {
  const onTime = [fact('A', 'enrolled', true, '1998-07')];
  const first = pay(july!, family, onTime);
  expect([first.payableMinor, first.heldMinor]).toEqual([20000 + 51000, 54000]);
  const second = pay(september!, family, [...late, ...now], { state: first.state });
  expect([second.payableMinor, second.arrearsMinor]).toEqual([20000 + 105000, 27000]);
  const request = { id: 'R-1', submittedBy: 'ana', approvedBy: 'luz', approvedOn: '1998-10-01' };
  const { adjustments } = unwrap(
    correctHistory(
      [
        { programme: july!, decided: first, household: family, evidence: [...onTime, ...late] },
        { programme: september!, decided: second, household: family, evidence: [...late, ...now] },
      ],
      undefined,
      { ...request, reason: 'late_evidence' },
    ),
  );
  // The rule gives A and B 510 a month, which the limit does not cut: 510.00 were paid in July, 270.00 in September.
  expect(adjustments.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([['arrears', 24000]]);
});
