import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import type { Month } from '../domain/kernel/period.ts';
import { unwrap } from '../domain/kernel/result.ts';
import { shardName, shardOf } from '../domain/kernel/shards.ts';
import { correctedEvidence, correctedHousehold } from '../domain/records/correction.ts';
import type { Household } from '../domain/records/household.ts';
import { type ClosedPeriod, correctHistory } from '../domain/transfers/correction.ts';
import type { TransferRecord } from './calculate-transfers.ts';
import { closedCycles, householdsInCycle } from './support/closed-cycles.ts';
import type { CorrectedLine } from './support/corrections/corrected.ts';
import { frozenCorrections } from './support/corrections/freeze.ts';
import type { CorrectionRecord } from './support/corrections/register.ts';
import {
  bulk,
  type FrozenInputs,
  frozenInputs,
  frozenProgramme,
  ShardRef,
  stageKey,
} from './support/cycle.ts';
import { step } from './support/handler.ts';
import { JsonLines, parseLines, readBytes, writeOnce } from './support/jsonl.ts';

const Output = z.object({ households: z.number().int(), adjustments: z.number().int() });

/**
 * Reckons the closed cycles of a shard's corrected households again with all that is known now, and leaves the
 * difference, by cycle and line, and the state that they should have had. Closed cycles are not touched. A
 * household that is not on this roster, or was in no closed cycle, cannot be paid: it is listed, and its correction
 * waits.
 */
export const handler = step(
  'CorrectHistory',
  { input: ShardRef, output: Output },
  async (input, { ports }) => {
    const inputs = await frozenInputs(ports, input);
    const waiting = new Map<string, CorrectionRecord[]>();
    for (const [household, records] of await frozenCorrections(ports, inputs))
      if (shardOf(household, inputs.roster.shards) === input.shard) waiting.set(household, records);
    const present = await onRoster(ports, inputs, input.shard);
    const histories = await historiesOf(ports, inputs, waiting);
    const out = new JsonLines();
    const issues = new JsonLines();
    let adjustments = 0;
    for (const [household, records] of waiting) {
      const history = histories.get(household) ?? [];
      if (present.has(household) && history.length > 0) {
        const line = lineOf(household, records, history);
        adjustments += line.adjustments.length;
        out.add(line);
      } else issues.add(waits(household, records, present.has(household)));
    }
    await writeOnce(ports.objects, bulk(stageKey(input, 'corrected', input.shard)), out.bytes());
    await writeOnce(
      ports.objects,
      bulk(`${input.prefix}/exceptions/correct-${shardName(input.shard)}.jsonl`),
      issues.bytes(),
    );
    return { households: out.count, adjustments };
  },
);

async function onRoster(ports: Ports, { roster }: FrozenInputs, shard: number): Promise<Set<string>> {
  const present = new Set<string>();
  const key = `roster/${roster.batch}/households/${shardName(shard)}.jsonl`;
  for (const { id } of parseLines<Household>(await readBytes(ports.objects, bulk(key)))) present.add(id);
  return present;
}

/** Every closed cycle of the households, oldest first, with what is known now. */
async function historiesOf(
  ports: Ports,
  inputs: FrozenInputs,
  waiting: ReadonlyMap<string, readonly CorrectionRecord[]>,
): Promise<Map<string, ClosedPeriod[]>> {
  const histories = new Map<string, ClosedPeriod[]>();
  const households = new Set(waiting.keys());
  for (const cycle of await closedCycles(ports, inputs.previous)) {
    const { compiled } = await frozenProgramme(ports, cycle.inputs);
    for (const [id, known] of await householdsInCycle(ports, cycle, households)) {
      const records = waiting.get(id)!;
      const corrections = records.map(({ correction }) => correction);
      const closed: ClosedPeriod = {
        programme: compiled,
        decided: decidedOf(known.record),
        household: correctedHousehold(known.household, rosterChanges(records, known.period), known.period),
        evidence: correctedEvidence(known.evidence, corrections),
        exemptions: [...known.exemptions, ...corrections.flatMap(({ exemptions }) => exemptions)],
      };
      const earlier = histories.get(id);
      if (earlier) earlier.push(closed);
      else histories.set(id, [closed]);
    }
  }
  return histories;
}

/** A recovery that was met by not ordering again counts as taken, or it would be asked for a second time. */
const decidedOf = ({ result, cancelled = [] }: TransferRecord): ClosedPeriod['decided'] => ({
  ...result,
  recoveries: [...result.recoveries, ...cancelled],
});

/** A roster says what is right from the cycle that applied a registry change on: the change is for those before. */
const rosterChanges = (records: readonly CorrectionRecord[], period: Month) =>
  records
    .filter(({ appliedIn }) => appliedIn === undefined || period < appliedIn)
    .map(({ correction }) => correction);

function lineOf(
  household: string,
  records: readonly CorrectionRecord[],
  history: readonly ClosedPeriod[],
): CorrectedLine {
  const fresh = records.filter(({ state }) => state === 'APPROVED');
  const last = fresh.at(-1)!;
  const corrected = unwrap(
    correctHistory(history, undefined, {
      id: fresh.map(({ correction }) => correction.id).join('+'),
      reason: last.correction.reason,
      submittedBy: last.submittedBy,
      approvedBy: last.decidedBy!,
      approvedOn: last.decidedAt!,
    }),
  );
  return {
    household,
    applied: fresh.map(({ correction }) => correction.id),
    adjustments: corrected.adjustments,
    state: corrected.state,
    evidence: records.flatMap(({ correction }) => correction.evidence),
    exemptions: records.flatMap(({ correction }) => correction.exemptions),
  };
}

function waits(household: string, records: readonly CorrectionRecord[], present: boolean) {
  const ids = records
    .filter(({ state }) => state === 'APPROVED')
    .map(({ correction }) => correction.id)
    .join(', ');
  return {
    stage: 'CorrectHistory',
    code: 'CORRECTION_WAITS',
    subject: household,
    message: `correction ${ids} waits: household ${household} ${present ? 'was in no closed cycle' : 'is not on this roster'}`,
  };
}
