import { MAX_WRITES } from '../../../adapters/control-rules.ts';
import type { Ports } from '../../../adapters/ports.ts';
import { shardOf } from '../../../domain/kernel/shards.ts';
import { bulk, type CycleRef, cyclePk, type FrozenInputs } from '../cycle.ts';
import { JsonLines, parseLines, readBytes, writeByHash } from '../jsonl.ts';
import { type CorrectionRecord, correctionsOf } from './register.ts';

export type FrozenCorrections = NonNullable<FrozenInputs['corrections']>;

/**
 * Pins the approved corrections that no cycle has applied, and with them every earlier one of the same households:
 * the past is reckoned again with all that is known of it, or an old correction would be taken back. Sorted by when
 * they were decided; null where nothing waits. `shards` is the number of the roster's.
 */
export async function freezeCorrections(
  ports: Ports,
  programme: string,
  shards: number,
): Promise<FrozenCorrections | null> {
  const decided: CorrectionRecord[] = [];
  const households = new Set<string>();
  for await (const record of correctionsOf(ports, programme)) {
    if (record.state === 'APPROVED') households.add(record.correction.household);
    if (record.state === 'APPROVED' || record.state === 'APPLIED') decided.push(record);
  }
  if (households.size === 0) return null;
  const theirs = decided.filter(({ correction }) => households.has(correction.household)).sort(byDecision);
  const out = new JsonLines();
  for (const record of theirs) out.add(record);
  const key = await writeByHash(ports.objects, `corrections/${programme}`, out);
  const touched = new Set([...households].map((household) => shardOf(household, shards)));
  return { key, count: theirs.length, shards: [...touched].sort((a, b) => a - b) };
}

const orderOf = ({ decidedAt, correction }: CorrectionRecord) => `${decidedAt} ${correction.id}`;
const byDecision = (a: CorrectionRecord, b: CorrectionRecord) => (orderOf(a) < orderOf(b) ? -1 : 1);

/** The corrections that a cycle froze, by household, in the order in which they were decided. */
export async function frozenCorrections(
  ports: Ports,
  { corrections }: Pick<FrozenInputs, 'corrections'>,
): Promise<Map<string, CorrectionRecord[]>> {
  const byHousehold = new Map<string, CorrectionRecord[]>();
  if (!corrections) return byHousehold;
  for (const record of parseLines<CorrectionRecord>(await readBytes(ports.objects, bulk(corrections.key)))) {
    const known = byHousehold.get(record.correction.household);
    if (known) known.push(record);
    else byHousehold.set(record.correction.household, [record]);
  }
  return byHousehold;
}

/** Bars everybody who submitted a correction of this cycle from approving it (RecordApproval holds it as a condition). */
export async function barSubmitters(ports: Ports, cycle: CycleRef, inputs: FrozenInputs): Promise<void> {
  const people = new Set<string>();
  for (const records of (await frozenCorrections(ports, inputs)).values())
    for (const { state, submittedBy } of records) if (state === 'APPROVED') people.add(submittedBy);
  const pk = cyclePk(cycle.programme, cycle.period);
  const rows = [...people].sort().map((person) => ({ put: { pk, sk: `SUBMITTER#${person}` } }));
  for (let i = 0; i < rows.length; i += MAX_WRITES) await ports.control.write(rows.slice(i, i + MAX_WRITES));
}
