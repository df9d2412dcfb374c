import type { Minor } from '../kernel/money.ts';

/** Who settles it, whether money is in doubt, and what it means. Source: ../shared/domain/bank.md. */
const TABLE = {
  DUP_EVENT: {
    money: false,
    owner: 'operator',
    es: 'El banco informó dos veces lo mismo; se contó una sola vez',
    en: 'The bank said the same twice; it was counted once',
  },
  DUP_PAYMENT: {
    money: true,
    owner: 'treasury',
    es: 'El mismo pago fue cargado más de una vez',
    en: 'The same payment was debited more than once',
  },
  AMOUNT_DIFF: {
    money: true,
    owner: 'treasury',
    es: 'El importe del banco no es igual al instruido',
    en: "The bank's amount does not equal the instructed amount",
  },
  UNKNOWN_REF: {
    money: true,
    owner: 'operator',
    es: 'El banco informa un movimiento que no corresponde a ninguna instrucción',
    en: 'The bank reports a movement that belongs to no instruction',
  },
  OTHER_CYCLE: {
    money: false,
    owner: 'operator',
    es: 'El banco informa un movimiento de un pago de otro ciclo',
    en: 'The bank reports a movement of a payment of another cycle',
  },
  RJCT_BUT_DEBITED: {
    money: true,
    owner: 'treasury',
    es: 'El banco rechazó el pago y sin embargo lo cargó',
    en: 'The bank rejected the payment and debited it all the same',
  },
  RETURN_WITHOUT_DEBIT: {
    money: true,
    owner: 'operator',
    es: 'Devolución sin cargo previo; queda en espera del extracto que falta',
    en: 'A return without a debit before it; parked until the missing statement comes',
  },
  RETURN_AMOUNT_DIFF: {
    money: true,
    owner: 'treasury',
    es: 'El importe devuelto no es igual al cargado',
    en: 'The returned amount does not equal the debited amount',
  },
  MISSING_STATUS: {
    money: false,
    owner: 'operator',
    es: 'El banco no informó nada de este pago dentro del plazo',
    en: 'The bank said nothing about this payment in time',
  },
  STATEMENT_GAP: {
    money: true,
    owner: 'operator',
    es: 'Falta un extracto: la secuencia o el saldo inicial no continúan',
    en: 'A statement is missing: sequence or opening balance do not continue',
  },
  NOT_FOOTING: {
    money: true,
    owner: 'treasury',
    es: 'El extracto no cuadra: saldo inicial más movimientos no da el saldo final',
    en: 'The statement does not foot: opening plus entries is not closing',
  },
  CODE_UNKNOWN: {
    money: false,
    owner: 'operator',
    es: 'El banco usó un código que no se conoce',
    en: 'The bank used a code that is not known',
  },
  PAYEE_CHANGED: {
    money: true,
    owner: 'programme',
    es: 'La cuenta del beneficiario cambió después de la aprobación',
    en: "The payee's account changed after approval",
  },
  LATE_CLAIM: {
    money: true,
    owner: 'programme',
    es: 'El efectivo consta como cobrado y como devuelto por no cobrado',
    en: 'Cash reported both as picked up and as returned unclaimed',
  },
} as const;

export type ExceptionCode = keyof typeof TABLE;
export const EXCEPTION_CODES = Object.keys(TABLE) as ExceptionCode[];
export type ExceptionFacts = {
  readonly money: boolean;
  readonly owner: 'operator' | 'treasury' | 'programme';
  readonly es: string;
  readonly en: string;
};
export const EXCEPTIONS: Readonly<Record<ExceptionCode, ExceptionFacts>> = TABLE;

/** Movements of the account that belong to no payment of the cycle. */
export const isStray = ({ code }: Pick<ReconException, 'code'>): boolean =>
  code === 'UNKNOWN_REF' || code === 'OTHER_CYCLE';

/** One open question of a reconciliation; closed by two people, never by the program. */
export type ReconException = {
  readonly code: ExceptionCode;
  readonly endToEndId?: string;
  readonly eventKey?: string;
  /** The money in question, signed: what the bank took in excess is positive. */
  readonly amountMinor: Minor;
  readonly currency: string;
  /** The day it is counted from; empty where the bank gave none. */
  readonly since: string;
  /** Figures of the case, such as `instructed 120.00, debited 102.00`. */
  readonly detail: string;
  /** For a movement without a usable reference: the one open payment of the same amount, for a person to judge. */
  readonly proposal?: string;
};
