import type { Ports } from '../../adapters/ports.ts';
import { joiningShards, shardName, shardOf } from '../../domain/kernel/shards.ts';
import type { Undelivered } from '../../domain/payments/undelivered.ts';
import type { HouseholdState } from '../../domain/records/household.ts';
import { correctedLines } from './corrections/corrected.ts';
import { bulk, type FrozenInputs, type ShardRef } from './cycle.ts';
import { parseLines, readBytes } from './jsonl.ts';

/** A household's carried state: the rules' own, and what it was owed and did not get. */
export type CarriedState = {
  readonly household: string;
  readonly rules: HouseholdState;
  readonly undelivered: readonly Undelivered[];
};

/**
 * State of the households of this shard after the previous cycle, whose shards may have been cut otherwise; where
 * the cycle corrects a household's past, the state that it should have had.
 */
export async function carriedStates(
  ports: Ports,
  inputs: FrozenInputs,
  { prefix: cycle, shard }: Pick<ShardRef, 'prefix' | 'shard'>,
): Promise<Map<string, CarriedState>> {
  const states = new Map<string, CarriedState>();
  if (!inputs.previous) return states;
  const { prefix, shards } = inputs.previous;
  for (const theirs of joiningShards(shard, inputs.roster.shards, shards)) {
    const body = await readBytes(ports.objects, bulk(`${prefix}/${shardName(theirs)}.jsonl`));
    for (const state of parseLines<CarriedState>(body))
      if (shardOf(state.household, inputs.roster.shards) === shard) states.set(state.household, state);
  }
  for (const { household, state } of (await correctedLines(ports, inputs, { prefix: cycle, shard })).values())
    states.set(household, { household, rules: state, undelivered: states.get(household)?.undelivered ?? [] });
  return states;
}
