import type { Ports } from '../../adapters/ports.ts';
import type { Month } from '../../domain/kernel/period.ts';
import { shardName, shardOf } from '../../domain/kernel/shards.ts';
import type { EvidenceRow, Exemption, Household, Verdict } from '../../domain/records/household.ts';
import { collectionEvidence } from '../../domain/transfers/collection.ts';
import type { TransferRecord } from '../calculate-transfers.ts';
import type { ComplianceLine } from '../verify-compliance.ts';
import { bulk, type FrozenInputs, frozenInputs, frozenProgramme, stageKey } from './cycle.ts';
import { evidenceByHousehold, withoutConflicts } from './evidence.ts';
import { JsonLines, parseLines, readBytes } from './jsonl.ts';

/** A closed cycle: what it froze, where its records are, and where the state that it left. */
export type ClosedCycle = {
  readonly prefix: string;
  readonly statePrefix: string;
  readonly inputs: FrozenInputs;
};

/** The closed cycles that lead to a state, oldest first: each froze which one it went on from. */
export async function closedCycles(
  ports: Ports,
  last: { readonly prefix: string } | null,
): Promise<ClosedCycle[]> {
  const cycles: ClosedCycle[] = [];
  for (let state = last; state; ) {
    const prefix = cycleOfState(state.prefix);
    const inputs = await frozenInputs(ports, { prefix });
    cycles.unshift({ prefix, statePrefix: state.prefix, inputs });
    state = inputs.previous;
  }
  return cycles;
}

/** `cycles/P/MONTH/HASH/state/REPORTS` is below the prefix of its cycle. */
const cycleOfState = (prefix: string) => prefix.slice(0, prefix.lastIndexOf('/state/'));

/** What one closed cycle knew and decided of a household. */
export type HouseholdInCycle = {
  readonly period: Month;
  readonly household: Household;
  readonly evidence: readonly EvidenceRow[];
  readonly exemptions: readonly Exemption[];
  readonly verdicts: readonly Verdict[];
  readonly record: TransferRecord;
};

/** The named households in one closed cycle, by id; who was not on its roster is not in it. */
export async function householdsInCycle(
  ports: Ports,
  { prefix, inputs }: Pick<ClosedCycle, 'prefix' | 'inputs'>,
  households: ReadonlySet<string>,
): Promise<Map<string, HouseholdInCycle>> {
  const found = new Map<string, HouseholdInCycle>();
  const { roster, period } = inputs;
  const { definition } = await frozenProgramme(ports, inputs);
  for (const shard of new Set([...households].map((id) => shardOf(id, roster.shards)))) {
    const read = async <T>(key: string) => parseLines<T>(await readBytes(ports.objects, bulk(key)));
    const theirs = new Map<string, Household>();
    for (const one of await read<Household>(`roster/${roster.batch}/households/${shardName(shard)}.jsonl`))
      if (households.has(one.id)) theirs.set(one.id, one);
    if (theirs.size === 0) continue;
    const evidence = await evidenceByHousehold(ports, { prefix, shard }, inputs);
    const verdicts = new Map<string, readonly Verdict[]>();
    for (const [id, judged] of await read<ComplianceLine>(stageKey({ prefix }, 'compliance', shard)))
      if (theirs.has(id)) verdicts.set(id, judged);
    for (const record of await read<TransferRecord>(stageKey({ prefix }, 'transfers', shard))) {
      const household = theirs.get(record.household);
      if (!household) continue;
      const gathered = evidence.get(household.id);
      // What contradicted itself was listed by the cycle that saw it.
      const given = withoutConflicts(gathered?.rows ?? [], new JsonLines());
      found.set(household.id, {
        period,
        household,
        evidence: [
          ...given,
          ...collectionEvidence(definition, period, household.id, record.undelivered, given),
        ],
        exemptions: gathered?.exemptions ?? [],
        verdicts: verdicts.get(household.id)!,
        record,
      });
    }
  }
  return found;
}
