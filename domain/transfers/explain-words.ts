import type { Label, Language } from '../records/programme/basics.ts';
import type { DatedValue, Key, Parameter } from '../records/programme/parameter.ts';
import type {
  AttributeTest,
  Bound,
  HouseholdPredicate,
  MemberPredicate,
} from '../records/programme/predicate.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';

/** Picks the text of a language. */
export const pick = (label: Label, lang: Language): string => label[lang];
export const list = (
  items: readonly string[],
  lang: Language,
  last: Label = { es: 'y', en: 'and' },
): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${last[lang]} ${items.at(-1)}`;

const OR: Label = { es: 'o', en: 'or' };
const ONE: { readonly [unit: string]: Label } = {
  months: { es: ' mes', en: ' month' },
  years: { es: ' año', en: ' year' },
  days: { es: ' día', en: ' day' },
};
const UNIT: { readonly [unit: string]: Label } = {
  percent: { es: '%', en: '%' },
  months: { es: ' meses', en: ' months' },
  years: { es: ' años', en: ' years' },
  days: { es: ' días', en: ' days' },
  count: { es: '', en: '' },
};

function keyText(name: string, key: Key, lang: Language): string {
  if (Array.isArray(key)) return `${name} ${list(key.map(String), lang, OR)}`;
  if (typeof key !== 'object') return `${name} ${key}`;
  const { min, max } = key;
  if (min !== undefined && max !== undefined) return `${name} ${min}–${max}`;
  return min !== undefined ? `${name} ≥ ${min}` : `${name} ≤ ${max}`;
}

const KEY_NAMES: { readonly [name: string]: Label } = {
  sex: { es: 'sexo', en: 'sex' },
  grade: { es: 'grado', en: 'grade' },
  relationship: { es: 'parentesco', en: 'relationship' },
  age: { es: 'edad', en: 'age' },
  territory: { es: 'territorio', en: 'territory' },
  tenure: { es: 'mes en el programa', en: 'month in the programme' },
  month: { es: 'mes', en: 'month' },
};
/** What a table is looked up by, in words: a fact of everybody, or an attribute by its label. */
export function keyName(definition: ProgrammeDefinition, name: string, lang: Language): string {
  const label = definition.attributes[name]?.label;
  return label ? `«${pick(label, lang)}»` : (KEY_NAMES[name]?.[lang] ?? name);
}

const OTHERWISE: Label = { es: 'en los demás casos', en: 'otherwise' };
const NOT_PUBLISHED: Label = { es: 'no publicado', en: 'not published' };

/** The value of a parameter in one stretch of time: one number, or its rows. */
export function valueText(
  definition: ProgrammeDefinition,
  parameter: Parameter,
  value: DatedValue,
  lang: Language,
): string {
  const unit = (raw: string | number) => (Number(raw) === 1 && ONE[parameter.unit]) || UNIT[parameter.unit]!;
  const number = (raw: string | number) =>
    parameter.unit === 'money' ? `${definition.currency} ${raw}` : `${raw}${unit(raw)[lang]}`;
  if ('value' in value) return number(value.value);
  if (!('rows' in value)) return NOT_PUBLISHED[lang];
  const keysOf = (when: { readonly [name: string]: Key }) =>
    Object.entries(when).map(([name, key]) => keyText(keyName(definition, name, lang), key, lang));
  const sums = (value.sums ?? []).map(({ when, members, value: sum }) => {
    const who = list(
      members.map((keys) => keysOf(keys).join(', ')),
      lang,
    );
    const where = keysOf(when).map((key) => `${key}, `);
    return `${where.join('')}${who} ${lang === 'es' ? 'juntos' : 'together'}: ${number(sum)}`;
  });
  const rows = value.rows.map((row) => {
    const keys = keysOf(row.when);
    return `${keys.join(', ') || OTHERWISE[lang]}: ${'value' in row ? number(row.value) : NOT_PUBLISHED[lang]}`;
  });
  return [...rows, ...sums].join('; ');
}

/** A parameter by its name in words and its latest value: "base incentive (PEN 200.00)". */
export function parameterText(definition: ProgrammeDefinition, name: string, lang: Language): string {
  const parameter = definition.parameters[name]!;
  const label = pick(parameter.label, lang);
  const per = parameter.per ? ` ${pick(parameter.per, lang)}` : '';
  if (parameter.derived && parameter.values.length === 0) {
    const { of, percent } = parameter.derived;
    return `«${label}» (${parameterText(definition, percent, lang)} × ${parameterText(definition, of, lang)})`;
  }
  const latest = parameter.values.at(-1)!;
  if ('rows' in latest) return lang === 'es' ? `la tabla «${label}»${per}` : `the table "${label}"${per}`;
  return `${valueText(definition, parameter, latest, lang)}${per}`;
}

const boundText = (definition: ProgrammeDefinition, bound: Bound, lang: Language): string =>
  typeof bound === 'number' ? String(bound) : parameterText(definition, bound.param, lang);

/** A value of a registry or of evidence as a person reads it: yes and no are words. */
export const scalarText = (value: unknown, lang: Language): string =>
  typeof value === 'boolean' ? (lang === 'es' ? (value ? 'sí' : 'no') : value ? 'yes' : 'no') : String(value);

function attributeText(definition: ProgrammeDefinition, test: AttributeTest, lang: Language): string {
  const declared = definition.attributes[test.name];
  const name = declared ? pick(declared.label, lang) : test.name;
  const word = (value: unknown) => scalarText(value, lang);
  if (test.missing !== undefined)
    return `«${name}» ${test.missing ? (lang === 'es' ? 'sin registrar' : 'not recorded') : lang === 'es' ? 'registrado' : 'recorded'}`;
  if (test.is !== undefined) return `«${name}» = ${word(test.is)}`;
  if (test.in !== undefined) return `«${name}» = ${list(test.in.map(word), lang, OR)}`;
  const parts = (['min', 'max', 'above', 'below'] as const).flatMap((field) => {
    const bound = test[field];
    if (bound === undefined) return [];
    const sign = { min: '≥', max: '≤', above: '>', below: '<' }[field];
    return [`${sign} ${boundText(definition, bound, lang)}`];
  });
  return `«${name}» ${list(parts, lang)}`;
}

const AGE_DAY: { readonly [day: string]: Label } = {
  period_start: { es: 'el primer día del período', en: 'on the first day of the period' },
  period_end: { es: 'el último día del período', en: 'on the last day of the period' },
  month_start: { es: 'el primer día del mes', en: 'on the first day of the month' },
  month_middle: { es: 'el día 15 del mes', en: 'on day 15 of the month' },
  month_end: { es: 'el último día del mes', en: 'on the last day of the month' },
  march_31: { es: 'al 31 de marzo', en: 'on 31 March' },
  year_start: { es: 'al 1 de enero', en: 'on 1 January' },
  year_end: { es: 'al 31 de diciembre', en: 'on 31 December' },
};
export const ageDayText = (day: string, lang: Language): string => AGE_DAY[day]![lang];

function ageText(test: Extract<MemberPredicate, { age: unknown }>['age'], lang: Language): string {
  const unit = UNIT[test.unit]![lang];
  const { min, max } = test;
  const range =
    min !== undefined && max !== undefined
      ? `${min}–${max}${unit}`
      : min !== undefined
        ? `${lang === 'es' ? 'desde' : 'from'} ${min}${unit}`
        : `${lang === 'es' ? 'hasta' : 'up to'} ${max}${unit}`;
  const at = test.at ? ` ${ageDayText(test.at, lang)}` : '';
  return `${lang === 'es' ? 'edad' : 'age'} ${range}${at}`;
}

const joined = (items: readonly string[], all: boolean, lang: Language): string =>
  items.length === 1 ? items[0]! : `(${list(items, lang, all ? { es: 'y', en: 'and' } : OR)})`;

/** A member predicate in words. */
export function memberText(
  definition: ProgrammeDefinition,
  predicate: MemberPredicate,
  lang: Language,
): string {
  const again = (item: MemberPredicate) => memberText(definition, item, lang);
  if ('group' in predicate) return again(definition.groups[predicate.group]!);
  if ('age' in predicate) return ageText(predicate.age, lang);
  if ('sex' in predicate)
    return { es: { F: 'mujer', M: 'hombre' }, en: { F: 'female', M: 'male' } }[lang][predicate.sex];
  if ('grade' in predicate) return keyText(lang === 'es' ? 'grado' : 'grade', predicate.grade, lang);
  if ('relationship' in predicate)
    return `${lang === 'es' ? 'parentesco' : 'relationship'} ${list(predicate.relationship, lang, OR)}`;
  if ('attribute' in predicate) return attributeText(definition, predicate.attribute, lang);
  if ('household' in predicate) return householdText(definition, predicate.household, lang);
  if ('not' in predicate) return `${lang === 'es' ? 'no' : 'not'} ${again(predicate.not)}`;
  return 'all' in predicate
    ? joined(predicate.all.map(again), true, lang)
    : joined(predicate.any.map(again), false, lang);
}

function countText(
  definition: ProgrammeDefinition,
  test: { min?: Bound | undefined; max?: Bound | undefined },
  lang: Language,
): string {
  const parts = [
    ...(test.min === undefined ? [] : [`≥ ${boundText(definition, test.min, lang)}`]),
    ...(test.max === undefined ? [] : [`≤ ${boundText(definition, test.max, lang)}`]),
  ];
  return list(parts, lang);
}

/** A household predicate in words. */
export function householdText(
  definition: ProgrammeDefinition,
  predicate: HouseholdPredicate,
  lang: Language,
): string {
  const es = lang === 'es';
  const again = (item: HouseholdPredicate) => householdText(definition, item, lang);
  if ('everyHousehold' in predicate) return es ? 'todo hogar' : 'every household';
  if ('attribute' in predicate) return attributeText(definition, predicate.attribute, lang);
  if ('territory' in predicate) {
    const { in: places = [], startsWith } = predicate.territory;
    const where = startsWith === undefined ? places : [...places, `${startsWith}…`];
    return `${es ? 'territorio' : 'territory'} ${list(where, lang, OR)}`;
  }
  if ('anyMember' in predicate)
    return `${es ? 'algún integrante' : 'some member'}: ${memberText(definition, predicate.anyMember, lang)}`;
  if ('everyMember' in predicate)
    return `${es ? 'cada integrante' : 'every member'}: ${memberText(definition, predicate.everyMember, lang)}`;
  if ('members' in predicate) {
    const who = predicate.members.who ? ` (${memberText(definition, predicate.members.who, lang)})` : '';
    return `${es ? 'integrantes' : 'members'}${who} ${countText(definition, predicate.members, lang)}`;
  }
  if ('inProgramme' in predicate)
    return predicate.inProgramme
      ? es
        ? 'ya recibe el programa'
        : 'already in the programme'
      : es
        ? 'aún no recibe el programa'
        : 'not yet in the programme';
  if ('monthsInProgramme' in predicate)
    return `${es ? 'meses en el programa' : 'months in the programme'} ${countText(definition, predicate.monthsInProgramme, lang)}`;
  if ('calendarMonth' in predicate)
    return `${es ? 'mes' : 'month'} ${list(predicate.calendarMonth.map(String), lang, OR)}`;
  if ('not' in predicate) return `${es ? 'no' : 'not'} ${again(predicate.not)}`;
  return 'all' in predicate
    ? joined(predicate.all.map(again), true, lang)
    : joined(predicate.any.map(again), false, lang);
}
