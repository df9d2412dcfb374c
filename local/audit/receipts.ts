import type { Ports } from '../../adapters/ports.ts';
import type { Month } from '../../domain/kernel/period.ts';
import { bulk, cycleKey, cyclePk, cycleRecord, windowKey } from '../../functions/support/cycle.ts';
import {
  type Receipt,
  receiptWrites,
  reportSet,
  reportsReceived,
} from '../../functions/support/reports-received.ts';
import { type Audit, unrepeatable } from './audit.ts';
import { standAfter, standIn } from './control.ts';

/** What `ReceiveReport` answers of a report, as far as an audit needs it. */
export type TakenIn = {
  readonly shardList: readonly number[];
  readonly reports: { readonly count: number; readonly hash: string };
  readonly ordinal: number;
};

/** Every report that the bank sent for a cycle, as it was received. */
export const receiptsOf = ({ bundle, ports }: Audit, cycle: { programme: string; period: Month }) =>
  reportsReceived({ ...ports, control: bundle.control }, { ...cycle, prefix: '' });

/**
 * Takes a report in again, from the bank's own file. Where that file is gone or changed its receipt and what was read
 * of it count as they are stored, and the difference is told.
 */
export async function takeIn(audit: Audit, receipt: Receipt): Promise<TakenIn> {
  const { findings, ports, cycle } = audit;
  const key = await inboxKey(audit, receipt);
  if (key === undefined) return asStored(audit, receipt);
  audit.at(receipt.receivedAt);
  const path = `bank/${key}`;
  try {
    const taken = (await audit.call('ReceiveReport', { key })) as TakenIn;
    const again = await ports.control.get({
      pk: cyclePk(cycle.programme, receipt.period),
      sk: `REPORT#${receipt.hash}`,
    });
    for (const name of ['name', 'status', 'touched', 'ordinal', 'message', 'why', 'keptFor'] as const)
      findings.equal(path, name, receipt[name], again?.[name]);
    return taken;
  } catch (error) {
    findings.differs(unrepeatable(path, error));
    return asStored(audit, receipt);
  }
}

/** Takes a report in as a late one of a closed cycle. One that came to a cycle in its time is read again with that. */
export async function takeInLate(audit: Audit, period: Month, hash: string): Promise<void> {
  const { programme } = audit.cycle;
  const receipts = await receiptsOf(audit, { programme, period });
  const receipt = receipts.find((one) => one.hash === hash && one.status === 'LATE');
  if (receipt) await takeInAfter(audit, period, receipt);
}

/** Takes a report in as one that came after the window of its cycle. */
export async function takeInAfter(audit: Audit, period: Month, receipt: Receipt): Promise<void> {
  const { bundle, ports, cycle, inputs } = audit;
  const window = await bundle.control.get(windowKey(cycle.programme, period));
  if (window) await ports.control.write([{ put: window }]);
  await ports.control.write([
    { delete: { pk: cyclePk(cycle.programme, period), sk: `REPORT#${receipt.hash}` } },
  ]);
  await standAfter(ports.control, cycle.programme, period);
  await takeIn(audit, receipt);
  await standIn(ports.control, inputs);
}

async function inboxKey(audit: Audit, { name, hash }: Receipt): Promise<string | undefined> {
  const { bundle, findings, changedFiles, cycle } = audit;
  findings.checked();
  const inbox = await bundle.inbox(cycle.programme);
  const isNamed = (key: string) => key.endsWith(`/${name}`);
  const keys = inbox.get(hash);
  if (keys) return keys.find(isNamed) ?? keys[0];
  for (const [other, theirs] of inbox) {
    const key = theirs.find(isNamed);
    if (key === undefined) continue;
    changedFiles.add(key);
    findings.differs({
      path: `bank/${key}`,
      what: 'changed',
      field: 'sha256',
      stored: other,
      recomputed: hash,
    });
    return undefined;
  }
  findings.differs({
    path: `bank/inbox/${cycle.programme}/${name}`,
    what: 'missing',
    message: `sha256 ${hash}`,
  });
  return undefined;
}

async function asStored(audit: Audit, receipt: Receipt): Promise<TakenIn> {
  const { bundle, objects, ports, cycle } = audit;
  const stored: Ports = { ...ports, control: bundle.control };
  const { prefix } = await cycleRecord(stored, cycle.programme, receipt.period);
  for (const name of [
    ...['', '.offsets.json'].flatMap((ending) =>
      ['bank-events', 'late-events'].map((folder) => `${folder}/${receipt.hash}.jsonl${ending}`),
    ),
    ...['', '-held'].flatMap((kind) =>
      ['bank-reports', 'late-reports'].map((folder) => `${folder}/${receipt.hash}${kind}.json`),
    ),
  ])
    objects.give(bulk(`${prefix}/${name}`));
  for (const write of receiptWrites(receipt))
    if ('put' in write) await ports.control.write([{ put: write.put }]);
  // The next report is numbered after it.
  if (receipt.status === 'ACCEPTED')
    await ports.control.write([
      { update: cycleKey(cycle.programme, receipt.period), set: { reportsTaken: receipt.ordinal } },
    ]);
  const { touched, ordinal } = receipt;
  return { shardList: touched, ordinal, reports: await reportSet(ports, cycle) };
}
