import { describe, expect, it } from 'vitest';
import { loadProgramme } from '../../../cli/commands/programme-files.ts';
import { month } from '../../../domain/kernel/period.ts';
import { unwrap } from '../../../domain/kernel/result.ts';
import {
  explainEffect,
  explainLine,
  explainReason,
  explainVerdict,
} from '../../../domain/transfers/explain.ts';
import { everything } from './everything.ts';
import { minorOf } from './support.ts';

const definition = everything();

describe('a reason reads', () => {
  const rows: [reason: string, es: string, en: string][] = [
    ['OWED', 'Cumple: se paga.', 'Complies: paid.'],
    [
      'UNVERIFIED:school',
      'Falta la evidencia: se retiene hasta que llegue (escuela).',
      'Evidence is missing: held until it arrives (school).',
    ],
    ['NOT_MET:school', 'No cumplió: no se paga (escuela).', 'Not met: not paid (school).'],
    ['NOT_MET:', 'No cumplió: no se paga.', 'Not met: not paid.'],
    [
      'STEP:block',
      'Efecto del incumplimiento repetido (bloqueo).',
      'Effect of repeated non-compliance (block).',
    ],
    [
      'RETAINED:kept',
      'Parte retenida hasta la certificación anual (retención).',
      'Share kept back until the yearly certificate (retention).',
    ],
    [
      'RELEASED:unverified',
      'Retenido antes y pagado ahora (faltaba evidencia).',
      'Held earlier and paid now (evidence was missing).',
    ],
    [
      'RELEASED:blocked',
      'Retenido antes y pagado ahora (cuota bloqueada).',
      'Held earlier and paid now (blocked instalment).',
    ],
    [
      'LAPSED:retained',
      'Retenido antes y perdido ahora (parte con certificado anual).',
      'Held earlier and lost now (share against the yearly certificate).',
    ],
    [
      'CORRECTION:late_evidence',
      'Corrección aprobada de un ciclo anterior (evidencia tardía).',
      'Approved correction of an earlier cycle (late evidence).',
    ],
    [
      'CORRECTION:justification',
      'Corrección aprobada de un ciclo anterior (justificación).',
      'Approved correction of an earlier cycle (justification).',
    ],
    [
      'CORRECTION:appeal_upheld',
      'Corrección aprobada de un ciclo anterior (recurso aceptado).',
      'Approved correction of an earlier cycle (appeal upheld).',
    ],
    [
      'CORRECTION:registry_change',
      'Corrección aprobada de un ciclo anterior (cambio en el registro).',
      'Approved correction of an earlier cycle (registry change).',
    ],
    ['ELIGIBLE', 'El hogar es elegible.', 'The household is eligible.'],
    [
      'NOT_ELIGIBLE',
      'El hogar no cumple los requisitos de elegibilidad.',
      'The household does not meet the eligibility rule.',
    ],
    ['EXITED', 'El hogar salió del programa.', 'The household has left the programme.'],
    ['WAITING', 'El hogar aún está en espera.', 'The household is still waiting.'],
    [
      'STAY_ENDED',
      'Se cumplió el tiempo máximo en el programa.',
      'The longest stay in the programme is over.',
    ],
    [
      'MODIFIER_ENDED:less',
      'Terminó el tiempo de la regla de protección (protección).',
      'The time of the protection rule is over (protection).',
    ],
    [
      'INCOMPATIBLE:other',
      'Recibe un programa incompatible (other).',
      'Receives an incompatible programme (other).',
    ],
    ['MET', 'Cumplió.', 'Met.'],
    ['NO_EVIDENCE', 'No hay evidencia.', 'There is no evidence.'],
    [
      'WAIVER',
      'El programa eximió a todos en este período.',
      'The programme excused everybody in this period.',
    ],
    [
      'NO_SUPPLY_TRACK',
      'Sin servicios suficientes: sin corresponsabilidad.',
      'Services lack capacity: no co-responsibility.',
    ],
    ['EXEMPT:age', 'Exento (por edad).', 'Exempt (by age).'],
    ['EXEMPT:health', 'Exento (por salud).', 'Exempt (by health).'],
    ['EXEMPT:no_supply', 'Exento (porque no hay servicio).', 'Exempt (because there is no service).'],
    ['EXEMPT:temporary', 'Exento (temporalmente).', 'Exempt (temporarily).'],
    ['EXEMPT:justified', 'Exento (por justificación).', 'Exempt (by justification).'],
    [
      'STEP:nobody_knows',
      'Efecto del incumplimiento repetido (nobody_knows).',
      'Effect of repeated non-compliance (nobody_knows).',
    ],
    ['UNHEARD_OF', 'UNHEARD_OF', 'UNHEARD_OF'],
  ];
  for (const [reason, es, en] of rows)
    it(reason, () =>
      expect([explainReason(definition, reason, 'es'), explainReason(definition, reason, 'en')]).toEqual([
        es,
        en,
      ]),
    );
});

