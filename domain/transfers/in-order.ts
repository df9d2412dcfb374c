import type { Household } from '../records/household.ts';

/**
 * The household with its members by id, so that the roster's order never decides who gets an odd cent. Rosters
 * come in that order already, and then nothing is copied.
 */
export function inOrder(household: Household): Household {
  const { members } = household;
  for (let i = 1; i < members.length; i++)
    if (members[i]!.id < members[i - 1]!.id)
      return { ...household, members: [...members].sort((a, b) => (a.id < b.id ? -1 : 1)) };
  return household;
}
