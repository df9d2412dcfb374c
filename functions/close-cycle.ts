import { z } from 'zod';
import { sha256 } from '../domain/kernel/hash.ts';
import { Refused } from '../domain/kernel/result.ts';
import { shardName } from '../domain/kernel/shards.ts';
import { statePrefix } from './carry-state.ts';
import { correctedLines } from './support/corrections/corrected.ts';
import { markApplied } from './support/corrections/register.ts';
import { bulk, CycleRef, cycleKey, frozenInputs, headKey, laneCount, ReportSet } from './support/cycle.ts';
import { step } from './support/handler.ts';
import { readBytes } from './support/jsonl.ts';

const Input = z.object({ cycle: CycleRef.loose(), reports: ReportSet });
const Output = z.object({ stateHash: z.string() });

/**
 * Closes the cycle and commits its state in one transaction, on the condition that the state it started from
 * is still the current one (STATE_MOVED), and notes which corrections it applied. Closing again with the same state
 * changes nothing.
 */
export const handler = step(
  'CloseCycle',
  { input: Input, output: Output },
  async ({ cycle, reports }, { ports }) => {
    const inputs = await frozenInputs(ports, cycle);
    const prefix = statePrefix(cycle, reports);
    const digests: string[] = [];
    for (let shard = 0; shard < laneCount(inputs); shard++)
      digests.push(sha256(await readBytes(ports.objects, bulk(`${prefix}/${shardName(shard)}.jsonl`))));
    const stateHash = sha256(digests.join('\n'));
    const previous = inputs.previous;
    const outcome = await ports.control.write([
      {
        put: {
          ...headKey(cycle.programme),
          period: cycle.period,
          prefix,
          stateHash,
          previousHash: previous?.hash ?? '',
          shards: inputs.roster.shards,
          lanes: laneCount(inputs),
        },
        condition: {
          all: [
            { field: 'openPeriod', is: '=', value: cycle.period },
            previous ? { field: 'stateHash', is: '=', value: previous.hash } : { absent: 'stateHash' },
          ],
        },
      },
      {
        update: cycleKey(cycle.programme, cycle.period),
        set: { status: 'CLOSED', closedAt: ports.clock.now(), stateHash, reports: reports.count },
      },
    ]);
    if (!outcome.ok && (outcome.item?.period !== cycle.period || outcome.item?.stateHash !== stateHash))
      throw new Refused({
        code: 'STATE_MOVED',
        message: `the state of ${cycle.programme} moved on while ${cycle.period} ran`,
        next: 'nothing was overwritten; find out which run closed in between before going on',
      });
    for (const shard of inputs.corrections?.shards ?? [])
      for (const { applied } of (await correctedLines(ports, inputs, { ...cycle, shard })).values())
        for (const id of applied) await markApplied(ports, cycle.programme, id, cycle.period);
    return { stateHash };
  },
);