describe('a line reads', () => {
  const line = {
    benefit: 'share_of',
    amountMinor: minorOf(1),
    outcome: 'payable',
    cite: 'law',
    reason: 'OWED',
  } as const;
  it('as the rule of its benefit', () =>
    expect(explainLine(definition, { ...line, rule: 'benefit:share_of' }, 'en')).toBe(
      'share of the wage, each month: 50% of «wage». [law]',
    ));
  it('as the rule that keeps it back', () =>
    expect(explainLine(definition, { ...line, rule: 'retention:kept' }, 'es')).toMatch(
      /^retención: se retiene 50%/,
    ));
  it('by its benefit’s id where the definition has it no more', () =>
    expect(explainLine(definition, { ...line, benefit: 'gone', rule: 'benefit:gone' }, 'en')).toBe('gone'));
});

describe('an effect reads', () => {
  const effect = { step: 'block', scope: 'household' } as const;
  const rows: [rule: string, es: string, en: string][] = [
    ['ladder:home', 'bloqueo', 'block'],
    ['ladder:home:continued', 'bloqueo (continúa)', 'block (goes on)'],
  ];
  for (const [rule, es, en] of rows)
    it(en, () =>
      expect([
        explainEffect(definition, { ...effect, rule }, 'es'),
        explainEffect(definition, { ...effect, rule }, 'en'),
      ]).toEqual([es, en]),
    );
  it('by its id where the definition has it no more', () =>
    expect(explainEffect(definition, { ...effect, step: 'gone', rule: 'ladder:home' }, 'en')).toBe('gone'));
});

describe('a verdict reads', () => {
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
  it('in words, not as "observado false, requerido true"', () => {
    const juntos = unwrap(loadProgramme('juntos', '.'));
    expect(explainVerdict(juntos, verdict, 'es')).toMatch(/no cumplió: observado no, requerido sí\.$/);
    expect(explainVerdict(juntos, verdict, 'en')).toMatch(/not met: observed no, required yes\.$/);
  });
  it('as exempt by its kind, though a condition has the name of the kind', () => {
    const juntos = unwrap(loadProgramme('juntos', '.'));
    const exempt = { ...verdict, status: 'exempt', reason: 'EXEMPT:health' } as const;
    expect(explainVerdict(juntos, exempt, 'es')).toBe('Asistencia a la escuela: Exento (por salud).');
  });
  it('with what was observed and required, or with its reason', () => {
    expect(explainVerdict(definition, { ...verdict, observed: 84, required: 85 }, 'es')).toBe(
      'escuela: no cumplió: observado 84, requerido 85.',
    );
    expect(explainVerdict(definition, { ...verdict, observed: 84, required: 85 }, 'en')).toBe(
      'school: not met: observed 84, required 85.',
    );
    expect(explainVerdict(definition, { ...verdict, status: 'exempt', reason: 'EXEMPT:health' }, 'en')).toBe(
      'school: Exempt (by health).',
    );
  });
});
