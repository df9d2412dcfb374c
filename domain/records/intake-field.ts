import { isDay, isMonth } from '../kernel/period.ts';
import type { Problems, RowCode } from './intake-codes.ts';
import type { FieldSource, Formats, TypedSource, ValueType } from './mapping.ts';

/** Cells of a row in header order. */
export type Cells = readonly string[];
/** Reads one field of a row: its value, or undefined where it is empty or (with a problem added) wrong. */
export type Read<T> = (cells: Cells, problems: Problems) => T | undefined;
export type Scalar = string | number | boolean;

export const absent: Read<never> = () => undefined;

/** The column that a field reads, if it reads one. */
export function columnOf(source: TypedSource | undefined): string | undefined {
  if (source === undefined || typeof source === 'string') return source;
  return 'column' in source ? source.column : undefined;
}
/** Columns that a file must have for these fields. */
export function requiredColumns(sources: readonly (TypedSource | undefined)[]): string[] {
  return sources.flatMap((source) => {
    const name = columnOf(source);
    return name === undefined || (typeof source === 'object' && 'column' in source && source.optional)
      ? []
      : [name];
  });
}

/** Text of a cell, trimmed and translated. Refuses a word that the mapping does not list (BAD_VALUE). */
export function readText(
  source: TypedSource | undefined,
  header: readonly string[],
  code: RowCode = 'BAD_VALUE',
): Read<string> {
  if (source === undefined) return absent;
  if (typeof source === 'object' && 'constant' in source) return () => source.constant;
  const column = typeof source === 'string' ? source : source.column;
  const index = header.indexOf(column);
  const empty = typeof source === 'string' ? undefined : (source.empty ?? source.values?.['']);
  if (index < 0) return () => empty;
  if (typeof source === 'string' || source.values === undefined)
    return (cells) => cells[index]!.trim() || empty;
  const { otherwise } = source;
  const values = new Map(Object.entries(source.values));
  const words = [...values.keys()].join(', ');
  return (cells, problems) => {
    const word = cells[index]!.trim();
    if (word === '') return empty;
    return (
      values.get(word) ??
      otherwise ??
      problems.add(code, column, `${column} is "${word}", expected one of ${words}`)
    );
  };
}

/** The required text of a field. */
export function readRequired(source: FieldSource, header: readonly string[]): Read<string> {
  return required(readText(source, header), columnOf(source) ?? 'constant');
}

/** The same field, whose emptiness is a problem of the row (MISSING_FIELD). */
export function required<T>(read: Read<T>, path: string): Read<T> {
  return (cells, problems) => {
    const before = problems.count;
    const value = read(cells, problems);
    if (value === undefined && problems.count === before)
      problems.add('MISSING_FIELD', path, `${path} is empty`);
    return value;
  };
}

/** An id: 1 to 64 characters without spaces inside or control characters. */
export function readId(source: FieldSource, header: readonly string[]): Read<string> {
  const path = columnOf(source) ?? 'constant';
  const text = required(readText(source, header), path);
  return (cells, problems) => {
    const id = text(cells, problems);
    if (id === undefined || /^[^\s\p{Cc}]{1,64}$/u.test(id)) return id;
    return problems.add(
      'BAD_VALUE',
      path,
      `${path} "${id}" is not an id of at most 64 characters without spaces`,
    );
  };
}

/** A text that fits `pattern`, or a problem that says what was expected. */
export function readPattern(
  source: FieldSource | undefined,
  header: readonly string[],
  pattern: RegExp,
  expected: string,
): Read<string> {
  const text = readText(source, header);
  const path = columnOf(source) ?? 'constant';
  return (cells, problems) => {
    const value = text(cells, problems);
    if (value === undefined || pattern.test(value)) return value;
    return problems.add('BAD_VALUE', path, `${path} is "${value}", expected ${expected}`);
  };
}

/** A calendar date as YYYY-MM-DD. Refuses what is not a date of the mapping's format (BAD_DATE). */
export function readDate(
  source: FieldSource | undefined,
  header: readonly string[],
  format: Formats['dates'],
): Read<string> {
  const text = readText(source, header, 'BAD_DATE');
  const path = columnOf(source) ?? 'constant';
  const dayOf = remembered((value) => {
    const day = toIso(value, format);
    return day && isDay(day) ? day : undefined;
  });
  return (cells, problems) => {
    const value = text(cells, problems);
    if (value === undefined) return undefined;
    return (
      dayOf(value) ?? problems.add('BAD_DATE', path, `${path} is "${value}", expected a date as ${format}`)
    );
  };
}

/** A month as YYYY-MM, from one of `formats`; a date is its month. Anything else is refused (BAD_PERIOD). */
export function readPeriod(
  source: FieldSource,
  header: readonly string[],
  formats: readonly (keyof typeof SHAPES)[],
): Read<string> {
  const path = columnOf(source) ?? 'constant';
  const text = required(readText(source, header, 'BAD_PERIOD'), path);
  const monthOf = remembered((value) => {
    const found = formats.map((format) => toIso(value, format));
    return found.find((iso) => iso && (iso.length === 7 ? isMonth(iso) : isDay(iso)))?.slice(0, 7);
  });
  return (cells, problems) => {
    const value = text(cells, problems);
    if (value === undefined) return undefined;
    const known = monthOf(value);
    if (known !== undefined) return known;
    return problems.add(
      'BAD_PERIOD',
      path,
      `${path} is "${value}", expected a month as ${formats.join(' or ')}`,
    );
  };
}

