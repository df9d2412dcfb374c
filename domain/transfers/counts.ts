import type { Member } from '../records/household.ts';
import type { CompiledFrame } from './compile.ts';
import type { Facts } from './facts.ts';
import type { Portion } from './reckon.ts';
import type { CompiledBenefit } from './run.ts';

/** Instalments used, by benefit and member, and by year or episode where the limit is of one. */
export type Counts = { [key: string]: number };

/** A member's id that ends like a year or a month stands in quotes: it must not be taken for one. */
const DATED = /(^|\|)\d{4}(-\d\d)?$|^"/;
const quoted = (member: string | undefined): string | undefined =>
  member !== undefined && DATED.test(member) ? `"${member}"` : member;

/** Where a limit is counted: `benefit`, `benefit|member`, with `|YYYY` for a year or `|YYYY-MM` for an episode. */
export const countKey = (benefit: string, member: string | undefined, part?: string): string =>
  [benefit, quoted(member), part].filter((text) => text !== undefined).join('|');

/** The benefit and the member of a key that names no year or episode. */
export function readCountKey(key: string): { benefit: string; member: string | undefined } {
  const [benefit = '', ...rest] = key.split('|');
  const member = rest.length > 0 ? rest.join('|') : undefined;
  return { benefit, member: member?.startsWith('"') ? member.slice(1, -1) : member };
}

/** The month that names a member's present episode of a benefit, where the registry says it. */
const episodeOf = ({ episode }: CompiledBenefit, member: Member | undefined): string | undefined => {
  if (episode?.named === undefined) return undefined;
  const name = member?.attributes[episode.named];
  return typeof name === 'string' ? name.slice(0, 7) : undefined;
};

/** Instalments of the present episode. A name that comes late goes on with an unnamed series that is not used up. */
function used(counts: Counts, benefit: CompiledBenefit, member: Member | undefined): number {
  const { id } = benefit.definition;
  const unnamed = counts[countKey(id, member?.id)] ?? 0;
  const name = episodeOf(benefit, member);
  if (name === undefined) return unnamed;
  return counts[countKey(id, member?.id, name)] ?? (unnamed < benefit.maxInstalments!() ? unnamed : 0);
}

/** Whether a limit (instalments, once a year, once in a lifetime, months a year) has been used up. */
export function usedUp(facts: Facts, year: string, benefit: CompiledBenefit, index: number): boolean {
  const { counts } = facts;
  if (!benefit.limited || !counts) return false;
  const { id, limit } = benefit.definition;
  const member = index < 0 ? undefined : facts.household.members[index];
  const who = member?.id;
  if (limit === 'once_in_a_lifetime' && (counts[countKey(id, who)] ?? 0) > 0) return true;
  if (limit === 'once_a_year' && (counts[countKey(id, who, year)] ?? 0) > 0) return true;
  if (benefit.maxPerYear && (counts[countKey(id, who, year)] ?? 0) >= benefit.maxPerYear()) return true;
  return benefit.maxInstalments !== undefined && used(counts, benefit, member) >= benefit.maxInstalments();
}

/** The counts that a household brings into a year: yearly counts of earlier years are dropped. */
export function countsAtStart(before: Readonly<Counts> | undefined, year: string): Counts | undefined {
  if (!before) return undefined;
  const counts: Counts = {};
  for (const [key, count] of Object.entries(before)) {
    const last = key.slice(key.lastIndexOf('|') + 1);
    if (!/^\d{4}$/.test(last) || last >= year) counts[key] = count;
  }
  return counts;
}

/** Forgets the unnamed episodes that are over in a frame: the next one starts at its first instalment. */
export function endEpisodes(facts: Facts, { benefits }: CompiledFrame): void {
  const { counts, household } = facts;
  if (!counts) return;
  for (const { episode, definition } of benefits)
    if (episode)
      for (const member of household.members)
        if (!episode.during(member, facts)) delete counts[countKey(definition.id, member.id)];
}

/** Adds what a frame gives, whether it is paid, held or lost: the instalment is used. */
export function countFrame(facts: Facts, frame: CompiledFrame, portions: readonly Portion[]): void {
  for (const { item, payable, held, forfeited } of portions) {
    const { benefit } = item;
    if (!benefit.limited || payable + held + forfeited === 0) continue;
    facts.counts ??= {};
    const { counts } = facts;
    const { id, limit } = benefit.definition;
    const member = item.member < 0 ? undefined : facts.household.members[item.member];
    const add = (key: string, from = counts[key] ?? 0) => {
      counts[key] = from + frame.weight;
    };
    if (limit === 'once_a_year' || benefit.maxPerYear !== undefined)
      add(countKey(id, member?.id, frame.month.slice(0, 4)));
    const name = episodeOf(benefit, member);
    if (name !== undefined) {
      add(countKey(id, member?.id, name), used(counts, benefit, member));
      delete counts[countKey(id, member?.id)];
    } else if (limit === 'once_in_a_lifetime' || benefit.maxInstalments) add(countKey(id, member?.id));
  }
}
