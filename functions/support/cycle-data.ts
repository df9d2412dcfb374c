import type { Ports } from '../../adapters/ports.ts';
import { minor } from '../../domain/kernel/money.ts';
import { isStray, type ReconException } from '../../domain/payments/exceptions.ts';
import {
  balanceIdentity,
  type Difference,
  type Identity,
  instructedIdentity,
  netDebitsIdentity,
  type StatementSummary,
} from '../../domain/payments/identities.ts';
import type { ReconciledLine } from '../../domain/payments/reconciled-line.ts';
import { mergeTotals, type ReconciliationTotals } from '../../domain/payments/reconciliation-totals.ts';
import type { ReportRecord } from '../receive-report.ts';
import {
  bulk,
  type CycleRef,
  type FrozenInputs,
  lanes,
  type ReportSet,
  reconciledKey,
  stageKey,
} from './cycle.ts';
import { parseLines, readBytes, readJson } from './jsonl.ts';
import type { IndexedInstruction, PaymentFile } from './payment-files.ts';
import { filesKey } from './payment-files.ts';
import { reportsOf } from './reports-received.ts';

/** Reads a closed cycle's records shard by shard; nothing here holds more than one shard. */
export function cycleData(ports: Ports, cycle: CycleRef, inputs: FrozenInputs, reports: ReportSet) {
  const shards = lanes(inputs);
  const read = (key: string) => readBytes(ports.objects, bulk(key));

  async function* rows<T>(key: (shard: number) => string): AsyncGenerator<T> {
    for (const shard of shards) yield* parseLines<T>(await read(key(shard)));
  }
  const reconciled = <T>(name: string) => rows<T>((shard) => reconciledKey(cycle, reports, name, shard));

  return {
    instructions: () => rows<IndexedInstruction>((shard) => stageKey(cycle, 'instructed', shard)),
    lines: () => reconciled<ReconciledLine>('lines'),
    reconExceptions: () => reconciled<ReconException>('exceptions'),

    async files(): Promise<PaymentFile[]> {
      const files: PaymentFile[] = [];
      for (const shard of shards)
        files.push(...(await readJson<PaymentFile[]>(ports.objects, filesKey(cycle, shard))));
      return files;
    },

    async totals(): Promise<ReconciliationTotals> {
      const all: ReconciliationTotals[] = [];
      for (const shard of shards)
        all.push(
          await readJson<ReconciliationTotals>(
            ports.objects,
            bulk(reconciledKey(cycle, reports, 'totals', shard)),
          ),
        );
      return mergeTotals(all);
    },

    async bankReports(): Promise<ReportRecord[]> {
      const hashes = await reportsOf(ports, cycle, reports);
      return Promise.all(
        hashes.map((hash) =>
          readJson<ReportRecord>(ports.objects, bulk(`${cycle.prefix}/bank-reports/${hash}.json`)),
        ),
      );
    },

    /** The three identities; what they differ by is listed line by line. */
    async identities(
      totals: ReconciliationTotals,
      files: readonly PaymentFile[],
      statements: readonly StatementSummary[],
    ): Promise<Identity[]> {
      const differences: Difference[] = [];
      for await (const difference of reconciled<Difference>('differences')) differences.push(difference);
      const exceptions: ReconException[] = [];
      for await (const exception of reconciled<ReconException>('exceptions'))
        if (isStray(exception)) exceptions.push(exception);
      const instructed = minor(files.reduce((sum, file) => sum + file.sumMinor, 0));
      return [
        instructedIdentity(instructed, totals),
        netDebitsIdentity(totals, differences, exceptions, statements),
        balanceIdentity(statements),
      ];
    },

    /** Issues of intake and of every step, as the steps left them. */
    async *issues(): AsyncGenerator<StepIssue> {
      for (const kind of ['roster', 'evidence'] as const) {
        const batches = kind === 'roster' ? [inputs.roster] : inputs.evidence;
        for (const { batch } of batches) yield* issuesBelow(ports, `${kind}/${batch}/quarantine/`, kind);
      }
      yield* issuesBelow(ports, `${cycle.prefix}/exceptions/`, 'cycle');
    },
  };
}

/** An issue as a step recorded it. */
export type StepIssue = {
  readonly stage?: string;
  readonly code: string;
  readonly message: string;
  readonly subject?: string;
  readonly amount?: string;
  readonly file?: string;
  readonly line?: number;
  readonly path?: string;
};

async function* issuesBelow(ports: Ports, prefix: string, stage: string): AsyncGenerator<StepIssue> {
  for await (const { key } of ports.objects.list('bulk', prefix)) {
    if (!key.endsWith('.jsonl')) continue;
    for (const issue of parseLines<StepIssue>(await readBytes(ports.objects, bulk(key))))
      yield { stage, ...issue };
  }
}