const REMEMBERED_MAX = 20_000;

/** Months and days repeat from row to row: each is read once. */
function remembered(read: (value: string) => string | undefined): (value: string) => string | undefined {
  const known = new Map<string, string>();
  return (value) => {
    const before = known.get(value);
    if (before !== undefined) return before;
    const found = read(value);
    if (found !== undefined && known.size < REMEMBERED_MAX) known.set(value, found);
    return found;
  };
}

const SHAPES: Record<Formats['dates'] | Formats['periods'], readonly [RegExp, string]> = {
  'YYYY-MM-DD': [/^(\d{4})-(\d{2})-(\d{2})$/, '$1-$2-$3'],
  'DD/MM/YYYY': [/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1'],
  YYYYMMDD: [/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3'],
  'YYYY-MM': [/^(\d{4})-(\d{2})$/, '$1-$2'],
  YYYYMM: [/^(\d{4})(\d{2})$/, '$1-$2'],
  'MM/YYYY': [/^(\d{2})\/(\d{4})$/, '$2-$1'],
};
function toIso(text: string, format: keyof typeof SHAPES): string | undefined {
  const [shape, replacement] = SHAPES[format];
  return shape.test(text) ? text.replace(shape, replacement) : undefined;
}

const BOOLEANS = new Map<string, boolean>([
  ...['true', '1', 'yes', 'y', 'si', 'sí', 's'].map((word) => [word, true] as const),
  ...['false', '0', 'no', 'n'].map((word) => [word, false] as const),
]);
/** An attribute or a value of evidence, of the type that the mapping gives it. */
export function readTyped(
  source: TypedSource | undefined,
  header: readonly string[],
  decimal: Formats['decimal'],
  fallback: ValueType = 'auto',
): Read<Scalar> {
  const text = readText(source, header);
  const convert = converter(typeOf(source, fallback), decimal, columnOf(source) ?? 'constant');
  return (cells, problems) => {
    const value = text(cells, problems);
    return value === undefined ? undefined : convert(value, problems);
  };
}

export const typeOf = (source: TypedSource | undefined, fallback: ValueType): ValueType =>
  (typeof source === 'object' && source.type) || fallback;

/** A whole number, such as a grade or an age. */
export function readInteger(source: FieldSource | undefined, header: readonly string[]): Read<number> {
  return readTyped(source, header, '.', 'integer') as Read<number>;
}

/** Turns text into a value of `type`, or adds the problem with what was expected. */
export function converter(type: ValueType, decimal: Formats['decimal'], path: string) {
  const plain = (text: string) => (decimal === ',' ? text.replace(',', '.') : text);
  const numberIf =
    (shape: RegExp, expected: string, fits: (found: number) => boolean = () => true) =>
    (value: string, problems: Problems) => {
      const text = plain(value);
      const found = shape.test(text) ? Number(text) : Number.NaN;
      return fits(found) && !Number.isNaN(found)
        ? found
        : problems.add('BAD_NUMBER', path, `${path} is "${value}", expected ${expected}`);
    };
  const decimals = `with "${decimal}" before its decimals`;
  const convert: Record<ValueType, (value: string, problems: Problems) => Scalar | undefined> = {
    text: (value) => value,
    auto: (value) => guess(value, plain(value)),
    number: numberIf(DECIMAL, `a number ${decimals}`),
    integer: numberIf(/^-?\d{1,15}$/, 'a whole number'),
    count: numberIf(/^\d{1,15}$/, 'a whole number of at least 0'),
    percent: numberIf(
      DECIMAL,
      `a percentage from 0 to 100 ${decimals}`,
      (found) => found >= 0 && found <= 100,
    ),
    money: (value, problems) =>
      DECIMAL.test(plain(value))
        ? plain(value)
        : problems.add('BAD_NUMBER', path, `${path} is "${value}", expected an amount ${decimals}`),
    month: (value, problems) =>
      isMonth(value)
        ? value
        : problems.add('BAD_PERIOD', path, `${path} is "${value}", expected a month as YYYY-MM`),
    boolean: (value, problems) =>
      BOOLEANS.get(value.toLowerCase()) ??
      problems.add('BAD_VALUE', path, `${path} is "${value}", expected true/false, 1/0 or sí/no`),
  };
  return convert[type];
}

const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;
/** A number written the plain way: what `auto` takes for one ("007" and "1e3" stay text). */
const PLAIN_NUMBER = /^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/;

function guess(value: string, plain: string): Scalar {
  if (PLAIN_NUMBER.test(plain)) return Number(plain);
  return value === 'true' ? true : value === 'false' ? false : value;
}
