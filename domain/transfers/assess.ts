import { formatAmount, type Minor, minor } from '../kernel/money.ts';
import { type Month, month } from '../kernel/period.ts';
import { ok, Refused, type Result, refuse } from '../kernel/result.ts';
import type { HouseholdState, TransferLine, Verdict } from '../records/household.ts';
import type { Language } from '../records/programme/basics.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import { definitionAt } from './as-of.ts';
import { readCase } from './case.ts';
import { compileProgramme, periodOf } from './compile.ts';
import { verifyCompliance } from './compliance.ts';
import { calculateTransfers, type TransferResult } from './entitlement.ts';
import { explainLine, explainReason, explainVerdict } from './explain.ts';
import type { Fill } from './values.ts';

export type AssessedLine = {
  readonly benefit: string;
  readonly member?: string;
  readonly amount: string;
  readonly outcome: string;
  readonly rule: string;
  readonly cite: string;
  readonly reason: string;
  readonly origin?: string;
};

/** What `cumple assess` answers: amounts are decimals in the programme's currency. */
export type AssessmentAnswer = {
  readonly programme: string;
  readonly period: string;
  readonly eligible: boolean;
  readonly reason: string;
  readonly entitled: string;
  readonly payable: string;
  readonly held: string;
  readonly forfeited: string;
  /** Owed since earlier periods and paid now. */
  readonly arrears: string;
  readonly recovered: string;
  /** payable + arrears - recovered: what the bank is asked to pay. */
  readonly paid: string;
  readonly currency: string;
  readonly lines: readonly AssessedLine[];
  readonly arrearsLines: readonly AssessedLine[];
  readonly lapsedLines: readonly AssessedLine[];
  readonly recoveries: readonly { benefit: string; origin: string; amount: string; id: string }[];
  readonly compliance: readonly {
    condition: string;
    member?: string;
    period: string;
    status: string;
    observed: unknown;
    required: unknown;
    reason: string;
    cite: string;
  }[];
  readonly effects: readonly { step: string; scope: string; member?: string; amount?: string }[];
  readonly state: HouseholdState;
};

function view(
  definition: ProgrammeDefinition,
  household: string,
  period: Month,
  fill: Fill,
  verdicts: readonly Verdict[],
  result: TransferResult,
  lang: Language,
): AssessmentAnswer {
  const amount = (value: number) => formatAmount(value as Minor, definition.currency);
  const line = (item: TransferLine): AssessedLine => ({
    benefit: item.benefit,
    ...(item.member !== undefined && { member: item.member }),
    amount: amount(item.amountMinor),
    outcome: item.outcome,
    rule: explainLine(definitionAt(definition, item.origin ?? period, fill), item, lang),
    cite: item.cite,
    reason: explainReason(definition, item.reason, lang),
    ...(item.origin !== undefined && { origin: item.origin }),
  });
  return {
    programme: definition.id,
    period,
    eligible: result.eligible,
    reason: explainReason(definition, result.reason, lang),
    entitled: amount(result.entitledMinor),
    payable: amount(result.payableMinor),
    held: amount(result.heldMinor),
    forfeited: amount(result.forfeitedMinor),
    arrears: amount(result.arrearsMinor),
    recovered: amount(result.recoveredMinor),
    paid: amount(minor(result.payableMinor + result.arrearsMinor - result.recoveredMinor)),
    currency: definition.currency,
    lines: result.lines.map(line),
    arrearsLines: result.arrears.map(line),
    lapsedLines: result.lapsed.map(line),
    recoveries: result.recoveries.map(({ amountMinor, ...item }) => ({
      ...item,
      amount: amount(amountMinor),
    })),
    compliance: verdicts.map(({ condition, subject, status, observed, required, cite, ...verdict }) => ({
      condition,
      ...(subject !== household && { member: subject }),
      period: verdict.period,
      status,
      observed,
      required,
      reason: explainVerdict(
        definition,
        { condition, subject, status, observed, required, cite, ...verdict },
        lang,
      ),
      cite,
    })),
    effects: result.effects.map(({ step, scope, member, amountMinor }) => ({
      step,
      scope,
      ...(member !== undefined && { member }),
      ...(amountMinor !== undefined && { amount: amount(amountMinor) }),
    })),
    state: result.state,
  };
}

/**
 * One household in the period that `date` lies in. Refuses BAD_INPUT (paths), PERIOD_NOT_PAYABLE,
 * PERIOD_OUT_OF_ORDER (the state is already past that period) and VALUE_NOT_PUBLISHED, the last only where
 * this household needs the value.
 */
export function assessCase(
  definition: ProgrammeDefinition,
  json: unknown,
  lang: Language = 'es',
): Result<AssessmentAnswer> {
  const read = readCase(definition, json);
  if (!read.ok) return read;
  const { household, evidence, exemptions, adjustments, fill, state, date } = read.value;
  const period = periodOf(month(date.slice(0, 7)), definition.frequency, definition.anchorMonth);
  if (state && state.lastPeriod >= period)
    return refuse(
      'PERIOD_OUT_OF_ORDER',
      `the state already includes ${state.lastPeriod}; ${period} is not after it`,
      {
        at: 'state.lastPeriod',
        next: 'Give a later date, or the state from before this period.',
      },
    );
  const compiled = compileProgramme(definition, period, { unpublished: 'when_used', fill });
  if (!compiled.ok) return compiled;
  try {
    const verdicts = verifyCompliance(compiled.value, household, evidence, exemptions, state);
    const result = calculateTransfers(compiled.value, household, verdicts, state, adjustments);
    return ok(view(definition, household.id, period, fill, verdicts, result, lang));
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.refusal };
    throw error;
  }
}
