import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { shardName } from '../domain/kernel/shards.ts';
import type { Exemption, Household, Verdict } from '../domain/records/household.ts';
import { verifyCompliance } from '../domain/transfers/compliance.ts';
import type { ShuffledRow } from './shuffle-evidence.ts';
import { shuffledName } from './shuffle-evidence.ts';
import { carriedStates } from './support/carried-state.ts';
import {
  bulk,
  type FrozenInputs,
  frozenInputs,
  frozenProgramme,
  ShardRef,
  stageKey,
} from './support/cycle.ts';
import { step } from './support/handler.ts';
import { JsonLines, parseLines, readBytes, writeOnce } from './support/jsonl.ts';
import { readSegment } from './support/segments.ts';

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
    const { compiled } = await frozenProgramme(ports, inputs);
    const evidence = await evidenceByHousehold(ports, input, inputs);
    const carried = await carriedStates(ports, inputs, input.shard);
    const out = new JsonLines();
    const issues = new JsonLines();
    let verdicts = 0;
    const roster = await readBytes(
      ports.objects,
      bulk(`roster/${inputs.roster.batch}/households/${shardName(input.shard)}.jsonl`),
    );
    for (const household of parseLines<Household>(roster)) {
      const rows = withoutConflicts(evidence.get(household.id)?.rows ?? [], issues);
      const judged = verifyCompliance(
        compiled,
        household,
        rows,
        evidence.get(household.id)?.exemptions ?? [],
        carried.get(household.id)?.rules,
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

type Gathered = { rows: ShuffledRow[]; exemptions: Exemption[] };

async function evidenceByHousehold(
  ports: Ports,
  input: ShardRef,
  inputs: FrozenInputs,
): Promise<Map<string, Gathered>> {
  const gathered = new Map<string, Gathered>();
  for (const { batch, personShards } of inputs.evidence) {
    for (let shard = 0; shard < personShards; shard++) {
      const key = `${input.prefix}/shuffled/${shuffledName({ batch, shard })}.jsonl`;
      for (const row of await readSegment<ShuffledRow & { exemption?: true }>(
        ports.objects,
        'bulk',
        key,
        input.shard,
      )) {
        let entry = gathered.get(row.household);
        if (!entry) {
          entry = { rows: [], exemptions: [] };
          gathered.set(row.household, entry);
        }
        if (row.exemption) entry.exemptions.push(row as unknown as Exemption);
        else entry.rows.push(row);
      }
    }
  }
  return gathered;
}

const rowKey = (row: ShuffledRow) => `${row.subject}\u0000${row.kind}\u0000${row.period}`;

/** One row per subject, kind and period: repeats collapse, contradictions leave none and are listed. */
function withoutConflicts(rows: readonly ShuffledRow[], issues: JsonLines): readonly ShuffledRow[] {
  if (rows.length < 2) return rows;
  const byKey = new Map<string, ShuffledRow | null>();
  for (const row of rows) {
    const known = byKey.get(rowKey(row));
    if (known === undefined) byKey.set(rowKey(row), row);
    else if (known !== null && known.value !== row.value) {
      byKey.set(rowKey(row), null);
      issues.add({
        stage: 'VerifyCompliance',
        code: 'CONFLICTING_EVIDENCE',
        subject: row.subject,
        file: row.file,
        line: row.line,
        message: `${row.kind} ${row.period} of ${row.subject} says ${known.value} in ${known.file}:${known.line} and ${row.value} here; neither counts`,
      });
    }
  }
  return [...byKey.values()].filter((row) => row !== null);
}
