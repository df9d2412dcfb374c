import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import type { Month } from '../domain/kernel/period.ts';
import type { ReconciledLine } from '../domain/payments/reconciled-line.ts';
import { owedFor } from '../domain/payments/undelivered.ts';
import type { DisbursementRecord } from './settle-contracts.ts';
import { type Outcome, type Tale, tellAll } from './support/claims/tell.ts';
import { bulk, CycleRef, frozenInputs, hasInstitutes, ReportSet, reconciledKey } from './support/cycle.ts';
import { step } from './support/handler.ts';
import {
  disbursementRecords,
  earlierRecords,
  instituteLane,
  paidOutcomes,
} from './support/institute-lane.ts';
import { parseLines, readBytes } from './support/jsonl.ts';
import { lateLines } from './support/late/lines.ts';
import { Told } from './tell-settled.ts';

const Input = z.object({ cycle: CycleRef.loose(), reports: ReportSet });

/** Money that arrived: the cycle and the contract that it is of (none: all of them), and when. */
type Arrived = {
  readonly provider: string;
  readonly origin: Month;
  readonly contract?: string;
  readonly on: string;
  readonly endToEndId?: string;
};

/**
 * Tells claims that the bank paid their outcome, in this cycle's payments, in the reissue of an earlier one's, or in an
 * earlier one's of which the bank said so late. Where
 * all of a settlement was netted against an advance or a debt of its institute, nothing is ordered: it is paid too.
 */
export const handler = step(
  'TellPaid',
  { input: Input, output: Told },
  async ({ cycle, reports }, { ports }) => {
    const inputs = await frozenInputs(ports, cycle);
    if (!hasInstitutes(inputs)) return { told: 0, known: 0, left: 0, none: 0 };
    const lane = instituteLane(inputs);
    const arrived = await arrivals(ports, reconciledKey(cycle, reports, 'lines', lane));
    for (const { answers } of await lateLines(ports, inputs, { ...cycle, shard: lane }))
      arrived.push(...answers.flatMap(({ line, effect }) => (effect === 'arrived' ? [arrivalOf(line)] : [])));
    const now = new Map<string, DisbursementRecord>();
    for await (const record of disbursementRecords(ports, cycle, inputs)) {
      now.set(record.household, record);
      for (const { contract, date, totals } of record.settlements)
        if (totals.payable === 0 && totals.advanceRecovered + totals.clawedBack > 0)
          arrived.push({ provider: record.household, origin: inputs.period, contract, on: date });
    }
    const tales: [Outcome, Tale][] = [];
    for (const origin of [...new Set(arrived.map((one) => one.origin))].sort()) {
      const theirs = arrived.filter((one) => one.origin === origin);
      const providers = new Set(theirs.map(({ provider }) => provider));
      const records =
        origin === inputs.period ? now : await earlierRecords(ports, cycle.programme, origin, providers);
      for (const one of theirs) tales.push(...talesOf(one, records.get(one.provider), cycle));
    }
    return tellAll(ports, tales);
  },
);

async function arrivals(ports: Ports, key: string): Promise<Arrived[]> {
  const arrived: Arrived[] = [];
  for (const line of parseLines<ReconciledLine>(await readBytes(ports.objects, bulk(key))))
    if (line.payeeKind === 'provider' && line.state === 'paid') arrived.push(arrivalOf(line));
  return arrived;
}

const arrivalOf = (line: ReconciledLine): Arrived => ({
  provider: line.payeeId,
  ...owedFor(line.purpose, line.cycle as Month),
  on: line.debitDate ?? line.statusDate ?? '',
  endToEndId: line.endToEndId,
});

function talesOf(
  { origin, contract, on, endToEndId }: Arrived,
  record: DisbursementRecord | undefined,
  { programme, period }: CycleRef,
): [Outcome, Tale][] {
  const tale: Tale = {
    event: 'paid',
    settledIn: { programme, period: origin },
    in: { programme, period },
    on,
    ...(endToEndId && { endToEndId }),
  };
  return (record?.settlements ?? [])
    .filter((settlement) => contract === undefined || settlement.contract === contract)
    .flatMap((settlement) => paidOutcomes(record!, settlement))
    .map((outcome) => [outcome, tale]);
}
