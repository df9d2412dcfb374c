import type { Month } from '../../domain/kernel/period.ts';

type Cells = (string | number)[];
/** One household with its members and their evidence, as cells in the order of the recipe's headers. */
export type Generated = { household: Cells; members: Cells[]; evidence: Cells[] };

/** How made-up data of a programme looks. */
export type Recipe = {
  readonly period: Month;
  readonly files: { readonly [role in Role]: readonly string[] };
  readonly names: { readonly [role in Role]: string };
  /** Household `number` of `seed`, always the same. */
  household(seed: number, number: number, period: Month): Generated;
};
export const ROLES = ['households', 'members', 'evidence'] as const;
export type Role = (typeof ROLES)[number];
