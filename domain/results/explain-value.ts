import { formatAmount, minor } from '../kernel/money.ts';
import type { ContractDefinition, Label, Parameter, Unit } from '../records/contract.ts';
import { parseNumber } from '../records/contract-parameters.ts';
import type { ParameterRow, ParameterValue } from '../records/contract-value.ts';
import { both, cited, concat, join, NOTHING, quoted, same } from './explain-words.ts';

/** One of a unit, and several. */
const MEASURED: { readonly [unit in Unit]?: readonly [Label, Label] } = {
  months: [both('mes', 'month'), both('meses', 'months')],
  weeks: [both('semana', 'week'), both('semanas', 'weeks')],
  days: [both('día', 'day'), both('días', 'days')],
  years: [both('año', 'year'), both('años', 'years')],
  points: [both('punto', 'point'), both('puntos', 'points')],
};
/** What stands in for a number that nobody published. */
const UNITS: { readonly [unit in Unit]: Label } = {
  money: both('un monto', 'an amount'),
  percent: both('un porcentaje', 'a percentage'),
  points: both('un puntaje', 'a score'),
  count: both('una cantidad', 'a number'),
  months: both('un número de meses', 'a number of months'),
  weeks: both('un número de semanas', 'a number of weeks'),
  days: both('un número de días', 'a number of days'),
  years: both('un número de años', 'a number of years'),
  index: both('un índice', 'an index'),
  day: both('una fecha', 'a date'),
};

/** A number of a parameter with its unit, in both languages. */
function quantity(contract: ContractDefinition, { unit }: Parameter, text: string | number): Label {
  const value = parseNumber(text, unit, contract.currency) ?? 0;
  if (unit === 'money') return same(`${contract.currency} ${formatAmount(minor(value), contract.currency)}`);
  if (unit === 'percent') return same(`${value / 100} %`);
  if (unit === 'index') return both(`índice ${text}`, `index ${text}`);
  const measured = MEASURED[unit]?.[Number(text) === 1 ? 0 : 1];
  return measured ? both(`${text} ${measured.es}`, `${text} ${measured.en}`) : same(String(text));
}

const rowsOf = (value: ParameterValue): readonly ParameterRow[] => {
  if ('rows' in value) return value.rows;
  return 'value' in value ? [{ when: {}, value: value.value }] : [{ when: {}, notPublished: true }];
};

/** The number, or each row of the table, of one stretch of time. */
function valueText(
  contract: ContractDefinition,
  parameter: Parameter,
  value: ParameterValue,
  missing: Label,
): Label {
  const rows = rowsOf(value);
  const texts = rows.map((row) => {
    const amount = 'value' in row ? quantity(contract, parameter, row.value) : missing;
    const when = Object.entries(row.when)
      .map(([key, values]) => `${key} = ${Array.isArray(values) ? values.join('/') : values}`)
      .join(', ');
    if (when) return both(`${amount.es} (${when})`, `${amount.en} (${when})`);
    return rows.length > 1 ? concat(amount, both(' (en los demás casos)', ' (otherwise)')) : amount;
  });
  return join(texts, ', ', ', ');
}

/** How an indexed value moves. */
function indexText(contract: ContractDefinition, { indexedBy }: Parameter): Label {
  if (!indexedBy) return NOTHING;
  const index = quoted(contract.parameters[indexedBy.index]?.label ?? same(indexedBy.index));
  return both(
    ` (ajustado por lo que ${index.es} varió desde ${indexedBy.base})`,
    ` (adjusted by how ${index.en} moved since ${indexedBy.base})`,
  );
}

/** A parameter as people read it: its value, its table, its dates, or that it was not published. */
export function parameterText(contract: ContractDefinition, name: string): Label {
  const parameter = contract.parameters[name];
  if (!parameter) return same(name);
  const missing = concat(quoted(parameter.label), both(' (no publicado)', ' (not published)'));
  const values = parameter.values.map((value) => {
    const dates = parameter.values.length > 1 ? ` [${value.from ?? '…'}..${value.until ?? '…'}]` : '';
    return concat(valueText(contract, parameter, value, missing), same(dates));
  });
  return concat(join(values, ', ', ', '), indexText(contract, parameter));
}

/** The sources of the parameters, and of the indices that they move with. */
export const citesOf = (contract: ContractDefinition, names: readonly (string | undefined)[]): string[] =>
  names.flatMap((name) => {
    const parameter = contract.parameters[name ?? ''];
    const index = contract.parameters[parameter?.indexedBy?.index ?? ''];
    return [...(parameter?.values ?? []), ...(index?.values ?? [])].map(({ cite }) => cite);
  });

function datesText({ from, until }: ParameterValue): Label {
  if (from && until) return both(`, del ${from} al ${until}`, `, from ${from} to ${until}`);
  if (from) return both(`, desde el ${from}`, `, from ${from}`);
  return until ? both(`, hasta el ${until}`, `, to ${until}`) : NOTHING;
}

/** Every number of the contract: what it is, by what it differs, when it holds, and which source gives it. */
export function valueTexts(contract: ContractDefinition): Label[] {
  return Object.entries(contract.parameters).flatMap(([name, parameter]) => {
    const { label, unit, keys = [] } = parameter;
    const money = unit === 'money' ? ` ${contract.currency}` : '';
    const missing = both(
      `no publicado (${UNITS[unit].es}${money && ` en${money}`})`,
      `not published (${UNITS[unit].en}${money && ` in${money}`})`,
    );
    const by = keys.length > 0 ? both(` (según ${keys.join(', ')})`, ` (by ${keys.join(', ')})`) : NOTHING;
    return parameter.values.map((value) => {
      const { note, cite } = value;
      const what = concat(both(`${name} — ${label.es}`, `${name} — ${label.en}`), by, datesText(value));
      const number = concat(valueText(contract, parameter, value, missing), indexText(contract, parameter));
      const more = note ? concat(same(' '), note, same('.')) : NOTHING;
      return cited(concat(what, same(': '), number, same('.'), more), [cite]);
    });
  });
}
