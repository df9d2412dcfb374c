import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../domain/kernel/hash.ts';
import { addDays, type Day, isDay } from '../../../domain/kernel/period.ts';
import { type ContractDefinition, FIELD_TYPES } from '../../../domain/records/contract.ts';
import { parseContract } from '../../../domain/records/contract-check.ts';
import { UNITS } from '../../../domain/records/contract-value.ts';
import { explainContract } from '../../../domain/results/explain-contract.ts';
import { everyRule } from './every-contract-rule.ts';

// Whoever reads a contract as sentences reads all of its rules: taking anything away, or saying anything else in its
// place, changes them in both languages.

type Json = { [key: string]: unknown };
type Place = { readonly path: string; readonly at: Json; readonly key: string };

const ROOT = new URL('../../../programmes/', import.meta.url);
const shipped = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('/contract.json'))
  .sort();

/** Every property and list item below a value, with its path (list places left out) and where it can be changed. */
function* places(value: unknown, path = ''): Generator<Place> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, part] of Object.entries(value)) {
    const below = Array.isArray(value) ? path : `${path}.${key}`;
    yield { path: below, at: value as Json, key };
    yield* places(part, below);
  }
}

const texts = (contract: ContractDefinition) =>
  (['es', 'en'] as const).map((lang) =>
    JSON.stringify(
      explainContract(contract).map(({ title, lines }) => [title, ...lines].map((line) => line[lang])),
    ),
  );
const parsed = (json: unknown): ContractDefinition => {
  const found = parseContract(json);
  if (!found.ok) throw new Error(JSON.stringify(found.issues));
  return found.value;
};
type Told = { readonly texts: readonly string[]; readonly rules: string };
const told = (contract: ContractDefinition): Told => ({
  texts: texts(contract),
  rules: canonicalJson(contract),
});

/** Whether the changed definition is another valid one, and whether it is told in other words in both languages. */
function compare(json: unknown, before: Told): 'same' | 'told' | 'untold' {
  const after = parseContract(json);
  if (!after.ok || canonicalJson(after.value) === before.rules) return 'same';
  return texts(after.value).some((text, i) => text === before.texts[i]) ? 'untold' : 'told';
}

/** Paths whose absence is another rule, told in the same words. */
function silentlyAbsent(json: Json): string[] {
  const before = told(parsed(json));
  const silent = new Set<string>();
  for (const { path, at, key } of places(json)) {
    const kept = at[key];
    if (Array.isArray(at)) at.splice(Number(key), 1);
    else delete at[key];
    if (compare(json, before) === 'untold') silent.add(path);
    if (Array.isArray(at)) at.splice(Number(key), 0, kept);
    else at[key] = kept;
  }
  return [...silent].sort();
}

/** Words of the closed lists of a definition; one may stand where another of its list does. */
const CLOSED = [
  ['day', 'week', 'month', 'open'],
  ['participant', 'milestone', 'contract'],
  ['report', 'withhold', 'warn'],
  ['rate', 'lower', 'upper'],
  ['refuse', 'allow'],
  ['half_up', 'half_even', 'up', 'down'],
  ['nothing', 'pro_rata', 'full'],
  ['from', 'until'],
  ['all', 'any'],
  ['high', 'medium', 'low'],
  FIELD_TYPES,
  UNITS,
];
/** Names of people's own choosing that only tell one thing of a definition from another; labels tell them. */
const FREE = /^\.(caps|equityFloors)\.id$/;

const names = (of: { [name: string]: Json }, which: (one: Json) => boolean) =>
  Object.keys(of).filter((name) => which(of[name]!));

/** What might stand in the place of a value: another of its list, another name of its kind, another day, number or text. */
function othersThan(kept: unknown, lists: readonly (readonly string[])[]): unknown[] {
  if (typeof kept === 'boolean') return [!kept];
  if (typeof kept === 'number') return [kept + 1];
  if (typeof kept === 'object')
    return kept !== null && 'es' in kept ? [{ es: 'otra cosa', en: 'something else' }] : [];
  const word = String(kept);
  if (isDay(word)) return [addDays(word as Day, 1), addDays(word as Day, 7), addDays(word as Day, -7)];
  if (/^[\d.]+$/.test(word)) return [`7${word}`];
  const among = lists.flatMap((list) => (list.includes(word) ? list : []));
  return [...among.filter((other) => other !== word), `${word}x`];
}

/** Paths where another value is another rule, told in the same words; the first two that are valid are tried. */
function silentlyOther(json: Json, lists: readonly (readonly string[])[]): string[] {
  const before = told(parsed(json));
  const silent = new Set<string>();
  for (const { path, at, key } of places(json)) {
    const kept = at[key];
    if (key === 'es' || key === 'en' || FREE.test(path)) continue;
    let tried = 0;
    for (const other of othersThan(kept, lists)) {
      at[key] = other;
      const answer = compare(json, before);
      if (answer === 'untold') silent.add(`${path}: ${String(kept)} -> ${String(other)}`);
      if (answer !== 'same') tried += 1;
      if (tried === 2) break;
    }
    at[key] = kept;
  }
  return [...silent].sort();
}

describe('a contract is told whole', () => {
  it.each(shipped)('nothing of %s can be left out in silence', (path) => {
    expect(silentlyAbsent(JSON.parse(readFileSync(new URL(path, ROOT), 'utf8')))).toEqual([]);
  });
  it('nor of one with every kind of rule, and every option given', () => {
    expect(silentlyAbsent(JSON.parse(JSON.stringify(everyRule())))).toEqual([]);
  });
  it('nor can anything else stand in its place', () => {
    const json = JSON.parse(JSON.stringify(everyRule()));
    const kinds = ['events', 'outcomes', 'attributes', 'calendars', 'indicators', 'sources'];
    const lists = [
      ...CLOSED,
      ...UNITS.map((unit) => names(json.parameters, (parameter) => parameter.unit === unit)),
      ...kinds.map((kind) => Object.keys(json[kind])),
      ...Object.values<{ fields: object }>(json.events).map(({ fields }) => Object.keys(fields)),
      json.milestones.map(({ id }: { id: string }) => id),
    ];
    expect(silentlyOther(json, lists)).toEqual([]);
  });
});
