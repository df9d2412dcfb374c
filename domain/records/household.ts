import type { Minor } from '../kernel/money.ts';
import type { Day, Month } from '../kernel/period.ts';
import type { ExemptionKind } from './programme/condition.ts';

/** What a registry may say: a text, a number or yes/no. Money attributes are decimals ("200.50") or numbers. */
export type AttributeValue = string | number | boolean;
export type Attributes = { readonly [name: string]: AttributeValue };

export type Member = {
  readonly id: string;
  readonly birthDate?: Day;
  readonly sex?: 'F' | 'M';
  readonly grade?: number;
  readonly relationship?: string;
  readonly attributes: Attributes;
};

export type Payee = {
  readonly memberId?: string;
  readonly name: string;
  readonly documentId?: string;
  readonly account?: string;
  readonly channel: 'account' | 'cash';
  readonly payPoint?: string;
};

/** One household of a frozen roster. */
export type Household = {
  readonly id: string;
  readonly territory: string;
  readonly attributes: Attributes;
  readonly members: readonly Member[];
  readonly payee?: Payee;
};

/** A sourced, dated fact about a member, or about a household where `subject` is the household's id. */
export type EvidenceRow = {
  readonly subject: string;
  readonly kind: string;
  readonly period: Month;
  readonly value: AttributeValue;
  readonly source?: string;
};

/** Why somebody is excused from a condition for these months, both included. */
export type Exemption = {
  readonly subject: string;
  readonly condition: string;
  readonly kind: ExemptionKind;
  readonly from: Month;
  readonly until: Month;
  readonly reason: string;
};

export const VERDICT_STATUSES = ['compliant', 'non_compliant', 'exempt', 'unverified'] as const;
export type VerdictStatus = (typeof VERDICT_STATUSES)[number];

/**
 * The decision on one condition for one subject. `reason` is a code that `explainVerdict` turns into a
 * sentence: MET, NOT_MET, NO_EVIDENCE, WAIVER, NO_SUPPLY_TRACK or EXEMPT:<kind>.
 */
export type Verdict = {
  readonly condition: string;
  readonly subject: string;
  /** The month judged, or the first month of the period where the condition is judged once a period. */
  readonly period: Month;
  readonly status: VerdictStatus;
  readonly observed: AttributeValue | null;
  readonly required: AttributeValue | null;
  readonly reason: string;
  readonly cite: string;
};

export type LineOutcome = 'payable' | 'held' | 'forfeited';

/** Why a line is what it is; `explainLine` turns it into a sentence. */
export type TransferLine = {
  readonly benefit: string;
  readonly member?: string;
  readonly amountMinor: Minor;
  readonly outcome: LineOutcome;
  /** How many units (months, persons) the amount has, where that helps to read it. */
  readonly count?: number;
  readonly rule: string;
  readonly cite: string;
  readonly reason: string;
  /** The period that first held or owed this money, where it is not the present one. */
  readonly origin?: Month;
};

export type Effect = {
  readonly step: string;
  readonly scope: 'household' | 'member' | 'benefit';
  readonly member?: string;
  readonly amountMinor?: Minor;
  readonly rule: string;
};

/** Money kept back, until evidence, a certificate or the next instalment releases it. */
export type HeldMoney = {
  readonly benefit: string;
  readonly member?: string;
  readonly origin: Month;
  readonly amountMinor: Minor;
  /** `unverified`: waits for evidence; `blocked`: for the next instalment; `retained`: for a certificate. */
  readonly why: 'unverified' | 'blocked' | 'retained';
  /** The verdicts that must turn out well before unverified money is paid. */
  readonly waitsFor?: readonly Awaited[];
};

/** A verdict that is still missing: condition, subject and the month that it judges. */
export type Awaited = { readonly condition: string; readonly subject: string; readonly period: Month };

export type LadderState = {
  /** Number of the rung reached, 1 for the first. */
  readonly step: number;
  readonly lastEffect: Month;
  /** Instalments that the step's effect still touches, this one not counted. */
  readonly pending: number;
  /** Number of the rung that they are of, where the ladder has begun again below it since. */
  readonly pendingOf?: number;
  /** First month of an unbroken stay on the present rung. */
  readonly since?: Month;
  /** Periods with a failure, newest last, at most twelve months back. */
  readonly failures?: readonly Month[];
  /** Conditions failed last, where only an unbroken run of failures counts. */
  readonly failed?: readonly string[];
};

/** An approved change that is not of this period: linked to the cycle and line it corrects. */
export type Adjustment = {
  readonly id: string;
  readonly kind: 'arrears' | 'recovery';
  readonly benefit: string;
  readonly member?: string;
  readonly amountMinor: Minor;
  readonly origin: Month;
  readonly reason: string;
  readonly cite: string;
};

/** What a household carries from one period to the next: small, plain JSON. */
export type HouseholdState = {
  readonly lastPeriod: Month;
  readonly firstPeriod: Month;
  /** Months in the programme up to and including the last period. */
  readonly months: number;
  /** `out`: not eligible in the last period; `exited`: ended by a ladder. */
  readonly status: 'active' | 'out' | 'exited';
  readonly held?: readonly HeldMoney[];
  readonly ladders?: { readonly [key: string]: LadderState };
  /** Months or periods already paid, by `benefit`, `benefit|member` or with `|YYYY`. */
  readonly counts?: { readonly [key: string]: number };
  /** Months that a modifier has run. */
  readonly modifiers?: { readonly [id: string]: number };
  /** First month of a modifier, where months without payment since make it another than counting back gives. */
  readonly modifiersSince?: { readonly [id: string]: Month };
  /** Advances paid, by benefit and year. */
  readonly advances?: { readonly [key: string]: number };
  /** Yearly certificates presented, by subject, whose payment is still to come. */
  readonly certificates?: { readonly [subject: string]: readonly Month[] };
  /** Overpayments still to be taken off. */
  readonly recoveries?: readonly Adjustment[];
};
