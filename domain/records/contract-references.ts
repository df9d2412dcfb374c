import type { ContractDefinition, Price } from './contract.ts';
import type { Anchor, FieldTest, Predicate } from './contract-predicate.ts';
import type { Unit } from './contract-value.ts';

/** One use of a name somewhere in a definition. */
export type Reference = {
  readonly path: string;
  readonly what:
    | 'parameter'
    | 'source'
    | 'event'
    | 'outcome'
    | 'milestone'
    | 'attribute'
    | 'field'
    | 'calendar'
    | 'schedule'
    | 'indicator';
  readonly name: string;
  /** Units that a parameter may have here. */
  readonly units?: readonly Unit[];
  /** The event kind that must declare the field. */
  readonly scope?: string;
};

type Found = Reference[];
const one = (
  path: string,
  what: Reference['what'],
  name: string | undefined,
  more: Partial<Reference> = {},
): Found => (name === undefined ? [] : [{ path, what, name, ...more }]);
const parameter = (path: string, name: string | undefined, ...units: Unit[]): Found =>
  one(path, 'parameter', name, units.length > 0 ? { units } : {});

function ofAnchor(path: string, anchor: Anchor): Found {
  if ('outcome' in anchor) return one(path, 'outcome', anchor.outcome);
  if ('event' in anchor) return one(path, 'event', anchor.event);
  return 'attribute' in anchor ? one(path, 'attribute', anchor.attribute) : [];
}

function ofTest(path: string, test: FieldTest, kind?: string): Found {
  const field = kind
    ? one(`${path}.field`, 'field', test.field, { scope: kind })
    : one(`${path}.field`, 'attribute', test.field);
  if ('is' in test) return field;
  const limit = 'atLeast' in test ? test.atLeast : 'atMost' in test ? test.atMost : test.below;
  return [...field, ...parameter(path, limit)];
}

function ofPredicate(path: string, predicate: Predicate): Found {
  switch (predicate.type) {
    case 'all':
    case 'any':
      return predicate.of.flatMap((part, i) => ofPredicate(`${path}.of.${i}`, part));
    case 'not':
      return ofPredicate(`${path}.of`, predicate.of);
    case 'outcome':
      return one(path, 'outcome', predicate.outcome);
    case 'attribute':
      return ofTest(path, predicate.test);
    case 'age':
      return [
        ...one(path, 'attribute', predicate.attribute),
        ...ofAnchor(`${path}.at`, predicate.at),
        ...parameter(path, predicate.atLeast, 'years'),
        ...parameter(path, predicate.atMost, 'years'),
      ];
  }
  const { kind, within } = predicate;
  const field = (name: string | undefined) => one(path, 'field', name, { scope: kind });
  const found: Found = [
    ...one(`${path}.kind`, 'event', kind),
    ...(predicate.where ?? []).flatMap((test, i) => ofTest(`${path}.where.${i}`, test, kind)),
    ...parameter(path, predicate.onOrBefore, 'day'),
    ...(within ? ofAnchor(`${path}.within`, within.after) : []),
    ...parameter(`${path}.within`, within?.months, 'months'),
    ...parameter(`${path}.within`, within?.weeks, 'weeks'),
    ...parameter(`${path}.within`, within?.days, 'days'),
  ];
  if (predicate.type === 'income')
    found.push(
      ...field(predicate.field),
      ...field(predicate.by),
      ...parameter(path, predicate.months, 'months'),
      ...parameter(path, predicate.atLeast, 'money'),
    );
  if (predicate.type === 'duration') {
    found.push(
      ...parameter(path, predicate.weeks, 'weeks'),
      ...parameter(path, predicate.months, 'months'),
      ...parameter(path, predicate.allowedGapDays, 'days'),
    );
    for (const name of predicate.excluding ?? []) found.push(...one(path, 'calendar', name));
  }
  if (predicate.type === 'months_of')
    found.push(...parameter(path, predicate.atLeast, 'months'), ...parameter(path, predicate.of, 'months'));
  if (predicate.type === 'ratio')
    found.push(
      ...field(predicate.numerator),
      ...field(predicate.denominator),
      ...parameter(path, predicate.atLeast, 'percent'),
    );
  if (predicate.type === 'count') found.push(...parameter(path, predicate.atLeast, 'count'));
  return found;
}

function ofPrice(path: string, price: Price): Found {
  if (price.type === 'unit') return parameter(path, price.parameter, 'money');
  if (price.type === 'instalment') return one(path, 'schedule', price.schedule);
  if (price.type === 'share')
    return [...parameter(path, price.of, 'money'), ...parameter(path, price.share, 'percent')];
  return [
    ...parameter(path, price.base, 'money'),
    ...parameter(path, price.share, 'percent'),
    ...one(path, 'indicator', price.indicator),
    ...price.bands.flatMap((band, i) => [
      ...parameter(`${path}.bands.${i}.from`, band.from, 'percent'),
      ...(typeof band.pays === 'object'
        ? parameter(`${path}.bands.${i}.pays`, band.pays.share, 'percent')
        : []),
    ]),
  ];
}

