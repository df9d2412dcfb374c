import type { Label } from '../records/contract.ts';

export const CHECK_CODES = [
  'PERSON_NUMBER',
  'IMPOSSIBLE_DATE',
  'OWN_EMPLOYER',
  'DOCUMENT_MISSING',
  'DOCUMENT_REUSED',
  'PAYROLL_JOB',
  'PAYROLL_START',
  'PAYROLL_MONTHS',
  'PAYROLL_INCOME',
  'CERTIFICATE',
  'ATTENDANCE',
  'CLUSTER',
] as const;
export type CheckCode = (typeof CHECK_CODES)[number];

const both = (es: string, en: string): Label => ({ es, en });
/** What each check looks at, and what the institute can do when it fails. */
export const CHECK_TEXTS: { readonly [C in CheckCode]: { readonly what: Label; readonly next: Label } } = {
  PERSON_NUMBER: {
    what: both('Dígito verificador del documento', 'Check digit of the person number'),
    next: both(
      'Corrija el número; el reclamo espera, nadie pierde su lugar.',
      'Correct the number; the claim waits, nobody loses their place.',
    ),
  },
  IMPOSSIBLE_DATE: {
    what: both('Fechas posibles y en orden', 'Dates that are possible and in order'),
    next: both(
      'Corrija la fecha o adjunte el documento que la prueba.',
      'Correct the date or attach the document that proves it.',
    ),
  },
  OWN_EMPLOYER: {
    what: both('El empleador no es el instituto', 'The employer is not the institute'),
    next: both('Una contratación propia no se paga.', "Hiring one's own trainees is not paid."),
  },
  DOCUMENT_MISSING: {
    what: both('Hay al menos un documento', 'There is at least one document'),
    next: both(
      'Adjunte el documento que prueba el resultado.',
      'Attach the document that proves the result.',
    ),
  },
  DOCUMENT_REUSED: {
    what: both('El documento no se usó para otra persona', 'The document was not used for another person'),
    next: both(
      'Adjunte el documento de esta persona. Si es el suyo y se mostró antes por ella, decide quien verifica.',
      "Attach this person's own document. Where it is theirs and was shown for them first, a verifier decides.",
    ),
  },
  PAYROLL_JOB: {
    what: both(
      'El empleo consta en la planilla de la seguridad social',
      'The job is in the social-security payroll',
    ),
    next: both(
      'Pida al empleador que registre el contrato, o adjunte contrato y boletas para verificación.',
      'Ask the employer to register the contract, or attach contract and pay slips for verification.',
    ),
  },
  PAYROLL_START: {
    what: both('El inicio coincide con la planilla', 'The start agrees with the payroll'),
    next: both('Corrija la fecha de inicio.', 'Correct the start date.'),
  },
  PAYROLL_MONTHS: {
    what: both('Los meses reclamados constan en la planilla', 'The months claimed are in the payroll'),
    next: both(
      'Espere la planilla del mes que falta o corrija el período.',
      "Wait for the missing month's payroll or correct the period.",
    ),
  },
  PAYROLL_INCOME: {
    what: both('El ingreso no supera el de la planilla', "The income does not exceed the payroll's"),
    next: both(
      'Corrija el monto o adjunte las boletas de pago.',
      'Correct the amount or attach the pay slips.',
    ),
  },
  CERTIFICATE: {
    what: both('El certificado consta en el registro', 'The certificate is in the register'),
    next: both('Pida al organismo certificador que lo registre.', 'Ask the certifying body to register it.'),
  },
  ATTENDANCE: {
    what: both('La asistencia reclamada consta en el registro', 'The attendance claimed is in the log'),
    next: both(
      'Corrija las horas o envíe el registro de asistencia.',
      'Correct the hours or send the attendance log.',
    ),
  },
  CLUSTER: {
    what: both('Muchas personas, un empleador, un día', 'Many people, one employer, one day'),
    next: both(
      'Ninguna acción: un verificador puede visitar al empleador.',
      'Nothing to do: a verifier may visit the employer.',
    ),
  },
};
