import { z } from 'zod';
import { formatAmount, minor } from '../../domain/kernel/money.ts';
import { RECONCILED_STATES } from '../../domain/payments/reconciled-line.ts';
import { type TimelineEntry, timeline } from '../../domain/transfers/timeline.ts';
import type { HistoryPeriod } from './history.ts';
import { MonthText } from './http/page.ts';

const Said = z.strictObject({ es: z.string(), en: z.string() });
const Amount = z.string().regex(/^-?\d+(\.\d+)?$/);
/** Money of an earlier cycle: which, and of which line. */
const Earlier = z.strictObject({
  origin: MonthText,
  benefit: z.string(),
  member: z.string().optional(),
  amount: Amount,
});

/** One closed cycle of a household: what it was owed, what became of it and why. Amounts are decimals of `currency`. */
export const HistoryView = z.strictObject({
  period: MonthText,
  currency: z.string(),
  status: Said,
  entitled: Amount,
  payable: Amount,
  held: Amount,
  forfeited: Amount,
  recovered: Amount,
  events: z.strictObject({ es: z.array(z.string()), en: z.array(z.string()) }),
  /** With the correction that moved it, `CORRECTION:CYCLE|BENEFIT|MEMBER`. */
  arrears: z.array(Earlier.extend({ correction: z.string().optional() })),
  recoveries: z.array(Earlier.extend({ id: z.string() })),
  /** Recoveries met by not ordering again what had not arrived. */
  cancelled: z.array(Earlier.extend({ id: z.string() })),
  /** Why the money was held although it was owed: the payee cannot be paid as registered. */
  payeeHeld: z.string().optional(),
  payments: z.array(
    z.strictObject({
      endToEndId: z.string(),
      purpose: z.string(),
      amount: Amount,
      state: z.enum(RECONCILED_STATES),
      reasonCode: z.string().optional(),
    }),
  ),
});
export type HistoryView = z.input<typeof HistoryView>;

/** A period of a household's history in sentences of one language. */
export const historyEntry = (period: HistoryPeriod, lang: 'es' | 'en'): TimelineEntry =>
  timeline(period.definition, [period], lang)[0]!;

/** A period of a household's history as data, its sentences in both languages. */
export function historyView(period: HistoryPeriod): HistoryView {
  const { definition, result, payeeFault, cancelled = [] } = period;
  const { arrears: _sum, events, status, ...figures } = historyEntry(period, 'es');
  const en = historyEntry(period, 'en');
  return {
    ...figures,
    currency: definition.currency,
    status: { es: status, en: en.status },
    events: { es: [...events], en: [...en.events] },
    arrears: result.arrears.map(({ rule, ...line }) => ({
      ...earlier(period, line),
      ...(rule.startsWith('correction:') && { correction: rule.slice('correction:'.length) }),
    })),
    recoveries: result.recoveries.map(({ id, ...line }) => ({ ...earlier(period, line), id })),
    cancelled: cancelled.map(({ id, ...line }) => ({ ...earlier(period, line), id })),
    ...(payeeFault && { payeeHeld: payeeFault }),
    payments: period.payments.map(({ endToEndId, purpose, amountMinor, state, reasonCode }) => ({
      endToEndId,
      purpose,
      amount: formatAmount(amountMinor, definition.currency),
      state,
      ...(reasonCode && { reasonCode }),
    })),
  };
}

type Line = Pick<
  HistoryPeriod['result']['recoveries'][number],
  'origin' | 'benefit' | 'member' | 'amountMinor'
>;
const earlier = ({ definition }: HistoryPeriod, { origin, benefit, member, amountMinor }: Line) => ({
  origin,
  benefit,
  ...(member !== undefined && { member }),
  amount: formatAmount(minor(amountMinor), definition.currency),
});
