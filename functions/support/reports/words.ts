import type { BankState, Bilingual } from './cycle-report.ts';

/** The words that reports use for our states; docs/GLOSSARY.md has their meaning. */
export const COMPLIANCE_WORDS = {
  compliant: { es: 'Cumple', en: 'Compliant' },
  exempt: { es: 'Exceptuado', en: 'Exempt' },
  unverified: { es: 'Sin verificar', en: 'Unverified' },
  non_compliant: { es: 'No cumple', en: 'Non-compliant' },
} as const satisfies Record<string, Bilingual>;

export const BANK_STATE_WORDS: Readonly<Record<BankState, Bilingual>> = {
  paid: { es: 'Pagado', en: 'Paid' },
  pending: { es: 'Pendiente', en: 'Pending' },
  unclaimed: { es: 'No cobrado', en: 'Unclaimed' },
  returned: { es: 'Devuelto', en: 'Returned' },
  rejected: { es: 'Rechazado', en: 'Rejected' },
  exception: { es: 'En observación', en: 'In exception' },
};

export const ROLE_WORDS = {
  maker: { es: 'Elaboró', en: 'Prepared by' },
  checker1: { es: 'Aprobó (primera firma)', en: 'Approved (first checker)' },
  checker2: { es: 'Aprobó (segunda firma)', en: 'Approved (second checker)' },
} as const satisfies Record<string, Bilingual>;

/** What each of the three identities says; an unknown name is shown as it is. */
const IDENTITIES: Readonly<Record<string, Bilingual>> = {
  instructed: {
    es: 'Instruido = rechazado + pagado + devuelto + no cobrado + pendiente + en observación',
    en: 'Instructed = rejected + paid + returned + unclaimed + pending + in exception',
  },
  netDebits: {
    es: 'Cargos netos del banco = importes liquidados',
    en: 'Net debits of the bank = amounts settled',
  },
  balance: {
    es: 'Saldo inicial + movimientos = saldo final, extracto por extracto',
    en: 'Opening balance + entries = closing balance, statement by statement',
  },
};
export const identityWords = (name: string): Bilingual => IDENTITIES[name] ?? { es: name, en: name };
