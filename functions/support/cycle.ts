import { z } from 'zod';
import type { Item, Key, ObjectRef, Ports } from '../../adapters/ports.ts';
import type { Currency } from '../../domain/kernel/money.ts';
import { isMonth, type Month } from '../../domain/kernel/period.ts';
import { Refused, unwrap } from '../../domain/kernel/result.ts';
import { shardName } from '../../domain/kernel/shards.ts';
import type { Payer } from '../../domain/records/payer.ts';
import { type ProgrammeDefinition, parseProgramme } from '../../domain/records/programme.ts';
import { type CompiledProgramme, compileProgramme } from '../../domain/transfers/compile.ts';
import { readJson } from './jsonl.ts';

export const Period = z
  .string()
  .refine(isMonth, 'expected a month such as 2026-01')
  .transform((value) => value as Month);
/** What every step of a cycle is told; `prefix` holds the hash of the frozen inputs. */
export const CycleRef = z.object({ programme: z.string(), period: Period, prefix: z.string() });
export type CycleRef = z.output<typeof CycleRef>;
/** A step over one shard. */
export const ShardRef = CycleRef.extend({ shard: z.number().int().min(0) });
export type ShardRef = z.output<typeof ShardRef>;
/** The bank reports that a reconciliation covers: their number and the hash of their sorted file hashes. */
export const ReportSet = z.object({
  count: z.number().int(),
  hash: z.string(),
  /** True once the window has ended: silence of the bank then counts as a missing answer. */
  final: z.boolean().optional(),
});
export type ReportSet = z.output<typeof ReportSet>;

/** What a cycle is made of, pinned by hash when its inputs are frozen; stored as `PREFIX/inputs.json`. */
export type FrozenInputs = {
  readonly programme: string;
  readonly period: Month;
  readonly sequence: number;
  readonly maker: string;
  readonly payer: Payer;
  readonly definitionHash: string;
  readonly roster: {
    readonly batch: string;
    readonly hash: string;
    readonly shards: number;
    readonly personShards: number;
  };
  readonly evidence: readonly {
    readonly batch: string;
    readonly hash: string;
    readonly personShards: number;
  }[];
  /** Contracts that are settled in this cycle, their verified claims and the register of institutes. */
  readonly contracts: readonly { readonly id: string; readonly hash: string }[];
  readonly claimsKey: string | null;
  /** What verifiers found in the samples of those claims. */
  readonly verificationKey: string | null;
  /** Approved reversals of what earlier cycles paid under those contracts. */
  readonly reversalsKey: string | null;
  readonly providersKey: string | null;
  /**
   * Approved corrections of closed cycles, in one object, and the shards of their households; null where nothing is
   * corrected.
   */
  readonly corrections: {
    readonly key: string;
    readonly count: number;
    readonly shards: readonly number[];
  } | null;
  /**
   * Bank reports that came after the window of the cycle that they speak of, in one object, and the lanes of their
   * payees; null where none waits.
   */
  readonly lateReports: {
    readonly key: string;
    readonly count: number;
    readonly lanes: readonly number[];
  } | null;
  readonly currency: Currency;
  readonly previous: {
    readonly period: Month;
    readonly prefix: string;
    readonly hash: string;
    readonly shards: number;
    readonly lanes: number;
  } | null;
};

type Laned = Pick<FrozenInputs, 'roster' | 'contracts' | 'previous'>;
/** Institutes are paid where the cycle has contracts, and owed from before where an earlier one had: that is carried on. */
export const hasInstitutes = ({ contracts, previous }: Laned): boolean =>
  contracts.length > 0 || (previous !== null && previous.lanes > previous.shards);
/** Shards of the households, and behind them one lane for the institutes where there are any. */
export const laneCount = (inputs: Laned): number => inputs.roster.shards + (hasInstitutes(inputs) ? 1 : 0);
export const lanes = (inputs: Laned): number[] =>
  Array.from({ length: laneCount(inputs) }, (_, lane) => lane);

export const bulk = (key: string): ObjectRef => ({ bucket: 'bulk', key });
export const stageKey = (cycle: { prefix: string }, stage: string, shard: number): string =>
  `${cycle.prefix}/${stage}/${shardName(shard)}.jsonl`;
export const reconciledKey = (
  cycle: { prefix: string },
  reports: ReportSet,
  name: string,
  shard: number,
): string => `${cycle.prefix}/reconciled/${reportsName(reports)}/${name}/${shardName(shard)}.jsonl`;
const reportsName = (reports: ReportSet) => `${reports.hash.slice(0, 16)}${reports.final ? '-final' : ''}`;
export const definitionKey = (hash: string): string => `definitions/${hash}.json`;

export const cyclePk = (programme: string, period: string): string => `P#${programme}#C#${period}`;
export const cycleKey = (programme: string, period: string): Key => ({
  pk: cyclePk(programme, period),
  sk: 'CYCLE',
});
export const approvalKey = (programme: string, period: string): Key => ({
  pk: cyclePk(programme, period),
  sk: 'APPROVAL',
});
export const windowKey = (programme: string, period: string): Key => ({
  pk: cyclePk(programme, period),
  sk: 'WINDOW',
});
export const headKey = (programme: string): Key => ({ pk: `P#${programme}#STATE`, sk: 'HEAD' });
export const intakeKey = (programme: string, kind: 'ROSTER' | 'EVIDENCE', batch: string): Key => ({
  pk: `P#${programme}#INTAKE`,
  sk: `${kind}#${batch}`,
});

/** The control record of a cycle; a cycle that was never opened is refused. */
export async function cycleRecord(ports: Ports, programme: string, period: string): Promise<Item> {
  const item = await ports.control.get(cycleKey(programme, period));
  if (item) return item;
  throw new Refused({
    code: 'CYCLE_NOT_FOUND',
    message: `programme ${programme} has no cycle ${period}`,
    next: 'open it with `cumple cycle run`',
  });
}

export const frozenInputs = (ports: Ports, cycle: { prefix: string }): Promise<FrozenInputs> =>
  readJson<FrozenInputs>(ports.objects, bulk(`${cycle.prefix}/inputs.json`));

let loaded: { key: string; definition: ProgrammeDefinition; compiled: CompiledProgramme } | undefined;

/** The definition that the cycle froze, compiled for its period; kept between the shards that one worker runs. */
export async function frozenProgramme(ports: Ports, inputs: FrozenInputs) {
  const key = `${inputs.definitionHash}|${inputs.period}`;
  if (loaded?.key !== key) {
    const definition = await definitionByHash(ports, inputs.definitionHash);
    loaded = { key, definition, compiled: unwrap(compileProgramme(definition, inputs.period)) };
  }
  return loaded;
}

export async function definitionByHash(ports: Ports, hash: string): Promise<ProgrammeDefinition> {
  return unwrap(parseProgramme(await readJson<unknown>(ports.objects, bulk(definitionKey(hash)))));
}
