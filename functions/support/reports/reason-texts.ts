import type { Bilingual } from './cycle-report.ts';

/**
 * Why a payment was rejected, came back or waits, in words. Four-character codes are of ISO 20022's external
 * code sets (status reason and return reason); the last three are ours. A code that is not here is shown as
 * it came.
 */
const REASONS: Readonly<Record<string, Bilingual>> = {
  AC01: { es: 'El número de cuenta no es válido o falta', en: 'The account number is invalid or missing' },
  AC03: {
    es: 'El número de cuenta del beneficiario no es válido o falta',
    en: "The payee's account number is invalid or missing",
  },
  AC04: { es: 'La cuenta está cerrada', en: 'The account is closed' },
  AC06: { es: 'La cuenta está bloqueada', en: 'The account is blocked' },
  AG01: { es: 'La cuenta no admite esta operación', en: 'The account does not allow this transaction' },
  AG02: {
    es: 'El código de operación no es válido para el banco receptor',
    en: 'The operation code is not valid for the receiving bank',
  },
  AM04: { es: 'Fondos insuficientes en la cuenta pagadora', en: 'Insufficient funds on the paying account' },
  AM05: { es: 'Pago duplicado, según el banco', en: 'A duplicate payment, says the bank' },
  AM10: { es: 'La suma de control no coincide', en: 'The control sum does not agree' },
  AM18: { es: 'El número de pagos no coincide', en: 'The number of transactions does not agree' },
  AM19: {
    es: 'El número de pagos del grupo no coincide',
    en: "The group's number of transactions does not agree",
  },
  BE01: {
    es: 'El nombre no corresponde al titular de la cuenta',
    en: 'The name is not that of the account owner',
  },
  BE05: {
    es: 'El beneficiario no reconoce a quien inició el pago',
    en: 'The payee does not recognise the initiating party',
  },
  BE06: { es: 'El banco no conoce al beneficiario', en: 'The payee is not known to the bank' },
  DU01: { es: 'El identificador del mensaje ya fue usado', en: 'The message identification was used before' },
  FOCR: { es: 'Devuelto tras una solicitud de cancelación', en: 'Returned after a request for cancellation' },
  MD07: { es: 'El titular falleció', en: 'The account owner is deceased' },
  MS02: { es: 'El beneficiario no dio el motivo', en: 'The payee gave no reason' },
  MS03: { es: 'El banco no dio el motivo', en: 'The bank gave no reason' },
  NARR: { es: 'Motivo explicado en el texto del banco', en: "Reason given in the bank's own words" },
  NOAS: { es: 'El beneficiario no respondió o no se presentó', en: 'No answer from the payee' },
  RC01: { es: 'El código del banco es incorrecto', en: "The bank's identifier is incorrect" },
  RC04: {
    es: 'El código del banco del beneficiario no es válido',
    en: "The identifier of the payee's bank is invalid",
  },
  RR04: { es: 'Motivo regulatorio', en: 'Regulatory reason' },
  NO_ANSWER: {
    es: 'El banco todavía no informó este pago',
    en: 'The bank has said nothing about this payment yet',
  },
  DEBIT_NOT_SEEN: {
    es: 'El banco lo da por liquidado; falta verlo en un extracto',
    en: 'The bank calls it settled; it is not in a statement yet',
  },
  CASH_AVAILABLE: {
    es: 'Disponible en ventanilla, sin cobrar aún',
    en: 'Ready at the pay point, not picked up yet',
  },
};

/** A reason code in words; undefined where there is none or it is not known. */
export const reasonText = (code: string | undefined): Bilingual | undefined =>
  code === undefined ? undefined : REASONS[code];
