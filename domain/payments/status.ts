/**
 * Ranks of pain.002 status codes: a payment's status is the highest that was ever reported, whatever the order
 * of arrival. Source: ISO external code sets (payment group and transaction status) and bank.md.
 */
const RANK: Readonly<Record<string, number>> = {
  GENERATED: 0,
  SENT: 1,
  RCVD: 2,
  ACTC: 2,
  PATC: 2,
  PART: 2,
  ACCP: 3,
  ACFC: 3,
  ACWC: 3,
  ACWP: 3,
  ACSP: 3,
  ACIS: 3,
  PRES: 3,
  PDNG: 3,
  BLCK: 3,
  ACSC: 4,
  ACCC: 4,
  CPUC: 4,
  CANC: 5,
  RJCT: 5,
};
const REFUSED = new Set(['RJCT', 'CANC']);
const SETTLED = new Set(['ACSC', 'ACCC', 'CPUC']);

export const isKnownStatus = (code: string): boolean => code in RANK;
export const isRejection = (code: string): boolean => REFUSED.has(code);
export const isSettlement = (code: string): boolean => SETTLED.has(code);

/** The higher of two statuses; equal ranks keep the alphabetically first, so that order never matters. */
export function higherStatus(a: string, b: string): string {
  const difference = (RANK[a] ?? -1) - (RANK[b] ?? -1);
  if (difference !== 0) return difference > 0 ? a : b;
  return a <= b ? a : b;
}
