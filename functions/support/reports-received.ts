import type { Item, Key, Ports, Write } from '../../adapters/ports.ts';
import { hashOf } from '../../domain/kernel/hash.ts';
import type { Month } from '../../domain/kernel/period.ts';
import { rowsOf } from './claims/list.ts';
import { bulk, type CycleRef, cyclePk, type ReportSet } from './cycle.ts';
import { readJson, writeOnce } from './jsonl.ts';

/**
 * What became of a report. LATE: the window of its cycle had ended, and it waits for the next cycle. HELD: nothing of it
 * is used until the bank explains it. REFUSED: it cannot be read.
 */
export type ReportStatus = 'ACCEPTED' | 'LATE' | 'HELD' | 'REFUSED';

/** How a report was received, once and for all: the same bytes again get the same answer. */
export type Receipt = {
  readonly programme: string;
  /** The cycle that it belongs to. */
  readonly period: Month;
  readonly hash: string;
  readonly name: string;
  readonly status: ReportStatus;
  /** Lanes of its cycle that it speaks of. */
  readonly touched: readonly number[];
  /** Its number among the accepted reports of its cycle, from 1: orders the bank's reconciliation files. */
  readonly ordinal: number;
  /** What makes its message the same one for the bank, whatever its bytes. */
  readonly message?: string;
  /** Why it is held or refused. */
  readonly why?: string;
  /** Closed cycles of whose payments it speaks: the next cycle takes that. */
  readonly keptFor: readonly Month[];
  readonly receivedAt: string;
};

const receiptKey = (programme: string, hash: string): Key => ({ pk: `P#${programme}#REPORTS`, sk: hash });

/** The two rows of a receipt: one by the file's hash for the whole programme, one among the reports of its cycle. */
export const receiptWrites = (receipt: Receipt): Write[] => {
  const { programme, period, hash, name } = receipt;
  const row = { pk: cyclePk(programme, period), sk: `REPORT#${hash}`, ...receipt };
  return [
    { put: { ...receiptKey(programme, hash), period, name }, condition: { absent: 'pk' } },
    { put: row as unknown as Item, condition: { absent: 'pk' } },
  ];
};

/** How a file was received before; undefined where it never was. */
export async function receiptOf(ports: Ports, programme: string, hash: string): Promise<Receipt | undefined> {
  const known = await ports.control.get(receiptKey(programme, hash));
  if (!known) return undefined;
  const row = await ports.control.get({
    pk: cyclePk(programme, String(known.period)),
    sk: `REPORT#${hash}`,
  });
  const { pk: _pk, sk: _sk, ...receipt } = row!;
  return receipt as unknown as Receipt;
}

/** Everything that the bank sent for a cycle, whatever became of it, in the order of file hashes. */
export async function reportsReceived(ports: Ports, cycle: CycleRef): Promise<Receipt[]> {
  const receipts: Receipt[] = [];
  for await (const { pk: _pk, sk: _sk, ...row } of rowsOf(
    ports,
    cyclePk(cycle.programme, cycle.period),
    'REPORT#',
  ))
    receipts.push(row as unknown as Receipt);
  return receipts;
}

/** The set of accepted reports so far; its hash names the reconciliation that covers exactly them. */
export async function reportSet(ports: Ports, cycle: CycleRef): Promise<ReportSet> {
  const received = await reportsReceived(ports, cycle);
  const hashes = received.flatMap(({ status, hash }) => (status === 'ACCEPTED' ? [hash] : [])).sort();
  const hash = hashOf(hashes);
  await writeOnce(ports.objects, setKey(cycle, hash), JSON.stringify(hashes));
  return { count: hashes.length, hash };
}

/** The file hashes of a set of reports, by the set's hash or its first 16 characters. */
export const reportsOf = (
  ports: Ports,
  cycle: { prefix: string },
  reports: Pick<ReportSet, 'hash'>,
): Promise<string[]> => readJson<string[]>(ports.objects, setKey(cycle, reports.hash));

const setKey = (cycle: { prefix: string }, hash: string) =>
  bulk(`${cycle.prefix}/report-sets/${hash.slice(0, 16)}.json`);
