/** How what is stored stands to what was worked out again; `unrepeatable`: it could not be worked out again. */
export type DifferenceKind = 'missing' | 'added' | 'changed' | 'unrepeatable';

/** One thing in which a bundle differs from what its inputs and its rules give. */
export type Difference = {
  /** Below the bundle, with forward slashes; `control/PARTITION/ROW` for a control record. */
  readonly path: string;
  readonly what: DifferenceKind;
  /** The household, institute, payee or subject that it is about. */
  readonly subject?: string;
  /** A field of a record (`result.payableMinor`), or `line 12` of a text. */
  readonly field?: string;
  /** As they are written, cut short; absent where there is nothing on that side. */
  readonly stored?: string;
  readonly recomputed?: string;
  /** For people, Spanish first; of an unrepeatable step what it halted with. */
  readonly message?: string;
};

/** What an audit checks, in its order. Each repeats the steps that it names, or compares what they rest on. */
export const AUDIT_CHECKS = {
  published: {
    es: 'Archivos publicados: presentes, sin cambios, sin agregados; raíz del manifiesto',
    en: 'Published files: there, unchanged, none added; root of the manifest',
  },
  inputs: {
    es: 'Insumos congelados: definición, padrón y evidencia leídos otra vez, contratos, reclamos, estado anterior',
    en: 'Frozen inputs: definition, roster and evidence read again, contracts, claims, previous state',
  },
  verdicts: {
    es: 'Veredictos: quién cumplió qué, y por qué',
    en: 'Verdicts: who met which condition, and why',
  },
  entitlements: {
    es: 'Derechos y desembolsos: cada importe con sus líneas',
    en: 'Entitlements and disbursements: every amount with its lines',
  },
  approval: {
    es: 'Propuesta y firmas: totales, huella aprobada, personas distintas',
    en: 'Proposal and approvals: totals, the hash approved, different people',
  },
  payments: {
    es: 'Archivos de pago: cada importe ordenado una vez, nadie más, sumas y huellas',
    en: 'Payment files: every payable ordered once, nobody else, sums and hashes',
  },
  bank: {
    es: 'Banco: informes leídos otra vez, cada orden conciliada, identidades',
    en: 'Bank: reports read again, every instruction reconciled, identities',
  },
  state: {
    es: 'Estado que pasa al ciclo siguiente',
    en: 'State carried into the next cycle',
  },
  reports: {
    es: 'Informes: vueltos a publicar, byte por byte',
    en: 'Reports: published again, byte by byte',
  },
  leftovers: {
    es: 'Objetos de los que ningún paso da cuenta',
    en: 'Objects that no step accounts for',
  },
} as const;
export type AuditCheck = keyof typeof AUDIT_CHECKS;
