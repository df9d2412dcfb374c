import { z } from 'zod';
import type { Ports, Write } from '../adapters/ports.ts';
import { gate, messageKey } from '../domain/bankfiles/gate.ts';
import { readBankFile } from '../domain/bankfiles/read.ts';
import { sha256 } from '../domain/kernel/hash.ts';
import { Fault, type Issue, type Refusal } from '../domain/kernel/result.ts';
import { bankEvents } from '../domain/payments/bank-event.ts';
import type { FileRecord } from '../domain/payments/bank-record.ts';
import type { StatementSummary } from '../domain/payments/identities.ts';
import { statementSummaries } from '../domain/payments/statements.ts';
import { bulk, cycleKey, cycleRecord, Period, ReportSet, windowKey } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { readBytes, writeOnce } from './support/jsonl.ts';
import { lateNoteKey } from './support/late/notes.ts';
import { enqueue } from './support/late/queue.ts';
import { type Addressed, addressed, type SentCycle } from './support/report-cycle.ts';
import { bucketEvents } from './support/report-events.ts';
import {
  type Receipt,
  receiptOf,
  receiptWrites,
  reportSet,
  reportsReceived,
} from './support/reports-received.ts';

/** Where the bank's file lies in the bank bucket: `inbox/PROGRAMME/…/NAME`, with any folders between. */
const Input = z.object({ key: z.string().regex(/^inbox\/[^/]+\/(.+\/)?[^/]+$/) });
const Output = z.object({
  accepted: z.boolean(),
  why: z.string().optional(),
  programme: z.string(),
  period: Period,
  prefix: z.string(),
  shardList: z.array(z.number().int()),
  reports: ReportSet,
  ordinal: z.number().int(),
});

/** What a report said about itself and its statements, kept beside its events. */
export type ReportRecord = {
  readonly name: string;
  readonly issues: readonly Issue[];
  readonly statements: readonly StatementSummary[];
};

/**
 * Takes in one file of the bank, whole or not at all, once: the same bytes again get the first answer. A file that
 * cannot be read is refused with its reason and listed. What it says of a cycle whose window has ended is kept for the
 * next cycle. Its events are bucketed by lane for the reconciliation.
 */
export const handler = step('ReceiveReport', { input: Input, output: Output }, async ({ key }, { ports }) => {
  const [, programme] = key.split('/') as [string, string];
  const name = key.slice(key.lastIndexOf('/') + 1);
  const body = await readBytes(ports.objects, { bucket: 'bank', key });
  const hash = sha256(body);
  const known = await receiptOf(ports, programme, hash);
  const receipt = known ?? (await takeIn(ports, { programme, name, hash, body }));
  const { period, touched, ordinal, status } = receipt;
  const { prefix } = await cycleRecord(ports, programme, period);
  const cycle = { programme, period, prefix: String(prefix) };
  // A step that is run again goes on; another delivery of what came before has nothing to add.
  const accepted = status === 'ACCEPTED' && receipt.name === name;
  const why = receipt.name === name ? status : `the same bytes came already as ${receipt.name}`;
  return {
    accepted,
    ...(!accepted && { why }),
    ...cycle,
    shardList: accepted ? [...touched] : [],
    reports: await reportSet(ports, cycle),
    ordinal,
  };
});

type Delivered = {
  readonly programme: string;
  readonly name: string;
  readonly hash: string;
  readonly body: Uint8Array;
};
/** Reports of one cycle that come at the same moment are numbered one after the other; each turn, one gets through. */
const TURNS = 50;

async function takeIn(ports: Ports, file: Delivered): Promise<Receipt> {
  for (let turn = 0; turn < TURNS; turn++) {
    const { receipt, writes } = await sorted(ports, file);
    if ((await ports.control.write([...receiptWrites(receipt), ...writes])).ok) return receipt;
    const known = await receiptOf(ports, file.programme, file.hash);
    if (known) return known;
  }
  throw new Fault(`too many reports of ${file.programme} come in at the same moment`);
}

type Sorted = { readonly receipt: Receipt; readonly writes: readonly Write[] };

