import type { Ports } from '../../../adapters/ports.ts';
import { joiningShards } from '../../../domain/kernel/shards.ts';
import type { BankEvent } from '../../../domain/payments/bank-event.ts';
import { type Reconciliation, reconcile } from '../../../domain/payments/reconciliation.ts';
import { sentIn } from '../control-file.ts';
import { bulk, type FrozenInputs, frozenInputs, hasInstitutes, laneCount, stageKey } from '../cycle.ts';
import { readLines } from '../jsonl.ts';
import type { IndexedInstruction } from '../payment-files.ts';
import { eventsOf } from '../report-events.ts';
import { reportsOf } from '../reports-received.ts';
import { lanesOf, type PinnedReport } from './freeze.ts';

/** One lane of a closed cycle as each cycle so far knew it, oldest first, and as it is with the new reports. */
export type LateFold = {
  readonly known: readonly Reconciliation[];
  readonly now: Reconciliation;
  /** Of the lanes that read this one, this lane lists what belongs to no payment. */
  readonly listsStrays: boolean;
};

/**
 * Reconciles the lanes of one closed cycle that paid the payees of `lane`, once for every cycle that took reports
 * about it. `reports` are all late ones about that cycle.
 */
export async function lateFolds(
  ports: Ports,
  inputs: FrozenInputs,
  lane: number,
  reports: readonly PinnedReport[],
): Promise<LateFold[]> {
  const [{ prefix, closedWith }] = reports as [PinnedReport];
  const theirs = await frozenInputs(ports, { prefix });
  const closed = { prefix, lanes: laneCount(theirs) };
  const base = await reportsOf(ports, closed, { hash: closedWith });
  const folds: LateFold[] = [];
  for (const each of lanesBehind(lane, inputs, theirs)) {
    const instructions = await readLines<IndexedInstruction>(
      ports.objects,
      bulk(stageKey(closed, 'instructed', each)),
    );
    const events: BankEvent[] = await eventsOf(ports, closed, each, 'bank-events', base);
    const fold = () =>
      reconcile({
        instructions,
        events,
        sentIn: (item) => sentIn(item as IndexedInstruction),
        rules: { answerDue: true },
      });
    const known = [fold()];
    const taken = new Set(reports.flatMap(({ takenIn }) => (takenIn ? [takenIn] : [])));
    for (const cycle of [...taken].sort()) {
      const hashes = reports.filter(({ takenIn }) => takenIn === cycle).map(({ hash }) => hash);
      events.push(...(await eventsOf(ports, closed, each, 'late-events', hashes)));
      known.push(fold());
    }
    const fresh = reports.filter(({ takenIn }) => !takenIn).map(({ hash }) => hash);
    events.push(...(await eventsOf(ports, closed, each, 'late-events', fresh)));
    const listsStrays = lanesOf(each, theirs.roster.shards, inputs.roster.shards)[0] === lane;
    folds.push({ known, now: fold(), listsStrays });
  }
  return folds;
}

/** The lanes of an earlier cycle that paid the payees of a lane of this one. */
function lanesBehind(lane: number, ours: FrozenInputs, theirs: FrozenInputs): number[] {
  if (lane < ours.roster.shards) return joiningShards(lane, ours.roster.shards, theirs.roster.shards);
  return hasInstitutes(theirs) ? [theirs.roster.shards] : [];
}
