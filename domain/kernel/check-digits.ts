/**
 * Check digits of identity and account numbers. A failed one holds a line for correction; it drops nobody.
 * Sources: the national rules as listed in ../shared/domain/bank.md, ISO 13616 (IBAN), ISO 7064.
 */

const digitsOf = (text: string): number[] => [...text].map((char) => char.charCodeAt(0) - 48);
const dot = (digits: readonly number[], weights: readonly number[]): number =>
  weights.reduce((sum, weight, index) => sum + weight * digits[index]!, 0);
const isDigits = (text: string, length: number): boolean => text.length === length && /^\d+$/.test(text);
const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.abs(from - to) + 1 }, (_, i) => (from > to ? from - i : from + i));
/** Weights 2, 3, 4 … from the right, over all digits. */
const fromRight = (digits: readonly number[], cycle = 100): number =>
  [...digits].reverse().reduce((sum, digit, index) => sum + digit * (2 + (index % cycle)), 0);

/** ISO 13616 lengths of the countries whose banks we meet; others are judged by mod 97 alone. */
const IBAN_LENGTH: Readonly<Record<string, number>> = {
  SV: 28,
  BR: 29,
  GT: 28,
  CR: 22,
  DO: 28,
  ES: 24,
  DE: 22,
};
function iban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  if ((IBAN_LENGTH[text.slice(0, 2)] ?? text.length) !== text.length) return false;
  let rest = 0;
  for (const char of text.slice(4) + text.slice(0, 4)) {
    const value = /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 55;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Weights 1, 2, 1, 2 … from the left, two-digit products summed by digit. */
function cciDigit(digits: readonly number[]): number {
  const sum = digits.reduce((total, digit, index) => {
    const product = digit * (1 + (index % 2));
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return (10 - (sum % 10)) % 10;
}
/** Peru's interbank account code: D1 over bank and branch, D2 over the account. */
function peCci(text: string): boolean {
  if (!isDigits(text, 20)) return false;
  const digits = digitsOf(text);
  return cciDigit(digits.slice(0, 6)) === digits[18] && cciDigit(digits.slice(6, 18)) === digits[19];
}
function peDni(text: string): boolean {
  if (!/^\d{8}[0-9A-K]$/.test(text)) return false;
  const rest = dot(digitsOf(text), [3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return text[8] === '65432110987'[rest] || text[8] === 'KJIHGFEDCBA'[rest];
}
function peRuc(text: string): boolean {
  if (!isDigits(text, 11)) return false;
  const digits = digitsOf(text);
  return (11 - (dot(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === digits[10];
}

/** Province 01 to 24, or 30 for those abroad; a person's third digit is below 6. */
function ecCi(text: string): boolean {
  if (!isDigits(text, 10) || text[2]! > '6') return false;
  const province = Number(text.slice(0, 2));
  if ((province < 1 || province > 24) && province !== 30) return false;
  const sum = digitsOf(text).reduce((total, digit, index) => {
    const product = digit * (2 - (index % 2));
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return sum % 10 === 0;
}
function ecRuc(text: string): boolean {
  if (!isDigits(text, 13)) return false;
  const province = Number(text.slice(0, 2));
  if ((province < 1 || province > 24) && province !== 30) return false;
  const digits = digitsOf(text);
  const natural = (): boolean => text.slice(10) !== '000' && ecCi(text.slice(0, 10));
  const byPublicRule = (): boolean =>
    text.slice(9) !== '0000' && dot(digits, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0;
  if (text[2] === '6') return byPublicRule() || natural();
  // Companies, and as python-stdnum reads it also bodies numbered by the public rule.
  if (text[2] === '9')
    return (
      (text.slice(10) !== '000' && dot(digits, [4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0) || byPublicRule()
    );
  return natural();
}

function svDui(text: string): boolean {
  if (!isDigits(text, 9)) return false;
  const digits = digitsOf(text);
  return (10 - (dot(digits, range(9, 2)) % 10)) % 10 === digits[8];
}
/** Two rules, by the three digits before the check digit (the older one up to 100). */
function svNit(text: string): boolean {
  if (!isDigits(text, 14) || !'019'.includes(text[0]!)) return false;
  const digits = digitsOf(text);
  if (text.slice(10, 13) <= '100') return (dot(digits, range(14, 2)) % 11) % 10 === digits[13];
  const sum = dot(digits, [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
  return ((11 - (sum % 11)) % 11) % 10 === digits[13];
}

function clRut(text: string): boolean {
  if (!/^\d{7,8}[0-9K]$/.test(text)) return false;
  const check = (11 - (fromRight(digitsOf(text.slice(0, -1)), 6) % 11)) % 11;
  return text.at(-1) === (check === 10 ? 'K' : String(check));
}

function brCpf(text: string): boolean {
  if (!isDigits(text, 11) || /^(\d)\1+$/.test(text)) return false;
  const digits = digitsOf(text);
  const check = (weights: number[]): number => ((dot(digits, weights) * 10) % 11) % 10;
  return check(range(10, 2)) === digits[9] && check(range(11, 2)) === digits[10];
}
/** Letters have been possible since July 2026; their value is the character code less 48. */
function brCnpj(text: string): boolean {
  if (!/^[0-9A-Z]{12}\d{2}$/.test(text) || /^0+$/.test(text)) return false;
  const values = digitsOf(text);
  const check = (weights: number[]): number => {
    const rest = dot(values, weights) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  const weights = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
  return check(weights) === values[12] && check([6, ...weights]) === values[13];
}

const CURP_ALPHABET = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
function mxCurp(text: string): boolean {
  if (!/^[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-ZÑ]{3}[0-9A-Z]\d$/.test(text)) return false;
  const sum = [...text.slice(0, 17)].reduce(
    (total, char, index) => total + CURP_ALPHABET.indexOf(char) * (18 - index),
    0,
  );
  return String((10 - (sum % 10)) % 10) === text[17];
}
function mxClabe(text: string): boolean {
  if (!isDigits(text, 18)) return false;
  const digits = digitsOf(text);
  const sum = digits
    .slice(0, 17)
    .reduce((total, digit, index) => total + ((digit * [3, 7, 1][index % 3]!) % 10), 0);
  return (10 - (sum % 10)) % 10 === digits[17];
}

/** Eight digits, the check digit, then department (01 to 22) and municipality. */
function gtCui(text: string): boolean {
  if (!isDigits(text, 13)) return false;
  const digits = digitsOf(text);
  const department = Number(text.slice(9, 11));
  if (department < 1 || department > 22 || text.slice(11) === '00') return false;
  return dot(digits, range(2, 9)) % 11 === digits[8];
}
function gtNit(text: string): boolean {
  if (!/^\d{1,11}[0-9K]$/.test(text)) return false;
  const check = (11 - (fromRight(digitsOf(text.slice(0, -1))) % 11)) % 11;
  return text.at(-1) === (check === 10 ? 'K' : String(check));
}
function doCedula(text: string): boolean {
  if (!isDigits(text, 11)) return false;
  const sum = digitsOf(text).reduce((total, digit, index) => {
    const product = digit * (1 + (index % 2));
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return sum % 10 === 0;
}
function coNit(text: string): boolean {
  if (!/^\d{8,16}$/.test(text)) return false;
  const weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71];
  const digits = digitsOf(text.slice(0, -1)).reverse();
  return '01987654321'[dot(digits, weights.slice(0, digits.length)) % 11] === text.at(-1);
}
const CUIT_TYPES = ['20', '23', '24', '27', '30', '33', '34', '50', '51', '55'];
function arCuit(text: string): boolean {
  if (!isDigits(text, 11) || !CUIT_TYPES.includes(text.slice(0, 2))) return false;
  const digits = digitsOf(text);
  return '012345678990'[11 - (dot(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)] === text[10];
}
function arCbu(text: string): boolean {
  if (!isDigits(text, 22)) return false;
  const digits = digitsOf(text);
  const check = (part: readonly number[]): number =>
    (10 - ([...part].reverse().reduce((sum, digit, i) => sum + digit * [3, 1, 7, 9][i % 4]!, 0) % 10)) % 10;
  return check(digits.slice(0, 7)) === digits[7] && check(digits.slice(8, 21)) === digits[21];
}

const RULES = {
  iban,
  'pe.cci': peCci,
  'pe.dni': peDni,
  'pe.ruc': peRuc,
  'ec.ci': ecCi,
  'ec.ruc': ecRuc,
  'sv.dui': svDui,
  'sv.nit': svNit,
  'cl.rut': clRut,
  'br.cpf': brCpf,
  'br.cnpj': brCnpj,
  'mx.curp': mxCurp,
  'mx.clabe': mxClabe,
  'gt.cui': gtCui,
  'gt.nit': gtNit,
  'do.cedula': doCedula,
  'co.nit': coNit,
  'ar.cuit': arCuit,
  'ar.cbu': arCbu,
} as const;

export type NumberKind = keyof typeof RULES;
export const NUMBER_KINDS = Object.keys(RULES) as NumberKind[];
export const isNumberKind = (kind: string): kind is NumberKind => Object.hasOwn(RULES, kind);

/** A number without the spaces, dots, hyphens and slashes that people write, in upper case. */
export const compactNumber = (text: string): string => text.replace(/[\s.\-/]/g, '').toUpperCase();

/** Whether a number of this kind has the right form and check digits. Separators are allowed. */
export const hasValidCheckDigits = (kind: NumberKind, text: string): boolean =>
  RULES[kind](compactNumber(text));
