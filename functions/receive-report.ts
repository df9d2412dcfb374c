import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { readBankFile } from '../domain/bankfiles/read.ts';
import { sha256 } from '../domain/kernel/hash.ts';
import { shardOfId } from '../domain/kernel/ids.ts';
import type { Issue } from '../domain/kernel/result.ts';
import { shardOf } from '../domain/kernel/shards.ts';
import { type BankEvent, bankEvents } from '../domain/payments/bank-event.ts';
import type { StatementSummary } from '../domain/payments/identities.ts';
import { statementSummaries } from '../domain/payments/statements.ts';
import { bulk, cyclePk, cycleRecord, Period, ReportSet, windowKey } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { readBytes, writeOnce } from './support/jsonl.ts';
import { eventsKey, reportSet } from './support/reports-received.ts';
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
  const { status, touched } = await take(ports, ref, input.name, body, fileHash, shards);
  await ports.control.write([
    { put: { ...row, status, touched, receivedAt: ports.clock.now() }, condition: { absent: 'pk' } },
  ]);
  return status === 'ACCEPTED' ? answer(true, touched) : answer(false, [], status);
});

async function take(
  ports: Ports,
  cycle: { programme: string; period: string; prefix: string },
  name: string,
  body: Uint8Array,
  fileHash: string,
  shards: number,
): Promise<{ status: 'ACCEPTED' | 'REFUSED' | 'LATE'; touched: number[] }> {
  const window = await ports.control.get(windowKey(cycle.programme, cycle.period));
  const note = (issues: readonly Issue[], statements: readonly StatementSummary[]) =>
    writeOnce(
      ports.objects,
      bulk(`${cycle.prefix}/bank-reports/${fileHash}.json`),
      JSON.stringify({ name, issues, statements } satisfies ReportRecord),
    );
  const read = readBankFile(body);
  if (!read.ok) {
    const { code, message, at } = read.error;
    await note([{ code, message, file: name, ...(at && { path: at }) }], []);
    return { status: 'REFUSED', touched: [] };
  }
  const { events, issues } = bankEvents(read.value.file, read.value.records, { fileHash });
  const segments = new Segments(shards + 1);
  const buckets = new Set<number>();
  let everyone = false;
  for (const event of events) {
    const bucket = bucketOf(event, shards);
    segments.add(bucket, event);
    if (bucket === shards) everyone ||= shardOfMessage(event.messageId, shards, buckets);
    else buckets.add(bucket);
  }
  await segments.write(ports.objects, 'bulk', eventsKey(cycle, fileHash));
  const own = [...read.value.file.issues, ...issues].map((issue) => ({ ...issue, file: name }));
  await note(own, statementSummaries(read.value.records));
  const touched = everyone
    ? Array.from({ length: shards }, (_, shard) => shard)
    : [...buckets].sort((a, b) => a - b);
  return { status: window?.status === 'ENDED' ? 'LATE' : 'ACCEPTED', touched };
}

/**
 * Group statuses concern every shard (the last segment). The rest goes to the shard that its EndToEndId names
 * (we send it as InstrId too); a reference that is not ours is asked about in one place only.
 */
export function bucketOf(event: BankEvent, shards: number): number {
  if (event.level !== 'transaction') return shards;
  const shard = shardOfId(event.endToEndId ?? event.instructionId ?? '');
  return shard !== undefined && shard < shards ? shard : shardOf(event.eventKey, shards);
}

/** Our MsgId names its shard (`CODE…-SSS-P`): notes it. True where a group status names no message of ours. */
function shardOfMessage(messageId: string | undefined, shards: number, buckets: Set<number>): boolean {
  const match = /-(\d{3,4})-\d+$/.exec(messageId ?? '');
  if (!match || Number(match[1]) >= shards) return true;
  buckets.add(Number(match[1]));
  return false;
}
