import { type Minor, minor, scale } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { Indicator, Milestone } from '../records/contract.ts';
import type { PersonResult } from './earn.ts';
import { number, type Scene } from './evidence.ts';
import { judge } from './outcome.ts';
import { citation, type Priced } from './price.ts';
import { type Unmet, unmet } from './verdict.ts';

/** A measured rate in basis points, cut down (never up) to a whole one, with the figures behind it. */
export type Rate = { readonly rateBp: number; readonly observed: string; readonly on: Day };

const ratio = (top: number, bottom: number): number => Number((BigInt(top) * 10_000n) / BigInt(bottom));

/** Why a report of this day pays nothing: made before the contract or after it. */
function beyond({ contract }: Scene, on: Day): Unmet | undefined {
  const { from, until } = contract.dates;
  if (from && on < from) return unmet('BEFORE_CONTRACT_START', on, `>= ${from}`);
  return until && on > until ? unmet('AFTER_CONTRACT_END', on, `<= ${until}`) : undefined;
}

/** Why a contract-level milestone pays nothing whatever was measured: the report's day, or the settlement's. */
function tooLate(scene: Scene, milestone: Milestone, indicator: Indicator, on: Day): Unmet | undefined {
  const { claimsUntil } = scene.contract.dates;
  const report = 'event' in indicator ? beyond(scene, on) : undefined;
  if (report && !(report.reason === 'AFTER_CONTRACT_END' && milestone.afterEnd === 'allow')) return report;
  return claimsUntil && scene.asOf > claimsUntil
    ? unmet('CLAIM_AFTER_DEADLINE', scene.asOf, `<= ${claimsUntil}`)
    : undefined;
}

/**
 * An indicator over the participants of this case (list everybody so far, paid ones too) or from the latest report
 * of an evaluator. Undefined where there is nothing to measure yet.
 */
export function measure(
  scene: Scene,
  indicator: Indicator,
  people: readonly PersonResult[],
): Rate | Unmet | undefined {
  if ('event' in indicator) {
    const known = scene.person.facts.filter(
      (fact) => fact.kind === indicator.event && fact.date <= scene.asOf,
    );
    // A report of after the contract never replaces the one that it ended with.
    const latest = known.findLast((fact) => beyond(scene, fact.date) === undefined) ?? known.at(-1);
    const value = latest?.fields[indicator.field];
    if (!latest || value === undefined) return undefined;
    if (!indicator.target)
      return { rateBp: Number(value), observed: `${Number(value) / 100} %`, on: latest.date };
    const target = number(scene, indicator.target, latest.date);
    if (typeof target === 'object') return target;
    const observed = `${Number(value) / 100} % / ${target / 100} %`;
    return { rateBp: ratio(Number(value), target), observed, on: latest.date };
  }
  const count = (milestone: string) => people.filter((person) => person.reached.has(milestone)).length;
  const top = count(indicator.milestone);
  const bottom = 'over' in indicator ? count(indicator.over) : number(scene, indicator.target, scene.asOf);
  if (typeof bottom === 'object') return bottom;
  return bottom === 0
    ? undefined
    : { rateBp: ratio(top, bottom), observed: `${top} / ${bottom}`, on: scene.asOf };
}

export type Performance = Priced & {
  readonly outcomeOn: Day;
  readonly rateBp: number;
  readonly observed: string;
};

/** What a contract-level milestone is worth in total at the measured rate, by its bands; or why nothing. */
export function performanceOf(
  scene: Scene,
  milestone: Milestone,
  people: readonly PersonResult[],
): Performance | Unmet | undefined {
  const { price } = milestone;
  if (price.type !== 'performance') return undefined;
  const indicator = scene.contract.indicators![price.indicator]!;
  const rate = measure(scene, indicator, people);
  if (rate === undefined || 'met' in rate) return rate;
  const late = tooLate(scene, milestone, indicator, rate.on);
  if (late) return late;
  const base = number(scene, price.base, rate.on);
  const share = price.share ? number(scene, price.share, rate.on) : 10_000;
  if (typeof base === 'object') return base;
  if (typeof share === 'object') return share;
  const whole = scale(minor(base), share, 10_000, scene.contract.rounding);
  let band: (typeof price.bands)[number] | undefined;
  let bandFrom = -1;
  for (const candidate of price.bands) {
    const from = number(scene, candidate.from, rate.on);
    if (typeof from === 'object') return from;
    if (rate.rateBp >= from && from > bandFrom) [band, bandFrom] = [candidate, from];
  }
  if (!band || band.pays === 'nothing') return unmet('BAND_PAYS_NOTHING', rate.observed, milestone.id);
  const paysBp =
    band.pays === 'full'
      ? 10_000
      : band.pays === 'pro_rata'
        ? rate.rateBp
        : number(scene, band.pays.share, rate.on);
  if (typeof paysBp === 'object') return paysBp;
  return {
    priceMinor: whole,
    earnedMinor: scale(whole, paysBp, 10_000, scene.contract.rounding) as Minor,
    rule: `performance ${price.indicator} ${rate.rateBp / 100} % pays ${paysBp / 100} % of ${price.base}${price.share ? ` x ${share / 100} %` : ''}`,
    cite: citation(scene, milestone.cite),
    outcomeOn: rate.on,
    rateBp: rate.rateBp,
    observed: rate.observed,
  };
}

export type Check = {
  readonly id: string;
  readonly kind: 'equity_floor' | 'target';
  readonly status: 'met' | 'not_met' | 'not_measurable';
  readonly observed: string;
  readonly required: string;
};

function judged(
  rateBp: number | undefined,
  least: number | Unmet,
  observed: string,
  id: string,
  kind: Check['kind'],
): Check {
  const required = typeof least === 'object' ? 'not published' : `>= ${least / 100} %`;
  if (rateBp === undefined || typeof least === 'object')
    return { id, kind, status: 'not_measurable', observed, required };
  return { id, kind, status: rateBp >= least ? 'met' : 'not_met', observed, required };
}

/** Equity floors and targets of the contract as they stand, for the approver and for what they withhold. */
export function checksOf(scene: Scene, people: readonly PersonResult[]): Check[] {
  const { contract } = scene;
  // A check that only reports must not stop a settlement because its limit was not published.
  const quiet: Scene = { ...scene, unpublished: new Set() };
  const floors = (contract.equityFloors ?? []).map((floor): Check => {
    const least = number(floor.effect === 'report' ? quiet : scene, floor.atLeast, scene.asOf);
    const all = people.filter((person) => person.reached.has(floor.milestone));
    if (!floor.group || all.length === 0)
      return judged(undefined, least, `0 / ${all.length}`, floor.id, 'equity_floor');
    const group = floor.group;
    const inside = all.filter((person) => judge(person.scene, group).met).length;
    return judged(ratio(inside, all.length), least, `${inside} / ${all.length}`, floor.id, 'equity_floor');
  });
  const targets = (contract.targets ?? []).map((target): Check => {
    const least = number(quiet, target.atLeast, scene.asOf);
    const rate = measure(quiet, contract.indicators![target.indicator]!, people);
    const seen = rate && !('met' in rate) ? rate : undefined;
    return judged(seen?.rateBp, least, seen?.observed ?? '', target.indicator, 'target');
  });
  return [...floors, ...targets];
}
