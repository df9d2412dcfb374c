import { sha256 } from '../domain/kernel/hash.ts';
import { type Receipt, receiptOf } from '../functions/support/reports-received.ts';
import { createInvoker, type LocalConfig, portsOf } from './functions.ts';

type Received = {
  readonly accepted: boolean;
  readonly shardList: readonly number[];
} & { readonly [field: string]: unknown };

export type BankFile = { readonly name: string; readonly bytes: Uint8Array };

/**
 * Delivers files of the bank to a programme of this machine, at any time, and says how each was received; the same bytes
 * again give the first answer. Takes the steps of the `bank-report` workflow itself: a runtime would also go on with
 * whatever else was interrupted in the folder, and would refuse to start beside a process that waits for the bank.
 */
export async function deliver(
  config: LocalConfig,
  programme: string,
  files: readonly BankFile[],
): Promise<Receipt[]> {
  const ports = portsOf(config);
  const call = createInvoker(ports);
  const receipts: Receipt[] = [];
  try {
    for (const { name, bytes } of files) {
      const hash = sha256(bytes);
      const key = `inbox/${programme}/${hash.slice(0, 16)}/${name}`;
      await ports.objects.putIfAbsent({ bucket: 'bank', key }, bytes);
      const received = (await call('ReceiveReport', { key })) as Received;
      if (received.accepted) {
        const { accepted: _, shardList, ...cycle } = received;
        for (const shard of shardList) await call('Reconcile', { ...cycle, shard });
        await call('WriteControlFile', { ...cycle, shardList });
      }
      receipts.push((await receiptOf(ports, programme, hash))!);
    }
    return receipts;
  } finally {
    ports.close();
  }
}
