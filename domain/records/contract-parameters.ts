import { type Currency, minor, parseAmount, scale } from '../kernel/money.ts';
import { type Day, dayNumber, isDay } from '../kernel/period.ts';
import type { ContractDefinition } from './contract.ts';
import type { Parameter, Unit } from './contract-value.ts';

const INDEX_DIGITS = 6;

/**
 * A number as the integer that rules compute with: money in minor units, percent and points in hundredths, an index in
 * millionths, a day as days since 1970; undefined where the text is not exactly one.
 */
export function parseNumber(text: string | number, unit: Unit, currency: Currency): number | undefined {
  const written = String(text);
  if (unit === 'day') return isDay(written) ? dayNumber(written) : undefined;
  if (unit === 'money') return parseAmount(written, currency);
  const digits = unit === 'percent' || unit === 'points' ? 2 : unit === 'index' ? INDEX_DIGITS : 0;
  const match = /^(-?\d{1,9})(?:\.(\d+))?$/.exec(unit === 'percent' ? written.replace(/\s*%$/, '') : written);
  const fraction = (match?.[2] ?? '').replace(/0+$/, '');
  if (!match || fraction.length > digits) return undefined;
  return Number(`${match[1]}${fraction.padEnd(digits, '0')}`);
}

export type Resolved =
  | { readonly ok: true; readonly value: number; readonly cite: string }
  | {
      readonly ok: false;
      /** Nobody published it; no value holds on that day; the participant lacks a key; no row has this key. */
      readonly why: 'not_published' | 'no_value' | 'no_key' | 'no_row';
      readonly parameter: string;
      readonly key?: string;
    };
/** The value of a key (an attribute, or a field of the event at hand). */
export type Keys = (name: string) => string | undefined;
/** Values that a case or the contract's owner supplies for parameters that were not published. */
export type GivenParameters = { readonly [name: string]: string | number | readonly GivenRow[] };
export type GivenRow = {
  readonly when: { readonly [key: string]: string | readonly string[] };
  readonly value: string | number;
  /** Days on which the value holds; always, where they are absent. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
};

type Row = {
  readonly when: readonly (readonly [string, readonly string[]])[];
  readonly value: number | undefined;
};
type Dated = {
  readonly from: string;
  readonly until: string;
  readonly cite: string;
  readonly rows: readonly Row[];
};

const LAST = '9999-12-31';
const rowOf = (when: GivenRow['when'], value: number | undefined): Row => ({
  when: Object.entries(when).map(([key, values]) => [key, typeof values === 'string' ? [values] : values]),
  value,
});
const matches = (row: Row, keys: Keys): boolean =>
  row.when.every(([key, values]) => values.includes(keys(key) ?? '\u0000'));

function compile(parameter: Parameter, currency: Currency): Dated[] {
  return parameter.values.map((value) => {
    const number = (text: string | number) => parseNumber(text, parameter.unit, currency);
    const rows =
      'rows' in value
        ? value.rows.map((row) => rowOf(row.when, 'value' in row ? number(row.value) : undefined))
        : [rowOf({}, 'value' in value ? number(value.value) : undefined)];
    return { from: value.from ?? '', until: value.until ?? LAST, cite: value.cite, rows };
  });
}

export type ParameterTable = {
  /** The value of `name` on `date` for these keys. */
  resolve(name: string, date: Day, keys: Keys): Resolved;
  /** Parameters with at least one unpublished value that nobody has given. */
  readonly missing: readonly string[];
};

/** Parameters made ready once per settlement; `given` fills unpublished values only, never published ones. */
export function parameterTable(contract: ContractDefinition, given: GivenParameters = {}): ParameterTable {
  const { currency, parameters } = contract;
  const published = new Map(Object.entries(parameters).map(([name, p]) => [name, compile(p, currency)]));
  const supplied = new Map<string, (Row & { readonly from: string; readonly until: string })[]>();
  for (const [name, value] of Object.entries(given)) {
    const unit = parameters[name]?.unit ?? 'count';
    const rows: readonly GivenRow[] = typeof value === 'object' ? value : [{ when: {}, value }];
    supplied.set(
      name,
      rows.map((row) => ({
        ...rowOf(row.when, parseNumber(row.value, unit, currency)),
        from: row.from ?? '',
        until: row.until ?? LAST,
      })),
    );
  }
  const plain = (name: string, date: Day, keys: Keys): Resolved => {
    const dated = published.get(name)?.find((value) => value.from <= date && date <= value.until);
    if (!dated) return { ok: false, why: 'no_value', parameter: name };
    const row = dated.rows.find((candidate) => matches(candidate, keys));
    if (row?.value !== undefined) return { ok: true, value: row.value, cite: dated.cite };
    const absent = parameters[name]?.keys?.find((key) => keys(key) === undefined);
    if (absent !== undefined && (!row || row.when.length > 0))
      return { ok: false, why: 'no_key', parameter: name, key: absent };
    if (!row) return { ok: false, why: 'no_row', parameter: name };
    const own = supplied
      .get(name)
      ?.find((candidate) => candidate.from <= date && date <= candidate.until && matches(candidate, keys));
    if (own?.value !== undefined) return { ok: true, value: own.value, cite: 'given' };
    return { ok: false, why: 'not_published', parameter: name };
  };
  const resolve = (name: string, date: Day, keys: Keys): Resolved => {
    const value = plain(name, date, keys);
    const indexed = parameters[name]?.indexedBy;
    if (!value.ok || !indexed) return value;
    const now = plain(indexed.index, date, keys);
    const base = plain(indexed.index, indexed.base as Day, keys);
    if (!now.ok) return now;
    if (!base.ok) return base;
    return { ...value, value: scale(minor(value.value), now.value, base.value, contract.rounding) };
  };
  const missing = [...published]
    .filter(
      ([name, dated]) => !supplied.has(name) && dated.some((d) => d.rows.some((r) => r.value === undefined)),
    )
    .map(([name]) => name);
  return { resolve, missing };
}

/** The parameters of a contract that were not published; its owner fills them in before it can settle. */
export const notPublished = (contract: ContractDefinition): readonly string[] =>
  parameterTable(contract).missing;
