import { formatAmount } from '../../domain/kernel/money.ts';
import { rowsOf } from '../../functions/support/claims/list.ts';
import { bulk, lanes, type ReportSet } from '../../functions/support/cycle.ts';
import { cycleData } from '../../functions/support/cycle-data.ts';
import { lateReports } from '../../functions/support/late/queue.ts';
import { type Receipt, reportSet } from '../../functions/support/reports-received.ts';
import { type Audit, unrepeatable } from './audit.ts';
import { receiptsOf, type TakenIn, takeIn, takeInAfter } from './receipts.ts';

/** Reports in the order in which they were taken in; those that count for nothing come last. */
const byOrdinal = (a: Receipt, b: Receipt) =>
  (a.ordinal || Infinity) - (b.ordinal || Infinity) || (a.hash < b.hash ? -1 : 1);

const reportSetKey = (prefix: string, hash: string) => `${prefix}/report-sets/${hash.slice(0, 16)}.json`;

/**
 * Takes every report of the bank in again, in its order, and reconciles after each as the bank-report workflow did,
 * then all of them for the close. Out: the reports that the cycle closed with, and its identities as decimal strings.
 */
export async function checkBank(
  audit: Audit,
): Promise<{ reports: ReportSet; identities: Readonly<Record<string, string>> }> {
  const { bundle, findings, cycle, record, inputs, ports } = audit;
  const receipts = (await receiptsOf(audit, cycle)).sort(byOrdinal);
  const inTime = receipts.filter(({ status }) => status !== 'LATE');
  await takeInTime(audit, inTime);
  const set = await reportSet(ports, cycle);
  findings.equal(`control/${record.pk}/${record.sk}`, 'reports', record.reports, set.count);
  const key = reportSetKey(cycle.prefix, set.hash);
  if (!(await bundle.objects.get(bulk(key)))) findings.differs({ path: `bulk/${key}`, what: 'missing' });
  const reports = { ...set, final: true };
  for (const shard of lanes(inputs)) await audit.repeat('Reconcile', { ...cycle, shard, reports });
  for (const receipt of receipts)
    if (receipt.status === 'LATE') await takeInAfter(audit, cycle.period, receipt);
  await giveRest(audit, receipts);
  await checkStrangers(audit);
  return { reports, identities: await identitiesOf(audit, reports) };
}

async function takeInTime(audit: Audit, receipts: readonly Receipt[]): Promise<void> {
  const { bundle, cycle } = audit;
  // Where two reports came at the same moment, the first was reconciled together with the second.
  let waiting: TakenIn[] = [];
  const last = receipts.filter(({ status }) => status === 'ACCEPTED').length;
  for (const receipt of receipts) {
    if (await isLateNote(audit, receipt)) {
      await takeInAfter(audit, cycle.period, receipt);
      continue;
    }
    const taken = await takeIn(audit, receipt);
    if (receipt.status !== 'ACCEPTED') continue;
    waiting.push(taken);
    const stored = await bundle.objects.get(bulk(reportSetKey(cycle.prefix, taken.reports.hash)));
    if (!stored && receipt.ordinal < last) continue;
    for (const { shardList, ordinal } of waiting) {
      for (const shard of shardList)
        await audit.repeat('Reconcile', { ...cycle, shard, reports: taken.reports });
      await audit.repeat('WriteControlFile', { ...cycle, shardList, ordinal, reports: taken.reports });
    }
    waiting = [];
  }
}

/** A report that was held or refused after the window had ended is noted among the late ones. */
async function isLateNote({ bundle, cycle }: Audit, { status, hash }: Receipt): Promise<boolean> {
  if (status === 'ACCEPTED') return false;
  const kind = status === 'HELD' ? '-held' : '';
  return (await bundle.objects.get(bulk(`${cycle.prefix}/late-reports/${hash}${kind}.json`))) !== undefined;
}

/**
 * What a later cycle's reports say of this one lies here, and is read again with that cycle. A report that turned late
 * while it was taken in leaves what it had been read as in time.
 */
async function giveRest(audit: Audit, receipts: readonly Receipt[]): Promise<void> {
  const { bundle, objects, ports, cycle } = audit;
  const give = (name: string) => objects.give(bulk(`${cycle.prefix}/${name}`));
  const giveEvents = (kind: string, hash: string) => {
    for (const ending of ['', '.offsets.json']) give(`${kind}/${hash}.jsonl${ending}`);
  };
  for await (const { period, hash } of lateReports({ ...ports, control: bundle.control }, cycle.programme))
    if (period === cycle.period) giveEvents('late-events', hash);
  for (const { status, hash } of receipts) {
    if (status !== 'LATE') continue;
    giveEvents('bank-events', hash);
    give(`bank-reports/${hash}.json`);
  }
}

/** A file in the inbox that no cycle has received: nobody knows what became of it. */
async function checkStrangers({ bundle, findings, changedFiles, ports, cycle }: Audit): Promise<void> {
  const received = new Set<string>();
  const stored = { ...ports, control: bundle.control };
  for await (const { sk } of rowsOf(stored, `P#${cycle.programme}#REPORTS`)) received.add(sk);
  for (const [hash, keys] of await bundle.inbox(cycle.programme))
    for (const key of keys) {
      findings.checked();
      if (received.has(hash) || changedFiles.has(key)) continue;
      findings.differs({ path: `bank/${key}`, what: 'added', stored: `sha256 ${hash}` });
    }
}

async function identitiesOf(audit: Audit, reports: ReportSet): Promise<Readonly<Record<string, string>>> {
  const { findings, ports, cycle, inputs } = audit;
  try {
    const data = cycleData(ports, cycle, inputs, reports);
    const statements = (await data.bankReports()).flatMap((report) => report.statements);
    const found = await data.identities(await data.totals(), await data.files(), statements);
    findings.checked(found.length);
    return Object.fromEntries(
      found.map(({ name, differenceMinor }) => [name, formatAmount(differenceMinor, inputs.currency)]),
    );
  } catch (error) {
    findings.differs(unrepeatable(`bulk/${cycle.prefix}/reconciled`, error));
    return {};
  }
}
