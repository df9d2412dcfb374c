import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Item, Ports } from '../../adapters/ports.ts';
import type { AuditCheck } from '../../domain/audit/difference.ts';
import type { Month } from '../../domain/kernel/period.ts';
import {
  bulk,
  type CycleRef,
  cycleKey,
  type FrozenInputs,
  type ReportSet,
} from '../../functions/support/cycle.ts';
import { providePorts } from '../../functions/support/ports.ts';
import { createInvoker } from '../functions.ts';
import { checkApproval } from './approval.ts';
import { type Audit, NO_KEYS, NO_WORKFLOWS, resultPrefixes, storedJson, unrepeatable } from './audit.ts';
import { checkBank } from './bank.ts';
import type { Bundle } from './bundle.ts';
import { rewind } from './control.ts';
import { type CheckResult, Findings, type Found } from './findings.ts';
import { checkInputs } from './inputs.ts';
import { checkPayments } from './payments.ts';
import { checkPublished } from './published.ts';
import { RecomputedObjects } from './recomputed.ts';
import { checkState } from './state.ts';

/** What an audit of one cycle found. */
export type CycleAudit = {
  readonly programme: string;
  readonly period: Month;
  readonly checks: readonly CheckResult[];
  /** The first hundred; the checks count all. */
  readonly differences: readonly Found[];
  /** The control identities, worked out again. */
  readonly identities: Readonly<Record<string, string>>;
  /** The root of the published files' tree, worked out from the manifest's entries; null where there is no manifest. */
  readonly root: string | null;
};

/**
 * Audits a closed cycle from its folder alone: holds what was published against its manifest, then repeats every step
 * from the files that were handed in and compares what it writes with what is stored. Writes nothing into the folder.
 */
export async function auditCycle(
  bundle: Bundle,
  programme: string,
  period: Month,
  onCheck: (check: AuditCheck) => void,
): Promise<CycleAudit> {
  const findings = new Findings(onCheck);
  findings.begin('published');
  const root = (await checkPublished({ bundle, findings, cycle: { programme, period } })) ?? null;
  const identities = await repeated(bundle, findings, programme, period);
  return {
    programme,
    period,
    checks: findings.checks(),
    differences: findings.first(),
    identities,
    root,
  };
}

async function repeated(
  bundle: Bundle,
  findings: Findings,
  programme: string,
  period: Month,
): Promise<CycleAudit['identities']> {
  findings.begin('inputs');
  const key = cycleKey(programme, period);
  const record = await bundle.control.get(key);
  if (record?.status !== 'CLOSED') {
    findings.differs({
      path: `control/${key.pk}/${key.sk}`,
      what: record ? 'changed' : 'missing',
      message:
        'hay informes publicados y ningún registro dice que cerró / reports are published and no record says that it closed',
    });
    return {};
  }
  const cycle: CycleRef = { programme, period, prefix: String(record.prefix) };
  const inputs = await storedJson<FrozenInputs>({ bundle, findings }, bulk(`${cycle.prefix}/inputs.json`));
  if (!inputs) return {};
  const control = await bundle.copyOfControl();
  try {
    await rewind(control, record, inputs);
    return await checkAll(await auditOf(bundle, findings, cycle, record, inputs, control));
  } catch (error) {
    // What is so broken that no check could name it.
    findings.differs(unrepeatable(`bulk/${cycle.prefix}`, error));
    return {};
  } finally {
    control.close();
    providePorts(undefined);
  }
}

async function checkAll(audit: Audit): Promise<CycleAudit['identities']> {
  const { findings, cycle, inputs } = audit;
  const begin = (check: AuditCheck) => findings.begin(check);
  await checkInputs(audit);
  begin('verdicts');
  for (const { batch, personShards } of inputs.evidence)
    for (let shard = 0; shard < personShards; shard++)
      await audit.repeat('ShuffleEvidence', { ...cycle, source: { batch, shard } });
  const inShards = async (name: string, shards: readonly number[]) => {
    for (const shard of shards) await audit.repeat(name, { ...cycle, shard });
  };
  const shards = Array.from({ length: inputs.roster.shards }, (_, shard) => shard);
  await inShards('ReconcileLate', inputs.lateReports?.lanes ?? []);
  await inShards('CorrectHistory', inputs.corrections?.shards ?? []);
  await inShards('VerifyCompliance', shards);
  begin('entitlements');
  await inShards('CalculateTransfers', shards);
  await audit.repeat('SettleContracts', cycle);
  begin('approval');
  await checkApproval(audit);
  begin('payments');
  await checkPayments(audit);
  begin('bank');
  const { reports, identities } = await checkBank(audit);
  begin('state');
  await checkState(audit, reports);
  begin('reports');
  await publishAgain(audit, reports);
  begin('leftovers');
  await checkLeftovers(audit);
  return identities;
}

async function publishAgain(audit: Audit, reports: ReportSet): Promise<void> {
  const { cycle } = audit;
  for (const name of ['PublishStatements', 'PublishReports']) await audit.repeat(name, { cycle, reports });
}

/** Published files are held against their manifest; of everything else a step must give account. */
async function checkLeftovers({ findings, objects, inputs, cycle }: Audit): Promise<void> {
  const prefixes = [
    ...resultPrefixes(cycle).filter(([bucket]) => bucket !== 'reports'),
    ['bulk', `roster/${inputs.roster.batch}/`] as const,
    ...inputs.evidence.map(({ batch }) => ['bulk', `evidence/${batch}/`] as const),
  ];
  for (const [bucket, prefix] of prefixes) {
    findings.checked();
    for await (const path of objects.unaccounted(bucket, prefix)) findings.differs({ path, what: 'added' });
  }
}

async function auditOf(
  bundle: Bundle,
  findings: Findings,
  cycle: CycleRef,
  record: Item,
  inputs: FrozenInputs,
  control: Ports['control'],
): Promise<Audit> {
  const temporaryDir = join(bundle.temporaryDir, 'objects', cycle.programme, cycle.period);
  await mkdir(temporaryDir, { recursive: true });
  // Which sets of reports were reconciled on the way depends on what came at the same moment.
  const objects = new RecomputedObjects(bundle.objects, temporaryDir, findings, ({ key }) =>
    key.startsWith(`${cycle.prefix}/report-sets/`),
  );
  for (const [bucket, prefix] of resultPrefixes(cycle)) objects.hide(bucket, prefix);
  objects.give(bulk(`${cycle.prefix}/inputs.json`));
  let now = '';
  const ports: Ports = {
    objects,
    control,
    workflows: NO_WORKFLOWS,
    keys: NO_KEYS,
    clock: { now: () => now },
  };
  const call = createInvoker(ports);
  const asStored = () => {
    for (const [bucket, prefix] of resultPrefixes(cycle)) objects.reveal(bucket, prefix);
  };
  return {
    ...{ bundle, findings, objects, ports, cycle, record, inputs, call, asStored },
    changedFiles: new Set(),
    at: (moment) => {
      now = String(moment);
    },
    repeat: async (name, payload) => {
      try {
        return await call(name, payload);
      } catch (error) {
        const lane = 'shard' in payload ? `lane ${String(payload.shard)}` : undefined;
        findings.differs(unrepeatable(`${name} (bulk/${cycle.prefix})`, error, lane));
        asStored();
        return undefined;
      }
    },
  };
}
