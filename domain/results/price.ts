import { type Minor, minor, scale, subtract } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { Milestone } from '../records/contract.ts';
import { keysOf, number, type Scene } from './evidence.ts';
import { type Unmet, unmet } from './verdict.ts';

export type Priced = {
  /** The price the rule starts from, and what of it this milestone earns. */
  readonly priceMinor: Minor;
  readonly earnedMinor: Minor;
  /** The rule in words of the definition: "unit jobOutcome", "instalment startShare of courseCost". */
  readonly rule: string;
  readonly cite: string;
};

/** Text of a citation: the source's title, and its address where it has one. */
export function citation(scene: Pick<Scene, 'contract'>, cite: string): string {
  const source = scene.contract.sources[cite];
  if (!source) return cite === 'given' ? 'given by the case: not published' : cite;
  return source.url ? `${source.title} (${source.url})` : source.title;
}

function citeOf(scene: Scene, parameter: string, date: Day): string {
  const found = scene.table.resolve(parameter, date, keysOf(scene.person));
  return citation(scene, found.ok ? found.cite : '');
}

/**
 * An instalment of a price. Each is its share, rounded as the contract says; where the shares add up to 100 % the
 * last one is what the others leave, so that a complete schedule pays the price to the cent.
 */
function instalment(scene: Scene, schedule: string, milestone: string, date: Day): Priced | Unmet {
  const { unitPrice, shares } = scene.contract.schedules![schedule]!;
  const price = number(scene, unitPrice, date);
  const own = shares.find((share) => share.milestone === milestone)!;
  const percent = number(scene, own.share, date);
  if (typeof price === 'object') return price;
  if (typeof percent === 'object') return percent;
  const part = (bp: number) => scale(minor(price), bp, 10_000, scene.contract.rounding);
  let earned = part(percent);
  if (own === shares.at(-1)) {
    const others = shares
      .slice(0, -1)
      .map(({ share }) => scene.table.resolve(share, date, keysOf(scene.person)));
    const known = others.map((found) => (found.ok ? found.value : Number.NaN));
    if (known.reduce((a, b) => a + b, percent) === 10_000)
      earned = known.reduce<Minor>((left, bp) => subtract(left, part(bp)), minor(price));
  }
  return {
    priceMinor: minor(price),
    earnedMinor: earned,
    rule: `instalment ${own.share} (${percent / 100} %) of ${unitPrice}`,
    cite: citeOf(scene, own.share, date),
  };
}

/** What one verified milestone of a participant is worth on the day that chooses its price. */
export function priceOf(scene: Scene, milestone: Milestone, outcomeOn: Day): Priced | Unmet {
  const { price, pricedOn } = milestone;
  const attribute = typeof pricedOn === 'object' ? pricedOn.attribute : undefined;
  const date = attribute ? (scene.person.attributes[attribute] as Day | undefined) : outcomeOn;
  if (date === undefined) return unmet('MISSING_ATTRIBUTE', '', attribute!, attribute);
  if (price.type === 'instalment') return instalment(scene, price.schedule, milestone.id, date);
  if (price.type === 'unit') {
    const value = number(scene, price.parameter, date);
    if (typeof value === 'object') return value;
    const amount = minor(value);
    return {
      priceMinor: amount,
      earnedMinor: amount,
      rule: `unit ${price.parameter}`,
      cite: citeOf(scene, price.parameter, date),
    };
  }
  if (price.type !== 'share') return unmet('NO_PRICE', '', milestone.id);
  const base = number(scene, price.of, date);
  const percent = number(scene, price.share, date);
  if (typeof base === 'object') return base;
  if (typeof percent === 'object') return percent;
  return {
    priceMinor: minor(base),
    earnedMinor: scale(minor(base), percent, 10_000, scene.contract.rounding),
    rule: `share ${price.share} (${percent / 100} %) of ${price.of}`,
    cite: citeOf(scene, price.share, date),
  };
}
