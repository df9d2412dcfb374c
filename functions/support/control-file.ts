import type { Ports } from '../../adapters/ports.ts';
import { controlFile, sentLine } from '../../domain/payments/control-file.ts';
import type { ReconciledLine } from '../../domain/payments/reconciled-line.ts';
import {
  bulk,
  type CycleRef,
  frozenInputs,
  frozenProgramme,
  type ReportSet,
  reconciledKey,
  stageKey,
} from './cycle.ts';
import { parseLines, readBytes, readLines, writeOnce } from './jsonl.ts';
import type { IndexedInstruction } from './payment-files.ts';

/** The payment file and group that an instruction went out in. */
export const sentIn = (item: { readonly messageId: string; readonly method: 'account' | 'cash' }) => ({
  messageId: item.messageId,
  paymentInfoId: `${item.messageId}-${item.method === 'cash' ? 'C' : 'A'}`,
});

/**
 * Writes the bank's reconciliation file of each shard: a line per instruction and control totals. `reports`
 * says how much of the bank's answers it covers; without it, it is the file that goes out with the payments.
 */
export async function writeControlFiles(
  ports: Ports,
  cycle: CycleRef,
  shards: readonly number[],
  reports: ReportSet | undefined,
  ordinal: number,
): Promise<{ files: number; count: number }> {
  const { definition } = await frozenProgramme(ports, await frozenInputs(ports, cycle));
  let files = 0;
  let count = 0;
  for (const shard of shards) {
    const instructions = await readLines<IndexedInstruction>(
      ports.objects,
      bulk(stageKey(cycle, 'instructed', shard)),
    );
    if (instructions.length === 0) continue;
    const sent = new Map(instructions.map((item) => [item.endToEndId, sentIn(item)]));
    const lines = reports
      ? parseLines<ReconciledLine>(
          await readBytes(ports.objects, bulk(reconciledKey(cycle, reports, 'lines', shard))),
        )
      : instructions.map(sentLine);
    const chunks = [...controlFile(lines, (line) => sent.get(line.endToEndId), definition.currency)];
    await writeOnce(ports.objects, controlFileRef(cycle, shard, ordinal), chunks.join(''));
    files += 1;
    count += instructions.length;
  }
  return { files, count };
}

/** `bank/reconciliation/PROGRAMME/PERIOD/SHARD-ORDINAL.csv`; 000 goes out with the payment files. */
export const controlFileRef = (
  cycle: { programme: string; period: string },
  shard: number,
  ordinal: number,
) =>
  ({
    bucket: 'bank',
    key: `reconciliation/${cycle.programme}/${cycle.period}/${String(shard).padStart(3, '0')}-${String(ordinal).padStart(4, '0')}.csv`,
  }) as const;
