import { addMonths, type Month, monthIndex } from '../kernel/period.ts';
import type { Effect, Household, LadderState, Verdict } from '../records/household.ts';
import type { CompiledLadder, CompiledProgramme } from './compile.ts';
import type { Facts } from './facts.ts';
import { memberIndex } from './standings.ts';

/** What a ladder does to this period's money. */
export type Consequence = {
  readonly ladder: CompiledLadder;
  /** The member whose lines are touched; undefined: the household's. */
  readonly member: string | undefined;
  readonly effect: 'notice' | 'hold' | 'forfeit' | 'exit';
  readonly step: string;
};

export type LadderOutcome = {
  readonly consequences: readonly Consequence[];
  readonly ladders: { readonly [key: string]: LadderState };
  readonly effects: readonly Effect[];
};

const NONE: LadderOutcome = { consequences: [], ladders: {}, effects: [] };
const monthsFrom = (earlier: Month, later: Month): number => monthIndex(later) - monthIndex(earlier);

/** Failures of this period by counter, with the conditions failed: the household's, or each member's. */
function failures(
  ladder: CompiledLadder,
  programme: CompiledProgramme,
  household: Household,
  verdicts: readonly Verdict[],
  facts: Facts,
): Map<string, Set<string>> {
  const failed = new Map<string, Set<string>>();
  const add = (who: string, condition: string) =>
    failed.set(who, (failed.get(who) ?? new Set<string>()).add(condition));
  for (const verdict of verdicts) {
    if (
      verdict.status !== 'non_compliant' ||
      !ladder.conditions.has(verdict.condition) ||
      verdict.period < programme.period
    )
      continue;
    const at = memberIndex(household, verdict.subject);
    if (ladder.who && at >= 0 && !ladder.who(household.members[at]!, facts)) continue;
    if (ladder.definition.scope === 'household') add('', verdict.condition);
    else if (at >= 0) add(verdict.subject, verdict.condition);
  }
  return failed;
}

/** Whether a period asks a condition at all: one of school does not in the long holidays. */
function asks(programme: CompiledProgramme, condition: string, period: Month, facts: Facts): boolean {
  const found = programme.conditions[programme.conditionIndex.get(condition)!]!;
  const judges = period === programme.period ? found.judges : [found.judgeAt(period)];
  return judges.some(({ when }) => !when || when(facts));
}

/** Whether two failures follow each other: every period between them asked none of the ladder's conditions. */
function inARow(ladder: CompiledLadder, programme: CompiledProgramme, facts: Facts, from: Month, to: Month) {
  const length = programme.months.length;
  for (let period = addMonths(from, length); period < to; period = addMonths(period, length))
    for (const condition of ladder.conditions) if (asks(programme, condition, period, facts)) return false;
  return true;
}

/** Whether the failures seen so far, this period's included, amount to an event. */
function triggered(
  ladder: CompiledLadder,
  recent: readonly Month[],
  programme: CompiledProgramme,
  facts: Facts,
): boolean {
  const { trigger } = ladder.definition;
  if (!trigger) return true;
  const inYear = ladder.number(trigger.inTwelveMonths);
  if (inYear !== undefined && recent.length >= inYear) return true;
  const consecutive = ladder.number(trigger.consecutive);
  if (consecutive === undefined || recent.length < consecutive) return false;
  return recent
    .slice(-consecutive)
    .every((month, i, run) => i === 0 || inARow(ladder, programme, facts, run[i - 1]!, month));
}

/** Whether the ladder's clock has run out since the last effect. */
function isOver(ladder: CompiledLadder, before: LadderState, period: Month): boolean {
  const clock = ladder.number(ladder.definition.clockMonths);
  return clock !== undefined && before.step > 0 && monthsFrom(before.lastEffect, period) > clock;
}

/** The rung that an event leads to: number from 1. */
function nextStep(ladder: CompiledLadder, before: LadderState | undefined, period: Month): number {
  if (!before || before.step === 0) return 1;
  const { steps } = ladder.definition;
  if (isOver(ladder, before, period)) return 1;
  const next = steps[before.step];
  if (!next) return before.step;
  const after = ladder.number(next.afterMonths);
  if (after !== undefined && monthsFrom(before.since ?? before.lastEffect, period) < after)
    return before.step;
  return next.afterMonths !== undefined || !steps[before.step - 1]!.repeat ? before.step + 1 : before.step;
}

type Turn = {
  readonly state: LadderState | undefined;
  readonly effect: Consequence['effect'] | undefined;
  readonly step: string;
  readonly fresh: boolean;
};

const nothing = (state: LadderState | undefined): Turn => ({
  state,
  effect: undefined,
  step: '',
  fresh: false,
});

/** A notice has no instalments: where some are left on it, they are those of the rung before that had an effect. */
const lastingRung = (steps: readonly { readonly effect: string }[], step: number): number =>
  steps.slice(0, step).findLastIndex(({ effect }) => effect !== 'notice') + 1;

