import type { Effect, TransferLine, Verdict } from '../records/household.ts';
import type { Label, Language } from '../records/programme/basics.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { benefitSentence, capSentence, modifierSentence, retentionSentence } from './explain-benefit.ts';
import { conditionSentence, EXEMPT, ladderSentences } from './explain-condition.ts';
import { controlSentences, periodSentences, staySentences } from './explain-control.ts';
import { paymentSentences } from './explain-payment.ts';
import { householdText, pick, scalarText, valueText } from './explain-words.ts';

const REASONS: { readonly [code: string]: Label } = {
  OWED: { es: 'Cumple: se paga.', en: 'Complies: paid.' },
  UNVERIFIED: {
    es: 'Falta la evidencia: se retiene hasta que llegue.',
    en: 'Evidence is missing: held until it arrives.',
  },
  NOT_MET: { es: 'No cumplió: no se paga.', en: 'Not met: not paid.' },
  STEP: { es: 'Efecto del incumplimiento repetido.', en: 'Effect of repeated non-compliance.' },
  RETAINED: {
    es: 'Parte retenida hasta la certificación anual.',
    en: 'Share kept back until the yearly certificate.',
  },
  RELEASED: { es: 'Retenido antes y pagado ahora.', en: 'Held earlier and paid now.' },
  LAPSED: { es: 'Retenido antes y perdido ahora.', en: 'Held earlier and lost now.' },
  CORRECTION: {
    es: 'Corrección aprobada de un ciclo anterior.',
    en: 'Approved correction of an earlier cycle.',
  },
  ELIGIBLE: { es: 'El hogar es elegible.', en: 'The household is eligible.' },
  NOT_ELIGIBLE: {
    es: 'El hogar no cumple los requisitos de elegibilidad.',
    en: 'The household does not meet the eligibility rule.',
  },
  EXITED: { es: 'El hogar salió del programa.', en: 'The household has left the programme.' },
  WAITING: { es: 'El hogar aún está en espera.', en: 'The household is still waiting.' },
  STAY_ENDED: {
    es: 'Se cumplió el tiempo máximo en el programa.',
    en: 'The longest stay in the programme is over.',
  },
  MODIFIER_ENDED: {
    es: 'Terminó el tiempo de la regla de protección.',
    en: 'The time of the protection rule is over.',
  },
  INCOMPATIBLE: { es: 'Recibe un programa incompatible.', en: 'Receives an incompatible programme.' },
  MET: { es: 'Cumplió.', en: 'Met.' },
  NO_EVIDENCE: { es: 'No hay evidencia.', en: 'There is no evidence.' },
  WAIVER: {
    es: 'El programa eximió a todos en este período.',
    en: 'The programme excused everybody in this period.',
  },
  NO_SUPPLY_TRACK: {
    es: 'Sin servicios suficientes: sin corresponsabilidad.',
    en: 'Services lack capacity: no co-responsibility.',
  },
  EXEMPT: { es: 'Exento.', en: 'Exempt.' },
};

/** Details that are no rule: kinds of exemption, why money was held, why a cycle was corrected. */
const DETAILS: { readonly [detail: string]: Label } = {
  ...EXEMPT,
  unverified: { es: 'faltaba evidencia', en: 'evidence was missing' },
  blocked: { es: 'cuota bloqueada', en: 'blocked instalment' },
  retained: { es: 'parte con certificado anual', en: 'share against the yearly certificate' },
  late_evidence: { es: 'evidencia tardía', en: 'late evidence' },
  justification: { es: 'justificación', en: 'justification' },
  appeal_upheld: { es: 'recurso aceptado', en: 'appeal upheld' },
  registry_change: { es: 'cambio en el registro', en: 'registry change' },
};

function ruleLabel(definition: ProgrammeDefinition, id: string): Label | undefined {
  const { conditions, benefits, modifiers, ladders, retention } = definition;
  const steps = ladders.flatMap((ladder) => ladder.steps);
  return [...conditions, ...benefits, ...modifiers, ...steps, ...(retention ? [retention] : [])].find(
    (rule) => rule.id === id,
  )?.label;
}

