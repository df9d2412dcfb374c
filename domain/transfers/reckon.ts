import type { CompiledFrame, CompiledProgramme } from './compile.ts';
import type { Facts } from './facts.ts';
import type { Item, Run, Standings } from './run.ts';
import { spread } from './spread.ts';
import { ratio, shareOf } from './values.ts';

/** What a household's frame came to for one benefit and member, split three ways. */
export type Portion = {
  readonly item: Item;
  payable: number;
  held: number;
  forfeited: number;
};

/** What each benefit gives before limits, counting standings of at least `level`. */
function emitted(frame: CompiledFrame, facts: Facts, standings: Standings, level: 0 | 1 | 2): Item[] {
  const run: Run = { facts, standings, level, year: frame.month.slice(0, 4), items: [] };
  for (const benefit of frame.benefits) {
    if (benefit.when && !benefit.when(facts)) continue;
    const from = run.items.length;
    benefit.emit(run, benefit);
    if (benefit.proportional) proportion(run, from);
  }
  return run.items;
}

/**
 * Runs the published rule, caps and multipliers included, counting standings of at least `level`. `holders`: what is
 * emitted for everybody, where that differs and a cap asks how many there are.
 */
function reckonLevel(
  programme: CompiledProgramme,
  frame: CompiledFrame,
  facts: Facts,
  standings: Standings,
  level: 0 | 1 | 2,
  holders?: readonly Item[],
): Item[] {
  const items = emitted(frame, facts, standings, level);
  for (const cap of frame.caps) cap.apply(items, facts, holders ?? items);
  for (const modifier of programme.modifiers) {
    if (!modifier.when(facts)) continue;
    const percent = modifier.percent(undefined, facts);
    if (percent === undefined) continue;
    const touched = items.filter(
      (item) => item.amount > 0 && (modifier.over?.has(item.benefit.definition.id) ?? true),
    );
    if (touched.length === 0) continue;
    const total = touched.reduce((sum, item) => sum + item.amount, 0);
    const whole = shareOf(total, ratio(percent), modifier.definition.rounding);
    const parts = spread(
      whole,
      touched.map((item) => item.amount),
    );
    touched.forEach((item, i) => {
      item.amount = parts[i]!;
    });
  }
  return items;
}

/** The share of verdicts that count at this level, for conditions that pay in proportion. */
function proportion(run: Run, from: number): void {
  for (let i = from; i < run.items.length; i++) {
    const item = run.items[i]!;
    for (const { condition, scope } of item.benefit.requires) {
      if (scope !== 'proportional') continue;
      const { width, of } = run.standings;
      const row = of.slice(condition * width, (condition + 1) * width).filter((standing) => standing !== 3);
      if (row.length === 0) continue;
      const good = row.filter((standing) => standing >= run.level).length;
      item.amount = shareOf(item.amount, { top: good, bottom: row.length }, item.benefit.definition.rounding);
    }
  }
}

const total = (items: readonly Item[]): number => items.reduce((sum, item) => sum + item.amount, 0);
const same = (a: Item, b: Item): boolean => a.benefit === b.benefit && a.member === b.member;

/**
 * What more an evaluation gives than the one before, spread over the lines that grew: exactly where every
 * line grew or stayed, otherwise (a cap or a gap moved money between lines) in proportion to what grew.
 */
function growth(
  before: readonly Item[],
  after: readonly Item[],
  least: 0 | 1,
): { item: Item; amount: number }[] {
  const grown = after.map((item) => ({
    item,
    amount: item.amount - (before.find((other) => same(other, item))?.amount ?? 0),
  }));
  const whole = total(after) - total(before);
  if (whole <= 0) return [];
  const exact =
    grown.every(({ amount }) => amount >= 0) && grown.reduce((sum, { amount }) => sum + amount, 0) === whole;
  if (exact) return grown.filter(({ amount }) => amount > 0);
  const own = after.filter((item) => item.standing === least && item.amount > 0);
  const base =
    own.length > 0
      ? own.map((item) => ({ item, amount: item.amount }))
      : grown.filter(({ amount }) => amount > 0);
  const parts = spread(
    whole,
    base.map(({ amount }) => amount),
  );
  return base.map(({ item }, i) => ({ item, amount: parts[i]! }));
}

/**
 * A frame reckoned for those who comply (payable), what the missing evidence adds (held) and what those who
 * failed would have added (forfeited). So payable is exactly the published rule for the compliant alone.
 */
export function reckon(
  programme: CompiledProgramme,
  frame: CompiledFrame,
  facts: Facts,
  standings: Standings,
): Portion[] {
  const open = standings.awaits || standings.fails;
  const holders =
    open && frame.caps.some(({ asksHowMany }) => asksHowMany)
      ? emitted(frame, facts, standings, 0)
      : undefined;
  const paid = reckonLevel(programme, frame, facts, standings, 2, holders);
  const portions = paid.map((item): Portion => ({ item, payable: item.amount, held: 0, forfeited: 0 }));
  if (!open) return portions;
  const at = (item: Item): Portion => {
    let portion = portions.find((other) => same(other.item, item));
    if (!portion) {
      portion = { item, payable: 0, held: 0, forfeited: 0 };
      portions.push(portion);
    }
    return portion;
  };
  let before = paid;
  if (standings.awaits) {
    const awaited = reckonLevel(programme, frame, facts, standings, 1, holders);
    for (const { item, amount } of growth(before, awaited, 1)) at(item).held += amount;
    if (total(awaited) > total(before)) before = awaited;
  }
  if (standings.fails) {
    const full = reckonLevel(programme, frame, facts, standings, 0, holders);
    for (const { item, amount } of growth(before, full, 0)) at(item).forfeited += amount;
  }
  return portions;
}
