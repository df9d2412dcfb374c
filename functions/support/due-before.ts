import type { Adjustment, HouseholdState } from '../../domain/records/household.ts';
import { type Cancelled, cancelUndelivered } from '../../domain/transfers/cancel.ts';
import type { CarriedState } from './carried-state.ts';

export type Due = Cancelled & {
  readonly rules: HouseholdState | undefined;
  readonly adjustments: readonly Adjustment[];
};

/**
 * What a household brings into the cycle, what was neither due nor delivered set off against each other. Judging and
 * reckoning both start from here: who did not collect money that was not due has not failed to collect.
 */
export function dueBefore(before: CarriedState | undefined, adjustments: readonly Adjustment[] = []): Due {
  const undelivered = before?.undelivered ?? [];
  const taken = adjustments.filter(({ kind }) => kind === 'recovery');
  const recoveries = [...(before?.rules.recoveries ?? []), ...taken];
  if (!before || recoveries.length === 0 || undelivered.length === 0)
    return { rules: before?.rules, adjustments, recoveries, undelivered, cancelled: [] };
  const due = cancelUndelivered(recoveries, undelivered);
  return {
    ...due,
    rules: { ...before.rules, recoveries: due.recoveries },
    adjustments: adjustments.filter(({ kind }) => kind !== 'recovery'),
  };
}
