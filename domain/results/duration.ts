import {
  type Day,
  dayFromNumber,
  dayNumber,
  lastDay,
  type Month,
  monthIndex,
  monthOf,
} from '../kernel/period.ts';
import type { PredicateOf } from '../records/contract-predicate.ts';
import { type Bounds, evidence, number, type Scene, shown } from './evidence.ts';
import type { Fact } from './facts.ts';
import { met, type Unmet, unmet, type Verdict } from './verdict.ts';
import {
  addMonthsToDay,
  countedDays,
  dayReached,
  joined,
  monthsTouched,
  runs,
  type Span,
  spanOf,
} from './window.ts';

const spansOf = (scene: Scene, facts: readonly Fact[], within: Bounds): Span[] =>
  joined(
    facts.map((fact) => spanOf(fact, scene.contract.events[fact.kind], scene.asOf)),
    dayNumber(within.from),
    dayNumber(within.until),
  );

export type Duration = {
  /** Spans that follow each other without a break; one single run where breaks do not matter. */
  readonly stretches: readonly (readonly Span[])[];
  readonly excluded: readonly Span[];
  readonly broken: boolean;
};

/** The time that the evidence of a duration predicate covers. */
export function durationOf(scene: Scene, predicate: PredicateOf<'duration'>): Duration | Unmet {
  const found = evidence(scene, predicate);
  if ('met' in found) return found;
  const excluded = (predicate.excluding ?? []).flatMap((name) =>
    (scene.contract.calendars?.[name] ?? []).map(({ from, until }) => ({
      from: dayNumber(from as Day),
      until: dayNumber(until as Day),
    })),
  );
  const spans = spansOf(scene, found.facts, found.within);
  if (!predicate.continuous) return { stretches: [spans], excluded, broken: false };
  const gap = predicate.allowedGapDays ? number(scene, predicate.allowedGapDays, scene.asOf) : 0;
  if (typeof gap === 'object') return gap;
  const stretches = runs(spans, gap, excluded);
  return { stretches, excluded, broken: stretches.length > 1 };
}

/** The first day on which some stretch has lasted `days` counted days. */
export function reachedDays(duration: Duration, days: number): Day | undefined {
  const reached = duration.stretches.flatMap((spans) => dayReached(spans, days, duration.excluded) ?? []);
  return reached.sort()[0];
}

const total = (duration: Duration): number =>
  Math.max(
    0,
    ...duration.stretches.map((spans) =>
      spans.reduce((sum, span) => sum + countedDays(span, duration.excluded), 0),
    ),
  );

/** Calendar months from a stretch's first day: 15 January + 3 months is reached on 14 April. */
function monthsReached(duration: Duration, months: number): Day | undefined {
  const reached = duration.stretches.flatMap((spans) => {
    const first = spans[0];
    const last = spans.at(-1);
    if (!first || !last) return [];
    const goal = dayNumber(addMonthsToDay(dayFromNumber(first.from - 1), months));
    return goal <= last.until ? [dayFromNumber(goal)] : [];
  });
  return reached.sort()[0];
}

/** Whether a broken duration would have been long enough without its gaps: then it is the gap that people are told. */
function spansTime(duration: Duration, needed: number, predicate: PredicateOf<'duration'>): boolean {
  if (!duration.broken) return false;
  const spans = duration.stretches.flat();
  const whole = { from: spans[0]!.from, until: spans.at(-1)!.until };
  const filled = { ...duration, stretches: [[whole]] };
  return (predicate.weeks ? reachedDays(filled, needed * 7) : monthsReached(filled, needed)) !== undefined;
}

export function judgeDuration(scene: Scene, predicate: PredicateOf<'duration'>): Verdict {
  const duration = durationOf(scene, predicate);
  if ('met' in duration) return duration;
  const name = predicate.weeks ?? predicate.months!;
  const needed = number(scene, name, scene.asOf);
  if (typeof needed === 'object') return needed;
  const on = predicate.weeks ? reachedDays(duration, needed * 7) : monthsReached(duration, needed);
  const days = total(duration);
  const required = `${needed} ${predicate.weeks ? 'weeks' : 'months'}`;
  const observed = predicate.weeks ? `${Math.floor(days / 7)} weeks ${days % 7} days` : `${days} days`;
  if (on !== undefined) return met(on, observed, required);
  return unmet(spansTime(duration, needed, predicate) ? 'GAP' : 'BELOW_THRESHOLD', observed, required);
}

/** `atLeast` of `of` consecutive months are touched by the evidence. */
export function judgeMonthsOf(scene: Scene, predicate: PredicateOf<'months_of'>): Verdict {
  const found = evidence(scene, predicate);
  if ('met' in found) return found;
  const atLeast = number(scene, predicate.atLeast, scene.asOf);
  const of = number(scene, predicate.of, scene.asOf);
  if (typeof atLeast === 'object') return atLeast;
  if (typeof of === 'object') return of;
  const months = new Map<Month, Day>();
  for (const span of spansOf(scene, found.facts, found.within))
    for (const month of monthsTouched(span)) {
      const until = dayFromNumber(span.until);
      const day = monthOf(until) === month ? until : lastDay(month);
      if (!months.has(month) || months.get(month)! > day) months.set(month, day);
    }
  const sorted = [...months].sort(([a], [b]) => (a < b ? -1 : 1));
  let best = 0;
  for (const [month, day] of sorted) {
    const inWindow = sorted.filter(
      ([other]) => other <= month && monthIndex(month) - monthIndex(other) < of,
    ).length;
    best = Math.max(best, inWindow);
    if (inWindow >= atLeast) return met(day, `${inWindow} of ${of} months`, `${atLeast} of ${of} months`);
  }
  return unmet('TOO_FEW_MONTHS', `${best} of ${of} months`, `${atLeast} of ${of} months`);
}

