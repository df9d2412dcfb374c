import { formatAmount, minor } from '../kernel/money.ts';
import { type Month, monthIndex } from '../kernel/period.ts';
import type { Refusal } from '../kernel/result.ts';
import type { Household } from '../records/household.ts';
import type { ANOMALY_KINDS } from '../records/programme/payment.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import type { PayeeLine } from './payee.ts';

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

/** One account in more households than the definition tolerates. The account is masked in the detail. */
export function accountsInSeveralHouseholds(
  definition: ProgrammeDefinition,
  pairs: Iterable<readonly [account: string, household: string]>,
): Anomaly[] {
  const setting = settingOf(definition, 'account_in_several_households');
  if (!setting) return [];
  return shared(pairs, setting.tolerate ?? 1).flatMap(([account, households]) =>
    households.map((household) => ({
      kind: 'account_in_several_households',
      household,
      detail: mask(account),
      with: households.filter((other) => other !== household),
    })),
  );
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
 * Whether what a cycle orders for a household differs from the last closed cycle by more than the definition
 * tolerates (a percentage; none stated means none tolerated). Amounts are minor units. Who was ordered nothing
 * before has no base to compare with: that is a household that came in, not a change.
 */
export function amountChange(
  definition: ProgrammeDefinition,
  household: string,
  beforeMinor: number,
  nowMinor: number,
): Anomaly | undefined {
  const setting = settingOf(definition, 'amount_change');
  if (!setting || beforeMinor <= 0) return undefined;
  const above =
    BigInt(Math.abs(nowMinor - beforeMinor)) * MILLION > millionths(setting.tolerate ?? 0, beforeMinor);
  if (!above) return undefined;
  const money = (value: number) => formatAmount(minor(value), definition.currency);
  return {
    kind: 'amount_change',
    household,
    detail: `${money(beforeMinor)} before, ${money(nowMinor)} now`,
  };
}

/**
 * Whether the roster pays somebody whom the programme's order does not name: another member stands before. Nothing is
 * said where the roster does not tell which member is paid.
 */
export function payeeOutOfOrder(household: Household, line: PayeeLine | undefined): Anomaly | undefined {
  const paid = household.payee?.memberId;
  if (!line || paid === undefined || line.members.some(({ id }) => id === paid)) return undefined;
  return {
    kind: 'payee_out_of_order',
    household: household.id,
    detail: `${paid} is paid, the order names ${line.members.map(({ id }) => id).join(', ')}`,
  };
}

/** Whether the roster pays a household in a way that the programme's rule does not give it. */
export function channelOutOfRule(
  household: Household,
  channels: readonly ('account' | 'cash')[],
): Anomaly | undefined {
  const channel = household.payee?.channel;
  if (channel === undefined || channels.length === 0 || channels.includes(channel)) return undefined;
  return {
    kind: 'channel_out_of_rule',
    household: household.id,
    detail: `paid by ${channel}, the rule says ${channels.join(' or ')}`,
  };
}

/**
 * Leakage: of the payees, how many fail the eligibility rule of the period that they are paid in, in hundredths
 * of a per cent, so that no fraction is lost.
 */
export function leakage(paid: number, paidNotTargeted: number): { readonly basisPoints: number } {
  return { basisPoints: basisPoints(paidNotTargeted, paid) };
}

/** Coverage: of those who meet the eligibility rule, how many are paid, in hundredths of a per cent. */
export function coverage(targeted: number, targetedPaid: number): { readonly basisPoints: number } {
  return { basisPoints: basisPoints(targetedPaid, targeted) };
}

/** A part of a whole in hundredths of a per cent: half up, in integers; of nothing, 0. */
export const basisPoints = (part: number, whole: number): number =>
  whole === 0 ? 0 : Number((BigInt(part) * 20_000n + BigInt(whole)) / (2n * BigInt(whole)));

const MILLION = 1_000_000n;
/** `pct` per cent of `whole`, in millionths: 0.57 % of 10,000 is 57 and not 56.999…, so a limit is reached exactly. */
const millionths = (pct: number, whole: number): bigint => BigInt(Math.round(pct * 10_000)) * BigInt(whole);

/** How often a kind was found, and among how many: households, or checks for `unverified_share`. */
export type AnomalyCount = { readonly found: number; readonly of: number };
export type AnomalyCounts = { readonly [K in AnomalyKind]?: AnomalyCount };

/** What a count of this kind stands among. */
export const countedAmong = (kind: AnomalyKind): 'households' | 'checks' =>
  kind === 'unverified_share' ? 'checks' : 'households';

/**
 * Refuses ANOMALY_LIMIT where one kind of anomaly is found more often than the definition allows: names the kind,
 * the count and the limit. At the limit the cycle goes on. Of several kinds the first that the definition lists.
 */
export function anomalyLimit(definition: ProgrammeDefinition, counts: AnomalyCounts): Refusal | undefined {
  for (const { kind, stopAbovePct } of definition.anomalies) {
    const { found, of } = counts[kind] ?? { found: 0, of: 0 };
    if (stopAbovePct === undefined || BigInt(found) * MILLION <= millionths(stopAbovePct, of)) continue;
    return {
      code: 'ANOMALY_LIMIT',
      message: `${kind}: ${found} found among ${of} ${countedAmong(kind)}, limit ${stopAbovePct} %`,
      next: 'Look into the published list of exceptions; correct the inputs and open the cycle again with them, or have the limit changed in a new version of the definition.',
      at: `anomalies.${kind}`,
    };
  }
  return undefined;
}
