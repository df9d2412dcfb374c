import type { Person } from './facts.ts';

const NONE: ReadonlySet<string> = new Set();
const named = (facts: Person['facts']): string[] => facts.flatMap(({ document }) => document ?? []);
const asserted = ({ rejected = [] }: Person): string[] => rejected.flatMap(({ facts }) => named(facts));

/** A document that a claim of another institute rests on, and the person whom it is shown for there. */
export type DocumentElsewhere = { readonly document: string; readonly participant: string };

/**
 * Which documents a person may not rest on. A document is of one person: of whom an earlier settlement paid on it, else
 * of the first of this case who shows it, in the order of `people`; what a verifier rejected comes after all that. It
 * stands for nobody else, and for nobody here where another institute shows it for somebody else (`elsewhere`).
 */
export function reusedDocuments(
  people: readonly Person[],
  paidOn: { readonly [document: string]: string } = {},
  elsewhere: readonly DocumentElsewhere[] = [],
): (person: string) => ReadonlySet<string> {
  const owners = new Map(Object.entries(paidOn));
  const shown = [
    ...people.map(({ id, facts }) => [id, named(facts)] as const),
    ...people.map((person) => [person.id, asserted(person)] as const),
  ];
  for (const [id, documents] of shown)
    for (const document of documents) if (!owners.has(document)) owners.set(document, id);
  const strangers = new Map<string, Set<string>>();
  for (const { document, participant } of elsewhere)
    strangers.set(document, (strangers.get(document) ?? new Set()).add(participant));
  const contested = (document: string, id: string): boolean =>
    paidOn[document] === undefined && [...(strangers.get(document) ?? [])].some((other) => other !== id);
  const reused = new Map<string, Set<string>>();
  for (const [id, documents] of shown)
    for (const document of documents)
      if (owners.get(document) !== id || contested(document, id))
        reused.set(id, (reused.get(id) ?? new Set()).add(document));
  return (person) => reused.get(person) ?? NONE;
}

/** The documents of everybody who was paid, without those that are another's, added to those known; undefined where there are none. */
export function rememberDocuments(
  people: readonly Person[],
  reused: (person: string) => ReadonlySet<string>,
  known: { readonly [document: string]: string } | undefined,
  paid: { readonly [person: string]: unknown },
): { [document: string]: string } | undefined {
  const all = { ...known };
  for (const person of people)
    if (paid[person.id] !== undefined)
      for (const document of [...named(person.facts), ...asserted(person)])
        if (!reused(person.id).has(document)) all[document] ??= person.id;
  return Object.keys(all).length > 0 ? all : undefined;
}
