import { type Currency, formatAmount, MINOR_DIGITS, minor, parseAmount } from '../../kernel/money.ts';
import type { ProgrammeDefinition } from '../programme.ts';
import { dependsOn } from './check-circles.ts';
import type { Parameter } from './parameter.ts';
import type { Fault } from './say-issue.ts';

/** The numbers of a parameter with the path of each. */
function numbers(name: string, parameter: Parameter): { path: string; value: string | number }[] {
  return parameter.values.flatMap((dated, i) => {
    const path = `parameters.${name}.values[${i}]`;
    if ('value' in dated) return [{ path: `${path}.value`, value: dated.value }];
    if (!('rows' in dated)) return [];
    return [
      ...dated.rows.flatMap((row, k) =>
        'value' in row ? [{ path: `${path}.rows[${k}].value`, value: row.value }] : [],
      ),
      ...(dated.sums ?? []).map(({ value }, k) => ({ path: `${path}.sums[${k}].value`, value })),
    ];
  });
}

function checkNumber(parameter: Parameter, value: string | number, currency: Currency): string | undefined {
  const whole = typeof value === 'number' ? Number.isInteger(value) : /^\d+$/.test(value);
  if (parameter.unit === 'money')
    return typeof value === 'string' && parseAmount(value, currency) !== undefined
      ? undefined
      : `write the amount as text, in quotes, with the ${MINOR_DIGITS[currency]} decimals that ${currency} has: ${JSON.stringify(formatAmount(minor(200 * 10 ** MINOR_DIGITS[currency]), currency))}`;
  if (parameter.unit === 'percent')
    return /^\d{1,9}(\.\d{1,6})?$/.test(String(value)) ? undefined : 'a percentage has at most 6 decimals';
  return whole ? undefined : `must be a whole number of ${parameter.unit}`;
}

const money = (parameter: Parameter | undefined, currency: Currency, month: string): number | undefined => {
  const dated = parameter?.values.find(
    ({ from, until }) => from <= month && (until === undefined || month <= until),
  );
  return dated && 'value' in dated ? parseAmount(String(dated.value), currency) : undefined;
};

/** A cap on benefits that a floor tops up must leave room for the floor, at every date where both are known. */
function checkFloors(definition: ProgrammeDefinition): Fault[] {
  const faults: Fault[] = [];
  definition.caps.forEach((cap, i) => {
    if (cap.method === 'keep_highest') return;
    for (const benefit of definition.benefits) {
      if (benefit.kind !== 'top_up' || typeof benefit.floor !== 'string') continue;
      if (!cap.over.includes(benefit.id) && !cap.over.some((id) => benefit.over.includes(id))) continue;
      const floor = definition.parameters[benefit.floor];
      for (const { from } of [
        ...(floor?.values ?? []),
        ...(definition.parameters[cap.limit]?.values ?? []),
      ]) {
        const least = money(floor, definition.currency, from);
        const most = money(definition.parameters[cap.limit], definition.currency, from);
        if (least === undefined || most === undefined || most >= least) continue;
        faults.push({
          path: `caps[${i}].limit`,
          message: `the cap "${cap.limit}" is below the floor "${benefit.floor}" in ${from}: raise it or take "${benefit.id}" out of it`,
        });
        break;
      }
    }
  });
  return faults;
}

/** A rule reckons with the amounts of a month or of a period, never with both. */
function checkPer(definition: ProgrammeDefinition): Fault[] {
  const per = new Map(definition.benefits.map((benefit) => [benefit.id, benefit.per]));
  const mixed = (ids: readonly string[]) => new Set(ids.map((id) => per.get(id))).size > 1;
  const message = 'it mixes benefits paid by month and by period: give them the same "per"';
  return [
    ...definition.caps.flatMap((cap, i) =>
      mixed([...cap.over, ...cap.counting]) ? [{ path: `caps[${i}]`, message }] : [],
    ),
    ...definition.benefits.flatMap((benefit, i) =>
      benefit.kind !== 'trapezoid' && mixed([benefit.id, ...dependsOn(benefit)])
        ? [{ path: `benefits[${i}]`, message }]
        : [],
    ),
  ];
}

/** Numbers that fit their unit, caps below floors. */
export function checkAmounts(definition: ProgrammeDefinition): Fault[] {
  const faults = Object.entries(definition.parameters).flatMap(([name, parameter]) =>
    numbers(name, parameter).flatMap(({ path, value }) => {
      const message = checkNumber(parameter, value, definition.currency);
      return message ? [{ path, message }] : [];
    }),
  );
  Object.entries(definition.parameters).forEach(([name, parameter]) => {
    if (!parameter.derived && parameter.values.length === 0)
      faults.push({
        path: `parameters.${name}.values`,
        message: 'give a value, or { "notPublished": true } with its dates',
      });
  });
  return [...faults, ...checkPer(definition), ...checkFloors(definition)];
}
