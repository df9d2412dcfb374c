import { z } from 'zod';
import { assert } from '../domain/kernel/assert.ts';
import type { Month } from '../domain/kernel/period.ts';
import { shardName, shardOf } from '../domain/kernel/shards.ts';
import {
  addTotals,
  type CycleTotals,
  emptyTotals,
  noCompliance,
  sortedTotals,
} from '../domain/payments/cycle-totals.ts';
import type { Payable } from '../domain/payments/payable.ts';
import { isReissue, type Undelivered } from '../domain/payments/undelivered.ts';
import type { Household, Verdict } from '../domain/records/household.ts';
import type { ProgrammeDefinition } from '../domain/records/programme.ts';
import type { Cancelled } from '../domain/transfers/cancel.ts';
import { calculateTransfers, type TransferResult } from '../domain/transfers/entitlement.ts';
import { carriedStates } from './support/carried-state.ts';
import { correctedLines } from './support/corrections/corrected.ts';
import { bulk, frozenInputs, frozenProgramme, ShardRef, stageKey } from './support/cycle.ts';
import { dueBefore } from './support/due-before.ts';
import { step } from './support/handler.ts';
import { JsonLines, parseLines, readBytes, writeOnce } from './support/jsonl.ts';
import { payablesOf, payeeFault } from './support/payables.ts';
import { Segments } from './support/segments.ts';
import type { ComplianceLine } from './verify-compliance.ts';

const Output = z.object({ households: z.number().int(), payables: z.number().int() });

/** One line of a transfers shard: everything that an approver or an auditor asks about a household's amount. */
export type TransferRecord = {
  readonly household: string;
  readonly territory: string;
  readonly result: Omit<TransferResult, 'state'>;
  /** What this cycle owes now, arrears and recoveries included; minor units. */
  readonly dueMinor: number;
  /** Why the money is held although it is owed: the account or the payee is not payable. */
  readonly payeeFault?: string;
  readonly payables: readonly Payable[];
  readonly undelivered: readonly Undelivered[];
  /** Recoveries met by not ordering again what had not arrived. */
  readonly cancelled?: Cancelled['cancelled'];
};

/** What every lane's records have in common, households' and institutes'. */
export type PayeeRecord = Pick<
  TransferRecord,
  'household' | 'dueMinor' | 'payeeFault' | 'payables' | 'undelivered'
>;

/** Works out what every household of a shard is owed, and what the rules remember of it for the next cycle. */
export const handler = step(
  'CalculateTransfers',
  { input: ShardRef, output: Output },
  async (input, { ports }) => {
    const inputs = await frozenInputs(ports, input);
    const { definition, compiled } = await frozenProgramme(ports, inputs);
    const carried = await carriedStates(ports, inputs, input);
    const corrected = await correctedLines(ports, inputs, input);
    const roster = await readBytes(
      ports.objects,
      bulk(`roster/${inputs.roster.batch}/households/${shardName(input.shard)}.jsonl`),
    );
    const compliance = parseLines<ComplianceLine>(
      await readBytes(ports.objects, bulk(stageKey(input, 'compliance', input.shard))),
    );
    const out = new JsonLines();
    const states = new JsonLines();
    const accounts = new Segments(inputs.roster.shards);
    const totals = emptyTotals();
    for (const household of parseLines<Household>(roster)) {
      const line = compliance.next().value as ComplianceLine | undefined;
      assert(
        line?.[0] === household.id,
        `compliance and roster of shard ${input.shard} are not in step at ${household.id}`,
      );
      const before = carried.get(household.id);
      carried.delete(household.id);
      const due = dueBefore(before, corrected.get(household.id)?.adjustments);
      const { state, ...result } = calculateTransfers(
        compiled,
        household,
        line[1],
        due.rules,
        due.adjustments,
      );
      const record = recordOf(definition, household, result, due);
      out.add(record);
      states.add({ household: household.id, rules: state });
      if (household.payee?.account && record.payables.length > 0)
        accounts.add(shardOf(household.payee.account, inputs.roster.shards), [
          household.payee.account,
          household.id,
        ]);
      addTotals(totals, totalsOf(record, line[1], inputs.period));
    }
    // A household that left the roster keeps what it is owed: its state waits until it is back or corrected.
    for (const gone of carried.values())
      states.add({ household: gone.household, rules: gone.rules, kept: gone.undelivered });
    await writeOnce(ports.objects, bulk(stageKey(input, 'transfers', input.shard)), out.bytes());
    await writeOnce(ports.objects, bulk(stageKey(input, 'next-state', input.shard)), states.bytes());
    await accounts.write(ports.objects, 'bulk', stageKey(input, 'accounts', input.shard));
    await writeOnce(
      ports.objects,
      bulk(`${input.prefix}/totals/${shardName(input.shard)}.json`),
      JSON.stringify(sortedTotals(totals)),
    );
    return { households: totals.households.total, payables: totals.payables.count };
  },
);

function recordOf(
  definition: ProgrammeDefinition,
  household: Household,
  result: TransferRecord['result'],
  { undelivered, cancelled }: Pick<Cancelled, 'undelivered' | 'cancelled'>,
): TransferRecord {
  const fault = payeeFault(household, definition.country);
  return {
    household: household.id,
    territory: household.territory,
    result,
    dueMinor: result.payableMinor + result.arrearsMinor - result.recoveredMinor,
    ...(fault && { payeeFault: fault }),
    payables: fault ? [] : payablesOf(definition, household, result, undelivered),
    undelivered,
    ...(cancelled.length > 0 && { cancelled }),
  };
}

function totalsOf(record: TransferRecord, verdicts: readonly Verdict[], period: Month): CycleTotals {
  const totals = emptyTotals();
  const { result, payables } = record;
  const { entitledMinor, payableMinor, heldMinor, forfeitedMinor, arrearsMinor, recoveredMinor } = result;
  totals.households.total = 1;
  totals.households.eligible = result.eligible ? 1 : 0;
  totals.households.entitled = entitledMinor > 0 ? 1 : 0;
  Object.assign(totals.transfers, {
    entitledMinor,
    payableMinor,
    heldMinor,
    forfeitedMinor,
    arrearsMinor,
    lapsedMinor: result.lapsed.reduce((sum, line) => sum + line.amountMinor, 0),
    recoveredMinor,
  });
  const total = payables.reduce((sum, payable) => sum + payable.amountMinor, 0);
  const reissues = payables.filter(({ purpose }) => isReissue(purpose));
  Object.assign(totals.payables, {
    count: payables.length,
    totalMinor: total,
    reissued: reissues.length,
    reissuedMinor: reissues.reduce((sum, payable) => sum + payable.amountMinor, 0),
  });
  if (record.payeeFault && record.dueMinor > 0)
    Object.assign(totals.payables, { payeeHeld: 1, payeeHeldMinor: record.dueMinor });
  // Who is out of the programme has no compliance to count, but may still be sent what is owed from before.
  if (!result.eligible && total === 0) return totals;
  const territory = { ...noCompliance(), households: totals.households.eligible, payableMinor: total };
  totals.territories[record.territory] = territory;
  if (!result.eligible) return totals;
  for (const verdict of verdicts) {
    // Late evidence speaks of a period that was counted in its own time.
    if (verdict.period < period) continue;
    totals.compliance[verdict.condition] ??= noCompliance();
    totals.compliance[verdict.condition]![verdict.status] += 1;
    territory[verdict.status] += 1;
  }
  return totals;
}
