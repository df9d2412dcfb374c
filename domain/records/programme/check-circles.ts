import type { ProgrammeDefinition } from '../programme.ts';
import type { Benefit } from './benefit.ts';
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

/** Names of groups that a predicate asks, at any depth. */
function groupsIn(value: unknown): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([field, item]) =>
    field === 'group' && typeof item === 'string' ? [item] : groupsIn(item),
  );
}

/** Benefits, parameters and groups that are reckoned from themselves. */
export function checkCircles(definition: ProgrammeDefinition): Fault[] {
  const faults: Fault[] = [];
  for (const name of Object.keys(definition.groups)) {
    const found = circle(name, (id) => groupsIn(definition.groups[id]));
    if (found)
      faults.push({
        path: `groups.${name}`,
        message: `circular reference ${found.join(' -> ')}: break the circle`,
      });
  }
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
