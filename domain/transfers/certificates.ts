import { addMonths, type Month } from '../kernel/period.ts';
import type { HeldMoney, Household, HouseholdState, Verdict } from '../records/household.ts';
import type { CompiledProgramme } from './compile.ts';
import { memberIndex } from './standings.ts';

type Certificates = { readonly [subject: string]: readonly Month[] };

/** How long before a verdict its certificate was presented, and how long after that it pays; in months. */
function lags(programme: CompiledProgramme): { window: number; payment: number } {
  const { retention, conditions } = programme.definition;
  const window = conditions.find(({ id }) => id === retention?.releasedBy)?.window.lagMonths ?? 0;
  return { window, payment: window + (programme.number(retention?.afterMonths) ?? 0) };
}

/** Months in which certificates were presented, by subject: remembered ones, and those of the verdicts known now. */
function presented(
  programme: CompiledProgramme,
  state: HouseholdState | undefined,
  verdicts: readonly Verdict[],
): Map<string, Set<Month>> {
  const { retention } = programme.definition;
  const { window } = lags(programme);
  const found = new Map<string, Set<Month>>();
  const add = (subject: string, month: Month) =>
    found.set(subject, (found.get(subject) ?? new Set<Month>()).add(month));
  for (const [subject, months] of Object.entries(state?.certificates ?? {}))
    for (const month of months) add(subject, month);
  for (const { condition, subject, status, period } of verdicts)
    if (condition === retention?.releasedBy && (status === 'compliant' || status === 'exempt'))
      add(subject, addMonths(period, -window));
  return found;
}

/**
 * Certificates that pay only in a later period: they need not be presented again. Undefined where the programme
 * keeps nothing back.
 */
export function pendingCertificates(
  programme: CompiledProgramme,
  state: HouseholdState | undefined,
  verdicts: readonly Verdict[],
): Certificates | undefined {
  if (!programme.definition.retention) return undefined;
  const { payment } = lags(programme);
  const last = programme.months.at(-1)!;
  // Ids are people's: fromEntries makes a key of any of them, "__proto__" too.
  return Object.fromEntries(
    [...presented(programme, state, verdicts)]
      .map(
        ([subject, months]) =>
          [subject, [...months].filter((month) => addMonths(month, payment) > last).sort()] as const,
      )
      .filter(([, waiting]) => waiting.length > 0),
  );
}

/**
 * What becomes of a share kept back: paid by a certificate of a later calendar year, so many months after it was
 * presented; lost where none was presented by the last December. Each member wants a certificate of its own, also one
 * who has grown too old to be asked for it; a member who has left is certified by those who stayed.
 */
export function retained(
  programme: CompiledProgramme,
  household: Household,
  held: HeldMoney,
  state: HouseholdState | undefined,
  verdicts: readonly Verdict[],
): 'release' | 'lose' | 'wait' {
  const { retention } = programme.definition;
  if (!retention) return 'release';
  const { payment } = lags(programme);
  const year = Number(held.origin.slice(0, 4));
  const lastYear = year + programme.number(retention.lostAfterYears)!;
  const stayed = held.member !== undefined && memberIndex(household, held.member) >= 0;
  for (const [subject, months] of presented(programme, state, verdicts)) {
    if (stayed && subject !== held.member && subject !== household.id) continue;
    for (const month of months) {
      const of = Number(month.slice(0, 4));
      if (of > year && of <= lastYear && addMonths(month, payment) <= programme.months.at(-1)!)
        return 'release';
    }
  }
  return Number(addMonths(programme.period, -payment).slice(0, 4)) > lastYear ? 'lose' : 'wait';
}
