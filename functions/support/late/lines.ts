import type { Ports } from '../../../adapters/ports.ts';
import type { LateAnswer } from '../../../domain/payments/late.ts';
import type { Undelivered } from '../../../domain/payments/undelivered.ts';
import { bulk, type FrozenInputs, type ShardRef, stageKey } from '../cycle.ts';
import { parseLines, readBytes } from '../jsonl.ts';

/** What late reports changed for one payee: a line of a lane's `late` stage. */
export type LateLine = {
  /** The payee's id, under the name that all lanes share. */
  readonly household: string;
  readonly answers: readonly LateAnswer[];
  /** What it is owed and did not get, with these answers. */
  readonly undelivered: readonly Undelivered[];
};

/** The payees of a lane whom late reports changed; none where the cycle took no report about them. */
export async function lateLines(
  ports: Ports,
  inputs: Pick<FrozenInputs, 'lateReports'>,
  { prefix, shard }: Pick<ShardRef, 'prefix' | 'shard'>,
): Promise<LateLine[]> {
  if (!inputs.lateReports?.lanes.includes(shard)) return [];
  return [...parseLines<LateLine>(await readBytes(ports.objects, bulk(stageKey({ prefix }, 'late', shard))))];
}
