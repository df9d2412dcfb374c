import { addMonths, type Month, nextPeriod } from '../kernel/period.ts';
import type { CollectionWindow } from '../payments/unclaimed.ts';
import type { Undelivered } from '../payments/undelivered.ts';
import type { EvidenceRow } from '../records/household.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import type { Values } from './values.ts';

/** How long a household has to collect cash before it lapses; undefined where the programme lets nothing lapse. */
export function collectionWindow(
  { payment: { unclaimed } }: ProgrammeDefinition,
  values: Values,
): CollectionWindow | undefined {
  if (unclaimed.rule !== 'expire') return undefined;
  return unclaimed.days === undefined
    ? { months: values.need(unclaimed.months!) }
    : { days: values.need(unclaimed.days) };
}

/**
 * What the bank's answers say of collecting, as evidence for the condition that a `suspend` programme names: the
 * household did not collect what the cycle before `period` ordered. Nothing where it did, or was ordered nothing;
 * what `known` rows say of it in the same month comes first.
 */
export function collectionEvidence(
  definition: ProgrammeDefinition,
  period: Month,
  household: string,
  undelivered: readonly Undelivered[],
  known: readonly EvidenceRow[],
): EvidenceRow[] {
  const { conditions, frequency, payment } = definition;
  if (payment.unclaimed.rule !== 'suspend') return [];
  const uncollected = undelivered.some(
    ({ why, triedIn }) =>
      why === 'unclaimed' && triedIn !== undefined && nextPeriod(triedIn, frequency) === period,
  );
  if (!uncollected) return [];
  const name = payment.unclaimed.condition;
  const { evidence: kind, window } = conditions.find(({ id }) => id === name)!;
  const row = { subject: household, kind, period: addMonths(period, -window.lagMonths), value: false };
  const said = known.some(
    (one) => one.subject === household && one.kind === kind && one.period === row.period,
  );
  return said ? [] : [{ ...row, source: 'bank' }];
}