function ofMoneyRules(contract: ContractDefinition): Found {
  const {
    holdbacks = [],
    advance,
    guarantee,
    clawback,
    equityFloors = [],
    targets = [],
    verification,
  } = contract;
  const milestones = (path: string, names: readonly string[]) =>
    names.flatMap((name) => one(path, 'milestone', name));
  return [
    ...(contract.caps ?? []).flatMap((cap, i) => [
      ...milestones(`caps.${i}.milestones`, cap.milestones ?? []),
      ...parameter(`caps.${i}.limit`, cap.limit, 'money', 'count'),
    ]),
    ...holdbacks.flatMap((holdback, i) => [
      ...milestones(`holdbacks.${i}`, [...holdback.milestones, holdback.until]),
      ...parameter(`holdbacks.${i}.share`, holdback.share, 'percent'),
    ]),
    ...parameter('advance.amount', advance?.amount, 'money'),
    ...parameter('advance.recoverShare', advance?.recoverShare, 'percent'),
    ...milestones('guarantee.covers', Array.isArray(guarantee?.covers) ? guarantee.covers : []),
    ...parameter('clawback.maxShare', clawback?.maxShare, 'percent'),
    ...(clawback?.unless ?? []).flatMap((rule, i) => [
      ...milestones(`clawback.unless.${i}`, [rule.milestone, rule.follows]),
      ...parameter(`clawback.unless.${i}`, rule.months, 'months'),
      ...parameter(`clawback.unless.${i}`, rule.share, 'percent'),
    ]),
    ...equityFloors.flatMap((floor, i) => [
      ...milestones(`equityFloors.${i}`, [floor.milestone]),
      ...(floor.group ? ofPredicate(`equityFloors.${i}.group`, floor.group) : []),
      ...parameter(`equityFloors.${i}`, floor.atLeast, 'percent'),
      ...(floor.effect === 'report'
        ? []
        : parameter(`equityFloors.${i}.effect`, floor.effect.withhold, 'percent')),
    ]),
    ...targets.flatMap((target, i) => [
      ...one(`targets.${i}`, 'indicator', target.indicator),
      ...parameter(`targets.${i}`, target.atLeast, 'percent'),
    ]),
    ...(verification
      ? (['confidence', 'margin', 'expectedError', 'buffer', 'tolerance', 'extendAbove'] as const).flatMap(
          (name) => parameter(`verification.${name}`, verification[name], 'percent'),
        )
      : []),
  ];
}

/** Every `cite` anywhere in the definition. */
function citations(value: unknown, path: string): Found {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = path ? `${path}.${key}` : key;
    return key === 'cite' && typeof item === 'string' ? one(at, 'source', item) : citations(item, at);
  });
}

/** All uses of names in a definition, with the path where each stands. */
export function referencesOf(contract: ContractDefinition): readonly Reference[] {
  const { indicators = {}, schedules = {}, eligibility } = contract;
  return [
    ...citations(contract, ''),
    ...Object.entries(contract.parameters).flatMap(([name, p]) => [
      ...(p.keys ?? []).flatMap((key) => one(`parameters.${name}.keys`, 'field', key)),
      ...parameter(`parameters.${name}.indexedBy`, p.indexedBy?.index, 'index'),
    ]),
    ...(eligibility ? ofPredicate('eligibility.predicate', eligibility.predicate) : []),
    ...Object.entries(contract.outcomes).flatMap(([name, outcome]) =>
      ofPredicate(`outcomes.${name}.predicate`, outcome.predicate),
    ),
    ...Object.entries(schedules).flatMap(([name, schedule]) => [
      ...parameter(`schedules.${name}.unitPrice`, schedule.unitPrice, 'money'),
      ...schedule.shares.flatMap((share, i) => [
        ...one(`schedules.${name}.shares.${i}`, 'milestone', share.milestone),
        ...parameter(`schedules.${name}.shares.${i}`, share.share, 'percent'),
      ]),
    ]),
    ...Object.entries(indicators).flatMap(([name, indicator]) => {
      const path = `indicators.${name}`;
      if ('event' in indicator)
        return [
          ...one(path, 'event', indicator.event),
          ...one(path, 'field', indicator.field, { scope: indicator.event }),
          ...parameter(path, indicator.target, 'percent'),
        ];
      return [
        ...one(path, 'milestone', indicator.milestone),
        ...('over' in indicator
          ? one(path, 'milestone', indicator.over)
          : parameter(path, indicator.target, 'count')),
      ];
    }),
    ...contract.milestones.flatMap((milestone, i) => [
      ...one(`milestones.${i}.outcome`, 'outcome', milestone.outcome),
      ...(milestone.requires ?? []).flatMap((id) => one(`milestones.${i}.requires`, 'milestone', id)),
      ...ofPrice(`milestones.${i}.price`, milestone.price),
      ...(typeof milestone.pricedOn === 'object'
        ? one(`milestones.${i}.pricedOn`, 'attribute', milestone.pricedOn.attribute)
        : []),
      ...parameter(`milestones.${i}.repeat`, milestone.repeat?.everyWeeks, 'weeks'),
      ...parameter(`milestones.${i}.repeat`, milestone.repeat?.atMost, 'count'),
    ]),
    ...ofMoneyRules(contract),
  ];
}
