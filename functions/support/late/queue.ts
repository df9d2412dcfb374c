import type { Ports, Write } from '../../../adapters/ports.ts';
import type { Month } from '../../../domain/kernel/period.ts';
import { rowsOf } from '../claims/list.ts';

/** A bank report that speaks of a cycle whose window had ended: it waits for the next cycle that freezes its inputs. */
export type LateReport = {
  /** The cycle whose payments it speaks of. */
  readonly period: Month;
  /** sha256 of the bank's file. */
  readonly hash: string;
  readonly name: string;
  /** The lanes of that cycle that it speaks of. */
  readonly touched: readonly number[];
};

const queuePk = (programme: string) => `P#${programme}#LATE`;

/**
 * Puts a report into the queue of its programme. Which cycle takes it is not noted here: a closed cycle has it among
 * its frozen inputs or has not, so that a crash between two writes can neither lose a report nor count it twice.
 */
export const enqueue = (programme: string, report: LateReport): Write => {
  const { period, hash, name, touched } = report;
  const key = { pk: queuePk(programme), sk: `${period}#${hash}` };
  return { put: { ...key, period, hash, name, touched } };
};

/** Every report that ever came late, by the cycle that it speaks of and its hash. */
export async function* lateReports(ports: Ports, programme: string): AsyncGenerator<LateReport> {
  for await (const { pk: _pk, sk: _sk, ...report } of rowsOf(ports, queuePk(programme)))
    yield report as unknown as LateReport;
}