/** One counter's period: what still runs from before, and what this period's failure adds. */
function turn(
  ladder: CompiledLadder,
  before: LadderState | undefined,
  conditions: ReadonlySet<string> | undefined,
  programme: CompiledProgramme,
  facts: Facts,
): Turn {
  const failed = conditions !== undefined;
  const { period } = programme;
  const { steps, trigger } = ladder.definition;
  const recent = [
    ...(before?.failures ?? []).filter((month) => monthsFrom(month, period) < 12),
    ...(failed ? [period] : []),
  ];
  const kept = trigger ? { failures: recent } : {};
  const old = before && steps[before.step - 1];
  const running = (before && (before.pendingOf ?? lastingRung(steps, before.step))) ?? 0;
  const runs = steps[running - 1];
  if (old?.effect === 'exit') return { state: before, effect: 'exit', step: old.id, fresh: false };
  if (
    ladder.definition.unbroken &&
    !failed &&
    before &&
    before.pending === 0 &&
    !before.failed?.some((condition) => !asks(programme, condition, period, facts))
  )
    return nothing(undefined);
  if (failed && triggered(ladder, recent, programme, facts)) {
    const number = nextStep(ladder, before, period);
    const step = steps[number - 1]!;
    const instalments = step.effect === 'notice' ? 0 : (ladder.number(step.instalments) ?? 1);
    const since = before && number === before.step ? (before.since ?? period) : period;
    const pending = Math.max(instalments - 1, (before?.pending ?? 0) - 1, 0);
    const state: LadderState = {
      step: number,
      lastEffect: period,
      pending,
      since,
      ...(pending > 0 && step.effect === 'notice' && lastingRung(steps, number) !== running
        ? { pendingOf: running }
        : {}),
      ...(trigger ? { failures: [] } : {}),
      ...(ladder.definition.unbroken && { failed: [...conditions].sort() }),
    };
    // An earlier suspension that still runs is not shortened by a lighter step.
    const effect = step.effect === 'notice' && runs && before!.pending > 0 ? runs.effect : step.effect;
    return { state, effect, step: step.id, fresh: true };
  }
  if (before && runs && before.pending > 0)
    return {
      state: { ...before, ...kept, pending: before.pending - 1 },
      effect: runs.effect,
      step: runs.id,
      fresh: false,
    };
  if (before)
    return nothing(
      isOver(ladder, before, period) && recent.length === 0 ? undefined : { ...before, ...kept },
    );
  // A first failure that is no event yet.
  return nothing({ step: 0, lastEffect: period, pending: 0, failures: recent });
}

/** A counter as it was left; nothing of one from before an amnesty, in which the household may have been out. */
const remembered = (
  { forgivenUntil }: CompiledLadder,
  was: LadderState | undefined,
): LadderState | undefined =>
  was && forgivenUntil !== undefined && was.lastEffect <= forgivenUntil ? undefined : was;

/**
 * What ladders do in this period, from the counters of the state and this period's verdicts. Unverified is no
 * failure. In an amnesty, or while the household is under supervision, no step is taken.
 */
export function climb(
  programme: CompiledProgramme,
  facts: Facts,
  verdicts: readonly Verdict[],
): LadderOutcome {
  if (programme.ladders.length === 0) return NONE;
  const before = facts.state?.ladders;
  let outcome:
    | { consequences: Consequence[]; ladders: { [key: string]: LadderState }; effects: Effect[] }
    | undefined;
  for (const ladder of programme.ladders) {
    const { id } = ladder.definition;
    const failed = failures(ladder, programme, facts.household, verdicts, facts);
    const keys = new Set([...failed.keys()].map((who) => (who === '' ? id : `${id}|${who}`)));
    for (const key in before) if (key === id || key.startsWith(`${id}|`)) keys.add(key);
    if (keys.size === 0 || ladder.inAmnesty) continue;
    outcome ??= { consequences: [], ladders: {}, effects: [] };
    const paused = ladder.pausedWhen?.(facts) ?? false;
    for (const key of [...keys].sort()) {
      const who = key === id ? undefined : key.slice(id.length + 1);
      const was = remembered(ladder, before?.[key]);
      if (paused) {
        if (was) outcome.ladders[key] = was;
        continue;
      }
      const { state, effect, step, fresh } = turn(ladder, was, failed.get(who ?? ''), programme, facts);
      if (state) outcome.ladders[key] = state;
      if (effect === undefined) continue;
      outcome.consequences.push({ ladder, member: who, effect, step });
      outcome.effects.push({
        step,
        scope: who === undefined ? 'household' : 'member',
        ...(who !== undefined && { member: who }),
        rule: fresh ? `ladder:${id}` : `ladder:${id}:continued`,
      });
    }
  }
  return outcome ?? NONE;
}
