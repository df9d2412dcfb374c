import type { Ports } from '../../../adapters/ports.ts';
import { joiningShards, shardOf } from '../../../domain/kernel/shards.ts';
import type { ProgrammeDefinition } from '../../../domain/records/programme.ts';
import { type AnomalyKind, amountChange } from '../../../domain/transfers/anomalies.ts';
import {
  addChange,
  type Changes,
  noChanges,
  type Ordered,
  payeeChange,
} from '../../../domain/transfers/changes.ts';
import { bulk, type CycleRef, type FrozenInputs, stageKey } from '../cycle.ts';
import { JsonLines, parseLines, writeOnce } from '../jsonl.ts';
import type { Findings } from './findings.ts';

/** What a cycle orders for each household of a shard; the next cycle compares itself with it. */
const orderedKey = (cycle: { prefix: string }, shard: number) => bulk(stageKey(cycle, 'ordered', shard));

/** The cycle that a state belongs to: states are kept below the folder of the cycle that made them. */
const cycleOf = (statePrefix: string) => ({ prefix: statePrefix.replace(/\/state\/[^/]+$/, '') });

const asks = (definition: ProgrammeDefinition, kind: AnomalyKind): boolean =>
  definition.anomalies.some((item) => item.kind === kind);

/**
 * Compares what this cycle orders with the last closed cycle, shard by shard. There is nothing to compare in a
 * programme's first cycle, nor where the last one left no list of what it ordered.
 */
export class SinceLast {
  readonly #ports: Ports;
  readonly #cycle: CycleRef;
  readonly #inputs: FrozenInputs;
  #changes: Changes | undefined;

  constructor(ports: Ports, cycle: CycleRef, inputs: FrozenInputs) {
    this.#ports = ports;
    this.#cycle = cycle;
    this.#inputs = inputs;
    if (inputs.previous) this.#changes = noChanges(inputs.previous.period);
  }

  get changes(): Changes | undefined {
    return this.#changes;
  }

  async compare(
    shard: number,
    now: readonly Ordered[],
    definition: ProgrammeDefinition,
    findings: Findings,
  ): Promise<void> {
    const lines = new JsonLines();
    for (const ordered of now) lines.add(ordered);
    await writeOnce(this.#ports.objects, orderedKey(this.#cycle, shard), lines.bytes());
    const before = await this.#before(shard);
    if (!before || !this.#changes) return;
    const one = (household: string, was: Ordered | undefined, is: Ordered | undefined) => {
      addChange(this.#changes!, was, is);
      const found = amountChange(definition, household, was?.[2] ?? 0, is?.[2] ?? 0);
      if (found) findings.found('amount_change', household, found.detail);
      const payee = payeeChange(was, is);
      if (payee && asks(definition, 'payee_changed'))
        findings.found('payee_changed', household, `${payee} changed since ${this.#changes!.since}`);
    };
    for (const ordered of now) {
      one(ordered[0], before.get(ordered[0]), ordered);
      before.delete(ordered[0]);
    }
    for (const [household, was] of before) one(household, was, undefined);
  }

  /** What the last closed cycle ordered for the households of this shard, whose shards may be cut otherwise. */
  async #before(shard: number): Promise<Map<string, Ordered> | undefined> {
    const { previous, roster } = this.#inputs;
    if (!previous) return undefined;
    const before = new Map<string, Ordered>();
    for (const theirs of joiningShards(shard, roster.shards, previous.shards)) {
      const body = await this.#ports.objects.get(orderedKey(cycleOf(previous.prefix), theirs));
      if (!body) {
        this.#changes = undefined;
        return undefined;
      }
      for (const ordered of parseLines<Ordered>(body))
        if (shardOf(ordered[0], roster.shards) === shard) before.set(ordered[0], ordered);
    }
    return before;
  }
}