async function sorted(ports: Ports, { programme, name, hash, body }: Delivered): Promise<Sorted> {
  const read = readBankFile(body);
  const { events, issues } = read.ok
    ? bankEvents(read.value.file, read.value.records, { fileHash: hash })
    : { events: [], issues: [] };
  const whose = await addressed(ports, programme, events);
  const { cycle } = whose;
  const base = { programme, period: cycle.period, hash, name, receivedAt: ports.clock.now() };
  const unused = { ...base, touched: [], ordinal: 0, keptFor: [] };
  const note = (kind: string, found: readonly Issue[], statements: readonly StatementSummary[]) =>
    writeOnce(
      ports.objects,
      bulk(noteKey(cycle, hash, kind)),
      JSON.stringify({ name, issues: found.map((issue) => ({ ...issue, file: name })), statements }),
    );
  const refusal = read.ok ? noReport(read.value.file) : read.error;
  if (!read.ok || refusal) {
    const { code, message, at } = refusal!;
    await note('', [{ code, message, ...(at && { path: at }) }], []);
    return { receipt: { ...unused, status: 'REFUSED', why: `${code}: ${message}` }, writes: [] };
  }
  const statements = statementSummaries(read.value.records);
  const message = messageKey(read.value.file);
  const messages = new Set(
    (await reportsReceived(ports, cycle)).flatMap((one) =>
      one.message !== undefined && ['ACCEPTED', 'LATE'].includes(one.status) ? [one.message] : [],
    ),
  );
  const verdict = gate(read.value.file, hash, statements, {
    fileHashes: new Set(),
    messages,
    // Statements may come in any order, so their gaps are judged when the cycle closes.
    lastStatements: new Map(),
  });
  const told = message === undefined ? {} : { message };
  if (verdict.verdict === 'hold') {
    await note('-held', [...verdict.issues, ...issues], statements);
    const why = verdict.issues.map((issue) => `${issue.code}: ${issue.message}`).join('; ');
    return { receipt: { ...unused, ...told, status: 'HELD', why }, writes: [] };
  }
  await note('', [...verdict.issues, ...issues], statements);
  return counted(ports, whose, { ...base, ...told });
}

/** A payment file says what we asked for, never what became of it: delivered as a report it must not look taken in. */
const noReport = ({ message }: FileRecord): Refusal | undefined =>
  message.startsWith('pain.001')
    ? {
        code: 'BANK_FILE_REFUSED',
        message: 'this is a payment file (pain.001) for the bank, not a report of the bank',
      }
    : undefined;

/** The receipt of a report that counts: for its own cycle while the window is open, for the next one otherwise. */
async function counted(
  ports: Ports,
  { cycle, events, earlier }: Addressed,
  base: Omit<Receipt, 'status' | 'touched' | 'ordinal' | 'keptFor'>,
): Promise<Sorted> {
  const { programme, hash, name } = base;
  const kind = cycle.ended ? 'late-events' : 'bank-events';
  const touched = await bucketEvents(ports, cycle, kind, events, hash);
  const kept = cycle.ended ? [{ period: cycle.period, hash, name, touched }] : [];
  for (const { cycle: other, events: theirs } of earlier)
    kept.push({
      period: other.period,
      hash,
      name,
      touched: await bucketEvents(ports, other, 'late-events', theirs, hash),
    });
  const receipt: Receipt = {
    ...base,
    status: cycle.ended ? 'LATE' : 'ACCEPTED',
    touched,
    ordinal: cycle.ended ? 0 : cycle.reports + 1,
    keptFor: kept.map(({ period }) => period).sort(),
  };
  return {
    receipt,
    writes: [...kept.map((report) => enqueue(programme, report)), ...(cycle.ended ? [] : taken(cycle))],
  };
}

/** Takes the next number of a cycle whose window is still open at that moment: an accepted report is in its final set. */
const taken = ({ programme, period, reports }: SentCycle): Write[] => [
  {
    update: cycleKey(programme, period),
    set: { reportsTaken: reports + 1 },
    condition:
      reports === 0 ? { absent: 'reportsTaken' } : { field: 'reportsTaken', is: '=', value: reports },
  },
  {
    check: windowKey(programme, period),
    condition: { any: [{ absent: 'pk' }, { field: 'status', is: '<>', value: 'ENDED' }] },
  },
];

/** Notes of what came late lie apart: what a closed cycle has published lists them no more. */
const noteKey = (cycle: SentCycle, hash: string, kind: string) =>
  cycle.ended ? lateNoteKey(cycle, `${hash}${kind}`) : `${cycle.prefix}/bank-reports/${hash}${kind}.json`;
