import { z } from 'zod';
import { type Currency, formatAmount } from '../domain/kernel/money.ts';
import type { Day } from '../domain/kernel/period.ts';
import { shardName } from '../domain/kernel/shards.ts';
import type { ReconciledLine } from '../domain/payments/reconciled-line.ts';
import { type CollectionWindow, hasLapsed } from '../domain/payments/unclaimed.ts';
import { reissuePurpose, type Undelivered, undeliveredOf } from '../domain/payments/undelivered.ts';
import type { HouseholdState } from '../domain/records/household.ts';
import { collectionWindow } from '../domain/transfers/collection.ts';
import type { PayeeRecord } from './calculate-transfers.ts';
import type { CarriedState } from './support/carried-state.ts';
import {
  bulk,
  frozenInputs,
  frozenProgramme,
  ReportSet,
  reconciledKey,
  ShardRef,
  stageKey,
} from './support/cycle.ts';
import { step } from './support/handler.ts';
import { JsonLines, parseLines, readBytes, writeOnce } from './support/jsonl.ts';

const Input = ShardRef.extend({ reports: ReportSet });
const Output = z.object({ households: z.number().int(), undelivered: z.number().int() });

type NextState = { household: string; rules: HouseholdState; kept?: readonly Undelivered[] };

/**
 * What a shard's households carry into the next cycle: the rules' state, and every amount that was owed and
 * did not arrive. Money leaves this list only when the bank has settled it or the programme's rule for
 * uncollected cash says that it lapses.
 */
export const handler = step('CarryState', { input: Input, output: Output }, async (input, { ports }) => {
  const inputs = await frozenInputs(ports, input);
  const { definition, compiled } = await frozenProgramme(ports, inputs);
  const settlements = new Map<string, ReconciledLine[]>();
  const lines = await readBytes(
    ports.objects,
    bulk(reconciledKey(input, input.reports, 'lines', input.shard)),
  );
  for (const line of parseLines<ReconciledLine>(lines)) {
    const known = settlements.get(line.payeeId);
    if (known) known.push(line);
    else settlements.set(line.payeeId, [line]);
  }
  const records = parseLines<PayeeRecord>(
    await readBytes(ports.objects, bulk(stageKey(input, 'transfers', input.shard))),
  );
  const out = new JsonLines();
  const issues = new JsonLines();
  let undelivered = 0;
  const window = collectionWindow(definition, compiled.values);
  for (const next of parseLines<NextState>(
    await readBytes(ports.objects, bulk(stageKey(input, 'next-state', input.shard))),
  )) {
    const record = next.kept ? undefined : (records.next().value as PayeeRecord);
    const { owed, lapsed } = record
      ? stillOwed(record, settlements.get(next.household) ?? [], inputs.period, window)
      : { owed: next.kept!, lapsed: [] };
    undelivered += owed.length;
    for (const item of lapsed) issues.add(lapse(next.household, item, definition.currency));
    const state: CarriedState = { household: next.household, rules: next.rules, undelivered: owed };
    out.add(state);
  }
  await writeOnce(ports.objects, bulk(stateKey(input, input.reports, input.shard)), out.bytes());
  if (issues.count > 0)
    await writeOnce(
      ports.objects,
      bulk(`${input.prefix}/exceptions/carry-${shardName(input.shard)}.jsonl`),
      issues.bytes(),
    );
  return { households: out.count, undelivered };
});

export const statePrefix = (cycle: { prefix: string }, reports: ReportSet): string =>
  `${cycle.prefix}/state/${reports.hash.slice(0, 16)}`;
const stateKey = (cycle: { prefix: string }, reports: ReportSet, shard: number) =>
  `${statePrefix(cycle, reports)}/${shardName(shard)}.jsonl`;

/** Earlier debts that were not ordered now, what this cycle could not order, and what came back of its orders. */
function stillOwed(
  record: PayeeRecord,
  settlements: readonly ReconciledLine[],
  period: CarriedPeriod,
  window: CollectionWindow | undefined,
): { owed: readonly Undelivered[]; lapsed: readonly Undelivered[] } {
  const ordered = new Set(record.payables.map((payable) => payable.purpose));
  const owed = record.undelivered.filter(
    (item) => item.why === 'pending' || !ordered.has(reissuePurpose(item)),
  );
  const due = record.dueMinor;
  if (record.payeeFault && due > 0)
    owed.push({
      origin: period,
      amountMinor: due as Undelivered['amountMinor'],
      why: 'payee_held',
      reasonCode: record.payeeFault,
      attempt: 0,
    });
  const earlier = new Map(record.undelivered.map((item) => [reissuePurpose(item), item]));
  const lapsed: Undelivered[] = [];
  for (const settlement of settlements) {
    const lost = undeliveredOf(settlement, earlier.get(settlement.purpose));
    if (lost) (hasLapsed(lost, settlement.returnDate as Day | undefined, window) ? lapsed : owed).push(lost);
  }
  return { owed, lapsed };
}
type CarriedPeriod = Undelivered['origin'];

const lapse = (household: string, { origin, amountMinor, availableOn }: Undelivered, currency: Currency) => ({
  stage: 'CarryState',
  code: 'UNCLAIMED_LAPSED',
  subject: household,
  amount: formatAmount(amountMinor, currency),
  message: `money of ${origin} was there to collect from ${availableOn}`,
});
