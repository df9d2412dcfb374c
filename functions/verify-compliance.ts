import { z } from 'zod';
import { shardName } from '../domain/kernel/shards.ts';
import { correctedEvidence } from '../domain/records/correction.ts';
import type { Household, Verdict } from '../domain/records/household.ts';
import { collectionEvidence } from '../domain/transfers/collection.ts';
import { verifyCompliance } from '../domain/transfers/compliance.ts';
import { carriedStates } from './support/carried-state.ts';
import { correctedLines } from './support/corrections/corrected.ts';
import { bulk, frozenInputs, frozenProgramme, ShardRef, stageKey } from './support/cycle.ts';
import { dueBefore } from './support/due-before.ts';
import { evidenceByHousehold, NOTHING_KNOWN, withoutConflicts } from './support/evidence.ts';
import { step } from './support/handler.ts';
import { JsonLines, parseLines, readBytes, writeOnce } from './support/jsonl.ts';

const Output = z.object({ households: z.number().int(), verdicts: z.number().int() });

/** One line of a compliance shard. */
export type ComplianceLine = readonly [household: string, verdicts: readonly Verdict[]];

/**
 * Judges every household of a shard: who met which condition, what was observed and required, and why. What an
 * earlier cycle could not verify, and held money for, is judged again with the evidence that has come since.
 * Evidence that contradicts itself across batches is no evidence: the member stays unverified and the pair is
 * listed.
 */
export const handler = step(
  'VerifyCompliance',
  { input: ShardRef, output: Output },
  async (input, { ports }) => {
    const inputs = await frozenInputs(ports, input);
    const { compiled, definition } = await frozenProgramme(ports, inputs);
    const evidence = await evidenceByHousehold(ports, input, inputs);
    const carried = await carriedStates(ports, inputs, input);
    const corrected = await correctedLines(ports, inputs, input);
    const out = new JsonLines();
    const issues = new JsonLines();
    let verdicts = 0;
    const roster = await readBytes(
      ports.objects,
      bulk(`roster/${inputs.roster.batch}/households/${shardName(input.shard)}.jsonl`),
    );
    for (const household of parseLines<Household>(roster)) {
      const { rows, exemptions } = evidence.get(household.id) ?? NOTHING_KNOWN;
      const correction = corrected.get(household.id);
      const { rules, undelivered } = dueBefore(carried.get(household.id), correction?.adjustments);
      const given = withoutConflicts(rows, issues);
      const known = [
        ...given,
        ...collectionEvidence(definition, inputs.period, household.id, undelivered, given),
      ];
      const judged = verifyCompliance(
        compiled,
        household,
        correction ? correctedEvidence(known, [correction]) : known,
        correction ? [...exemptions, ...correction.exemptions] : exemptions,
        rules,
      );
      verdicts += judged.length;
      out.add([household.id, judged] satisfies ComplianceLine);
    }
    const households = out.count;
    await writeOnce(ports.objects, bulk(stageKey(input, 'compliance', input.shard)), out.bytes());
    await writeOnce(
      ports.objects,
      bulk(`${input.prefix}/exceptions/verify-${shardName(input.shard)}.jsonl`),
      issues.bytes(),
    );
    return { households, verdicts };
  },
);
