import { type Currency, formatAmount, minor } from '../../../domain/kernel/money.ts';
import type { Day } from '../../../domain/kernel/period.ts';
import type { SettlementState } from '../../../domain/records/claim-case.ts';
import type { ContractDefinition } from '../../../domain/records/contract.ts';
import { envelopeOf } from '../../../domain/results/envelope.ts';

/** A contract since its start, as the carried settlement state has it: what was taken back is not in it any more. */
export type TotalsSince = {
  readonly asOf: string;
  readonly outcomes: number;
  readonly reversed: number;
  readonly earned: string;
  readonly withheld: string;
  /** Advances that were not recovered yet. */
  readonly advance: string;
  readonly owed: string;
  readonly payable: string;
  readonly remaining: string;
};

export function totalsSince(
  state: SettlementState,
  contract: ContractDefinition | undefined,
  currency: Currency,
): TotalsSince {
  const text = (amount: number) => formatAmount(minor(amount), currency);
  const paid = Object.values(state.paid).flatMap((milestones) => Object.values(milestones));
  const performance = Object.values(state.performance).reduce((total, amount) => total + amount, 0);
  const remaining = contract && envelopeOf(contract, state, state.asOf as Day);
  return {
    asOf: state.asOf,
    outcomes: paid.length,
    reversed: Object.keys(state.reversed).length,
    earned: text(paid.reduce((total, { earned }) => total + earned, performance)),
    withheld: text(paid.reduce((total, { held }) => total + held, 0)),
    advance: text(state.advance.paid - state.advance.recovered),
    owed: text(state.owed),
    payable: text(state.payable),
    remaining: remaining === undefined ? '' : text(remaining),
  };
}
