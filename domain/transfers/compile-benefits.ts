import type { Benefit } from '../records/programme/benefit.ts';
import { dependsOn } from '../records/programme/check-circles.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { compileAmount } from './amounts.ts';
import { inForce } from './compile-consequences.ts';
import { lookup } from './lookup.ts';
import { compileHousehold, compileMember, type Frame } from './predicates.ts';
import type { CompiledBenefit } from './run.ts';
import { ratio } from './values.ts';

/** Benefits in an order in which each comes after those that it is reckoned from; a definition has no circles. */
function inOrder(benefits: readonly Benefit[]): Benefit[] {
  const byId = new Map(benefits.map((benefit) => [benefit.id, benefit]));
  const done = new Set<Benefit>();
  const visit = (benefit: Benefit): void => {
    for (const id of dependsOn(benefit)) visit(byId.get(id)!);
    done.add(benefit);
  };
  for (const benefit of benefits) visit(benefit);
  return [...done];
}

function runsIn(benefit: Benefit, { month }: Frame): boolean {
  if (!inForce(benefit, month)) return false;
  const calendar = Number(month.slice(5));
  const { only, exclude } = benefit.months ?? {};
  return !(only && !only.includes(calendar)) && !exclude?.includes(calendar);
}

function compileBenefit(
  definition: Benefit,
  frame: Frame,
  index: number,
  conditions: ReadonlyMap<string, number>,
): CompiledBenefit {
  const { episode, factor, instalments, limit, months } = definition;
  const percent = factor ? lookup(factor, frame) : undefined;
  const scalar = (name: string | undefined) => {
    if (name === undefined) return undefined;
    frame.values.get(name);
    return () => frame.values.need(name);
  };
  return {
    index,
    definition,
    when: definition.when && compileHousehold(definition.when, frame),
    requires: definition.requires.map(({ condition, scope }) => ({
      condition: conditions.get(condition)!,
      scope,
    })),
    proportional: definition.requires.some(({ scope }) => scope === 'proportional'),
    limited: limit !== undefined || instalments !== undefined || months?.maxPerYear !== undefined,
    factor:
      percent &&
      ((facts) => {
        const found = percent(undefined, facts);
        return found === undefined ? undefined : ratio(found);
      }),
    emit: compileAmount(definition, frame),
    maxInstalments: scalar(instalments),
    maxPerYear: scalar(months?.maxPerYear),
    episode: episode && { during: compileMember(episode.during, frame), named: episode.named },
  };
}

/** The benefits that a frame pays, `per` month or period, in the order in which they are reckoned. */
export function compileBenefits(
  definition: ProgrammeDefinition,
  frame: Frame,
  per: 'month' | 'period',
): CompiledBenefit[] {
  const conditions = new Map(definition.conditions.map(({ id }, i) => [id, i]));
  const position = new Map(definition.benefits.map((benefit, i) => [benefit, i]));
  return inOrder(definition.benefits)
    .filter((benefit) => benefit.per === per && runsIn(benefit, frame))
    .map((benefit) => compileBenefit(benefit, frame, position.get(benefit)!, conditions));
}
