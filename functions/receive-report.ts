import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { type GateMemory, gate, messageKey } from '../domain/bankfiles/gate.ts';
import { readBankFile } from '../domain/bankfiles/read.ts';
import { sha256 } from '../domain/kernel/hash.ts';
import type { Issue } from '../domain/kernel/result.ts';
import { shardOf } from '../domain/kernel/shards.ts';
import { type BankEvent, bankEvents } from '../domain/payments/bank-event.ts';
import { eventShard } from '../domain/payments/event-shard.ts';
import type { StatementSummary } from '../domain/payments/identities.ts';
import type { Instruction } from '../domain/payments/instruction.ts';
import { statementSummaries } from '../domain/payments/statements.ts';
import {
  bulk,
  type CycleRef,
  cyclePk,
  cycleRecord,
  Period,
  ReportSet,
  stageKey,
  windowKey,
} from './support/cycle.ts';
import { step } from './support/handler.ts';
import { parseLines, readBytes, writeOnce } from './support/jsonl.ts';
import { eventsKey, reportSet, reportsReceived } from './support/reports-received.ts';
import { Segments } from './support/segments.ts';

const Input = z.object({
  programme: z.string(),
  period: Period,
  /** Key in the bank bucket, as the bank delivered it. */
  key: z.string(),
  name: z.string(),
  /** 1 for the first report of the cycle: orders the bank's reconciliation files. */
  ordinal: z.number().int().min(1),
});
const Output = z.object({
  accepted: z.boolean(),
  why: z.string().optional(),
  programme: z.string(),
  period: z.string(),
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
 * Takes in one file of the bank, whole or not at all. The same bytes again are recognised and ignored; a file
 * that cannot be read is refused with its reason and listed; one that comes after the window ended waits for
 * a person. Its events are bucketed by shard for the reconciliation.
 */
export const handler = step('ReceiveReport', { input: Input, output: Output }, async (input, { ports }) => {
  const cycle = await cycleRecord(ports, input.programme, input.period);
  const prefix = String(cycle.prefix);
  const shards = Number(cycle.shards);
  const body = await readBytes(ports.objects, { bucket: 'bank', key: input.key });
  const fileHash = sha256(body);
  const row = {
    pk: cyclePk(input.programme, input.period),
    sk: `REPORT#${fileHash}`,
    name: input.name,
    ordinal: input.ordinal,
  };
  const ref = { programme: input.programme, period: input.period, prefix };
  const answer = async (accepted: boolean, touched: number[] = [], why?: string) => ({
    accepted,
    ...(why && { why }),
    ...ref,
    shardList: touched,
    reports: await reportSet(ports, ref),
    ordinal: input.ordinal,
  });

  const known = await ports.control.get(row);
  if (known && known.name !== input.name)
    return answer(false, [], `the same bytes came already as ${known.name}`);
  if (known?.status === 'ACCEPTED') return answer(true, known.touched as number[]);
  const { status, touched, message } = await take(ports, ref, input.name, body, fileHash, shards);
  await ports.control.write([
    {
      put: { ...row, status, touched, ...(message && { message }), receivedAt: ports.clock.now() },
      condition: { absent: 'pk' },
    },
  ]);
  return status === 'ACCEPTED' ? answer(true, touched) : answer(false, [], status);
});

type Taken = { status: 'ACCEPTED' | 'REFUSED' | 'HELD' | 'LATE'; touched: number[]; message?: string };

async function take(
  ports: Ports,
  cycle: CycleRef,
  name: string,
  body: Uint8Array,
  fileHash: string,
  shards: number,
): Promise<Taken> {
  const note = (issues: readonly Issue[], statements: readonly StatementSummary[]) =>
    writeOnce(
      ports.objects,
      bulk(`${cycle.prefix}/bank-reports/${fileHash}.json`),
      JSON.stringify({
        name,
        issues: issues.map((issue) => ({ ...issue, file: name })),
        statements,
      } satisfies ReportRecord),
    );
  const read = readBankFile(body);
  if (!read.ok) {
    const { code, message, at } = read.error;
    await note([{ code, message, ...(at && { path: at }) }], []);
    return { status: 'REFUSED', touched: [] };
  }
  const { file, records } = read.value;
  const { events, issues } = bankEvents(file, records, { fileHash });
  const statements = statementSummaries(records);
  const verdict = gate(file, fileHash, statements, await memoryOf(ports, cycle));
  await note([...verdict.issues, ...issues], statements);
  const message = messageKey(file);
  const told = message === undefined ? {} : { message };
  if (verdict.verdict === 'hold') return { status: 'HELD', touched: [], ...told };
  const touched = await bucketEvents(ports, cycle, events, fileHash, shards);
  const window = await ports.control.get(windowKey(cycle.programme, cycle.period));
  return { status: window?.status === 'ENDED' ? 'LATE' : 'ACCEPTED', touched, ...told };
}

/** Messages taken in before. Statements may come in any order, so their gaps are judged when the cycle closes. */
async function memoryOf(ports: Ports, cycle: CycleRef): Promise<GateMemory> {
  const received = await reportsReceived(ports, cycle.programme, cycle.period);
  const messages = new Set(received.flatMap((row) => (typeof row.message === 'string' ? [row.message] : [])));
  return { fileHashes: new Set(), messages, lastStatements: new Map() };
}

/** Writes the events in segments, one per shard and one for group statuses; returns the shards they speak of. */
async function bucketEvents(
  ports: Ports,
  cycle: CycleRef,
  events: readonly BankEvent[],
  fileHash: string,
  shards: number,
): Promise<number[]> {
  const segments = new Segments(shards + 1);
  const touched = new Set<number>();
  const byUetr = await shardsByUetr(ports, cycle, events, shards);
  for (const event of events) {
    const own = byUetr.get(event.uetr ?? '') ?? eventShard(event, shards);
    const isGroup = event.level !== 'transaction';
    const bucket = isGroup ? shards : (own ?? shardOf(event.eventKey, shards));
    segments.add(bucket, event);
    if (own !== undefined) touched.add(own);
    else if (isGroup) for (let shard = 0; shard < shards; shard++) touched.add(shard);
    else touched.add(bucket);
  }
  await segments.write(ports.objects, 'bulk', eventsKey(cycle, fileHash));
  return [...touched].sort((a, b) => a - b);
}

/** Some banks answer with the UETR alone: those are looked up among the instructions, a shard at a time. */
async function shardsByUetr(
  ports: Ports,
  cycle: CycleRef,
  events: readonly BankEvent[],
  shards: number,
): Promise<Map<string, number>> {
  const wanted = new Set(
    events.flatMap((event) => (event.uetr && eventShard(event, shards) === undefined ? [event.uetr] : [])),
  );
  const found = new Map<string, number>();
  for (let shard = 0; shard < shards && wanted.size > 0; shard++) {
    const body = await readBytes(ports.objects, bulk(stageKey(cycle, 'instructed', shard)));
    for (const { uetr } of parseLines<Instruction>(body)) if (wanted.delete(uetr)) found.set(uetr, shard);
  }
  return found;
}
