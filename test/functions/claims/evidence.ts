import type { Ports } from '../../../adapters/ports.ts';
import type { EvidenceRow } from '../../../domain/records/household.ts';
import { intakeKey } from '../../../functions/support/cycle.ts';

type Row = { subject: string; kind: string; period: string; value: EvidenceRow['value'] };

/** An accepted evidence batch of one shard, as evidence intake leaves it. */
export async function acceptEvidence(ports: Ports, programme: string, batch: string, rows: readonly Row[]) {
  const put = (name: string, text: string) =>
    ports.objects.putIfAbsent({ bucket: 'bulk', key: `evidence/${batch}/${name}` }, Buffer.from(text));
  await put('manifest.json', JSON.stringify({ batch, personShards: 1 }));
  await put('rows/000.jsonl', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  await ports.control.write([{ put: { ...intakeKey(programme, 'EVIDENCE', batch), batch } }]);
}
