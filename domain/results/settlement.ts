import type { Currency, Minor } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { Refusal } from '../kernel/result.ts';
import type { SettlementState } from '../records/claim-case.ts';
import type { CapUse } from './caps.ts';
import type { Recovery } from './clawback.ts';
import type { StratumDecision } from './deduction.ts';
import type { Refused } from './earn.ts';
import type { Check } from './performance.ts';

export const LINE_KINDS = [
  'outcome',
  'performance',
  'release',
  'advance',
  'deduction',
  'advance_recovery',
  'clawback',
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** One reasoned line of a disbursement: earned = amount + withheld + capped on outcome and performance lines. */
export type DisbursementLine = {
  readonly kind: LineKind;
  readonly participant?: string;
  /** The milestone, or the rule that moved the money. */
  readonly milestone: string;
  readonly key: string;
  readonly outcomeOn?: Day;
  readonly priceMinor: Minor;
  readonly earnedMinor: Minor;
  readonly cappedMinor: Minor;
  readonly cappedBy?: string;
  readonly withheldMinor: Minor;
  /** What this line adds to the payment; negative where it takes away. */
  readonly amountMinor: Minor;
  readonly rule: string;
  readonly cite: string;
};

/** Totals of one settlement, in minor units; the two identities that `totalsOf` asserts. */
export type SettlementTotals = {
  readonly earned: Minor;
  readonly capped: Minor;
  readonly withheld: Minor;
  readonly released: Minor;
  readonly advance: Minor;
  readonly deducted: Minor;
  readonly advanceRecovered: Minor;
  readonly clawedBack: Minor;
  readonly payable: Minor;
};

export type Settlement = {
  readonly contract: string;
  readonly version: string;
  readonly provider: string;
  readonly date: Day;
  readonly currency: Currency;
  readonly lines: readonly DisbursementLine[];
  readonly refused: readonly Refused[];
  readonly pending: readonly Refused[];
  readonly caps: readonly CapUse[];
  readonly checks: readonly Check[];
  readonly strata: readonly StratumDecision[];
  /** What became owed by the provider in this settlement. */
  readonly recoveries: readonly Recovery[];
  readonly owed: Minor;
  readonly warnings: readonly string[];
  readonly ignored: readonly string[];
  readonly totals: SettlementTotals;
  readonly state: SettlementState;
};

/** A settlement that could not be made, with what was verified all the same. */
export type SettlementRefusal = Refusal & {
  /** Parameters that were never published and that this settlement needs. */
  readonly parameters?: readonly string[];
  readonly issues?: readonly { readonly code: string; readonly path?: string; readonly message: string }[];
  readonly verified?: readonly {
    readonly participant: string;
    readonly outcome: string;
    readonly on: Day;
    readonly observed: string;
    readonly required: string;
  }[];
  readonly refused?: readonly Refused[];
};
