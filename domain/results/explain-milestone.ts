import type { ContractDefinition, Label, Milestone, Price } from '../records/contract.ts';
import { predicateText } from './explain-predicate.ts';
import { citesOf, parameterText } from './explain-value.ts';
import { both, cited, concat, fieldLabel, join, NOTHING, quoted, same } from './explain-words.ts';

const shareOf = (share: Label, whole: Label): Label =>
  both(`${share.es} de ${whole.es}`, `${share.en} of ${whole.en}`);

const PAYS = {
  nothing: both('nada', 'nothing'),
  full: both('todo', 'in full'),
  pro_rata: both('en proporción', 'pro rata'),
};
function performanceText(
  contract: ContractDefinition,
  price: Extract<Price, { type: 'performance' }>,
): Label {
  const p = (name: string) => parameterText(contract, name);
  const share = price.share ? p(price.share) : same('100 %');
  const indicator = quoted(contract.indicators?.[price.indicator]?.label ?? same(price.indicator));
  const bands = price.bands.map((band) => {
    const from = p(band.from);
    const pays = typeof band.pays === 'object' ? p(band.pays.share) : PAYS[band.pays];
    return both(`desde ${from.es}: ${pays.es}`, `from ${from.en}: ${pays.en}`);
  });
  const [whole, text] = [shareOf(share, p(price.base)), join(bands, ', ', ', ')];
  return both(
    `${whole.es} según ${indicator.es} (${text.es})`,
    `${whole.en} by ${indicator.en} (${text.en})`,
  );
}

function priceText(contract: ContractDefinition, { id, price }: Milestone): Label {
  const p = (name: string) => parameterText(contract, name);
  if (price.type === 'unit') return p(price.parameter);
  if (price.type === 'share') return shareOf(p(price.share), p(price.of));
  if (price.type === 'performance') return performanceText(contract, price);
  const schedule = contract.schedules?.[price.schedule];
  const share = schedule?.shares.find((part) => part.milestone === id)?.share;
  return shareOf(p(share ?? ''), p(schedule?.unitPrice ?? ''));
}

/** Where a milestone, its outcome and its price come from. */
function milestoneCites(contract: ContractDefinition, { cite, outcome, price, repeat }: Milestone): string[] {
  const schedule = price.type === 'instalment' ? contract.schedules?.[price.schedule] : undefined;
  const bands = price.type === 'performance' ? price.bands : [];
  const ofBands = bands.flatMap(({ from, pays }) => [from, typeof pays === 'object' ? pays.share : from]);
  const named = Object.values({ ...price, ...repeat, unitPrice: schedule?.unitPrice });
  const shares = schedule?.shares.map(({ share }) => share) ?? [];
  const texts = named.filter((name) => typeof name === 'string');
  return [
    cite,
    contract.outcomes[outcome ?? '']?.cite ?? cite,
    ...citesOf(contract, [...texts, ...shares, ...ofBands]),
  ];
}

/** What else a milestone asks, and on which day it is priced. */
function termsOf(contract: ContractDefinition, milestone: Milestone): Label[] {
  const { repeat, requires = [], pricedOn, afterEnd } = milestone;
  const terms: Label[] = [];
  if (repeat) {
    const [every, most] = [
      parameterText(contract, repeat.everyWeeks),
      parameterText(contract, repeat.atMost),
    ];
    terms.push(
      both(
        `; se paga por cada ${every.es} más después de eso, a lo sumo ${most.es} veces`,
        `; paid for every ${every.en} more after that, at most ${most.en} times`,
      ),
    );
  }
  if (requires.length > 0)
    terms.push(both(`; exige antes ${requires.join(', ')}`, `; requires ${requires.join(', ')} first`));
  if (typeof pricedOn === 'object') {
    const day = fieldLabel(contract, pricedOn.attribute);
    terms.push(both(`; al precio del día ${day.es}`, `; at the price of the day ${day.en}`));
  }
  if (afterEnd === 'allow')
    terms.push(
      both(
        '; vale también si se logra después del fin del contrato',
        '; also paid where it is reached after the end of the contract',
      ),
    );
  return terms;
}

/** What one milestone pays, for which outcome, on which terms. */
export function milestoneText(contract: ContractDefinition, milestone: Milestone): Label {
  const { id, label } = milestone;
  const outcome = milestone.outcome ? contract.outcomes[milestone.outcome] : undefined;
  const when = outcome
    ? concat(
        both(' cuando se logra ', ' when '),
        quoted(outcome.label),
        both(' (', ' is reached ('),
        predicateText(contract, outcome.predicate),
        same(')'),
      )
    : NOTHING;
  const text = concat(
    both(`${id} — ${label.es}: `, `${id} — ${label.en}: `),
    priceText(contract, milestone),
    when,
    ...termsOf(contract, milestone),
    same('.'),
  );
  return cited(text, milestoneCites(contract, milestone));
}

/** Outcomes that no milestone pays for and others rest on: a window that starts on one, a part of another. */
export function outcomeTexts(contract: ContractDefinition): Label[] {
  const paid = new Set(contract.milestones.map(({ outcome }) => outcome));
  return Object.entries(contract.outcomes)
    .filter(([name]) => !paid.has(name))
    .map(([, { label, predicate, cite }]) => {
      const text = concat(quoted(label), same(': '), predicateText(contract, predicate), same('.'));
      return cited(text, [cite]);
    });
}
