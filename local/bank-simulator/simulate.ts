import {
  entriesNet,
  type Statement,
  type StatementEntry,
  writeCamt053,
} from '../../domain/bankfiles/camt053-write.ts';
import { type StatusLine, writePain002 } from '../../domain/bankfiles/pain002-write.ts';
import { sha256 } from '../../domain/kernel/hash.ts';
import { type Minor, minor, sum } from '../../domain/kernel/money.ts';
import { addDays, type Day } from '../../domain/kernel/period.ts';
import type { Instruction } from '../../domain/payments/instruction.ts';
import type { Account } from '../../domain/payments/payable.ts';
import { dayEntries, fundingEntry } from './entries.ts';
import { DEFAULT_RATES, type Outcome, outcomesOf, type Rates } from './outcome.ts';

/** One payment file that the bank received. `load` is asked for again for every report it takes part in. */
export type SentFile = {
  readonly messageId: string;
  readonly paymentInfoIds: { readonly account: string; readonly cash: string };
  readonly load: () => readonly Instruction[] | Promise<readonly Instruction[]>;
};
export type SimulateOptions = {
  readonly seed: number;
  /** Execution day of the payments; every report's time is counted from it. */
  readonly asOf: Day;
  /** The programme's account, that the statements are about. */
  readonly account: Account;
  readonly files: readonly SentFile[];
  readonly rates?: Partial<Rates>;
  /** In the first file, at least one rejected, one returned and one unclaimed payment. */
  readonly everyOutcome?: boolean;
  /** Days from execution until cash that was not picked up goes back. Default 30. */
  readonly cashDays?: number;
  readonly openingMinor?: Minor;
  /** Number of the first statement. Default 1. */
  readonly firstSequence?: number;
  /** Send some files twice and some late. Default true. */
  readonly untidy?: boolean;
};
/** Days that cash waits at a pay point unless the programme says otherwise. */
const DEFAULT_CASH_DAYS = 30;

export type BankDelivery = { readonly name: string; readonly bytes: Uint8Array };

/**
 * A bank that answers payment files as banks do, always the same for the same seed: a pain.002 for each file
 * (accepted, with the rejections listed), statements on the days that follow, pick-ups of cash, returns, and
 * the unclaimed cash back at the end. Balances foot and follow each other. Unless `untidy` is false, status
 * reports of every second file come after its first statement, some deliveries come after the next one, and
 * every fifth comes twice. Works
 * one payment file at a time: memory holds one file and its report, never all. For one machine only.
 */
export async function* simulateBank(options: SimulateOptions): AsyncGenerator<BankDelivery> {
  const untidy = options.untidy ?? true;
  let count = 0;
  let late: BankDelivery | undefined;
  for await (const delivery of inOrder(options)) {
    count += 1;
    if (untidy && late === undefined && count % 4 === 3) {
      late = delivery;
      continue;
    }
    yield delivery;
    if (late) yield late;
    late = undefined;
    if (untidy && count % 5 === 2)
      yield { name: delivery.name.replace(/\.xml$/, '-again.xml'), bytes: delivery.bytes };
  }
  if (late) yield late;
}

/** Days after execution on which there is a statement, and the last of which returns unclaimed cash. */
const daysOf = (options: SimulateOptions): number[] =>
  [...new Set([0, 1, 2, options.cashDays ?? DEFAULT_CASH_DAYS])].sort((a, b) => a - b);

async function* inOrder(options: SimulateOptions): AsyncGenerator<BankDelivery> {
  const book = { balance: options.openingMinor ?? minor(0), sequence: options.firstSequence ?? 1 };
  const untidy = options.untidy ?? true;
  for (const [dayNumber, day] of daysOf(options).entries()) {
    for (const [fileNumber, file] of options.files.entries()) {
      const instructions = await file.load();
      if (instructions.length === 0) continue;
      const outcomes = outcomesOf(
        options.seed,
        { ...DEFAULT_RATES, ...options.rates },
        instructions,
        (options.everyOutcome ?? false) && fileNumber === 0,
      );
      const work = { options, file, fileNumber, instructions, outcomes };
      const late = untidy && fileNumber % 2 === 1;
      if (dayNumber === 0 && !late) yield statusReport(work);
      const delivery = statementOf(work, day, book);
      if (delivery) yield delivery;
      if (dayNumber === 0 && late) yield statusReport(work);
      const pickups = pickupReport(work, day);
      if (pickups) yield pickups;
    }
  }
}

