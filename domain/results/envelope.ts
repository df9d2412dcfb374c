import { type Minor, minor } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { SettlementState } from '../records/claim-case.ts';
import type { ContractDefinition } from '../records/contract.ts';
import { parameterTable } from '../records/contract-parameters.ts';

/**
 * What the money cap of a whole contract still leaves after a settlement, in minor units. Undefined where the
 * contract has no such cap, or its limit is not published or depends on who the participant is.
 */
export function envelopeOf(
  contract: ContractDefinition,
  state: Pick<SettlementState, 'caps'>,
  asOf: Day,
): Minor | undefined {
  const cap = contract.caps?.find(
    ({ scope, limit }) => scope === 'contract' && contract.parameters[limit]?.unit === 'money',
  );
  if (!cap) return undefined;
  const limit = parameterTable(contract).resolve(cap.limit, asOf, () => undefined);
  return limit.ok ? minor(Math.max(0, limit.value - (state.caps[cap.id] ?? 0))) : undefined;
}
