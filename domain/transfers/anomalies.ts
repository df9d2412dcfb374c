import { type Month, monthIndex } from '../kernel/period.ts';
import type { Refusal } from '../kernel/result.ts';
import type { Household } from '../records/household.ts';
import type { ANOMALY_KINDS } from '../records/programme/payment.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';

export type AnomalyKind = (typeof ANOMALY_KINDS)[number];
/** Something that stands before the approver: which household, what was found. */
export type Anomaly = {
  readonly kind: AnomalyKind;
  readonly household: string;
  /** What it shares with others, or what was found: a person, an account (masked), a programme, a month. */
  readonly detail: string;
  readonly with?: readonly string[];
};

const mask = (account: string): string => `…${account.slice(-4)}`;
const settingOf = (definition: ProgrammeDefinition, kind: AnomalyKind) =>
  definition.anomalies.find((item) => item.kind === kind);

/** Pairs of key and household, grouped: keys with more households than are normal. */
function shared(
  pairs: Iterable<readonly [key: string, household: string]>,
  tolerate: number,
): [string, string[]][] {
  const homes = new Map<string, Set<string>>();
  for (const [key, household] of pairs) {
    const known = homes.get(key);
    if (known) known.add(household);
    else homes.set(key, new Set([household]));
  }
  return [...homes]
    .filter(([, households]) => households.size > tolerate)
    .map(([key, households]): [string, string[]] => [key, [...households].sort()])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const eachOf = (
  kind: AnomalyKind,
  groups: readonly [string, string[]][],
  say: (key: string) => string,
): Anomaly[] =>
  groups.flatMap(([key, households]) =>
    households.map((household) => ({
      kind,
      household,
      detail: say(key),
      with: households.filter((other) => other !== household),
    })),
  );

/** A person in two households. Pairs are person and household; the caller shards them by person. */
export function peopleInSeveralHouseholds(
  definition: ProgrammeDefinition,
  pairs: Iterable<readonly [person: string, household: string]>,
): Anomaly[] {
  if (!settingOf(definition, 'person_in_two_households')) return [];
  return eachOf('person_in_two_households', shared(pairs, 1), (person) => person);
}

/** One account in more households than the definition tolerates. The account is masked in the detail. */
export function accountsInSeveralHouseholds(
  definition: ProgrammeDefinition,
  pairs: Iterable<readonly [account: string, household: string]>,
): Anomaly[] {
  const setting = settingOf(definition, 'account_in_several_households');
  if (!setting) return [];
  return eachOf('account_in_several_households', shared(pairs, setting.tolerate ?? 1), mask);
}

/** Whether a household is paid by a programme that goes ill with this one, by its attributes. */
export function incompatibleProgrammes(
  definition: ProgrammeDefinition,
  household: Household,
  period: Month,
): Anomaly[] {
  return definition.incompatibilities.flatMap((item): Anomaly[] => {
    const inForce = (item.from ?? period) <= period && period <= (item.until ?? period);
    if (!inForce || item.attribute === undefined || household.attributes[item.attribute] !== true) return [];
    return [{ kind: 'incompatible_programme', household: household.id, detail: item.programme }];
  });
}

/**
 * A household whose registry record is older than the programme allows in this period. Without a recorded
 * month nothing can be said and nothing is reported.
 */
export function recertificationDue(
  definition: ProgrammeDefinition,
  household: Household,
  period: Month,
): Anomaly | undefined {
  const { stay, parameters } = definition;
  if (!stay?.recertifyMonths || !stay.certified || !settingOf(definition, 'recertification_due'))
    return undefined;
  const certified = household.attributes[stay.certified];
  const dated = parameters[stay.recertifyMonths]?.values.find(
    (v) => v.from <= period && period <= (v.until ?? period),
  );
  if (typeof certified !== 'string' || !dated || !('value' in dated)) return undefined;
  const age = monthIndex(period) - monthIndex(certified.slice(0, 7) as Month);
  return age > Number(dated.value)
    ? { kind: 'recertification_due', household: household.id, detail: certified }
    : undefined;
}

/**
 * Leakage: households that are paid although the registry's class or score says that they are not poor. The
 * share is of households, in hundredths of a per cent, so that no fraction is lost.
 */
export function leakage(paid: number, paidNotTargeted: number): { readonly basisPoints: number } {
  return { basisPoints: paid === 0 ? 0 : Math.round((paidNotTargeted * 10_000) / paid) };
}

/** Coverage: of those targeted, how many are paid, in hundredths of a per cent. */
export function coverage(targeted: number, targetedPaid: number): { readonly basisPoints: number } {
  return { basisPoints: targeted === 0 ? 0 : Math.round((targetedPaid * 10_000) / targeted) };
}

/** Refuses ANOMALY_LIMIT where more households than the definition allows show one kind of anomaly. */
export function anomalyLimit(
  definition: ProgrammeDefinition,
  counts: { readonly [K in AnomalyKind]?: number },
  households: number,
): Refusal | undefined {
  for (const { kind, stopAbovePct } of definition.anomalies) {
    const found = counts[kind] ?? 0;
    if (stopAbovePct === undefined || households === 0 || found * 100 <= stopAbovePct * households) continue;
    return {
      code: 'ANOMALY_LIMIT',
      message: `${kind}: ${found} of ${households} households, more than ${stopAbovePct}%`,
      next: 'Look into the list of anomalies; correct the inputs, or have the limit changed in the definition.',
      at: `anomalies.${kind}`,
    };
  }
  return undefined;
}
