import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { canonicalJson, hashOf } from '../domain/kernel/hash.ts';
import type { Month } from '../domain/kernel/period.ts';
import { Refused } from '../domain/kernel/result.ts';
import { OpenCycleInput } from './open-cycle.ts';
import { refuseOtherContent } from './support/claims/contracts.ts';
import { freezeClaims } from './support/claims/outcomes.ts';
import { freezeCorrections } from './support/corrections/freeze.ts';
import {
  bulk,
  CycleRef,
  cycleKey,
  definitionByHash,
  type FrozenInputs,
  frozenInputs,
  headKey,
  laneCount,
  lanes,
} from './support/cycle.ts';
import { step } from './support/handler.ts';
import { readJson, writeOnce } from './support/jsonl.ts';
import { freezeLateReports } from './support/late/freeze.ts';
import { freezeReversals } from './support/reversals/freeze.ts';

type BatchManifest = { batch: string; programme: string; hash: string; shards: number; personShards: number };

const Output = CycleRef.extend({
  shards: z.number().int(),
  shardList: z.array(z.number().int()),
  /** The shards and the institutes' lane behind them. */
  lanes: z.array(z.number().int()),
  /** Shards with households whose closed cycles are corrected. */
  correctedShards: z.array(z.number().int()),
  /** Lanes whose payees late bank reports speak of. */
  lateLanes: z.array(z.number().int()),
  evidenceShards: z.array(z.object({ batch: z.string(), shard: z.number().int() })),
});

/**
 * Pins roster, evidence, definition and previous state by hash with one conditional write. Freezing again
 * with the same hashes changes nothing, with others is refused (INPUTS_DIFFER).
 */
export const handler = step(
  'FreezeInputs',
  { input: OpenCycleInput, output: Output },
  async (input, { ports }) => {
    const { programme, period } = input;
    const read = (kind: string, batch: string) =>
      readJson<BatchManifest>(ports.objects, bulk(`${kind}/${batch}/manifest.json`));
    const roster = await read('roster', input.roster);
    const evidence = await Promise.all([...input.evidence].sort().map((batch) => read('evidence', batch)));
    const definition = await definitionByHash(ports, input.definitionHash);
    const gathered = await gatheredInputs(ports, input, roster.shards);
    const inputs: FrozenInputs = {
      programme,
      period,
      sequence: 1,
      maker: input.maker,
      payer: input.payer,
      contracts: input.contracts,
      claimsKey: gathered.claimsKey,
      verificationKey: gathered.verificationKey,
      reversalsKey: gathered.reversalsKey,
      providersKey: input.providersKey,
      corrections: gathered.corrections,
      lateReports: gathered.lateReports,
      currency: definition.currency,
      definitionHash: input.definitionHash,
      roster: {
        batch: roster.batch,
        hash: roster.hash,
        shards: roster.shards,
        personShards: roster.personShards,
      },
      evidence: evidence.map(({ batch, hash, personShards }) => ({ batch, hash, personShards })),
      previous: gathered.previous,
    };
    const freezeHash = hashOf(inputs);
    const prefix = `cycles/${programme}/${period}/${freezeHash.slice(0, 16)}`;
    // The inputs first: a row that says frozen can always be read back, wherever the process dies.
    await writeOnce(ports.objects, bulk(`${prefix}/inputs.json`), canonicalJson(inputs));
    const outcome = await ports.control.write([
      {
        update: cycleKey(programme, period),
        set: { freezeHash, prefix, status: 'FROZEN', sequence: inputs.sequence, shards: laneCount(inputs) },
        condition: { all: [{ exists: 'pk' }, { absent: 'freezeHash' }] },
      },
    ]);
    if (!outcome.ok && outcome.item?.freezeHash !== freezeHash)
      throw new Refused({
        code: 'INPUTS_DIFFER',
        message: `cycle ${period} of ${programme} is frozen with other inputs (${outcome.item?.freezeHash ?? 'no cycle'})`,
        next: 'resume it with the roster, evidence and definition that it froze',
      });
    return told(inputs, prefix);
  },
);

/** What the states of the cycle are told: which lanes each of them goes through. */
const told = (inputs: FrozenInputs, prefix: string): z.input<typeof Output> => ({
  programme: inputs.programme,
  period: inputs.period,
  prefix,
  shards: inputs.roster.shards,
  shardList: Array.from({ length: inputs.roster.shards }, (_, shard) => shard),
  lanes: lanes(inputs),
  correctedShards: [...(inputs.corrections?.shards ?? [])],
  lateLanes: [...(inputs.lateReports?.lanes ?? [])],
  evidenceShards: inputs.evidence.flatMap(({ batch, personShards }) =>
    Array.from({ length: personShards }, (_, shard) => ({ batch, shard })),
  ),
});

type Gathered = Pick<
  FrozenInputs,
  'previous' | 'claimsKey' | 'verificationKey' | 'reversalsKey' | 'corrections' | 'lateReports'
>;

/**
 * What the cycle takes from our own records: the state it starts from, approved corrections and reversals, late bank
 * reports, and the verified claims where no file of claims was given, with what their samples decide. Reversals are read
 * before claims: facts of a claim that is found false meanwhile are left out a cycle early, never used beside its reversal.
 * Once frozen it is pinned, though the records may have moved on.
 * Refused: a contract that is in force with other content (INPUTS_DIFFER).
 */
async function gatheredInputs(
  ports: Ports,
  input: z.output<typeof OpenCycleInput>,
  shards: number,
): Promise<Gathered> {
  const { programme, period } = input;
  const frozen = await ports.control.get(cycleKey(programme, period));
  if (frozen?.freezeHash) return frozenInputs(ports, { prefix: String(frozen.prefix) });
  await refuseOtherContent(ports, input.contracts);
  const reversalsKey = await freezeReversals(ports, input);
  const claims =
    input.claimsKey === null && input.contracts.length > 0
      ? await freezeClaims(ports, input.contracts)
      : { claimsKey: input.claimsKey, verificationKey: null };
  const previous = await previousOf(ports, programme);
  const corrections = await freezeCorrections(ports, programme, shards);
  const lateReports = await freezeLateReports(ports, programme, shards, previous);
  return { previous, corrections, lateReports, reversalsKey, ...claims };
}

async function previousOf(ports: Ports, programme: string): Promise<FrozenInputs['previous']> {
  const head = await ports.control.get(headKey(programme));
  if (!head?.period) return null;
  return {
    period: head.period as Month,
    prefix: String(head.prefix),
    hash: String(head.stateHash),
    shards: Number(head.shards),
    lanes: Number(head.lanes),
  };
}
