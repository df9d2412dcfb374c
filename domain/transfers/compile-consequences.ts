import type { Month } from '../kernel/period.ts';
import type { Modifier } from '../records/programme/benefit.ts';
import type { Ladder } from '../records/programme/consequence.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import type { HouseholdTest, MemberTest } from './facts.ts';
import { type Lookup, lookup } from './lookup.ts';
import { compileHousehold, compileMember, type Frame } from './predicates.ts';

export type CompiledModifier = {
  readonly definition: Modifier;
  readonly over: ReadonlySet<string> | undefined;
  readonly when: HouseholdTest;
  readonly percent: Lookup;
  /** The months at most, as they were in force in the month in which the rule began to run for the household. */
  readonly maxMonths: (began: Month) => Lookup;
};

export type CompiledLadder = {
  readonly definition: Ladder;
  readonly conditions: ReadonlySet<string>;
  readonly over: ReadonlySet<string> | undefined;
  readonly who: MemberTest | undefined;
  readonly pausedWhen: HouseholdTest | undefined;
  readonly inAmnesty: boolean;
  /** Last month of the latest amnesty that is over: nothing until then counts, whoever was out of the programme too. */
  readonly forgivenUntil: Month | undefined;
  /** A parameter of the ladder as a number; undefined where the ladder does not use it. */
  readonly number: (parameter: string | undefined) => number | undefined;
};

/** Whether a rule applies in a month. */
export const inForce = (
  rule: { from?: Month | undefined; until?: Month | undefined },
  month: Month,
): boolean =>
  (rule.from === undefined || rule.from <= month) && (rule.until === undefined || month <= rule.until);

/** Parameters that are read when a household needs them, so that an open one is found when the cycle opens. */
export function usedLater(definition: ProgrammeDefinition, period: Month): string[] {
  const { retention, payment } = definition;
  const names = definition.ladders
    .filter((ladder) => inForce(ladder, period))
    .flatMap(({ clockMonths, trigger, steps }) => [
      clockMonths,
      trigger?.consecutive,
      trigger?.inTwelveMonths,
      ...steps.flatMap((step) => [step.instalments, step.afterMonths]),
    ]);
  if (retention && inForce(retention, period))
    names.push(retention.percent, retention.lostAfterYears, retention.afterMonths);
  names.push(payment.recovery?.percent, payment.recovery?.floor);
  if (payment.unclaimed.rule === 'expire') names.push(payment.unclaimed.days, payment.unclaimed.months);
  return names.filter((name) => name !== undefined);
}

/** A parameter by the month asked for, looked up once for each. */
function sinceWhen(name: string, first: Frame, frameAt: (month: Month) => Frame): (began: Month) => Lookup {
  const known = new Map([[first.month, lookup(name, first)]]);
  return (began) => {
    const found = known.get(began) ?? lookup(name, frameAt(began));
    known.set(began, found);
    return found;
  };
}

/** The multipliers in force in a period. */
export const compileModifiers = (
  definition: ProgrammeDefinition,
  period: Month,
  first: Frame,
  frameAt: (month: Month) => Frame,
): CompiledModifier[] =>
  definition.modifiers
    .filter((modifier) => inForce(modifier, period))
    .map((modifier) => ({
      definition: modifier,
      over: modifier.over && new Set(modifier.over),
      when: compileHousehold(modifier.when, first),
      percent: lookup(modifier.percent, first),
      maxMonths: sinceWhen(modifier.maxMonths, first, frameAt),
    }));

/** The ladders in force in a period. */
export const compileLadders = (
  definition: ProgrammeDefinition,
  period: Month,
  first: Frame,
): CompiledLadder[] =>
  definition.ladders
    .filter((ladder) => inForce(ladder, period))
    .map((ladder) => ({
      definition: ladder,
      conditions: new Set(ladder.conditions),
      over: ladder.over && new Set(ladder.over),
      who: ladder.who && compileMember(ladder.who, first),
      pausedWhen: ladder.pausedWhen && compileHousehold(ladder.pausedWhen, first),
      inAmnesty: ladder.amnesties.some(({ from, until }) => from <= period && period <= until),
      forgivenUntil: ladder.amnesties
        .map(({ until }) => until)
        .filter((until) => until < period)
        .sort()
        .at(-1),
      number: (parameter) => (parameter === undefined ? undefined : first.values.need(parameter)),
    }));
