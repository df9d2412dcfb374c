import type { Ports } from '../../../adapters/ports.ts';
import { type Currency, formatAmount, minor } from '../../../domain/kernel/money.ts';
import { LATE_EFFECTS, type LateAnswer, type LateEffect } from '../../../domain/payments/late.ts';
import type { CycleRef, FrozenInputs } from '../cycle.ts';
import { lateLines } from '../late/lines.ts';
import { type Column, csv } from './csv.ts';
import type { Bilingual, CountAndAmount, CycleReport } from './cycle-report.ts';
import { reasonText } from './reason-texts.ts';
import { BANK_STATE_WORDS } from './words.ts';

/** What a late answer does to the money, in words. */
export const LATE_WORDS: Readonly<Record<LateEffect, Bilingual>> = {
  arrived: { es: 'Llegó: ya no está pendiente', en: 'It arrived: no longer pending' },
  owed: { es: 'Se debe de nuevo: se ordena otra vez', en: 'Owed again: it is ordered again' },
  lapsed: { es: 'Venció sin cobrarse: ya no se debe', en: 'Lapsed uncollected: no longer owed' },
  in_doubt: {
    es: 'En duda: no se ordena hasta que el banco aclare',
    en: 'In doubt: not ordered until the bank explains',
  },
  too_late: {
    es: 'No cambia nada: ya se ordenó otra vez, venció o se compensó; se aclara con el banco',
    en: 'Nothing changes: it was ordered again, lapsed or was set off; to be settled with the bank',
  },
};

const COLUMNS: readonly Column<LateAnswer>[] = [
  { name: 'end_to_end_id', kind: 'plain', value: ({ line }) => line.endToEndId },
  { name: 'cycle', kind: 'plain', value: ({ line }) => line.cycle },
  { name: 'payee_kind', kind: 'plain', value: ({ line }) => line.payeeKind },
  { name: 'payee_id', kind: 'text', value: ({ line }) => line.payeeId },
  { name: 'territory', kind: 'text', value: ({ line }) => line.territory },
  { name: 'purpose', kind: 'plain', value: ({ line }) => line.purpose },
  { name: 'attempt', kind: 'plain', value: ({ line }) => line.attempt },
  { name: 'method', kind: 'plain', value: ({ line }) => line.method },
  { name: 'amount', kind: 'plain', value: ({ line }) => formatAmount(line.amountMinor, line.currency) },
  { name: 'currency', kind: 'plain', value: ({ line }) => line.currency },
  { name: 'before', kind: 'plain', value: ({ before }) => before },
  { name: 'before_es', kind: 'plain', value: ({ before }) => BANK_STATE_WORDS[before].es },
  { name: 'state', kind: 'plain', value: ({ line }) => line.state },
  { name: 'state_es', kind: 'plain', value: ({ line }) => BANK_STATE_WORDS[line.state].es },
  { name: 'bank_status', kind: 'plain', value: ({ line }) => line.bankStatus },
  { name: 'debit_date', kind: 'plain', value: ({ line }) => line.debitDate },
  { name: 'return_date', kind: 'plain', value: ({ line }) => line.returnDate },
  { name: 'picked_up_date', kind: 'plain', value: ({ line }) => line.pickedUpDate },
  { name: 'reason_code', kind: 'text', value: ({ line }) => line.reasonCode },
  { name: 'reason_es', kind: 'text', value: ({ line }) => reasonText(line.reasonCode)?.es },
  { name: 'reason_en', kind: 'text', value: ({ line }) => reasonText(line.reasonCode)?.en },
  { name: 'effect', kind: 'plain', value: ({ effect }) => effect },
  { name: 'effect_es', kind: 'text', value: ({ effect }) => LATE_WORDS[effect].es },
  { name: 'effect_en', kind: 'text', value: ({ effect }) => LATE_WORDS[effect].en },
];

/** Every answer that came after its cycle had closed: the payment, what it was, what it is, and what that does. */
export const lateCsv = (rows: AsyncIterable<LateAnswer>): AsyncGenerator<Uint8Array> =>
  csv(COLUMNS, rows, { bom: true });

/** The late answers that a cycle took, lane by lane. */
export async function* lateAnswers(
  ports: Ports,
  cycle: CycleRef,
  inputs: FrozenInputs,
): AsyncGenerator<LateAnswer> {
  for (const shard of inputs.lateReports?.lanes ?? [])
    for (const { answers } of await lateLines(ports, inputs, { ...cycle, shard })) yield* answers;
}

/** Counts late answers while they stream into their CSV, so that page and file say the same. */
export function lateCounter(currency: Currency, reports: number) {
  const sums = Object.fromEntries(LATE_EFFECTS.map((effect) => [effect, { count: 0, sumMinor: 0 }])) as {
    [E in LateEffect]: { count: number; sumMinor: number };
  };
  return {
    async *count(answers: AsyncIterable<LateAnswer>): AsyncGenerator<LateAnswer> {
      for await (const answer of answers) {
        sums[answer.effect].count += 1;
        sums[answer.effect].sumMinor += answer.line.amountMinor;
        yield answer;
      }
    },
    figures: (): NonNullable<CycleReport['late']> => ({
      reports,
      effects: Object.fromEntries(
        LATE_EFFECTS.map((effect) => [
          effect,
          { count: sums[effect].count, amount: formatAmount(minor(sums[effect].sumMinor), currency) },
        ]),
      ) as Record<LateEffect, CountAndAmount>,
    }),
  };
}
