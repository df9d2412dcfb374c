import type { Person } from './facts.ts';

const NONE: ReadonlySet<string> = new Set();
const documentsOf = (person: Person): string[] =>
  [...person.facts, ...(person.rejected ?? []).flatMap(({ facts }) => facts)].flatMap(
    ({ document }) => document ?? [],
  );

/**
 * Which documents a person may not rest on: those that an earlier settlement paid for somebody else, and those that two
 * people of this case show (neither is believed; `verification.ts` reads it the same way). Whom an earlier settlement paid
 * on a document keeps it.
 */
export function reusedDocuments(
  people: readonly Person[],
  paidOn: { readonly [document: string]: string } = {},
): (person: string) => ReadonlySet<string> {
  const holders = new Map<string, Set<string>>();
  for (const person of people)
    for (const document of documentsOf(person))
      holders.set(document, (holders.get(document) ?? new Set()).add(person.id));
  const reused = new Map<string, Set<string>>();
  for (const [document, ids] of holders)
    for (const id of ids) {
      const owner = paidOn[document];
      if (owner === id || (owner === undefined && ids.size === 1)) continue;
      reused.set(id, (reused.get(id) ?? new Set()).add(document));
    }
  return (person) => reused.get(person) ?? NONE;
}

/** The documents of everybody who was paid, added to those known; undefined where no event names one. */
export function rememberDocuments(
  people: readonly Person[],
  known: { readonly [document: string]: string } | undefined,
  paid: { readonly [person: string]: unknown },
): { [document: string]: string } | undefined {
  const all = { ...known };
  for (const person of people)
    if (paid[person.id] !== undefined)
      for (const document of documentsOf(person)) all[document] ??= person.id;
  return Object.keys(all).length > 0 ? all : undefined;
}
