import type { ContractDefinition, Label } from '../records/contract.ts';
import type { Anchor, FieldTest, Predicate, PredicateOf, Window } from '../records/contract-predicate.ts';
import { parameterText } from './explain-value.ts';
import { both, concat, fieldLabel, join, NOTHING, quoted, same } from './explain-words.ts';

function anchorText(contract: ContractDefinition, anchor: Anchor): Label {
  if ('contract' in anchor)
    return anchor.contract === 'from'
      ? both('el inicio del contrato', 'the start of the contract')
      : both('el fin del contrato', 'the end of the contract');
  if ('attribute' in anchor) return fieldLabel(contract, anchor.attribute);
  const found =
    'outcome' in anchor ? contract.outcomes[anchor.outcome]?.label : contract.events[anchor.event]?.label;
  return quoted(found ?? same(''));
}

function windowText(contract: ContractDefinition, window: Window | undefined): Label {
  if (!window) return NOTHING;
  const anchor = anchorText(contract, window.after);
  const name = window.months ?? window.weeks ?? window.days;
  if (!name) return both(` desde ${anchor.es}`, ` since ${anchor.en}`);
  const length = parameterText(contract, name);
  return both(` dentro de ${length.es} desde ${anchor.es}`, ` within ${length.en} of ${anchor.en}`);
}

/** A test on a field of an event of this kind, or (without a kind) on an attribute of the participant. */
function testText(contract: ContractDefinition, test: FieldTest, kind?: string): Label {
  const field = fieldLabel(contract, test.field, kind);
  if ('is' in test) {
    if (typeof test.is === 'boolean')
      return concat(field, test.is ? both(' = sí', ' = yes') : both(' = no', ' = no'));
    return concat(field, same(` = ${Array.isArray(test.is) ? test.is.join('/') : test.is}`));
  }
  const [sign, name] =
    'atLeast' in test ? ['≥', test.atLeast] : 'atMost' in test ? ['≤', test.atMost] : ['<', test.below];
  return concat(field, same(` ${sign} `), parameterText(contract, name!));
}

type Evidence = Extract<Predicate, { kind: string }>;
function evidenceText(contract: ContractDefinition, predicate: Evidence): Label {
  const { kind, where = [], within, onOrBefore } = predicate;
  const event = quoted(contract.events[kind]?.label ?? same(kind));
  const tests = where.map((test) => testText(contract, test, kind));
  const having = tests.length > 0 ? concat(both(' con ', ' with '), join(tests, ', ', ', ')) : NOTHING;
  const last = onOrBefore
    ? concat(both(' (a más tardar el ', ' (by '), parameterText(contract, onOrBefore), same(')'))
    : NOTHING;
  return concat(event, having, windowText(contract, within), last);
}

function incomeText(contract: ContractDefinition, predicate: PredicateOf<'income'>, what: Label): Label {
  const { kind, field, by, consecutive } = predicate;
  const [months, least] = [
    parameterText(contract, predicate.months),
    parameterText(contract, predicate.atLeast),
  ];
  const sum = fieldLabel(contract, field, kind);
  const place = by === undefined ? undefined : fieldLabel(contract, by, kind);
  const row = consecutive ? both(' seguidos', ' in a row') : NOTHING;
  return both(
    `${what.es}: ${sum.es} suma al menos ${least.es} en los mejores ${months.es}${row.es}${place ? ` de un mismo ${place.es}` : ''}`,
    `${what.en}: ${sum.en} adds up to at least ${least.en} over the best ${months.en}${row.en}${place ? ` at one ${place.en}` : ''}`,
  );
}

function durationText(contract: ContractDefinition, predicate: PredicateOf<'duration'>, what: Label): Label {
  const { continuous, allowedGapDays, excluding = [] } = predicate;
  const length = parameterText(contract, (predicate.weeks ?? predicate.months)!);
  const gap = allowedGapDays ? parameterText(contract, allowedGapDays) : undefined;
  const holidays = excluding.join(', ');
  return concat(
    continuous
      ? both(`${what.es} dura ${length.es} sin interrupción`, `${what.en} lasts ${length.en} without a break`)
      : both(`${what.es} suma ${length.es}`, `${what.en} adds up to ${length.en}`),
    gap
      ? both(
          ` (una pausa de hasta ${gap.es} no interrumpe)`,
          ` (a pause of up to ${gap.en} does not break it)`,
        )
      : NOTHING,
    holidays
      ? both(
          `, sin que los días del calendario ${holidays} cuenten ni interrumpan`,
          `, where days of the calendar ${holidays} neither count nor break`,
        )
      : NOTHING,
  );
}

function evidencePredicateText(contract: ContractDefinition, predicate: Evidence): Label {
  const p = (name: string) => parameterText(contract, name);
  const what = evidenceText(contract, predicate);
  switch (predicate.type) {
    case 'event':
      return concat(both('hay ', 'there is '), what);
    case 'income':
      return incomeText(contract, predicate, what);
    case 'duration':
      return durationText(contract, predicate, what);
    case 'months_of': {
      const [some, all] = [p(predicate.atLeast), p(predicate.of)];
      return both(
        `${what.es} en ${some.es} de ${all.es} seguidos`,
        `${what.en} in ${some.en} of ${all.en} in a row`,
      );
    }
    case 'ratio': {
      const least = p(predicate.atLeast);
      const parts = [predicate.numerator, predicate.denominator].map((field) =>
        fieldLabel(contract, field, predicate.kind),
      );
      const rate = join(parts, ' / ', ' / ');
      return both(
        `${what.es}: ${rate.es} de al menos ${least.es}`,
        `${what.en}: ${rate.en} of at least ${least.en}`,
      );
    }
    case 'count': {
      const least = p(predicate.atLeast);
      return both(
        `${what.es} en al menos ${least.es} días distintos`,
        `${what.en} on at least ${least.en} different days`,
      );
    }
  }
}

function ageText(contract: ContractDefinition, predicate: PredicateOf<'age'>): Label {
  const at = anchorText(contract, predicate.at);
  const birth = fieldLabel(contract, predicate.attribute);
  const from = predicate.atLeast ? parameterText(contract, predicate.atLeast) : undefined;
  const to = predicate.atMost ? parameterText(contract, predicate.atMost) : undefined;
  return both(
    `edad según ${birth.es}${from ? ` desde ${from.es}` : ''}${to ? ` hasta ${to.es}` : ''} en ${at.es}`,
    `age by ${birth.en}${from ? ` from ${from.en}` : ''}${to ? ` to ${to.en}` : ''} at ${at.en}`,
  );
}

/** A predicate as a sentence part; one that stands inside another is bracketed where it has parts of its own. */
export function predicateText(contract: ContractDefinition, predicate: Predicate, inside = false): Label {
  const parts = (of: readonly Predicate[], es: string, en: string) => {
    const text = join(
      of.map((part) => predicateText(contract, part, true)),
      es,
      en,
    );
    return inside ? both(`(${text.es})`, `(${text.en})`) : text;
  };
  switch (predicate.type) {
    case 'all':
      return parts(predicate.of, ' y ', ' and ');
    case 'any':
      return parts(predicate.of, ' o ', ' or ');
    case 'not':
      return concat(both('no se da que ', 'it is not so that '), predicateText(contract, predicate.of, true));
    case 'outcome':
      return quoted(contract.outcomes[predicate.outcome]?.label ?? same(predicate.outcome));
    case 'attribute':
      return testText(contract, predicate.test);
    case 'age':
      return ageText(contract, predicate);
    default:
      return evidencePredicateText(contract, predicate);
  }
}
