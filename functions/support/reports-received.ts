import type { Item, Ports } from '../../adapters/ports.ts';
import { hashOf } from '../../domain/kernel/hash.ts';
import { bulk, type CycleRef, cyclePk, type ReportSet } from './cycle.ts';
import { readJson, writeOnce } from './jsonl.ts';

/** The bank reports accepted for a cycle, in the order of their file hashes. */
export async function reportsReceived(ports: Ports, programme: string, period: string): Promise<Item[]> {
  const items: Item[] = [];
  let after: string | undefined;
  do {
    const page = await ports.control.query(cyclePk(programme, period), {
      prefix: 'REPORT#',
      ...(after && { after }),
    });
    items.push(...page.items);
    after = page.next;
  } while (after);
  return items.filter((item) => item.status === 'ACCEPTED');
}

/** The set of reports so far; its hash names the reconciliation that covers exactly them. */
export async function reportSet(ports: Ports, cycle: CycleRef): Promise<ReportSet> {
  const received = await reportsReceived(ports, cycle.programme, cycle.period);
  const hashes = received.map((item) => item.sk.slice('REPORT#'.length)).sort();
  const hash = hashOf(hashes);
  await writeOnce(ports.objects, setKey(cycle, hash), JSON.stringify(hashes));
  return { count: hashes.length, hash };
}

/** The file hashes of a set of reports. */
export const reportsOf = (ports: Ports, cycle: { prefix: string }, reports: ReportSet): Promise<string[]> =>
  readJson<string[]>(ports.objects, setKey(cycle, reports.hash));

const setKey = (cycle: { prefix: string }, hash: string) =>
  bulk(`${cycle.prefix}/report-sets/${hash.slice(0, 16)}.json`);

export const eventsKey = (cycle: { prefix: string }, fileHash: string): string =>
  `${cycle.prefix}/bank-events/${fileHash}.jsonl`;
