import type { StatementDetail, StatementEntry } from '../../domain/bankfiles/camt053-write.ts';
import { transliterate } from '../../domain/bankfiles/characters.ts';
import { type Minor, sum } from '../../domain/kernel/money.ts';
import type { Instruction } from '../../domain/payments/instruction.ts';
import type { Outcome } from './outcome.ts';

type FileOutcomes = {
  readonly file: {
    readonly messageId: string;
    readonly paymentInfoIds: { readonly account: string; readonly cash: string };
  };
  readonly instructions: readonly Instruction[];
  readonly outcomes: readonly Outcome[];
  readonly cashDays: number;
};
type Reference = (prefix: string, ...parts: (string | number)[]) => string;

/** What a bank books for one payment file on one day after execution: batch debits first, returns later. */
export function dayEntries(work: FileOutcomes, day: number, reference: Reference): StatementEntry[] {
  return day === 0 ? debits(work, reference) : returns(work, day, reference);
}

/** The money that the treasury puts into the account for a payment file. */
export const fundingEntry = (amountMinor: Minor, servicerRef: string): StatementEntry => ({
  amountMinor,
  creditDebit: 'CRDT',
  servicerRef,
  family: 'RCDT',
  subFamily: 'DMCT',
  details: [],
});

const detailOf = (item: Instruction, prefix: string, reference: Reference): StatementDetail => ({
  endToEndId: item.endToEndId,
  uetr: item.uetr,
  servicerRef: reference(prefix, item.endToEndId),
  amountMinor: item.amountMinor,
  counterparty: transliterate(item.creditorName, 'swift') || '.',
});

/** One batch entry for each payment group, with all its transactions that were not rejected. */
function debits(work: FileOutcomes, reference: Reference): StatementEntry[] {
  const { file, instructions, outcomes } = work;
  return (['account', 'cash'] as const).flatMap((method) => {
    const details = instructions.flatMap((item, index) =>
      item.method === method && outcomes[index]!.kind !== 'rejected' ? [detailOf(item, 'T', reference)] : [],
    );
    if (details.length === 0) return [];
    const paymentInfoId = file.paymentInfoIds[method];
    return [
      {
        amountMinor: sum(details.map((detail) => detail.amountMinor)),
        creditDebit: 'DBIT' as const,
        servicerRef: reference('B', file.messageId, paymentInfoId),
        family: 'ICDT' as const,
        subFamily: 'DMCT' as const,
        batch: { messageId: file.messageId, paymentInfoId },
        details,
      },
    ];
  });
}

/** One entry for each returned payment, and on the last day one for each that nobody picked up (NOAS). */
function returns(work: FileOutcomes, day: number, reference: Reference): StatementEntry[] {
  return work.instructions.flatMap((item, index) => {
    const outcome = work.outcomes[index]!;
    const reason =
      outcome.kind === 'returned' && outcome.afterDays === day
        ? outcome.reason
        : outcome.kind === 'unclaimed' && day === work.cashDays
          ? 'NOAS'
          : undefined;
    if (reason === undefined) return [];
    const detail = { ...detailOf(item, 'R', reference), returnReason: reason };
    return [
      {
        amountMinor: item.amountMinor,
        creditDebit: 'CRDT' as const,
        servicerRef: detail.servicerRef,
        family: 'ICDT' as const,
        subFamily: 'RRTN' as const,
        details: [detail],
      },
    ];
  });
}
