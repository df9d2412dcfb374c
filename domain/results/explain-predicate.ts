import { formatAmount, minor } from '../kernel/money.ts';
import type { ContractDefinition, Label } from '../records/contract.ts';
import { parseNumber } from '../records/contract-parameters.ts';
import type { Anchor, FieldTest, Predicate, Window } from '../records/contract-predicate.ts';

export const both = (es: string, en: string): Label => ({ es, en });
export const join = (labels: readonly Label[], es: string, en: string): Label =>
  both(labels.map((label) => label.es).join(es), labels.map((label) => label.en).join(en));

const TIME: { readonly [unit: string]: readonly [string, string] } = {
  months: ['meses', 'months'],
  weeks: ['semanas', 'weeks'],
  days: ['días', 'days'],
  years: ['años', 'years'],
};

/** A number of a parameter with its unit, in both languages. */
function quantity(contract: ContractDefinition, name: string, text: string | number): Label {
  const unit = contract.parameters[name]?.unit ?? 'count';
  const value = parseNumber(text, unit, contract.currency) ?? 0;
  if (unit === 'money') {
    const amount = `${contract.currency} ${formatAmount(minor(value), contract.currency)}`;
    return both(amount, amount);
  }
  if (unit === 'percent') return both(`${value / 100} %`, `${value / 100} %`);
  const time = TIME[unit];
  return time ? both(`${text} ${time[0]}`, `${text} ${time[1]}`) : both(String(text), String(text));
}

/** A parameter as people read it: its value, its table, its dates, or that it was not published. */
export function parameterText(contract: ContractDefinition, name: string): Label {
  const parameter = contract.parameters[name];
  if (!parameter) return both(name, name);
  const missing = both(`«${name}» (no publicado)`, `"${name}" (not published)`);
  const values = parameter.values.map((value) => {
    const rows =
      'rows' in value
        ? value.rows
        : ['value' in value ? { when: {}, value: value.value } : { when: {}, notPublished: true }];
    const texts = rows.map((row) => {
      const amount = 'value' in row ? quantity(contract, name, row.value) : missing;
      const when = Object.entries(row.when)
        .map(([key, values]) => `${key} = ${Array.isArray(values) ? values.join('/') : values}`)
        .join(', ');
      return when ? both(`${amount.es} (${when})`, `${amount.en} (${when})`) : amount;
    });
    const text = join(texts, '; ', '; ');
    const dates = parameter.values.length > 1 ? ` [${value.from ?? '…'}..${value.until ?? '…'}]` : '';
    return both(text.es + dates, text.en + dates);
  });
  return join(values, ', ', ', ');
}

function anchorText(contract: ContractDefinition, anchor: Anchor): Label {
  if ('contract' in anchor)
    return anchor.contract === 'from'
      ? both('el inicio del contrato', 'the start of the contract')
      : both('el fin del contrato', 'the end of the contract');
  const found =
    'outcome' in anchor
      ? contract.outcomes[anchor.outcome]?.label
      : 'event' in anchor
        ? contract.events[anchor.event]?.label
        : contract.attributes[anchor.attribute]?.label;
  return both(`«${found?.es}»`, `"${found?.en}"`);
}

function windowText(contract: ContractDefinition, window: Window | undefined): Label {
  if (!window) return both('', '');
  const anchor = anchorText(contract, window.after);
  const name = window.months ?? window.weeks ?? window.days;
  if (!name) return both(` desde ${anchor.es}`, ` since ${anchor.en}`);
  const length = parameterText(contract, name);
  return both(` dentro de ${length.es} desde ${anchor.es}`, ` within ${length.en} of ${anchor.en}`);
}

export function testText(contract: ContractDefinition, test: FieldTest): Label {
  if ('is' in test) {
    const values = (Array.isArray(test.is) ? test.is : [test.is]).map(String).join('/');
    return both(`${test.field} = ${values}`, `${test.field} = ${values}`);
  }
  const [sign, name] =
    'atLeast' in test ? ['≥', test.atLeast] : 'atMost' in test ? ['≤', test.atMost] : ['<', test.below];
  const limit = parameterText(contract, name!);
  return both(`${test.field} ${sign} ${limit.es}`, `${test.field} ${sign} ${limit.en}`);
}

