import type { Ports } from '../../adapters/ports.ts';
import { joiningShards, shardName, shardOf } from '../../domain/kernel/shards.ts';
import type { Undelivered } from '../../domain/payments/undelivered.ts';
import type { HouseholdState } from '../../domain/records/household.ts';
import { bulk, type FrozenInputs } from './cycle.ts';
import { parseLines, readBytes } from './jsonl.ts';

/** A household's carried state: the rules' own, and what it was owed and did not get. */
export type CarriedState = {
  readonly household: string;
  readonly rules: HouseholdState;
  readonly undelivered: readonly Undelivered[];
};

/** State of the households of this shard after the previous cycle, whose shards may have been cut otherwise. */
export async function carriedStates(
  ports: Ports,
  inputs: FrozenInputs,
  shard: number,
): Promise<Map<string, CarriedState>> {
  const states = new Map<string, CarriedState>();
  if (!inputs.previous) return states;
  const { prefix, shards } = inputs.previous;
  for (const theirs of joiningShards(shard, inputs.roster.shards, shards)) {
    const body = await readBytes(ports.objects, bulk(`${prefix}/${shardName(theirs)}.jsonl`));
    for (const state of parseLines<CarriedState>(body))
      if (shardOf(state.household, inputs.roster.shards) === shard) states.set(state.household, state);
  }
  return states;
}
