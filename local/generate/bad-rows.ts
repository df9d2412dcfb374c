import type { CsvFile } from './csv-file.ts';
import type { Generated, Role } from './recipe.ts';

type Files = { readonly [role in Role]: CsvFile };

/**
 * Bad rows beside the good ones, one kind after the other, so that intake has something to refuse: the good
 * rows stay as they are, except where a contradiction takes its twin along.
 */
const KINDS: readonly ((made: Generated, files: Files) => void)[] = [
  ({ household }, { households }) => households.raw(`${household[0]}-short`),
  ({ household }, { households }) => households.add(household),
  ({ members }, files) =>
    files.members.add(['H-UNKNOWN', `${members[0]?.[1]}-X`, ...(members[0] ?? []).slice(2)]),
  ({ members }, files) => members[0] && files.members.add(members[0]),
  ({ members, household }, files) => files.members.raw(`${household[0]},"${members[0]?.[1]}"-X,bad quote`),
  ({ evidence }, files) => evidence[0] && files.evidence.add(evidence[0]),
  ({ evidence }, files) =>
    evidence[0] &&
    files.evidence.add(evidence[0].map((cell) => (/^\d{4}-\d{2}$/.test(`${cell}`) ? '1998-13' : cell))),
  ({ evidence }, files) => files.evidence.raw(`${evidence[0]?.[0] ?? 'M'},short`),
];

/** Adds bad row number `ordinal` (0, 1, …) beside a household's good ones. */
export function addBadRow(ordinal: number, made: Generated, files: Files): void {
  KINDS[ordinal % KINDS.length]!(made, files);
}
