import type { Ports } from '../../adapters/ports.ts';
import { joiningShards, shardName, shardOf } from '../../domain/kernel/shards.ts';
import type { Undelivered } from '../../domain/payments/undelivered.ts';
import type { HouseholdState } from '../../domain/records/household.ts';
import { correctedLines } from './corrections/corrected.ts';
import { bulk, type FrozenInputs, type ShardRef } from './cycle.ts';
import { parseLines, readBytes } from './jsonl.ts';
import { lateLines } from './late/lines.ts';

/** A household's carried state: the rules' own, and what it was owed and did not get. */
export type CarriedState = {
  readonly household: string;
  readonly rules: HouseholdState;
  readonly undelivered: readonly Undelivered[];
};

type Carried = { readonly household: string; readonly undelivered: readonly Undelivered[] };

/** The states that the previous cycle left for the payees of a lane; its shards may have been cut otherwise. */
export async function previousStates<State extends Carried>(
  ports: Ports,
  { previous, roster }: Pick<FrozenInputs, 'previous' | 'roster'>,
  lane: number,
): Promise<Map<string, State>> {
  const states = new Map<string, State>();
  if (!previous) return states;
  const isInstitutes = lane === roster.shards;
  const theirs = !isInstitutes
    ? joiningShards(lane, roster.shards, previous.shards)
    : previous.lanes > previous.shards
      ? [previous.shards]
      : [];
  for (const each of theirs) {
    const body = await readBytes(ports.objects, bulk(`${previous.prefix}/${shardName(each)}.jsonl`));
    for (const state of parseLines<State>(body))
      if (isInstitutes || shardOf(state.household, roster.shards) === lane)
        states.set(state.household, state);
  }
  return states;
}

/** What the payees of a lane bring into this cycle: the states of the previous one, with what the bank has said late. */
export async function statesCarriedIn<State extends Carried>(
  ports: Ports,
  inputs: FrozenInputs,
  lane: Pick<ShardRef, 'prefix' | 'shard'>,
): Promise<Map<string, State>> {
  const states = await previousStates<State>(ports, inputs, lane.shard);
  for (const { household, undelivered } of await lateLines(ports, inputs, lane))
    states.set(household, { ...states.get(household)!, undelivered });
  return states;
}

/** The same for the households of a shard; where the cycle corrects their past, with the state that they should have had. */
export async function carriedStates(
  ports: Ports,
  inputs: FrozenInputs,
  shard: Pick<ShardRef, 'prefix' | 'shard'>,
): Promise<Map<string, CarriedState>> {
  const states = await statesCarriedIn<CarriedState>(ports, inputs, shard);
  for (const { household, state } of (await correctedLines(ports, inputs, shard)).values())
    states.set(household, { household, rules: state, undelivered: states.get(household)?.undelivered ?? [] });
  return states;
}
