import { nearest } from '../../kernel/nearest.ts';
import type { ProgrammeDefinition } from '../programme.ts';
import type { AttributeTest } from './predicate.ts';
import type { Fault } from './say-issue.ts';

type Attribute = ProgrammeDefinition['attributes'][string];

/** Fields that carry the name of something declared elsewhere, by where it is declared. */
const POINTERS: { readonly [field: string]: 'citations' | 'parameters' | 'conditions' | 'benefits' } = {
  cite: 'citations',
  param: 'parameters',
  percent: 'parameters',
  amount: 'parameters',
  amounts: 'parameters',
  table: 'parameters',
  limit: 'parameters',
  keep: 'parameters',
  onlyAbove: 'parameters',
  months: 'parameters',
  share: 'parameters',
  line: 'parameters',
  floor: 'parameters',
  factor: 'parameters',
  instalments: 'parameters',
  maxPerYear: 'parameters',
  maxMonths: 'parameters',
  waitMonths: 'parameters',
  recertifyMonths: 'parameters',
  afterMonths: 'parameters',
  clockMonths: 'parameters',
  consecutive: 'parameters',
  inTwelveMonths: 'parameters',
  lostAfterYears: 'parameters',
  multipleOf: 'parameters',
  rateIn: 'parameters',
  rateOut: 'parameters',
  flatFrom: 'parameters',
  outFrom: 'parameters',
  flat: 'parameters',
  max: 'parameters',
  days: 'parameters',
  periods: 'parameters',
  condition: 'conditions',
  releasedBy: 'conditions',
  conditions: 'conditions',
  over: 'benefits',
  counting: 'benefits',
  lessAdvances: 'benefits',
};

function declared(definition: ProgrammeDefinition) {
  const ids = (rules: readonly { id: string }[]) => new Set(rules.map((rule) => rule.id));
  return {
    citations: new Set(Object.keys(definition.citations)),
    parameters: new Set(Object.keys(definition.parameters)),
    conditions: ids(definition.conditions),
    benefits: ids(definition.benefits),
    groups: new Set(Object.keys(definition.groups)),
    evidence: new Set(Object.keys(definition.evidence)),
    attributes: definition.attributes,
  };
}
type Declared = ReturnType<typeof declared>;

const SINGULAR = {
  citations: 'citation',
  parameters: 'parameter',
  conditions: 'condition',
  benefits: 'benefit',
} as const;

/** A name that points nowhere: the one that was probably meant, else where to declare it. */
function unknown(what: string, name: string, list: string, names: Iterable<string>): string {
  const near = nearest(names, name);
  return near === undefined
    ? `there is no ${what} "${name}": declare it under "${list}" or correct the name`
    : `there is no ${what} "${name}": did you mean "${near}"? Correct the name or declare it under "${list}"`;
}

function checkPointer(field: string, value: unknown, path: string, known: Declared, faults: Fault[]): void {
  const kind = POINTERS[field];
  // A benefit's own limit is a word (once a year), which its schema knows.
  if (kind === undefined || (field === 'limit' && path.startsWith('benefits['))) return;
  for (const name of Array.isArray(value) ? value : [value]) {
    if (typeof name !== 'string' || known[kind].has(name)) continue;
    faults.push({ path, message: unknown(SINGULAR[kind], name, kind, known[kind]) });
  }
}

function checkAttribute(value: unknown, path: string, known: Declared, faults: Fault[]): void {
  const test = typeof value === 'string' ? { name: value } : (value as Partial<AttributeTest>);
  if (typeof test?.name !== 'string') return;
  const attribute = known.attributes[test.name];
  if (attribute === undefined)
    faults.push({
      path,
      message: unknown('attribute', test.name, 'attributes', Object.keys(known.attributes)),
    });
  else if (test.is !== undefined) checkSaid(attribute, [test.is], `${path}.is`, faults);
  else if (test.in !== undefined) checkSaid(attribute, test.in, `${path}.in`, faults);
}

/** What a rule compares an attribute with must be something that the registry can say: else nobody ever meets it. */
function checkSaid(
  { type, values }: Attribute,
  said: readonly (string | number | boolean)[],
  path: string,
  faults: Fault[],
): void {
  for (const one of said) {
    const is = typeof one;
    if (type === 'boolean' ? is !== 'boolean' : is === 'boolean')
      faults.push({
        path,
        message: `the attribute is of type "${type}" and is never ${JSON.stringify(one)}: write ${type === 'boolean' ? 'true or false, without quotes' : 'a value of that type'}`,
      });
    else if (values && !values.includes(String(one)))
      faults.push({
        path,
        message: `"${one}" is no value of this attribute: it is one of ${values.map((value) => `"${value}"`).join(', ')}; correct it or declare it under "values"`,
      });
  }
}

function walk(value: unknown, path: string, known: Declared, faults: Fault[]): void {
  if (Array.isArray(value)) {
    value.forEach((item, i) => {
      walk(item, `${path}[${i}]`, known, faults);
    });
    return;
  }
  if (value === null || typeof value !== 'object') return;
  for (const [field, item] of Object.entries(value)) {
    const at = path ? `${path}.${field}` : field;
    checkPointer(field, item, at, known, faults);
    if (['attribute', 'income', 'entered', 'certified', 'named'].includes(field))
      checkAttribute(item, at, known, faults);
    if (field === 'group' && typeof item === 'string' && !known.groups.has(item))
      faults.push({ path: at, message: unknown('group', item, 'groups', known.groups) });
    if (
      (field === 'evidence' || field === 'scheduled') &&
      typeof item === 'string' &&
      !known.evidence.has(item)
    )
      faults.push({ path: at, message: unknown('evidence kind', item, 'evidence', known.evidence) });
    walk(item, at, known, faults);
  }
}

/** An episode counts instalments, and a month of the member names it. */
function checkEpisodes({ benefits, attributes }: ProgrammeDefinition): Fault[] {
  return benefits.flatMap(({ episode, instalments }, i): Fault[] => {
    if (!episode) return [];
    const path = `benefits[${i}].episode`;
    if (instalments === undefined)
      return [{ path, message: 'nothing is counted by episode: add "instalments" or remove it' }];
    const named = episode.named === undefined ? undefined : attributes[episode.named];
    if (named && (named.of !== 'member' || named.type !== 'month'))
      return [
        { path: `${path}.named`, message: `"${episode.named}" must be a month attribute of the member` },
      ];
    return [];
  });
}

/** Ids that appear twice in a list, and names that point nowhere. */
export function checkNames(definition: ProgrammeDefinition): Fault[] {
  const faults: Fault[] = [];
  for (const list of ['conditions', 'benefits', 'caps', 'modifiers', 'ladders'] as const) {
    const seen = new Set<string>();
    definition[list].forEach(({ id }, i) => {
      if (seen.has(id))
        faults.push({ path: `${list}[${i}].id`, message: `"${id}" is used twice: rename one` });
      seen.add(id);
    });
  }
  const known = declared(definition);
  const { attributes: _attributes, evidence: _evidence, citations: _citations, ...rules } = definition;
  walk(rules, '', known, faults);
  return [...faults, ...checkEpisodes(definition)];
}