/** A reason code such as `NOT_MET:school` as a sentence. */
export function explainReason(definition: ProgrammeDefinition, reason: string, lang: Language): string {
  const [code, detail] = reason.split(':') as [string, string | undefined];
  const text = REASONS[code]?.[lang] ?? code;
  if (detail === undefined || detail === '') return text;
  // A kind of exemption may be called like a condition: "health" excuses from one that is named so too.
  const label = (code === 'EXEMPT' ? undefined : ruleLabel(definition, detail)) ?? DETAILS[detail];
  return `${text.slice(0, -1)} (${label?.[lang] ?? detail}).`;
}

/** The rule behind a line, in words. */
export function explainLine(definition: ProgrammeDefinition, line: TransferLine, lang: Language): string {
  const benefit = definition.benefits.find(({ id }) => id === line.benefit);
  const rule = benefit ? benefitSentence(definition, benefit, lang) : line.benefit;
  return line.rule.startsWith('retention:') && definition.retention
    ? retentionSentence(definition, definition.retention, lang)
    : rule;
}

export function explainVerdict(definition: ProgrammeDefinition, verdict: Verdict, lang: Language): string {
  const label = ruleLabel(definition, verdict.condition)?.[lang] ?? verdict.condition;
  const es = lang === 'es';
  if (verdict.status === 'non_compliant')
    return `${label}: ${es ? 'no cumplió: observado' : 'not met: observed'} ${scalarText(verdict.observed, lang)}, ${es ? 'requerido' : 'required'} ${scalarText(verdict.required, lang)}.`;
  return `${label}: ${explainReason(definition, verdict.reason, lang)}`;
}

export function explainEffect(definition: ProgrammeDefinition, effect: Effect, lang: Language): string {
  const label = ruleLabel(definition, effect.step)?.[lang] ?? effect.step;
  const going = effect.rule.endsWith(':continued') ? (lang === 'es' ? ' (continúa)' : ' (goes on)') : '';
  return `${label}${going}`;
}

export type Chapter = { readonly title: string; readonly sentences: readonly string[] };

const valueSentences = (definition: ProgrammeDefinition, lang: Language): string[] =>
  Object.values(definition.parameters).flatMap((parameter) =>
    parameter.values.map(
      (value) =>
        `${pick(parameter.label, lang)}, ${value.from}–${value.until ?? ''}: ${valueText(definition, parameter, value, lang)}. [${value.cite}]`,
    ),
  );

/** A whole definition as chapters of sentences, in a language: what `programme explain` prints. */
export function explainProgramme(definition: ProgrammeDefinition, lang: Language): Chapter[] {
  const es = lang === 'es';
  const chapter = (titleEs: string, titleEn: string, sentences: readonly string[]): Chapter[] =>
    sentences.length > 0 ? [{ title: es ? titleEs : titleEn, sentences }] : [];
  const { eligibility } = definition;
  return [
    ...chapter('Quién', 'Who', [
      `${pick(eligibility.label, lang)}: ${householdText(definition, eligibility.rule, lang)}. [${eligibility.cite}]`,
      ...periodSentences(definition, lang),
      ...staySentences(definition, lang),
    ]),
    ...chapter(
      'Corresponsabilidades',
      'Co-responsibilities',
      definition.conditions.map((item) => conditionSentence(definition, item, lang)),
    ),
    ...chapter(
      'Beneficios',
      'Benefits',
      definition.benefits.map((item) => benefitSentence(definition, item, lang)),
    ),
    ...chapter(
      'Topes',
      'Limits',
      definition.caps.map((item) => capSentence(definition, item, lang)),
    ),
    ...chapter('Reglas temporales', 'Temporary rules', [
      ...definition.modifiers.map((item) => modifierSentence(definition, item, lang)),
      ...(definition.retention ? [retentionSentence(definition, definition.retention, lang)] : []),
    ]),
    ...chapter(
      'Consecuencias',
      'Consequences',
      definition.ladders.flatMap((item) => ladderSentences(definition, item, lang)),
    ),
    ...chapter('Pago', 'Payment', paymentSentences(definition, lang)),
    ...chapter('Control', 'Control', controlSentences(definition, lang)),
    ...chapter('Valores', 'Values', valueSentences(definition, lang)),
    ...chapter(
      'Lecturas',
      'Readings',
      definition.readings.map(({ about }) => pick(about, lang)),
    ),
    ...chapter(
      'Fuentes',
      'Sources',
      Object.entries(definition.citations).map(
        ([id, { title, url }]) => `[${id}] ${title}${url ? ` ${url}` : ''}`,
      ),
    ),
  ];
}
