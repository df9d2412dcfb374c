import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { assert } from '../domain/kernel/assert.ts';
import { hashOf, sha256 } from '../domain/kernel/hash.ts';
import { formatAmount, minor } from '../domain/kernel/money.ts';
import { Refused } from '../domain/kernel/result.ts';
import { shardName } from '../domain/kernel/shards.ts';
import { addTotals, type CycleTotals, emptyTotals, sortedTotals } from '../domain/payments/cycle-totals.ts';
import type { ProgrammeDefinition } from '../domain/records/programme.ts';
import { anomalyLimit } from '../domain/transfers/anomalies.ts';
import { type Changes, type Ordered, payeeMark, sortedChanges } from '../domain/transfers/changes.ts';
import type { PayeeRecord, TransferRecord } from './calculate-transfers.ts';
import {
  peopleListedTwice,
  sharedAccounts,
  unverifiedShare,
} from './support/cross-check/across-households.ts';
import { Findings } from './support/cross-check/findings.ts';
import {
  rosterCheck,
  rosterInTime,
  type Targeting,
  TargetingCount,
} from './support/cross-check/households.ts';
import { SinceLast } from './support/cross-check/since-last.ts';
import {
  bulk,
  CycleRef,
  type FrozenInputs,
  frozenInputs,
  frozenProgramme,
  lanes,
  stageKey,
} from './support/cycle.ts';
import { step } from './support/handler.ts';
import { parseLines, readBytes, readJson, writeOnce } from './support/jsonl.ts';

const Input = CycleRef.loose();
const Output = z.object({
  manifestHash: z.string(),
  payableMinor: z.number().int(),
  payables: z.number().int(),
  anomalies: z.number().int(),
});

/** What the approvers are shown and bind themselves to by its hash. */
export type Proposal = {
  readonly programme: string;
  readonly period: string;
  readonly prefix: string;
  readonly totals: CycleTotals;
  readonly anomalies: Readonly<Record<string, number>>;
  /** Leakage and coverage; absent in proposals made before they were counted. */
  readonly targeting?: Targeting;
  /** Against the last closed cycle, where there is one to compare with. */
  readonly changes?: Changes;
  readonly transfers: readonly { readonly shard: number; readonly sha256: string }[];
};
export const proposalKey = (cycle: { prefix: string }) => bulk(`${cycle.prefix}/proposal.json`);

/**
 * Adds up the shards, counts the same money a second time from the records themselves, looks for the anomalies that
 * the definition asks for, compares with the last closed cycle, and writes the proposal that approval binds to.
 * Refuses ANOMALY_LIMIT where a kind is found more often than the definition allows; the list is written first.
 */
export const handler = step('CrossCheck', { input: Input, output: Output }, async (input, { ports }) => {
  const inputs = await frozenInputs(ports, input);
  const programme = await frozenProgramme(ports, inputs);
  const { definition } = programme;
  const { totals, transfers, findings, targeting, changes } = await countAgain(
    ports,
    programme,
    inputs,
    input,
  );
  await sharedAccounts(ports, definition, inputs, input, findings);
  await peopleListedTwice(ports, definition, inputs, findings);
  unverifiedShare(definition, totals, findings);
  await rosterInTime(ports, definition, inputs, findings);
  const limit = anomalyLimit(definition, findings.counts(totals));
  if (limit) findings.list('ANOMALY_LIMIT', { message: limit.message });
  await writeOnce(
    ports.objects,
    bulk(`${input.prefix}/exceptions/cross-check.jsonl`),
    findings.lines.bytes(),
  );
  if (limit) throw new Refused(limit);
  const { period, prefix } = input;
  const anomalies = findings.shown();
  const proposal: Proposal = {
    programme: input.programme,
    period,
    prefix,
    totals: sortedTotals(totals),
    anomalies,
    targeting,
    ...(changes && { changes: sortedChanges(changes) }),
    transfers,
  };
  await writeOnce(ports.objects, proposalKey(input), JSON.stringify(proposal));
  return {
    manifestHash: hashOf(proposal),
    payableMinor: totals.payables.totalMinor,
    payables: totals.payables.count,
    anomalies: Object.values(anomalies).reduce((a, b) => a + b, 0),
  };
});

/** The first count is what the shards say, the second what their records add up to: they must be the same money. */
async function countAgain(
  ports: Ports,
  programme: Awaited<ReturnType<typeof frozenProgramme>>,
  inputs: FrozenInputs,
  cycle: CycleRef,
) {
  const { definition } = programme;
  const totals = emptyTotals();
  const transfers: { shard: number; sha256: string }[] = [];
  const recount = { count: 0, totalMinor: 0 };
  const findings = new Findings();
  const targeting = new TargetingCount();
  const since = new SinceLast(ports, cycle, inputs);
  for (const shard of lanes(inputs)) {
    addTotals(
      totals,
      await readJson<CycleTotals>(ports.objects, bulk(`${cycle.prefix}/totals/${shardName(shard)}.json`)),
    );
    const body = await readBytes(ports.objects, bulk(stageKey(cycle, 'transfers', shard)));
    transfers.push({ shard, sha256: sha256(body) });
    const ofHouseholds = shard < inputs.roster.shards;
    const check = ofHouseholds ? await rosterCheck(ports, programme, inputs, shard, findings) : undefined;
    const ordered: Ordered[] = [];
    for (const record of parseLines<PayeeRecord | TransferRecord>(body)) {
      const sum = recountOne(record, recount);
      listIfHeld(record, definition, findings);
      if (!check || !('result' in record)) continue;
      const { household, territory, result } = record;
      const standing = { household, eligible: result.eligible, reason: result.reason };
      check(standing);
      targeting.add(standing, sum);
      if (sum > 0) ordered.push([household, territory, sum, payeeMark(record.payables[0]!)]);
    }
    if (ofHouseholds) await since.compare(shard, ordered, definition, findings);
  }
  assert(
    recount.count === totals.payables.count && recount.totalMinor === totals.payables.totalMinor,
    `control totals differ: ${totals.payables.count} payables of ${totals.payables.totalMinor} by shard, ${recount.count} of ${recount.totalMinor} by record`,
  );
  return { totals, transfers, findings, targeting: targeting.shares(), changes: since.changes };
}

/** Adds a payee's payables; answers what is ordered for it in minor units. */
function recountOne(record: PayeeRecord, recount: { count: number; totalMinor: number }): number {
  let sum = 0;
  for (const { amountMinor } of record.payables) sum += amountMinor;
  recount.count += record.payables.length;
  recount.totalMinor += sum;
  return sum;
}

function listIfHeld(record: PayeeRecord, definition: ProgrammeDefinition, findings: Findings): void {
  if (!record.payeeFault || record.dueMinor <= 0) return;
  findings.payeesHeld += 1;
  findings.list(record.payeeFault, {
    subject: record.household,
    amount: formatAmount(minor(record.dueMinor), definition.currency),
    message: `${record.household} cannot be paid as registered; the amount is held until it is corrected`,
  });
}
