import type { LineKind } from '../../../domain/results/settlement.ts';
import type { StatementPeriod } from '../../../domain/results/statement.ts';
import type { Bilingual } from './cycle-report.ts';
import type { ProviderPayment } from './provider-statement.ts';
import { BANK_STATE_WORDS } from './words.ts';

/** What became of an institute's money, in words. */
export const PAYMENT_WORDS: Readonly<Record<ProviderPayment['state'], Bilingual>> = {
  ...BANK_STATE_WORDS,
  held: { es: 'Sin ordenar', en: 'Not ordered' },
};

export const OUTSTANDING_WORDS: Readonly<Record<string, Bilingual>> = {
  rejected: { es: 'El banco lo rechazó; se paga de nuevo', en: 'The bank rejected it; it is paid again' },
  returned: { es: 'Volvió; se paga de nuevo', en: 'It came back; it is paid again' },
  unclaimed: { es: 'No se cobró; se paga de nuevo', en: 'Nobody collected it; it is paid again' },
  payee_held: {
    es: 'Espera que el registro diga a qué cuenta pagar',
    en: 'Waits until the register says which account to pay',
  },
  pending: { es: 'El banco todavía puede pagarlo', en: 'The bank may still pay it' },
};

export const LINE_WORDS: Readonly<Record<LineKind | 'refused' | 'recovery', Bilingual>> = {
  outcome: { es: 'Resultado', en: 'Outcome' },
  performance: { es: 'Desempeño', en: 'Performance' },
  release: { es: 'Liberación', en: 'Release' },
  advance: { es: 'Anticipo', en: 'Advance' },
  deduction: { es: 'Descuento', en: 'Deduction' },
  advance_recovery: { es: 'Recupero del anticipo', en: 'Advance recovered' },
  clawback: { es: 'Devolución', en: 'Clawback' },
  refused: { es: 'No se paga', en: 'Not paid' },
  recovery: { es: 'Anulado', en: 'Taken back' },
};

/** How the money of a settlement comes about, top to bottom: the sign, the figure, its words. */
export const MONEY_ROWS: readonly (readonly ['' | '+' | '−' | '=', keyof StatementPeriod, Bilingual])[] = [
  ['', 'earned', { es: 'Ganado por resultados verificados', en: 'Earned by verified outcomes' }],
  ['−', 'capped', { es: 'Sobre los topes del contrato', en: 'Above the caps of the contract' }],
  [
    '−',
    'withheld',
    { es: 'Retenido hasta que se cumpla su condición', en: 'Withheld until its condition is met' },
  ],
  ['+', 'released', { es: 'Liberado de lo retenido antes', en: 'Released of what was withheld before' }],
  ['−', 'deducted', { es: 'Descontado por errores de la muestra', en: "Deducted for the sample's errors" }],
  ['+', 'advance', { es: 'Anticipo', en: 'Advance' }],
  ['−', 'advanceRecovered', { es: 'Recupero del anticipo', en: 'Advance recovered' }],
  ['−', 'clawedBack', { es: 'Devolución de pagos anulados', en: 'Return of payments taken back' }],
  ['=', 'payable', { es: 'A pagar este periodo', en: 'Payable this period' }],
];
