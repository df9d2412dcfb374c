import type { Ports } from '../../../adapters/ports.ts';
import { shardName } from '../../../domain/kernel/shards.ts';
import type { CycleTotals } from '../../../domain/payments/cycle-totals.ts';
import type { ProgrammeDefinition } from '../../../domain/records/programme.ts';
import { accountsInSeveralHouseholds } from '../../../domain/transfers/anomalies.ts';
import { bulk, type CycleRef, type FrozenInputs, stageKey } from '../cycle.ts';
import { parseLines, readBytes, readJson } from '../jsonl.ts';
import { readSegment } from '../segments.ts';
import { ANOMALY_CODES, type Findings } from './findings.ts';

/** Where the households of one account are listed, at most this many are named. */
const NAMED = 5;

/**
 * One account of several households, bucket by bucket so that memory stays one bucket's. Every household counts;
 * the list has a line per account.
 */
export async function sharedAccounts(
  ports: Ports,
  definition: ProgrammeDefinition,
  inputs: FrozenInputs,
  cycle: CycleRef,
  findings: Findings,
): Promise<void> {
  for (let bucket = 0; bucket < inputs.roster.shards; bucket++) {
    const pairs: [string, string][] = [];
    for (let shard = 0; shard < inputs.roster.shards; shard++)
      for (const pair of await readSegment<[string, string]>(
        ports.objects,
        'bulk',
        stageKey(cycle, 'accounts', shard),
        bucket,
      ))
        pairs.push(pair);
    for (const { household, with: others = [] } of accountsInSeveralHouseholds(definition, pairs)) {
      findings.count('account_in_several_households', 1);
      // The households of an account stand together and in order: the first speaks for all.
      if (others.some((other) => other < household)) continue;
      const homes = [household, ...others];
      findings.list(ANOMALY_CODES.account_in_several_households, {
        subject: household,
        message: `one account receives the transfers of ${homes.length} households: ${homes.slice(0, NAMED).join(', ')}`,
      });
    }
  }
}

const IN_ANOTHER_HOUSEHOLD = /^(.+) is also in household /;

/**
 * People whom the roster lists in several households. Intake let each count once and set the other rows aside, so
 * they are in the exceptions list already, with file and line; here they are counted, each person once.
 */
export async function peopleListedTwice(
  ports: Ports,
  definition: ProgrammeDefinition,
  { roster }: FrozenInputs,
  findings: Findings,
): Promise<void> {
  if (!definition.anomalies.some(({ kind }) => kind === 'person_in_two_households')) return;
  const { byCode } = await readJson<{ byCode: Record<string, number> }>(
    ports.objects,
    bulk(`roster/${roster.batch}/manifest.json`),
  );
  if (!byCode.DUPLICATE_MEMBER) return;
  const people = new Set<string>();
  for (let shard = 0; shard < roster.shards; shard++)
    for (const { code, message } of parseLines<{ code: string; message: string }>(
      await readBytes(ports.objects, bulk(`roster/${roster.batch}/quarantine/${shardName(shard)}.jsonl`)),
    )) {
      // The same person twice in one household is a repeated row, not a second household.
      const person = code === 'DUPLICATE_MEMBER' ? IN_ANOTHER_HOUSEHOLD.exec(message)?.[1] : undefined;
      if (person !== undefined) people.add(person);
    }
  findings.count('person_in_two_households', people.size);
}

/**
 * The checks that no evidence came for, counted one by one and listed by condition: what helps is to look for the
 * missing file, not to read a line per person.
 */
export function unverifiedShare(
  definition: ProgrammeDefinition,
  { compliance }: CycleTotals,
  findings: Findings,
): void {
  if (!definition.anomalies.some(({ kind }) => kind === 'unverified_share')) return;
  for (const [condition, { compliant, non_compliant, exempt, unverified }] of Object.entries(compliance)) {
    if (unverified === 0) continue;
    const all = compliant + non_compliant + exempt + unverified;
    findings.count('unverified_share', unverified);
    findings.list(ANOMALY_CODES.unverified_share, {
      subject: condition,
      message: `${unverified} of ${all} checks without evidence`,
    });
  }
}