type Pay = { readonly month: Month; readonly amount: number; readonly day: Day };
/**
 * The income of a fact, month by month. One that states the total of several whole months is spread evenly over them, what
 * does not divide to the first ones; months that end outside the window, or after the settlement, are left out.
 */
function payOf(scene: Scene, fact: Fact, field: string, within: Bounds): Pay[] {
  const amount = Number(fact.fields[field]);
  const before = dayFromNumber(dayNumber(fact.date) - 1);
  const inside = ({ day }: Pay) => fact.date >= within.from && day <= within.until && day <= scene.asOf;
  const ends: Day[] = [];
  if (fact.end !== undefined)
    for (let day = addMonthsToDay(before, 1); day <= fact.end; day = addMonthsToDay(before, ends.length + 1))
      ends.push(day);
  // A week's or a month's pay that ran beyond the window, or had begun before it, is not of the window.
  const whole = { month: monthOf(fact.date), amount, day: fact.end ?? fact.date };
  if (ends.length < 2) return inside(whole) ? [whole] : [];
  const [each, rest] = [Math.floor(amount / ends.length), amount % ends.length];
  return ends
    .map((day, i) => ({ month: monthOf(day), amount: each + (i < rest ? 1 : 0), day }))
    .filter(inside);
}

type MonthSum = { readonly month: Month; sum: number };

/** The best `count` months: the highest, or the highest that follow each other. */
function bestSum(months: readonly MonthSum[], count: number, consecutive: boolean): number {
  if (!consecutive)
    return months
      .map((item) => item.sum)
      .sort((a, b) => b - a)
      .slice(0, count)
      .reduce((a, b) => a + b, 0);
  let best = 0;
  const sorted = [...months].sort((a, b) => (a.month < b.month ? -1 : 1));
  for (let i = 0; i + count <= sorted.length; i++) {
    const slice = sorted.slice(i, i + count);
    if (monthIndex(slice.at(-1)!.month) - monthIndex(slice[0]!.month) !== count - 1) continue;
    best = Math.max(
      best,
      slice.reduce((sum, item) => sum + item.sum, 0),
    );
  }
  return best;
}

/** Income of the best `months` months at one place, against the threshold of that place. */
export function judgeIncome(scene: Scene, predicate: PredicateOf<'income'>): Verdict {
  const found = evidence(scene, predicate);
  if ('met' in found) return found;
  const needed = number(scene, predicate.months, scene.asOf);
  if (typeof needed === 'object') return needed;
  const places = new Map<string, Fact[]>();
  for (const fact of found.facts) {
    if (Number(fact.fields[predicate.field] ?? 0) <= 0) continue;
    const place = predicate.by ? String(fact.fields[predicate.by] ?? '') : '';
    places.set(place, [...(places.get(place) ?? []), fact]);
  }
  const verdicts = [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([place, facts]) => {
      const limit = number(scene, predicate.atLeast, facts[0]!.date, facts[0]);
      if (typeof limit === 'object') return { verdict: limit as Verdict, share: -1 };
      const at = place ? ` (${place})` : '';
      const required = `${shown(scene.contract, predicate.atLeast, limit)}${at}`;
      const months: MonthSum[] = [];
      let best = 0;
      const pays = facts.flatMap((fact) => payOf(scene, fact, predicate.field, found.within));
      for (const { month, amount, day } of pays.sort((a, b) =>
        a.day < b.day ? -1 : a.day > b.day ? 1 : 0,
      )) {
        const known = months.find((item) => item.month === month);
        if (known) known.sum += amount;
        else months.push({ month, sum: amount });
        if (months.length < needed) continue;
        best = bestSum(months, needed, predicate.consecutive ?? false);
        if (best >= limit)
          return {
            verdict: met(day, `${shown(scene.contract, predicate.atLeast, best)}${at}`, required),
            share: 1,
          };
      }
      if (months.length < needed)
        return {
          verdict: unmet('TOO_FEW_MONTHS', `${months.length} months${at}`, `${needed} months`),
          share: 0,
        };
      const observed = `${shown(scene.contract, predicate.atLeast, best)}${at}`;
      return { verdict: unmet('BELOW_THRESHOLD', observed, required), share: best / limit };
    });
  const good = verdicts
    .filter(({ verdict }) => verdict.met)
    .map(({ verdict }) => verdict as Verdict & { met: true });
  if (good.length > 0) return good.reduce((a, b) => (b.on < a.on ? b : a));
  if (verdicts.length === 0) return unmet('NO_EVIDENCE', '0', predicate.field);
  return verdicts.reduce((a, b) => (b.share > a.share ? b : a)).verdict;
}
