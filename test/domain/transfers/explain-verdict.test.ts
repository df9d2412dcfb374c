import { expect, it } from 'vitest';
import { loadProgramme } from '../../../cli/commands/programme-files.ts';
import { month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import { explainVerdict } from '../../../domain/transfers/explain.ts';

it('an absence is told in words, not as "observado false, requerido true"', () => {
  const juntos = unwrap(loadProgramme('juntos', '.'));
  const verdict = {
    condition: 'school',
    subject: 'C1',
    period: month('2025-09'),
    status: 'non_compliant',
    observed: false,
    required: true,
    reason: 'NOT_MET',
    cite: '',
  } as const;
  expect(explainVerdict(juntos, verdict, 'es')).toMatch(/no cumplió: observado no, requerido sí\.$/);
  expect(explainVerdict(juntos, verdict, 'en')).toMatch(/not met: observed no, required yes\.$/);
  expect(explainVerdict(juntos, { ...verdict, observed: 84, required: 85 }, 'es')).toMatch(
    /84, requerido 85\.$/,
  );
});
