import {
  addDays,
  addMonths,
  type Day,
  dayFromNumber,
  dayNumber,
  daysInMonth,
  lastDay,
  type Month,
  monthOf,
} from '../kernel/period.ts';
import type { EventKind } from '../records/contract.ts';
import type { Fact } from './facts.ts';

/**
 * The day `count` months after `from`: the same day of the month, or its last one where there is none. The last
 * day of a month leads to the last day of a month, so that 28 February + 6 months is 31 August.
 */
export function addMonthsToDay(from: Day, count: number): Day {
  const month = addMonths(monthOf(from), count);
  if (from === lastDay(monthOf(from))) return lastDay(month);
  return `${month}-${String(Math.min(Number(from.slice(8)), daysInMonth(month))).padStart(2, '0')}` as Day;
}

/** A stretch of days, both ends included, as day numbers. */
export type Span = { readonly from: number; readonly until: number };

/** The days that a fact proves: to its `end`, or what its kind says one event covers; never beyond `asOf`. */
export function spanOf(fact: Fact, kind: EventKind | undefined, asOf: Day): Span {
  const covers = kind?.covers ?? 'day';
  const first =
    covers === 'month' && fact.end === undefined ? (`${monthOf(fact.date)}-01` as Day) : fact.date;
  const last =
    fact.end ??
    { day: fact.date, week: addDays(fact.date, 6), month: lastDay(monthOf(fact.date)), open: asOf }[covers];
  return { from: dayNumber(first), until: Math.min(dayNumber(last), dayNumber(asOf)) };
}

/** Spans in order, overlapping or touching ones joined, clipped to `[from, until]`. */
export function joined(spans: readonly Span[], from: number, until: number): Span[] {
  const sorted = spans
    .map((span) => ({ from: Math.max(span.from, from), until: Math.min(span.until, until) }))
    .filter((span) => span.from <= span.until)
    .sort((a, b) => a.from - b.from);
  const out: Span[] = [];
  for (const span of sorted) {
    const last = out.at(-1);
    if (last && span.from <= last.until + 1)
      out[out.length - 1] = { from: last.from, until: Math.max(last.until, span.until) };
    else out.push(span);
  }
  return out;
}

const inAny = (day: number, spans: readonly Span[]): boolean =>
  spans.some((span) => span.from <= day && day <= span.until);

/** Days of `span` that no excluded span holds. */
export function countedDays(span: Span, excluded: readonly Span[]): number {
  let count = span.until - span.from + 1;
  for (const out of joined(excluded, span.from, span.until)) count -= out.until - out.from + 1;
  return count;
}

/**
 * Runs without a break: spans that follow each other after at most `allowedGap` days, not counting excluded days
 * (holidays). Each run keeps its spans, because the days of a gap are not days of work.
 */
export function runs(spans: readonly Span[], allowedGap: number, excluded: readonly Span[]): Span[][] {
  const out: Span[][] = [];
  for (const span of spans) {
    const last = out.at(-1)?.at(-1);
    const gap = last
      ? countedDays({ from: last.until + 1, until: span.from - 1 }, excluded)
      : Number.POSITIVE_INFINITY;
    if (gap <= allowedGap) out.at(-1)!.push(span);
    else out.push([span]);
  }
  return out;
}

/** The day on which the spans reach `needed` counted days; undefined where they never do. */
export function dayReached(
  spans: readonly Span[],
  needed: number,
  excluded: readonly Span[],
): Day | undefined {
  let left = needed;
  for (const span of spans) {
    const inside = countedDays(span, excluded);
    if (inside < left) {
      left -= inside;
      continue;
    }
    if (excluded.length === 0) return dayFromNumber(span.from + left - 1);
    for (let day = span.from; day <= span.until; day++) {
      if (inAny(day, excluded)) continue;
      left -= 1;
      if (left === 0) return dayFromNumber(day);
    }
  }
  return undefined;
}

/** The months that a span touches. */
export function monthsTouched(span: Span): Month[] {
  const months: Month[] = [];
  const last = monthOf(dayFromNumber(span.until));
  for (let month = monthOf(dayFromNumber(span.from)); month <= last; month = addMonths(month, 1))
    months.push(month);
  return months;
}
