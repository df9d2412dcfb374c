import type { Ports } from '../../../adapters/ports.ts';
import { shardOf } from '../../../domain/kernel/hash.ts';
import { type Currency, parseAmount } from '../../../domain/kernel/money.ts';
import { type Day, isDay } from '../../../domain/kernel/period.ts';
import { shardName } from '../../../domain/kernel/shards.ts';
import type { EvidenceRow } from '../../../domain/records/household.ts';
import type {
  AttendanceRow,
  CertificateRow,
  Evidence,
  PayrollRow,
} from '../../../domain/results/verification.ts';
import { bulk } from '../cycle.ts';
import { parseLines, readBytes, readJson } from '../jsonl.ts';

/**
 * Evidence kinds of the provider stream, as evidence intake takes them in. The part after `/` says of what:
 * `payroll/EMPLOYER` = the month's income, `payroll-start/EMPLOYER` = first day of the job,
 * `certificate/EVENT` = its day, `attendance-hours` = hours of the month.
 */
const KIND = /^(payroll|payroll-start|certificate|attendance-hours)(?:\/(.+))?$/;

type Found = {
  payroll?: PayrollRow[];
  certificates?: CertificateRow[];
  attendance?: AttendanceRow[];
};

/**
 * What the accepted evidence of a programme says about one person. A source of which nothing was loaded is left out:
 * then its checks cannot tell, and a person must look. Reads one shard of each batch.
 */
export async function evidenceOf(
  ports: Ports,
  programme: string,
  subject: string,
  currency: Currency,
): Promise<Evidence> {
  const found: Found = {};
  for await (const batch of batchesOf(ports, programme)) {
    const { personShards } = await readJson<{ personShards: number }>(
      ports.objects,
      bulk(`evidence/${batch}/manifest.json`),
    );
    const shard = shardName(shardOf(subject, personShards));
    const rows = parseLines<EvidenceRow>(
      await readBytes(ports.objects, bulk(`evidence/${batch}/rows/${shard}.jsonl`)),
    );
    for (const row of rows) addRow(found, row, subject, currency);
  }
  return {
    ...(found.payroll && { payroll: new Map([[subject, withStarts(found.payroll)]]) }),
    ...(found.certificates && { certificates: new Map([[subject, found.certificates]]) }),
    ...(found.attendance && { attendance: new Map([[subject, found.attendance]]) }),
  };
}

async function* batchesOf(ports: Ports, programme: string): AsyncGenerator<string> {
  let after: string | undefined;
  do {
    const page = await ports.control.query(`P#${programme}#INTAKE`, {
      prefix: 'EVIDENCE#',
      ...(after !== undefined && { after }),
    });
    for (const item of page.items) yield String(item.batch);
    after = page.next;
  } while (after !== undefined);
}

function addRow(found: Found, row: EvidenceRow, subject: string, currency: Currency): void {
  const match = KIND.exec(row.kind);
  if (!match) return;
  const [, source, of = ''] = match;
  const mine = row.subject === subject;
  const text = String(row.value);
  if (source === 'attendance-hours') {
    found.attendance ??= [];
    if (mine) found.attendance.push({ person: subject, month: row.period, hours: Number(text) });
  } else if (source === 'certificate') {
    found.certificates ??= [];
    if (mine && isDay(text)) found.certificates.push({ person: subject, kind: of, date: text });
  } else {
    found.payroll ??= [];
    if (!mine) return;
    const start = source === 'payroll-start' && isDay(text) ? text : undefined;
    const amount = source === 'payroll' ? parseAmount(text, currency) : undefined;
    found.payroll.push({
      person: subject,
      employer: of,
      month: row.period,
      ...(amount !== undefined && { amountMinor: amount }),
      ...(start !== undefined && { startedOn: start }),
    });
  }
}

/** The earliest start that the payroll names for an employer, on all of that employer's rows. */
function withStarts(rows: readonly PayrollRow[]): PayrollRow[] {
  const starts = new Map<string, Day>();
  for (const { employer, startedOn } of rows) {
    const known = starts.get(employer);
    if (startedOn && (!known || startedOn < known)) starts.set(employer, startedOn);
  }
  return rows.map((row) => {
    const startedOn = starts.get(row.employer);
    return startedOn ? { ...row, startedOn } : row;
  });
}
