import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { loadContract } from '../../cli/commands/contract-files.ts';
import { seeded } from '../../domain/kernel/random.ts';
import { unwrap } from '../../domain/kernel/result.ts';
import type { CaseEvent, CaseParticipant, SettlementState } from '../../domain/records/claim-case.ts';
import { settleContract } from '../../domain/results/disbursement.ts';

/**
 * What hand calculations of contracts share: a calendar of their own (day numbers), and a group of people over several
 * settlements. Amounts are whole numbers of the currency's smallest unit; nothing here calls a rule of the engine.
 */
export type Draw = (below: number) => number;
export type Someone = Omit<CaseParticipant, 'events'> & { events: CaseEvent[] };
/** What a person is owed in all by a day, by milestone. */
export type Owed = { [milestone: string]: number };

export const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
export const dayOf = (number: number): string => new Date(number * 86_400_000).toISOString().slice(0, 10);
export const plusDays = (day: string, count: number): string => dayOf(numberOf(day) + count);
const lastOf = (year: number, month: number): number => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
/** The same day so many months later; the last day of a month leads to the last day of a month. */
export function plusMonths(day: string, count: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = lastOf(year, month - 1 + count);
  const to = date === lastOf(year, month - 1) ? last : Math.min(date, last);
  return new Date(Date.UTC(year, month - 1 + count, to)).toISOString().slice(0, 10);
}
export const ageOn = (birth: string, day: string): number =>
  Number(day.slice(0, 4)) - Number(birth.slice(0, 4)) - (day.slice(5) < birth.slice(5) ? 1 : 0);

/** So many hundredths of a percent of an amount, half a unit rounded up. */
export const part = (amount: number, hundredths: number): number =>
  Math.floor((amount * hundredths + 5_000) / 10_000);
export const decimal = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;

/** Each single day that facts prove up to a day: to their `end`, else so many days. */
export function daysOf(facts: readonly CaseEvent[], until: string, without = 1): Set<number> {
  const days = new Set<number>();
  for (const { date, end } of facts)
    for (let day = numberOf(date); day <= numberOf(end ?? plusDays(date, without - 1)); day++)
      if (day <= numberOf(until)) days.add(day);
  return days;
}
/** The first day on which months in a row are complete, counted in single days from a day on. */
export function monthsKept(days: ReadonlySet<number>, from: string, months: number): string | undefined {
  const first = numberOf(from);
  const found = [...days]
    .filter((day) => day === first || (day > first && !days.has(day - 1)))
    .map((start) => {
      const goal = numberOf(plusMonths(dayOf(start - 1), months));
      for (let day = start; day <= goal; day++) if (!days.has(day)) return undefined;
      return dayOf(goal);
    });
  return found.filter((day) => day !== undefined).sort()[0];
}

const NAMES = ['2013', '1', 'null', '007', 'p10', 'p2', 'a#1', 'ñandú', 'x|y', 'length', '9'];
/** Ids that look like years, numbers or words of the language, from one to six of them. */
export const names = (draw: Draw): string[] => NAMES.slice(draw(5)).slice(0, 1 + draw(6));
export const pick = <Item>(draw: Draw, list: readonly Item[]): Item => list[draw(list.length)]!;

export type Told = {
  parameters: Record<string, string>;
  people: Someone[];
  events?: CaseEvent[];
  /** By hand: what is owed to one person for all that is known on a day. */
  owed: (person: Someone, date: string) => Owed;
};
type Line = { readonly participant?: string; readonly milestone: string; readonly amountMinor: number };

/** So many groups of people, each over the settlements of `dates` with the state fed back: what is paid is what is owed. */
export function along(
  id: string,
  groups: number,
  dates: readonly string[],
  tell: (draw: Draw) => Told,
): void {
  it(`${id}: ${groups} groups over ${dates.length} settlements, by hand`, () => {
    const contract = unwrap(loadContract(id, '.'));
    const random = seeded(20_261_130);
    const draw: Draw = (below) => Math.floor(random() * below);
    for (let group = 0; group < groups; group++) {
      const { people, owed, ...rest } = tell(draw);
      const turned = [...people].reverse().map((one) => ({ ...one, events: [...one.events].reverse() }));
      const paid: Record<string, Owed> = {};
      const due: Record<string, Owed> = {};
      let state: SettlementState | undefined;
      for (const date of dates) {
        const input = { ...rest, date, provider: 'institute', ...(state && { state }) };
        const settled = unwrap(settleContract(contract, { ...input, participants: people }));
        const other = unwrap(settleContract(contract, { ...input, participants: turned }));
        expect(isDeepStrictEqual(other, settled)).toBe(true);
        const lines: readonly Line[] = settled.lines;
        for (const { participant = '', milestone, amountMinor } of lines) {
          paid[participant] ??= {};
          paid[participant][milestone] = (paid[participant][milestone] ?? 0) + amountMinor;
        }
        for (const one of rest.events ? [{ id: '', events: [] }] : people)
          for (const [milestone, cents] of Object.entries(owed(one, date))) {
            due[one.id] ??= {};
            // What was paid stands, whatever is reported later.
            due[one.id]![milestone] = Math.max(due[one.id]![milestone] ?? 0, cents);
            paid[one.id] ??= {};
            paid[one.id]![milestone] ??= 0;
          }
        expect({ group, date, paid }).toEqual({ group, date, paid: due });
        expect(lines.reduce((sum, line) => sum + line.amountMinor, 0)).toBe(settled.totals.payable);
        state = settled.state;
        const again = unwrap(settleContract(contract, { ...input, participants: people, state }));
        expect(again.totals.payable).toBe(0);
      }
    }
  });
}
