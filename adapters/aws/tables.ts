/** The control tables; each has its own key design, so that one hot or leaked table is not all of them. */
export const TABLES = ['control', 'cases', 'payments', 'claims', 'idempotency'] as const;
export type Table = (typeof TABLES)[number];

/**
 * The table of a partition key: `E#…` payments, `U#…` and `P#programme#PR#provider` claims,
 * `P#programme#H#token` cases, `IK#…` idempotency keys, everything else control.
 */
export function tableOf(pk: string): Table {
  if (pk.startsWith('E#')) return 'payments';
  if (pk.startsWith('IK#')) return 'idempotency';
  if (pk.startsWith('U#') || /^P#[^#]+#PR#/.test(pk)) return 'claims';
  return /^P#[^#]+#H#/.test(pk) ? 'cases' : 'control';
}
