import type { Ports } from '../../adapters/ports.ts';
import { Refused } from '../../domain/kernel/result.ts';
import { shardName, shardOf } from '../../domain/kernel/shards.ts';
import type { ReconciledLine } from '../../domain/payments/reconciled-line.ts';
import type { ProgrammeDefinition } from '../../domain/records/programme.ts';
import type { TimelinePeriod } from '../../domain/transfers/timeline.ts';
import { type ClosedCycle, closedCycles, householdsInCycle } from './closed-cycles.ts';
import { bulk, frozenProgramme, headKey } from './cycle.ts';
import { parseLines } from './jsonl.ts';

/** One closed cycle of a household: what was decided, and what the bank did with it. */
export type HistoryPeriod = TimelinePeriod & {
  readonly definition: ProgrammeDefinition;
  readonly payments: readonly ReconciledLine[];
  /** Why its money was held although it was owed. */
  readonly payeeFault?: string;
};

/**
 * The closed cycles of one household, oldest first. Refused: a programme without a closed cycle (CYCLE_NOT_FOUND), a
 * household that no closed cycle had (NOT_FOUND).
 */
export async function historyOf(
  ports: Ports,
  programme: string,
  household: string,
): Promise<HistoryPeriod[]> {
  const head = await ports.control.get(headKey(programme));
  if (!head?.period)
    throw new Refused({
      code: 'CYCLE_NOT_FOUND',
      message: `programme ${programme} has no closed cycle here`,
      next: 'run one with `cumple cycle run`, or name the folder of its cycles with --out',
    });
  const periods: HistoryPeriod[] = [];
  for (const cycle of await closedCycles(ports, { prefix: String(head.prefix) })) {
    const known = (await householdsInCycle(ports, cycle, new Set([household]))).get(household);
    if (!known) continue;
    const { definition } = await frozenProgramme(ports, cycle.inputs);
    const { result, payeeFault } = known.record;
    periods.push({
      definition,
      period: known.period,
      verdicts: known.verdicts,
      result,
      payments: await paymentsOf(ports, cycle, household),
      ...(payeeFault && { payeeFault }),
    });
  }
  if (periods.length > 0) return periods;
  throw new Refused({
    code: 'NOT_FOUND',
    message: `no closed cycle of ${programme} had household ${household}`,
    next: 'check the household id of the roster',
  });
}

/** What the bank did with the payments of one household in a closed cycle. */
async function paymentsOf(
  ports: Ports,
  { prefix, statePrefix, inputs }: ClosedCycle,
  household: string,
): Promise<ReconciledLine[]> {
  const reports = statePrefix.slice(statePrefix.lastIndexOf('/') + 1);
  const shard = shardName(shardOf(household, inputs.roster.shards));
  // A window that its limit ended reconciled the same reports once more: that one counts.
  for (const name of [`${reports}-final`, reports]) {
    const bytes = await ports.objects.get(bulk(`${prefix}/reconciled/${name}/lines/${shard}.jsonl`));
    if (!bytes) continue;
    return [...parseLines<ReconciledLine>(bytes)].filter(({ payeeId }) => payeeId === household);
  }
  return [];
}