type Work = {
  readonly options: SimulateOptions;
  readonly file: SentFile;
  readonly fileNumber: number;
  readonly instructions: readonly Instruction[];
  readonly outcomes: readonly Outcome[];
};

const encode = (name: string, chunks: Iterable<string>): BankDelivery => ({
  name,
  bytes: Buffer.concat([...chunks].map((chunk) => Buffer.from(chunk, 'utf8'))),
});
/** A reference of at most 35 characters that depends on what it names only. */
const reference = (prefix: string, ...parts: (string | number)[]): string =>
  `${prefix}${sha256(parts.join('|')).slice(0, 20).toUpperCase()}`;
const pad = (value: number): string => String(value + 1).padStart(4, '0');

function originalOf(work: Work) {
  const { instructions, file } = work;
  return {
    messageId: file.messageId,
    count: instructions.length,
    sumMinor: sum(instructions.map((item) => item.amountMinor)),
    currency: instructions[0]!.currency,
  };
}

/** PART where something was rejected, and then every payment listed; ACSP for the whole file otherwise. */
function statusReport(work: Work): BankDelivery {
  const { options, file, instructions, outcomes } = work;
  const rejected = outcomes.some((outcome) => outcome.kind === 'rejected');
  const payments = (['account', 'cash'] as const).flatMap((method) => {
    const lines = instructions.flatMap((item, index): StatusLine[] => {
      if (item.method !== method || !rejected) return [];
      const outcome = outcomes[index]!;
      const { endToEndId, uetr, amountMinor } = item;
      if (outcome.kind === 'rejected')
        return [{ endToEndId, uetr, amountMinor, status: 'RJCT', reasonCode: outcome.reason }];
      return [{ endToEndId, uetr, amountMinor, status: 'ACSP', servicerRef: reference('T', endToEndId) }];
    });
    if (lines.length === 0) return [];
    const partial = lines.some((line) => line.status === 'RJCT');
    return [{ paymentInfoId: file.paymentInfoIds[method], status: partial ? 'PART' : 'ACSP', lines }];
  });
  const report = {
    messageId: reference('STS', file.messageId),
    createdAt: `${options.asOf}T06:00:00Z`,
    original: originalOf(work),
    groupStatus: rejected ? 'PART' : 'ACSP',
    payments,
  };
  return encode(`pain002-${pad(work.fileNumber)}-${options.asOf}.xml`, writePain002(report));
}

function pickupReport(work: Work, day: number): BankDelivery | undefined {
  const { options, file, instructions, outcomes } = work;
  const lines = instructions.flatMap((item, index) => {
    const outcome = outcomes[index]!;
    if (outcome.kind !== 'picked_up' || outcome.afterDays !== day) return [];
    const { endToEndId, uetr, amountMinor } = item;
    return [{ endToEndId, uetr, amountMinor, status: 'CPUC', servicerRef: reference('T', endToEndId) }];
  });
  if (lines.length === 0) return undefined;
  const date = addDays(options.asOf, day);
  const report = {
    messageId: reference('CPU', file.messageId, day),
    createdAt: `${date}T19:00:00Z`,
    original: originalOf(work),
    payments: [{ paymentInfoId: file.paymentInfoIds.cash, lines }],
  };
  return encode(`pain002-${pad(work.fileNumber)}-${date}-cash.xml`, writePain002(report));
}

function statementOf(
  work: Work,
  day: number,
  book: { balance: Minor; sequence: number },
): BankDelivery | undefined {
  const { options, file, instructions, outcomes } = work;
  const entries: StatementEntry[] = dayEntries(
    { file, instructions, outcomes, cashDays: options.cashDays ?? DEFAULT_CASH_DAYS },
    day,
    reference,
  );
  if (day === 0) entries.unshift(fundingEntry(originalOf(work).sumMinor, reference('F', file.messageId)));
  if (entries.length === 0) return undefined;
  const date = addDays(options.asOf, day);
  const { currency } = instructions[0]!;
  const statement: Statement = {
    messageId: reference('MSG', file.messageId, day),
    createdAt: `${date}T20:00:00Z`,
    id: `${date.replaceAll('-', '')}-${book.sequence}`,
    sequence: book.sequence,
    account: options.account,
    currency,
    date,
    openingMinor: book.balance,
    entries,
  };
  book.balance = minor(book.balance + entriesNet(entries));
  book.sequence += 1;
  return encode(
    `camt053-${String(statement.sequence).padStart(5, '0')}-${date}.xml`,
    writeCamt053(statement),
  );
}
