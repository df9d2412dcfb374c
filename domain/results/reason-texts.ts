import type { Label } from '../records/contract.ts';
import type { Reason } from './verdict.ts';

type Seen = { readonly observed: string; readonly required: string; readonly about: string };
type Text = (seen: Seen) => Label;
const both = (es: string, en: string): Label => ({ es, en });

/** What each reason says to the institute, with what was observed and what is required. */
export const REASON_TEXTS: { readonly [R in Reason]: Text } = {
  NO_EVIDENCE: ({ required }) =>
    both(`No hay evidencia de «${required}».`, `There is no evidence of "${required}".`),
  BELOW_THRESHOLD: ({ observed, required }) =>
    both(`Se observó ${observed}; se exige ${required}.`, `Observed ${observed}; required ${required}.`),
  TOO_FEW_MONTHS: ({ observed, required }) =>
    both(`Hay ${observed}; se exigen ${required}.`, `There are ${observed}; ${required} are required.`),
  OUTSIDE_WINDOW: ({ observed, required }) =>
    both(
      `Ocurrió el ${observed}, fuera del plazo ${required}.`,
      `It happened on ${observed}, outside ${required}.`,
    ),
  TOO_LATE: ({ observed, required }) =>
    both(
      `Ocurrió el ${observed}; el límite es ${required}.`,
      `It happened on ${observed}; the limit is ${required}.`,
    ),
  GAP: ({ observed, required }) =>
    both(
      `Hay una interrupción: el tramo más largo es ${observed} y se exige ${required} sin interrupción.`,
      `There is a gap: the longest stretch is ${observed} and ${required} without a break is required.`,
    ),
  FIELD_MISMATCH: ({ observed, required, about }) =>
    both(
      `${about} es «${observed}»; se exige «${required}».`,
      `${about} is "${observed}"; "${required}" is required.`,
    ),
  OWN_EMPLOYER: () => both('El empleador es el propio instituto.', 'The employer is the institute itself.'),
  NO_ANCHOR: () =>
    both('Falta el hecho desde el que corre el plazo.', 'The fact that the time runs from is missing.'),
  AFTER_SETTLEMENT_DATE: ({ observed }) =>
    both(
      `La evidencia es del ${observed}, posterior a la liquidación.`,
      `The evidence is of ${observed}, after the settlement.`,
    ),
  NOT_ELIGIBLE: ({ observed, required }) =>
    both(
      `No cumple los requisitos de ingreso: ${observed}; se exige ${required}.`,
      `Not eligible: ${observed}; required ${required}.`,
    ),
  MISSING_ATTRIBUTE: ({ about }) =>
    both(`Falta el dato «${about}» del participante.`, `The participant's "${about}" is missing.`),
  NO_PRICE: ({ required }) =>
    both(
      `El contrato no da valor para «${required}» en esa fecha.`,
      `The contract gives no value for "${required}" on that day.`,
    ),
  VALUE_NOT_PUBLISHED: ({ required }) =>
    both(`El valor «${required}» no se publicó.`, `The value "${required}" was not published.`),
  CONDITION_HOLDS: ({ observed }) =>
    both(`Se da una condición que excluye: ${observed}.`, `A condition that excludes holds: ${observed}.`),
  REQUIRES_MILESTONE: ({ required }) =>
    both(`Primero debe verificarse «${required}».`, `"${required}" must be verified first.`),
  BEFORE_CONTRACT_START: ({ observed, required }) =>
    both(
      `El resultado es del ${observed}, antes del contrato (${required}).`,
      `The result is of ${observed}, before the contract (${required}).`,
    ),
  AFTER_CONTRACT_END: ({ observed, required }) =>
    both(
      `El resultado es del ${observed}, después del contrato (${required}).`,
      `The result is of ${observed}, after the contract (${required}).`,
    ),
  CLAIM_AFTER_DEADLINE: ({ observed, required }) =>
    both(
      `Se liquida el ${observed}; el último día era ${required}.`,
      `Settled on ${observed}; the last day was ${required}.`,
    ),
  OTHER_PROVIDER: () =>
    both(
      'El participante está registrado por otro instituto.',
      'The participant is registered by another institute.',
    ),
  DUPLICATE_PARTICIPANT: () =>
    both(
      'Dos institutos registran a esta persona: se paga cuando se aclare.',
      'Two institutes register this person: nothing is paid until that is cleared up.',
    ),
  DOCUMENT_REUSED: ({ observed }) =>
    both(
      `El documento «${observed}» se usó para otra persona.`,
      `The document "${observed}" was used for another person.`,
    ),
  DUPLICATE_CLAIM: ({ about }) =>
    both(
      `Este hito de la persona ya se reclamó el ${about}.`,
      `This milestone of the person was already claimed on ${about}.`,
    ),
  ALREADY_PAID: ({ about }) => both(`Ya se pagó el ${about}.`, `Already paid on ${about}.`),
  REVERSED: ({ about }) =>
    both(
      `Se pagó y se anuló el ${about}; no se paga otra vez.`,
      `It was paid and taken back on ${about}; it is not paid again.`,
    ),
  VERIFIER_REJECTED: ({ observed }) =>
    both(
      `El verificador lo rechazó: ${observed || 'sin motivo escrito'}.`,
      `The verifier rejected it: ${observed || 'no reason written'}.`,
    ),
  CAP_REACHED: ({ about, observed }) =>
    both(
      `Se alcanzó el tope «${about}»${observed ? ` el ${observed}` : ''}.`,
      `The cap "${about}" was reached${observed ? ` on ${observed}` : ''}.`,
    ),
  BAND_PAYS_NOTHING: ({ observed }) =>
    both(
      `El desempeño medido (${observed}) no da pago.`,
      `The measured performance (${observed}) pays nothing.`,
    ),
  SAMPLE_MUST_EXTEND: () =>
    both(
      'Espera: la muestra tuvo demasiados errores y debe ampliarse.',
      'Waiting: the sample had too many errors and must be extended.',
    ),
  AWAITS_VERIFICATION: () =>
    both(
      'Espera: la verificación de su muestra no ha terminado.',
      'Waiting: the verification of its sample is not finished.',
    ),
};

const SPANISH: readonly (readonly [RegExp, string])[] = [
  [/\b(\d+) of (\d+)\b/g, '$1 de $2'],
  [/\b1 days?\b/g, '1 día'],
  [/\b1 weeks?\b/g, '1 semana'],
  [/\b1 months?\b/g, '1 mes'],
  [/\bdays\b/g, 'días'],
  [/\bweeks\b/g, 'semanas'],
  [/\bmonths\b/g, 'meses'],
];
/** Reasons that tell lengths of time; whatever a document or a verifier says stays in its own words. */
const MEASURED: readonly Reason[] = ['BELOW_THRESHOLD', 'TOO_FEW_MONTHS', 'GAP', 'NOT_ELIGIBLE'];
/** What was observed and required, as a Spanish sentence says it: "92 days" is "92 días". */
const inSpanish = (text: string): string =>
  SPANISH.reduce((said, [words, es]) => said.replace(words, es), text);

export const reasonText = (why: {
  readonly reason: Reason;
  readonly observed?: string;
  readonly required?: string;
  readonly about?: string;
}): Label => {
  const { observed = '', required = '', about = '' } = why;
  const measured = MEASURED.includes(why.reason);
  return {
    es: REASON_TEXTS[why.reason]({
      observed: measured ? inSpanish(observed) : observed,
      required: measured ? inSpanish(required) : required,
      about,
    }).es,
    en: REASON_TEXTS[why.reason]({ observed, required, about }).en,
  };
};