type Evidence = Extract<Predicate, { kind: string }>;
function evidenceText(contract: ContractDefinition, predicate: Evidence): Label {
  const event = contract.events[predicate.kind]?.label ?? both(predicate.kind, predicate.kind);
  const tests = (predicate.where ?? []).map((test) => testText(contract, test));
  const where = tests.length > 0 ? join(tests, ', ', ', ') : undefined;
  const window = windowText(contract, predicate.within);
  const last = predicate.onOrBefore ? parameterText(contract, predicate.onOrBefore) : undefined;
  return both(
    `«${event.es}»${where ? ` con ${where.es}` : ''}${window.es}${last ? `, a más tardar el ${last.es}` : ''}`,
    `"${event.en}"${where ? ` with ${where.en}` : ''}${window.en}${last ? `, by ${last.en}` : ''}`,
  );
}

function evidencePredicateText(contract: ContractDefinition, predicate: Evidence): Label {
  const p = (name: string) => parameterText(contract, name);
  const what = evidenceText(contract, predicate);
  switch (predicate.type) {
    case 'event':
      return both(`hay ${what.es}`, `there is ${what.en}`);
    case 'income': {
      const [months, least] = [p(predicate.months), p(predicate.atLeast)];
      const by = predicate.by;
      return both(
        `${what.es} suma al menos ${least.es} en ${months.es}${by ? ` de un mismo ${by}` : ''}`,
        `${what.en} adds up to at least ${least.en} over ${months.en}${by ? ` at one ${by}` : ''}`,
      );
    }
    case 'duration': {
      const length = p((predicate.weeks ?? predicate.months)!);
      return predicate.continuous
        ? both(
            `${what.es} dura ${length.es} sin interrupción`,
            `${what.en} lasts ${length.en} without a break`,
          )
        : both(`${what.es} suma ${length.es}`, `${what.en} adds up to ${length.en}`);
    }
    case 'months_of': {
      const [some, all] = [p(predicate.atLeast), p(predicate.of)];
      return both(
        `${what.es} en ${some.es} de ${all.es} seguidos`,
        `${what.en} in ${some.en} of ${all.en} in a row`,
      );
    }
    case 'ratio': {
      const least = p(predicate.atLeast);
      const parts = `${predicate.numerator} / ${predicate.denominator}`;
      return both(
        `${what.es}: ${parts} de al menos ${least.es}`,
        `${what.en}: ${parts} of at least ${least.en}`,
      );
    }
    case 'count': {
      const least = p(predicate.atLeast);
      return both(`${what.es} al menos ${least.es} veces`, `${what.en} at least ${least.en} times`);
    }
  }
}

/** A predicate as a sentence part. */
export function predicateText(contract: ContractDefinition, predicate: Predicate): Label {
  const parts = (of: readonly Predicate[], es: string, en: string) =>
    join(
      of.map((part) => predicateText(contract, part)),
      es,
      en,
    );
  switch (predicate.type) {
    case 'all':
      return parts(predicate.of, ' y ', ' and ');
    case 'any': {
      const text = parts(predicate.of, ' o ', ' or ');
      return both(`(${text.es})`, `(${text.en})`);
    }
    case 'not': {
      const text = predicateText(contract, predicate.of);
      return both(`no se da que ${text.es}`, `it is not so that ${text.en}`);
    }
    case 'outcome': {
      const label = contract.outcomes[predicate.outcome]?.label;
      return both(`«${label?.es}»`, `"${label?.en}"`);
    }
    case 'attribute':
      return testText(contract, predicate.test);
    case 'age': {
      const at = anchorText(contract, predicate.at);
      const from = predicate.atLeast ? parameterText(contract, predicate.atLeast) : undefined;
      const to = predicate.atMost ? parameterText(contract, predicate.atMost) : undefined;
      return both(
        `edad${from ? ` desde ${from.es}` : ''}${to ? ` hasta ${to.es}` : ''} en ${at.es}`,
        `age${from ? ` from ${from.en}` : ''}${to ? ` to ${to.en}` : ''} at ${at.en}`,
      );
    }
    default:
      return evidencePredicateText(contract, predicate);
  }
}
