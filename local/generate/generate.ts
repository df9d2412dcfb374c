import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Month } from '../../domain/kernel/period.ts';
import { addBadRow } from './bad-rows.ts';
import { CsvFile } from './csv-file.ts';
import { shuffled } from './draw.ts';
import { juntos } from './juntos.ts';
import { progresa } from './progresa.ts';
import type { Recipe } from './recipe.ts';

/** Programmes that data can be made up for. */
export const recipes: Readonly<Record<string, Recipe>> = { juntos, 'progresa-1998': progresa };

export type GenerateRequest = {
  readonly recipe: Recipe;
  readonly households: number;
  readonly seed: number;
  readonly dir: string;
  readonly period?: Month;
  /** How many bad rows to add, spread evenly. */
  readonly badRows?: number;
};
export type GenerateResult = {
  readonly households: number;
  readonly members: number;
  readonly evidence: number;
  readonly files: readonly string[];
};

const HOUSEHOLDS_PER_TURN = 500;

/**
 * Writes a made-up roster and its evidence into `dir`. The same request writes the same bytes. Evidence comes in
 * another order than the roster, as it does in life. Holds a few hundred households at a time.
 */
export async function generateData(request: GenerateRequest): Promise<GenerateResult> {
  const { recipe, households, seed, dir } = request;
  const period = request.period ?? recipe.period;
  await mkdir(dir, { recursive: true });
  const open = (role: 'households' | 'members' | 'evidence') =>
    new CsvFile(join(dir, recipe.names[role]), recipe.files[role]);
  const files = { households: open('households'), members: open('members'), evidence: open('evidence') };
  const every = request.badRows ? Math.max(1, Math.floor(households / request.badRows)) : 0;
  for (let number = 1; number <= households; number++) {
    const made = recipe.household(seed, number, period);
    files.households.add(made.household);
    for (const member of made.members) files.members.add(member);
    if (every > 0 && number % every === 0) addBadRow(number / every - 1, made, files);
    if (number % HOUSEHOLDS_PER_TURN === 0) for (const file of Object.values(files)) await file.settle();
  }
  let done = 0;
  for (const index of shuffled(households, seed)) {
    for (const row of recipe.household(seed, index + 1, period).evidence) files.evidence.add(row);
    if (++done % HOUSEHOLDS_PER_TURN === 0) await files.evidence.settle();
  }
  for (const file of Object.values(files)) await file.close();
  return {
    households: files.households.rows,
    members: files.members.rows,
    evidence: files.evidence.rows,
    files: Object.values(recipe.names).map((name) => join(dir, name)),
  };
}
