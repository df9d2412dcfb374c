import { type Minor, parseAmount, type Rounding, scale } from '../kernel/money.ts';
import type { Month } from '../kernel/period.ts';
import { type Refusal, Refused } from '../kernel/result.ts';
import type { Key, Parameter } from '../records/programme/parameter.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';

/** A percentage as an exact ratio. */
export type Ratio = { readonly top: number; readonly bottom: number };

/** A parameter's value in one month. `number`: minor units of money, per cent as written, or a count. */
export type Value = {
  readonly name: string;
  readonly cite: string;
  readonly number: number | undefined;
  readonly rows?: readonly {
    readonly when: { readonly [key: string]: Key };
    readonly number: number | undefined;
  }[];
  /** Amounts of several members together whose own rows are open. */
  readonly sums?: readonly {
    readonly when: { readonly [key: string]: Key };
    readonly members: readonly { readonly [key: string]: Key }[];
    readonly number: number;
  }[];
};

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
/** A percentage with up to six decimals as a ratio in lowest terms: 0.85 exactly, never a float. */
export function ratio(percent: number): Ratio {
  const top = Math.round(percent * 1_000_000);
  const bottom = 100_000_000;
  const divisor = gcd(top, bottom);
  return { top: top / divisor, bottom: bottom / divisor };
}

/** `amount` x `share`, rounded; integers only. Small products avoid BigInt, which costs a tenth of a household. */
export function shareOf(amount: number, share: Ratio, rounding: Rounding, unit = 1): number {
  const product = amount * share.top;
  if (unit === 1 && product <= Number.MAX_SAFE_INTEGER && product % share.bottom === 0)
    return product / share.bottom;
  return scale(amount as Minor, share.top, share.bottom, rounding, unit);
}

/**
 * `amount` less `share` of `excess`, at least 0. What is left is rounded, not what is taken off: half a unit rounded
 * up goes to the family.
 */
export function lessShareOf(amount: number, excess: number, share: Ratio, rounding: Rounding): number {
  const bottom = BigInt(share.bottom);
  const left = BigInt(amount) * bottom - BigInt(excess) * BigInt(share.top);
  if (left <= 0n) return 0;
  // The rest is small, and one unit with it keeps odd and even apart: products may not fit a number.
  const odd = (left / bottom) % 2n;
  const rest = Number(odd * bottom + (left % bottom)) as Minor;
  return Number(left / bottom - odd) + scale(rest, 1, share.bottom, rounding);
}

/** A value that nobody published is about to be used: says which, so that its owner can fill it in. */
export const notPublished = (definition: ProgrammeDefinition, name: string, at: Month): Refusal => ({
  code: 'VALUE_NOT_PUBLISHED',
  message: `programme ${definition.id}: the value of "${name}" (${definition.parameters[name]?.label.es ?? name}) in ${at} was not published`,
  next: `Fill in parameters.${name} in the programme's definition with the value, its dates and its source.`,
  at: `parameters.${name}`,
});

/** Values of a programme in one month; `fill` gives values that the definition leaves open, never a published one. */
export type Values = {
  readonly month: Month;
  get(name: string): Value;
  /** The number of a scalar parameter. Throws the refusal VALUE_NOT_PUBLISHED where it is open. */
  need(name: string): number;
  /** Every parameter asked for whose value is open in this month. */
  readonly open: ReadonlySet<string>;
};

export type Fill = { readonly [parameter: string]: string | number };

function numberOf(definition: ProgrammeDefinition, parameter: Parameter, value: string | number): number {
  if (parameter.unit !== 'money') return Number(value);
  return parseAmount(String(value), definition.currency) ?? Number.NaN;
}

export function valuesAt(definition: ProgrammeDefinition, month: Month, fill: Fill = {}): Values {
  const cache = new Map<string, Value>();
  const open = new Set<string>();
  const resolve = (name: string): Value => {
    const parameter = definition.parameters[name]!;
    const given = fill[name] === undefined ? undefined : numberOf(definition, parameter, fill[name]);
    if (parameter.derived && parameter.values.length === 0) {
      const base = get(parameter.derived.of);
      const percent = get(parameter.derived.percent);
      const known = base.number !== undefined && percent.number !== undefined;
      if (!known && given === undefined) open.add(name);
      return {
        name,
        cite: known ? percent.cite : '',
        number: known ? shareOf(base.number, ratio(percent.number), 'half_up') : given,
      };
    }
    const dated = parameter.values.find(
      (v) => v.from <= month && (v.until === undefined || month <= v.until),
    );
    if (dated && 'rows' in dated) {
      const rows = dated.rows.map((row) => ({
        when: row.when,
        number: 'value' in row ? numberOf(definition, parameter, row.value) : given,
      }));
      if (rows.some((row) => row.number === undefined)) open.add(name);
      const sums = dated.sums?.map(({ value, ...sum }) => ({
        ...sum,
        number: numberOf(definition, parameter, value),
      }));
      return { name, cite: dated.cite, number: undefined, rows, ...(sums && { sums }) };
    }
    if (!dated || !('value' in dated)) {
      if (given === undefined) open.add(name);
      return { name, cite: given === undefined ? (dated?.cite ?? '') : '', number: given };
    }
    const number = numberOf(definition, parameter, dated.value);
    return { name, cite: dated.cite, number };
  };
  const get = (name: string): Value => {
    let value = cache.get(name);
    if (value === undefined) {
      value = resolve(name);
      cache.set(name, value);
    }
    return value;
  };
  const need = (name: string): number => {
    const { number } = get(name);
    if (number === undefined) throw new Refused(notPublished(definition, name, month));
    return number;
  };
  return { month, get, need, open };
}
