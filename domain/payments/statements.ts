import { type Currency, MINOR_DIGITS, type Minor, minor, parseAmount } from '../kernel/money.ts';
import type { BalanceRecord, EntryRecord, ItemRecord, StatementRecord } from './bank-record.ts';
import type { StatementSummary } from './identities.ts';

type Draft = {
  statement: StatementRecord;
  opening?: BalanceRecord;
  closing?: BalanceRecord;
  entriesMinor: number;
};

/** Opening, entries and closing of every statement that gives both balances; credit is positive, minor units. */
export function statementSummaries(records: Iterable<ItemRecord>): StatementSummary[] {
  const drafts = new Map<number, Draft>();
  for (const record of records) {
    if (record.type === 'statement') drafts.set(record.statement, { statement: record, entriesMinor: 0 });
    else if (record.type === 'balance') {
      const draft = drafts.get(record.statement)!;
      if (record.code === 'OPBD' || (record.code === 'PRCD' && !draft.opening)) draft.opening = record;
      if (record.code === 'CLBD') draft.closing = record;
    } else if (record.type === 'entry' && (record.status === 'BOOK' || record.status === ''))
      drafts.get(record.statement)!.entriesMinor += signed(record);
  }
  const summaries: StatementSummary[] = [];
  for (const { statement, opening, closing, entriesMinor } of drafts.values()) {
    if (!opening || !closing) continue;
    summaries.push({
      account: statement.account,
      id: statement.id,
      ...(statement.sequence && { sequence: statement.sequence }),
      date: closing.date ?? opening.date ?? '',
      openingMinor: minor(signed(opening)),
      entriesMinor: minor(entriesMinor),
      closingMinor: minor(signed(closing)),
    });
  }
  return summaries;
}

/** An amount that its currency cannot hold counts 0 here: the reader has listed it, and the balance will not foot. */
function signed(record: BalanceRecord | EntryRecord): Minor {
  const value =
    record.currency in MINOR_DIGITS ? parseAmount(record.amount, record.currency as Currency) : undefined;
  return minor((value ?? 0) * (record.creditDebit === 'DBIT' ? -1 : 1));
}
