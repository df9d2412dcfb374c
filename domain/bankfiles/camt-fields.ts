import type { CreditDebit } from '../payments/bank-record.ts';
import { node, textNode, type XmlNode } from './xml.ts';

/** A record while it is read. */
export type Draft<T> = { -readonly [K in keyof T]?: T[K] | undefined };

/** Drops undefined and empty fields, so that records print only what the file says. */
export function clean<T>(record: object): T {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record))
    if (value !== undefined && value !== '') kept[name] = value;
  return kept as T;
}
export const creditDebit = (text: string): CreditDebit | undefined =>
  text === 'CRDT' || text === 'DBIT' ? text : undefined;

/** A Dt or DtTm choice, as a calendar day. */
export const dateNode = (set: (date: string) => void): XmlNode => {
  const leaf = textNode((text) => set(text.slice(0, 10)));
  return node({ Dt: leaf, DtTm: leaf });
};
