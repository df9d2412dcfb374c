import type { Month } from '../../domain/kernel/period.ts';
import {
  bulk,
  cycleKey,
  type FrozenInputs,
  headKey,
  lanes,
  type ReportSet,
} from '../../functions/support/cycle.ts';
import { type Audit, storedJson } from './audit.ts';
import { periodsIn } from './bundle.ts';

/**
 * Carries the state over and closes the cycle again: what it leaves is what its record says, and what the next cycle
 * froze, or the programme's current state where there is none.
 */
export async function checkState(audit: Audit, reports: ReportSet): Promise<void> {
  const { bundle, findings, cycle, record, inputs } = audit;
  for (const shard of lanes(inputs)) await audit.repeat('CarryState', { ...cycle, shard, reports });
  audit.at(record.closedAt);
  const closed = (await audit.repeat('CloseCycle', { cycle, reports })) as { stateHash: string } | undefined;
  if (!closed) return;
  const { pk, sk } = cycleKey(cycle.programme, cycle.period);
  findings.equal(`control/${pk}/${sk}`, 'stateHash', record.stateHash, closed.stateHash);
  const next = await nextOf(audit);
  if (next) findings.equal(next.path, 'previous.hash', next.inputs.previous?.hash, closed.stateHash);
  else {
    const key = headKey(cycle.programme);
    const head = await bundle.control.get(key);
    findings.equal(`control/${key.pk}/${key.sk}`, 'stateHash', head?.stateHash, closed.stateHash);
  }
}

/** The inputs of the cycle that went on from this one, once it has frozen them. */
async function nextOf(audit: Audit): Promise<{ path: string; inputs: FrozenInputs } | undefined> {
  const { bundle, cycle } = audit;
  const later = (await periodsIn(bundle.dir, cycle.programme)).filter(
    (period: Month) => period > cycle.period,
  );
  for (const period of later) {
    const record = await bundle.control.get(cycleKey(cycle.programme, period));
    if (record?.status !== 'CLOSED') continue;
    const ref = bulk(`${String(record.prefix)}/inputs.json`);
    const inputs = await storedJson<FrozenInputs>(audit, ref);
    return inputs && { path: `bulk/${ref.key}`, inputs };
  }
  return undefined;
}
