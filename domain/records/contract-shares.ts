import type { Day } from '../kernel/period.ts';
import type { ContractDefinition } from './contract.ts';
import { type GivenParameters, parameterTable } from './contract-parameters.ts';

type Given = GivenParameters | undefined;
type When = { readonly [key: string]: string | readonly string[] };
type Terms = { readonly dates: ReadonlySet<string>; readonly when: readonly When[] };

/** The days from which a share changes, and the rows that it has for some people only. */
function termsOf(contract: ContractDefinition, shares: readonly string[], given: Given): Terms {
  const dates = new Set<string>(['0001-01-01']);
  const when: When[] = [];
  for (const share of shares) {
    for (const value of contract.parameters[share]?.values ?? []) {
      if (value.from) dates.add(value.from);
      if ('rows' in value) when.push(...value.rows.map((row) => row.when));
    }
    const own = given?.[share];
    for (const row of typeof own === 'object' ? own : []) {
      if (row.from) dates.add(row.from);
      when.push(row.when);
    }
  }
  return { dates, when };
}

/** Everybody whom the rows tell apart: each combination of the values that they name. */
function kindsOf(when: readonly When[]): { readonly [key: string]: string }[] {
  const values = new Map<string, Set<string>>();
  for (const [key, named] of when.flatMap((row) => Object.entries(row)))
    values.set(key, new Set([...(values.get(key) ?? []), ...[named].flat()]));
  let kinds: { [key: string]: string }[] = [{}];
  for (const [key, named] of values)
    kinds = kinds.flatMap((kind) => [...named].map((value) => ({ ...kind, [key]: value })));
  return kinds;
}

/**
 * The most that the instalments of a schedule can add up to for one person, in hundredths of a percent. Where all are
 * priced on the same day of the person (`pricedOn`) they change together; else each is of its own day, and a person
 * who comes while they change may get the larger part of both.
 */
export function mostOf(contract: ContractDefinition, schedule: string, given?: Given): number {
  const parts = contract.schedules?.[schedule]?.shares ?? [];
  const table = parameterTable(contract, given);
  const shares = parts.map(({ share }) => share);
  const { dates, when } = termsOf(contract, shares, given);
  const priced = parts.map(({ milestone }) => {
    const on = contract.milestones.find(({ id }) => id === milestone)?.pricedOn;
    return typeof on === 'object' ? on.attribute : '';
  });
  const together = priced[0] !== '' && priced.every((attribute) => attribute === priced[0]);
  const sums = kindsOf(when).map((kind) => {
    const each = shares.map((share) =>
      [...dates].map((date) => {
        const found = table.resolve(share, date as Day, (key) => kind[key]);
        return found.ok ? found.value : 0;
      }),
    );
    const add = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
    return together
      ? Math.max(...[...dates].map((_, i) => add(each.map((values) => values[i]!))))
      : add(each.map((values) => Math.max(...values)));
  });
  return Math.max(0, ...sums);
}
