import { type Currency, parseAmount } from '../../kernel/money.ts';
import type { ProgrammeDefinition } from '../programme.ts';
import type { Benefit } from './benefit.ts';
import type { Parameter } from './parameter.ts';
import type { Fault } from './say-issue.ts';

/** Benefits that a benefit is reckoned from. */
export const dependsOn = (benefit: Benefit): readonly string[] =>
  benefit.kind === 'top_up'
    ? benefit.over
    : benefit.kind === 'poverty_gap'
      ? benefit.counting
      : benefit.kind === 'trapezoid'
        ? benefit.lessAdvances
        : [];

/** The first circle that starts at `start`, as its names in order; undefined where there is none. */
function circle(
  start: string,
  next: (name: string) => readonly string[],
  seen: readonly string[] = [],
): string[] | undefined {
  if (seen.includes(start)) return [...seen.slice(seen.indexOf(start)), start];
  for (const name of next(start)) {
    const found = circle(name, next, [...seen, start]);
    if (found) return found;
  }
  return undefined;
}

function checkCircles(definition: ProgrammeDefinition): Fault[] {
  const faults: Fault[] = [];
  const benefits = new Map(definition.benefits.map((benefit) => [benefit.id, benefit]));
  definition.benefits.forEach((benefit, i) => {
    const found = circle(benefit.id, (id) => dependsOn(benefits.get(id)!));
    if (found)
      faults.push({
        path: `benefits[${i}]`,
        message: `circular reference ${found.join(' -> ')}: break the circle`,
      });
  });
  for (const name of Object.keys(definition.parameters)) {
    const found = circle(name, (id) => {
      const derived = definition.parameters[id]!.derived;
      return derived ? [derived.of, derived.percent] : [];
    });
    if (found)
      faults.push({
        path: `parameters.${name}.derived`,
        message: `circular reference ${found.join(' -> ')}: break the circle`,
      });
  }
  return faults;
}

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
      : `write the amount as text with the digits that ${currency} has, such as "200"`;
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

/** Numbers that fit their unit, circles, caps below floors. */
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
  return [...faults, ...checkCircles(definition), ...checkPer(definition), ...checkFloors(definition)];
}
