import { z } from 'zod';
import { ABSENT, type Ports } from '../../../adapters/ports.ts';
import { assert } from '../../../domain/kernel/assert.ts';
import { canonicalJson, hashOf } from '../../../domain/kernel/hash.ts';
import { Refused } from '../../../domain/kernel/result.ts';
import { shardName } from '../../../domain/kernel/shards.ts';
import { bulk, intakeKey } from '../cycle.ts';
import { readJson, writeOnce } from '../jsonl.ts';
import { type AcceptInput, batchKey, type Kind, type Plan, readPlan } from './batch.ts';
import type { RowIssue } from './quarantine.ts';

/** What a shard step leaves for the acceptance, as `totals/<shard>.json`. */
export type ShardTotals = {
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Further counts by name: households, members, rows, exemptions. */
  readonly counts: { readonly [name: string]: number };
  readonly byCode: { readonly [code: string]: number };
  readonly first: readonly RowIssue[];
  /** sha256 of each object that the shard wrote, by its key. */
  readonly objects: { readonly [key: string]: string };
};

export type Manifest = {
  readonly batch: string;
  readonly kind: Kind;
  readonly programme: string;
  readonly files: readonly { role: string; name: string; sha256: string; bytes: number; rows: number }[];
  readonly received: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly shards: number;
  readonly personShards: number;
  readonly byCode: { readonly [code: string]: number };
  readonly objects: { readonly [key: string]: string };
  readonly hash: string;
  readonly [count: string]: unknown;
};

/** A handful of bad rows never refuses a batch: they are in quarantine, and 1 of 12 is no sign of a broken export. */
const REJECTED_ROWS_FREE = 10;

export async function writeTotals(
  ports: Ports,
  kind: Kind,
  batch: string,
  shard: number,
  totals: ShardTotals,
): Promise<void> {
  assert(
    totals.accepted + totals.rejected === totals.received,
    `shard ${shard}: accepted + rejected = received`,
  );
  await writeOnce(
    ports.objects,
    bulk(batchKey(kind, batch, `totals/${shardName(shard)}.json`)),
    canonicalJson(totals),
  );
}

/**
 * Accepts a batch whose shards are done: sums their totals, refuses it if too many rows are bad, then writes
 * the manifest and the control record. Accepting it again changes nothing.
 */
export async function acceptBatch(ports: Ports, kind: Kind, batch: string): Promise<Manifest> {
  const key = bulk(batchKey(kind, batch, 'manifest.json'));
  const stored = await ports.objects.get(key);
  const manifest = stored
    ? (JSON.parse(Buffer.from(stored).toString('utf8')) as Manifest)
    : await summed(ports, kind, batch);
  if (!stored) await writeOnce(ports.objects, key, canonicalJson(manifest));
  const { programme, hash, received, accepted, rejected } = manifest;
  const put = {
    ...intakeKey(programme, kind === 'roster' ? 'ROSTER' : 'EVIDENCE', batch),
    batch,
    hash,
    received,
    accepted,
    rejected,
    manifestKey: key.key,
    acceptedAt: ports.clock.now(),
  };
  const outcome = await ports.control.write([{ put, condition: ABSENT }]);
  assert(outcome.ok || outcome.item?.hash === hash, `intake ${batch} is recorded with another hash`);
  return manifest;
}

async function summed(ports: Ports, kind: Kind, batch: string): Promise<Manifest> {
  const plan = await readPlan(ports.objects, kind, batch);
  const total = { received: 0, accepted: 0, rejected: 0 };
  const counts: Record<string, number> = {};
  const byCode: Record<string, number> = {};
  const objects: Record<string, string> = {};
  const first: RowIssue[] = [];
  for (let shard = 0; shard < plan.shards; shard++) {
    const totals = await readJson<ShardTotals>(
      ports.objects,
      bulk(batchKey(kind, batch, `totals/${shardName(shard)}.json`)),
    );
    for (const name of ['received', 'accepted', 'rejected'] as const) total[name] += totals[name];
    addAll(counts, totals.counts);
    addAll(byCode, totals.byCode);
    Object.assign(objects, totals.objects);
    if (first.length < 3) first.push(...totals.first);
  }
  const rows = plan.files.reduce((sum, file) => sum + file.rows, 0);
  assert(total.received === rows, `every row reaches one shard: ${total.received} of ${rows}`);
  refuseTooManyRejected(plan, total, byCode, first);
  const files = plan.files.map(({ role, name, sha256, bytes, rows }) => ({
    role,
    name,
    sha256,
    bytes,
    rows,
  }));
  const { programme, shards, personShards } = plan;
  const content = {
    batch,
    kind,
    programme,
    files,
    ...total,
    ...counts,
    shards,
    personShards,
    byCode,
    objects,
  };
  return { ...content, hash: hashOf(content) };
}

function addAll(into: Record<string, number>, from: { readonly [name: string]: number }): void {
  for (const [name, count] of Object.entries(from)) into[name] = (into[name] ?? 0) + count;
}

/** Repeats of rows that are in, and facts that another programme asked for, are no faults of the export. */
function refuseTooManyRejected(
  plan: Plan,
  total: { received: number; accepted: number; rejected: number },
  byCode: Record<string, number>,
  first: readonly RowIssue[],
): void {
  const bad = total.rejected - (byCode.DUPLICATE_EVIDENCE ?? 0) - (byCode.UNKNOWN_KIND ?? 0);
  const { rejectedShareMax } = plan.mapping;
  const none = total.accepted === 0 && total.received > 0;
  if (!none && (bad <= REJECTED_ROWS_FREE || bad <= rejectedShareMax * total.received)) return;
  const codes = Object.entries(byCode).map(([code, count]) => `${code} ${count}`);
  const rows = first.slice(0, 3).map((issue) => `${issue.file}:${issue.line} ${issue.code} ${issue.message}`);
  throw new Refused({
    code: 'TOO_MANY_REJECTED',
    message: `${bad} of ${total.received} rows are bad (${percent(bad, total.received)}), more than the ${percent(rejectedShareMax, 1)} that are tolerated: ${codes.join(', ')}; for instance ${rows.join('; ')}`,
    at: plan.files.map((file) => file.name).join(', '),
    next: 'correct the export or its mapping; nothing of it was accepted',
  });
}

const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)}%`;

const count = z.number().int().min(0);
/** What intake answers of a batch of any kind; `repeated`: the same content came before and changed nothing. */
export const batchSummary = {
  programme: z.string(),
  batch: z.string(),
  manifestKey: z.string(),
  hash: z.string(),
  received: count,
  accepted: count,
  rejected: count,
  shards: count,
  personShards: count,
  byCode: z.record(z.string(), count),
  repeated: z.boolean(),
};

/** Accepts a batch and says of it what a state may carry: counts and keys, not its lists of files and objects. */
export async function acceptAndSummarise(
  ports: Ports,
  kind: Kind,
  { batch, repeated }: z.output<typeof AcceptInput>,
) {
  const { objects: _objects, files: _files, kind: _kind, ...summary } = await acceptBatch(ports, kind, batch);
  return { ...summary, manifestKey: batchKey(kind, batch, 'manifest.json'), repeated };
}
