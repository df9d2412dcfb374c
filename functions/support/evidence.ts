import type { Ports } from '../../adapters/ports.ts';
import type { Exemption } from '../../domain/records/household.ts';
import { type ShuffledRow, shuffledName } from '../shuffle-evidence.ts';
import type { FrozenInputs } from './cycle.ts';
import type { JsonLines } from './jsonl.ts';
import { readSegment } from './segments.ts';

type Gathered = { rows: ShuffledRow[]; exemptions: Exemption[] };
export const NOTHING_KNOWN: Gathered = { rows: [], exemptions: [] };

/** What a cycle's evidence says of the households of one of its shards. */
export async function evidenceByHousehold(
  ports: Ports,
  input: { readonly prefix: string; readonly shard: number },
  inputs: Pick<FrozenInputs, 'evidence'>,
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
export function withoutConflicts(rows: readonly ShuffledRow[], issues: JsonLines): readonly ShuffledRow[] {
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
