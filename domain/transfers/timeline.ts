import { formatAmount, minor } from '../kernel/money.ts';
import type { Month } from '../kernel/period.ts';
import type { Verdict } from '../records/household.ts';
import type { Language } from '../records/programme/basics.ts';
import type { ProgrammeDefinition } from '../records/programme.ts';
import type { TransferResult } from './entitlement.ts';
import { explainEffect, explainReason, explainVerdict } from './explain.ts';

/** One period of a household's history, ready to be shown. */
export type TimelineEntry = {
  readonly period: Month;
  readonly status: string;
  readonly entitled: string;
  readonly payable: string;
  readonly held: string;
  readonly forfeited: string;
  readonly arrears: string;
  readonly recovered: string;
  /** What happened, in sentences: failures, effects, money of earlier periods. */
  readonly events: readonly string[];
};

export type TimelinePeriod = {
  readonly period: Month;
  readonly verdicts: readonly Verdict[];
  readonly result: Omit<TransferResult, 'state'>;
  /** Recoveries met by not ordering again what had not arrived. */
  readonly cancelled?: TransferResult['recoveries'];
};

/** A year (or any run) of cycles of one household as a timeline, oldest first, amounts as decimals. */
export function timeline(
  definition: ProgrammeDefinition,
  periods: readonly TimelinePeriod[],
  lang: Language,
): TimelineEntry[] {
  const { currency } = definition;
  const money = (amount: TransferResult['payableMinor']) => formatAmount(amount, currency);
  return [...periods]
    .sort((a, b) => (a.period < b.period ? -1 : 1))
    .map(({ period, verdicts, result, cancelled = [] }) => ({
      period,
      status: explainReason(definition, result.reason, lang),
      entitled: money(result.entitledMinor),
      payable: money(result.payableMinor),
      held: money(result.heldMinor),
      forfeited: money(result.forfeitedMinor),
      arrears: money(result.arrearsMinor),
      recovered: money(result.recoveredMinor),
      events: [
        ...verdicts
          .filter(({ status }) => status !== 'compliant')
          .map((verdict) => {
            // What is judged by month, and what an earlier period still waited for, would otherwise read as said twice.
            const when = verdict.period === period ? '' : ` (${verdict.period})`;
            return `${verdict.subject}${when} — ${explainVerdict(definition, verdict, lang)}`;
          }),
        ...result.effects.map((effect) => explainEffect(definition, effect, lang)),
        ...[...result.arrears, ...result.lapsed].map(
          (line) =>
            `${line.origin}: ${money(line.amountMinor)} — ${explainReason(definition, line.reason, lang)}`,
        ),
        ...result.recoveries.map(
          ({ id, origin, amountMinor }) =>
            `${origin}: -${formatAmount(minor(amountMinor), currency)} — ${lang === 'es' ? 'recuperación' : 'recovery'} ${id}`,
        ),
        ...cancelled.map(
          ({ id, origin, amountMinor }) =>
            `${origin}: -${formatAmount(minor(amountMinor), currency)} — ${lang === 'es' ? 'no llegó y no se vuelve a ordenar' : 'did not arrive and is not ordered again'}: ${id}`,
        ),
      ],
    }));
}
