import type { Ports } from '../../adapters/ports.ts';
import type { Undelivered } from '../../domain/payments/undelivered.ts';
import type { DisbursementRecord, ProviderState } from '../settle-contracts.ts';
import type { Outcome } from './claims/tell.ts';
import { bulk, cycleRecord, type FrozenInputs, frozenInputs, hasInstitutes, stageKey } from './cycle.ts';
import { parseLines, readBytes } from './jsonl.ts';

/** The institutes' lane stands behind the households' shards. */
export const instituteLane = (inputs: Pick<FrozenInputs, 'roster'>): number => inputs.roster.shards;

/** What a cycle settled, institute by institute; nothing where there are none. */
export async function* disbursementRecords(
  ports: Ports,
  cycle: { readonly prefix: string },
  inputs: FrozenInputs,
): AsyncGenerator<DisbursementRecord> {
  if (!hasInstitutes(inputs)) return;
  const key = stageKey(cycle, 'transfers', instituteLane(inputs));
  yield* parseLines<DisbursementRecord>(await readBytes(ports.objects, bulk(key)));
}

/** What an earlier cycle of the programme settled for these institutes. */
export async function earlierRecords(
  ports: Ports,
  programme: string,
  period: string,
  providers: ReadonlySet<string>,
): Promise<Map<string, DisbursementRecord>> {
  const { prefix } = await cycleRecord(ports, programme, period);
  const cycle = { prefix: String(prefix) };
  const found = new Map<string, DisbursementRecord>();
  for await (const record of disbursementRecords(ports, cycle, await frozenInputs(ports, cycle)))
    if (providers.has(record.household)) found.set(record.household, record);
  return found;
}

/** What an institute carries out of a cycle: its settlement states, and what it was owed and did not get. */
export type CarriedInstitute = {
  readonly household: string;
  readonly rules: ProviderState;
  readonly undelivered: readonly Undelivered[];
};

const outcomes = (
  record: DisbursementRecord,
  contract: string,
  of: readonly { readonly participant?: string; readonly milestone: string }[],
): Outcome[] => {
  const each = new Map<string, Outcome>();
  for (const { participant, milestone } of of)
    if (participant)
      each.set(`${participant}|${milestone}`, {
        ...{ contract, provider: record.household, participant, milestone },
      });
  return [...each.values()];
};

/**
 * Outcomes that are to be paid by a settlement, now or once what is withheld is released. One that a cap left
 * nothing of is not among them: no payment will ever come for it.
 */
export const settledOutcomes = (record: DisbursementRecord): Outcome[] =>
  record.settlements.flatMap(({ contract, lines }) =>
    outcomes(
      record,
      contract,
      lines.filter((line) => line.kind === 'outcome' && line.amountMinor + line.withheldMinor > 0),
    ),
  );

/** Outcomes whose money, or what was withheld of it, is part of what a settlement pays. */
export const paidOutcomes = (
  record: DisbursementRecord,
  settlement: DisbursementRecord['settlements'][number],
): Outcome[] =>
  outcomes(
    record,
    settlement.contract,
    settlement.lines.filter(({ kind, amountMinor }) => /^(outcome|release)$/.test(kind) && amountMinor > 0),
  );

/** Outcomes that a settlement takes back, and why. */
export const reversedOutcomes = (
  record: DisbursementRecord,
): { readonly outcome: Outcome; readonly on: string; readonly reason: string }[] =>
  record.settlements.flatMap(({ contract, recoveries }) =>
    recoveries.map(({ participant, milestone, date, reason }) => ({
      outcome: { contract, provider: record.household, participant, milestone },
      on: date,
      reason,
    })),
  );
