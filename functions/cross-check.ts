import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { assert } from '../domain/kernel/assert.ts';
import { hashOf, sha256 } from '../domain/kernel/hash.ts';
import { formatAmount, minor } from '../domain/kernel/money.ts';
import { Refused } from '../domain/kernel/result.ts';
import { shardName } from '../domain/kernel/shards.ts';
import { addTotals, type CycleTotals, emptyTotals, sortedTotals } from '../domain/payments/cycle-totals.ts';
import type { PayeeRecord } from './calculate-transfers.ts';
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
import { JsonLines, parseLines, readBytes, readJson, writeOnce } from './support/jsonl.ts';
import { readSegment } from './support/segments.ts';

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
  readonly transfers: readonly { readonly shard: number; readonly sha256: string }[];
};
export const proposalKey = (cycle: { prefix: string }) => bulk(`${cycle.prefix}/proposal.json`);

/**
 * Adds up the shards, counts the same money a second time from the records themselves, looks for anomalies
 * across households (one account of several), and writes the proposal that approval binds to.
 */
export const handler = step('CrossCheck', { input: Input, output: Output }, async (input, { ports }) => {
  const inputs = await frozenInputs(ports, input);
  const { definition } = await frozenProgramme(ports, inputs);
  const totals = emptyTotals();
  const transfers: { shard: number; sha256: string }[] = [];
  const recount = { count: 0, totalMinor: 0, faults: 0 };
  const issues = new JsonLines();
  for (const shard of lanes(inputs)) {
    addTotals(
      totals,
      await readJson<CycleTotals>(ports.objects, bulk(`${input.prefix}/totals/${shardName(shard)}.json`)),
    );
    const body = await readBytes(ports.objects, bulk(stageKey(input, 'transfers', shard)));
    transfers.push({ shard, sha256: sha256(body) });
    for (const record of parseLines<PayeeRecord>(body))
      recountOne(record, recount, issues, (value) => formatAmount(minor(value), definition.currency));
  }
  assert(
    recount.count === totals.payables.count && recount.totalMinor === totals.payables.totalMinor,
    `control totals differ: ${totals.payables.count} payables of ${totals.payables.totalMinor} by shard, ${recount.count} of ${recount.totalMinor} by record`,
  );
  const anomalies: Record<string, number> = {};
  if (recount.faults > 0) anomalies.PAYEE_HELD = recount.faults;
  const shared = await sharedAccounts(ports, inputs, input, issues);
  if (shared > 0) anomalies.SHARED_ACCOUNT = shared;
  await writeOnce(ports.objects, bulk(`${input.prefix}/exceptions/cross-check.jsonl`), issues.bytes());
  for (const { kind, stopAbovePct } of definition.anomalies)
    if (
      kind === 'account_in_several_households' &&
      stopAbovePct !== undefined &&
      shared * 100 > stopAbovePct * totals.households.eligible
    )
      throw new Refused({
        code: 'ANOMALY_LIMIT',
        message: `${shared} accounts stand for several households; the definition stops a cycle above ${stopAbovePct} % of households`,
        next: 'see the exceptions list, correct the registry, and open the cycle with the corrected roster',
      });
  const { programme, period, prefix } = input;
  const proposal: Proposal = {
    programme,
    period,
    prefix,
    totals: sortedTotals(totals),
    anomalies,
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

function recountOne(
  record: PayeeRecord,
  recount: { count: number; totalMinor: number; faults: number },
  issues: JsonLines,
  format: (value: number) => string,
): void {
  for (const payable of record.payables) {
    recount.count += 1;
    recount.totalMinor += payable.amountMinor;
  }
  if (!record.payeeFault || record.dueMinor <= 0) return;
  recount.faults += 1;
  issues.add({
    stage: 'CrossCheck',
    code: record.payeeFault,
    subject: record.household,
    amount: format(record.dueMinor),
    message: `${record.household} cannot be paid as registered; the amount is held until it is corrected`,
  });
}

/** Accounts that stand for more than one household, bucket by bucket so that memory stays one bucket's. */
async function sharedAccounts(
  ports: Ports,
  inputs: FrozenInputs,
  cycle: CycleRef,
  issues: JsonLines,
): Promise<number> {
  let shared = 0;
  for (let bucket = 0; bucket < inputs.roster.shards; bucket++) {
    const owners = new Map<string, string[]>();
    for (let shard = 0; shard < inputs.roster.shards; shard++)
      for (const [account, household] of await readSegment<[string, string]>(
        ports.objects,
        'bulk',
        stageKey(cycle, 'accounts', shard),
        bucket,
      )) {
        const known = owners.get(account);
        if (known) known.push(household);
        else owners.set(account, [household]);
      }
    for (const households of owners.values()) {
      if (households.length < 2) continue;
      shared += 1;
      issues.add({
        stage: 'CrossCheck',
        code: 'SHARED_ACCOUNT',
        subject: households[0],
        message: `one account receives the transfers of ${households.length} households: ${households.slice(0, 5).join(', ')}`,
      });
    }
  }
  return shared;
}
