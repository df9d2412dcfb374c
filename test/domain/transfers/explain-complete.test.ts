import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { canonicalJson } from '../../../domain/kernel/hash.ts';
import { type ProgrammeDefinition, parseProgramme } from '../../../domain/records/programme.ts';
import { compareProgrammes } from '../../../domain/transfers/diff.ts';
import { explainProgramme } from '../../../domain/transfers/explain.ts';
import { everything } from './everything.ts';

// Whoever reads a definition as sentences reads all of its rules: taking anything away that changes a rule changes them,
// and stands among the differences of the two versions.

type Json = { [key: string]: unknown };
const RULES = [
  ...['eligibility', 'stay', 'groups', 'conditions', 'benefits', 'caps', 'modifiers', 'retention', 'ladders'],
  ...['approval', 'payment', 'incompatibilities', 'anomalies', 'until'],
];

const ROOT = new URL('../../../programmes/', import.meta.url);
const shipped = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('/definition.json'))
  .sort();

/** Every property below a value, with its path (list places left out), and how to take it away and put it back. */
function* properties(value: unknown, path: string): Generator<[path: string, at: Json, key: string]> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, part] of Object.entries(value)) {
    if (Array.isArray(value)) yield* properties(part, path);
    else {
      yield [`${path}.${key}`, value as Json, key];
      yield* properties(part, `${path}.${key}`);
    }
  }
}

const texts = (definition: ProgrammeDefinition) =>
  (['es', 'en'] as const).map((lang) => JSON.stringify(explainProgramme(definition, lang)));

/** Another value in the place of one: the next number, the other truth, what the same property says elsewhere. */
function others(value: unknown, key: string, words: ReadonlyMap<string, ReadonlySet<string>>): unknown[] {
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [value + 1];
  if (typeof value !== 'string') return [];
  return [...(words.get(key) ?? [])].filter((word) => word !== value);
}

/** Properties whose other value is another rule, told in the same words. */
function untoldValues(json: Json): string[] {
  const parsed = parseProgramme(json);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const [before, rules] = [texts(parsed.value), canonicalJson(parsed.value)];
  const words = new Map<string, Set<string>>();
  for (const part of RULES)
    for (const [, at, key] of properties({ [part]: json[part] }, ''))
      if (typeof at[key] === 'string') words.set(key, (words.get(key) ?? new Set()).add(at[key]));
  const silent = new Set<string>();
  for (const part of RULES)
    for (const [path, at, key] of properties({ [part]: json[part] }, '')) {
      // Names that only the definition uses, and words that are told as they stand.
      if (key === 'id' || path.includes('.label.')) continue;
      const kept = at[key];
      for (const other of others(kept, key, words)) {
        at[key] = other;
        const changed = parseProgramme(json);
        at[key] = kept;
        if (!changed.ok || canonicalJson(changed.value) === rules) continue;
        const after = texts(changed.value);
        if (after.some((text, i) => text === before[i])) silent.add(path);
        break;
      }
    }
  return [...silent].sort();
}

/** Properties whose absence is another rule, told in the same words. */
function untold(json: Json): string[] {
  const parsed = parseProgramme(json);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const [before, rules] = [texts(parsed.value), canonicalJson(parsed.value)];
  const silent = new Set<string>();
  for (const part of RULES)
    for (const [path, at, key] of properties({ [part]: json[part] }, '')) {
      if (at[key] === undefined) continue;
      const kept = at[key];
      delete at[key];
      const without = parseProgramme(json);
      at[key] = kept;
      if (!without.ok || canonicalJson(without.value) === rules) continue;
      const after = texts(without.value);
      if (after.some((text, i) => text === before[i])) silent.add(path);
      if (compareProgrammes(parsed.value, without.value, 'es').length === 0) silent.add(`diff ${path}`);
    }
  return [...silent].sort();
}

it.each(shipped)('%s', (path) => {
  expect(untold(JSON.parse(readFileSync(new URL(path, ROOT), 'utf8')))).toEqual([]);
});

const off = { attribute: { name: 'off', is: true } };
const label = { es: 'algo', en: 'something' };
const months = { from: '2021-03', until: '2021-05' };
/** What the definition with every kind of rule leaves at its default. */
const MORE: Json = {
  until: '2030-12',
  stay: {
    entered: 'entry',
    waitMonths: 'term',
    maxMonths: 'term',
    recertifyMonths: 'term',
    certified: 'entry',
    cite: 'law',
  },
  incompatibilities: [
    { programme: 'other', label, effect: 'report', attribute: 'off', cite: 'law', ...months },
    { programme: 'more', label, effect: 'exclude', attribute: 'off', cite: 'law' },
  ],
  anomalies: [
    { kind: 'amount_change', tolerate: 20, stopAbovePct: 5 },
    { kind: 'account_in_several_households', tolerate: 2 },
    { kind: 'unverified_share', stopAbovePct: 60 },
  ],
};
const OF_CONDITIONS: Json = {
  when: off,
  exemptions: ['age', 'health'],
  window: { each: 'month', lagMonths: 1, months: 4, combine: 'latest' },
  ...months,
};
const OF_LADDERS: Json = {
  over: ['flat'],
  unbroken: true,
  pausedWhen: off,
  clockMonths: 'term',
  who: { sex: 'F' },
  amnesties: [{ ...months, label, cite: 'decree' }],
  ...months,
};
const OF_BENEFITS: Json = {
  rounding: 'down',
  when: off,
  months: { exclude: [1], only: [2], maxPerYear: 'two' },
  instalments: 'two',
  episode: { during: { sex: 'F' }, named: 'pregnant_since' },
  factor: 'half',
  ...months,
};
const BY_KIND: { readonly [kind: string]: Json } = {
  per_member: { max: 'two', order: 'youngest' },
  declining: { order: 'youngest' },
  poverty_gap: { roundEach: 'household', multipleOf: 'small', who: { sex: 'F' } },
};

it('a definition with every kind of rule, and with every option given', () => {
  const json = { ...(JSON.parse(JSON.stringify(everything())) as Json), ...MORE } as Json & {
    [list in 'conditions' | 'benefits' | 'ladders' | 'modifiers']: Json[];
  } & { attributes: Json; retention: Json };
  json.attributes.pregnant_since = {
    of: 'member',
    type: 'month',
    label: { es: 'embarazo', en: 'pregnancy' },
  };
  json.attributes.entry = { of: 'household', type: 'month', label: { es: 'entrada', en: 'entry' } };
  for (const condition of json.conditions) Object.assign(condition, OF_CONDITIONS);
  for (const ladder of json.ladders) Object.assign(ladder, OF_LADDERS);
  for (const modifier of json.modifiers) Object.assign(modifier, { rounding: 'up', ...months });
  Object.assign(json.retention, { rounding: 'half_even', afterMonths: 'term' });
  for (const benefit of json.benefits)
    Object.assign(benefit, OF_BENEFITS, BY_KIND[String(benefit.kind)] ?? {});
  expect(untold(json)).toEqual([]);
  expect(untoldValues(json)).toEqual([]);
});
