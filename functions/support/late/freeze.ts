import type { Ports } from '../../../adapters/ports.ts';
import type { Month } from '../../../domain/kernel/period.ts';
import { joiningShards } from '../../../domain/kernel/shards.ts';
import { type ClosedCycle, closedCycles } from '../closed-cycles.ts';
import { bulk, type FrozenInputs } from '../cycle.ts';
import { JsonLines, parseLines, readBytes, writeByHash } from '../jsonl.ts';
import { type LateReport, lateReports } from './queue.ts';

export type FrozenLateReports = NonNullable<FrozenInputs['lateReports']>;

/** A late report as a cycle pins it. */
export type PinnedReport = Pick<LateReport, 'period' | 'hash' | 'name'> & {
  /** Where the records of the cycle that it speaks of are, and which reports that cycle closed with. */
  readonly prefix: string;
  readonly closedWith: string;
  /** The earlier cycle that took it; absent where this one does. */
  readonly takenIn?: Month;
};

/**
 * Pins the late reports that no closed cycle has taken, and with them every earlier one about the same cycles: a
 * payment's state is a fold of all that was ever said of it. A report is taken when a cycle that froze it closes, and
 * the closed cycles that lead to `previous` are the only record of that. Null where nothing waits. `shards` is the
 * number of the roster's.
 */
export async function freezeLateReports(
  ports: Ports,
  programme: string,
  shards: number,
  previous: FrozenInputs['previous'],
): Promise<FrozenLateReports | null> {
  const all: LateReport[] = [];
  for await (const report of lateReports(ports, programme)) all.push(report);
  if (all.length === 0 || !previous) return null;
  const closed = await closedCycles(ports, previous);
  const cycles = new Map(closed.map((cycle) => [cycle.inputs.period, cycle]));
  const taken = await takenBefore(ports, closed);
  const fresh = all.filter((report) => !taken.has(idOf(report)) && cycles.has(report.period));
  if (fresh.length === 0) return null;
  const periods = new Set(fresh.map(({ period }) => period));
  const out = new JsonLines();
  for (const { period, hash, name } of all) {
    if (!periods.has(period)) continue;
    const { prefix, statePrefix } = cycles.get(period)!;
    const takenIn = taken.get(idOf({ period, hash }));
    const closedWith = statePrefix.slice(statePrefix.lastIndexOf('/') + 1);
    out.add({ period, hash, name, prefix, closedWith, ...(takenIn && { takenIn }) } satisfies PinnedReport);
  }
  const key = await writeByHash(ports.objects, `late-reports/${programme}`, out);
  const lanes = new Set(
    fresh.flatMap(({ period, touched }) =>
      touched.flatMap((lane) => lanesOf(lane, cycles.get(period)!.inputs.roster.shards, shards)),
    ),
  );
  return { key, count: fresh.length, lanes: [...lanes].sort((a, b) => a - b) };
}

const idOf = ({ period, hash }: Pick<LateReport, 'period' | 'hash'>) => `${period}#${hash}`;

/** Which closed cycle took which report. */
async function takenBefore(ports: Ports, closed: readonly ClosedCycle[]): Promise<Map<string, Month>> {
  const taken = new Map<string, Month>();
  for (const { inputs } of closed)
    for (const report of await pinnedReports(ports, inputs))
      if (!report.takenIn) taken.set(idOf(report), inputs.period);
  return taken;
}

/** Lanes of a cycle of `ours` shards whose payees lane `theirs` of an earlier cycle may have paid; institutes come last. */
export function lanesOf(lane: number, theirs: number, ours: number): number[] {
  if (lane === theirs) return [ours];
  return Array.from({ length: ours }, (_, mine) => mine).filter((mine) =>
    joiningShards(mine, ours, theirs).includes(lane),
  );
}

/** The late reports that a cycle pinned, those of earlier cycles too. */
export async function pinnedReports(
  ports: Ports,
  inputs: Pick<FrozenInputs, 'lateReports'>,
): Promise<PinnedReport[]> {
  if (!inputs.lateReports) return [];
  return [...parseLines<PinnedReport>(await readBytes(ports.objects, bulk(inputs.lateReports.key)))];
}
