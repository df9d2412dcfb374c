import type { Ports } from '../../../adapters/ports.ts';
import type {
  Adjustment,
  EvidenceRow,
  Exemption,
  HouseholdState,
} from '../../../domain/records/household.ts';
import { bulk, type FrozenInputs, type ShardRef, stageKey } from '../cycle.ts';
import { parseLines, readBytes } from '../jsonl.ts';

/** What CorrectHistory found for one household: a line of a shard's `corrected` stage. */
export type CorrectedLine = {
  readonly household: string;
  /** The corrections that this cycle applies. */
  readonly applied: readonly string[];
  readonly adjustments: readonly Adjustment[];
  /** What the household carries into this cycle instead. */
  readonly state: HouseholdState;
  /** What the corrections brought: the present cycle is judged with it too. */
  readonly evidence: readonly EvidenceRow[];
  readonly exemptions: readonly Exemption[];
};

/** The corrected households of a shard, by id; none where the cycle corrects nothing there. */
export async function correctedLines(
  ports: Ports,
  inputs: Pick<FrozenInputs, 'corrections'>,
  { prefix, shard }: Pick<ShardRef, 'prefix' | 'shard'>,
): Promise<Map<string, CorrectedLine>> {
  const lines = new Map<string, CorrectedLine>();
  if (!inputs.corrections?.shards.includes(shard)) return lines;
  const bytes = await readBytes(ports.objects, bulk(stageKey({ prefix }, 'corrected', shard)));
  for (const line of parseLines<CorrectedLine>(bytes)) lines.set(line.household, line);
  return lines;
}
