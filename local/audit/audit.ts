import type { Bucket, Item, ObjectRef, Ports } from '../../adapters/ports.ts';
import type { Difference } from '../../domain/audit/difference.ts';
import { Bug } from '../../domain/kernel/assert.ts';
import type { CycleRef, FrozenInputs } from '../../functions/support/cycle.ts';
import type { Bundle } from './bundle.ts';
import type { Findings } from './findings.ts';
import { pathOf, type RecomputedObjects } from './recomputed.ts';

/** One cycle under audit: what is stored of it, and the ports under which its steps are repeated. */
export type Audit = {
  readonly bundle: Bundle;
  readonly findings: Findings;
  readonly objects: RecomputedObjects;
  readonly ports: Ports;
  readonly cycle: CycleRef;
  /** The cycle's control record as it is stored. */
  readonly record: Item;
  readonly inputs: FrozenInputs;
  /** Files of the bank's inbox that are told to be changed. */
  readonly changedFiles: Set<string>;
  /** From now on steps read what is stored where nothing was worked out. */
  asStored(): void;
  /** Sets the moment that steps are told; it is always one that the bundle says. */
  at(moment: unknown): void;
  /** Runs a step under these ports. */
  call(name: string, payload: object): Promise<unknown>;
  /**
   * Repeats a step; undefined where it cannot be repeated. Then that is a difference, and later steps go on from what
   * is stored.
   */
  repeat(name: string, payload: object): Promise<unknown>;
};

/** Where a cycle's results lie: all that its steps write, and nothing that they are given. */
export const resultPrefixes = ({
  programme,
  period,
  prefix,
}: CycleRef): readonly (readonly [Bucket, string])[] => [
  ['bulk', `${prefix}/`],
  ['bank', `outbox/${programme}/${period}/`],
  ['bank', `reconciliation/${programme}/${period}/`],
  ['reports', `${programme}/${period}/`],
];

/** Why a step could not be repeated, in one line. */
export const unrepeatable = (path: string, error: unknown, subject?: string): Difference => ({
  path,
  what: 'unrepeatable',
  ...(subject !== undefined && { subject }),
  message: error instanceof Error ? error.message : String(error),
});

/** Reads a stored JSON object; a missing or broken one is a difference, and undefined. */
export async function storedJson<T>(
  { bundle, findings }: Pick<Audit, 'bundle' | 'findings'>,
  ref: ObjectRef,
): Promise<T | undefined> {
  try {
    const bytes = await bundle.objects.get(ref);
    if (bytes) return JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
    findings.differs({ path: pathOf(ref), what: 'missing' });
  } catch (error) {
    findings.differs(unrepeatable(pathOf(ref), error));
  }
  return undefined;
}

/** Ports that a repeated step has no use for; asking them is a bug of the audit. */
export const NO_WORKFLOWS: Ports['workflows'] = {
  start: () => notHere('starts a workflow'),
  describe: () => notHere('asks for an execution'),
  sendTaskSuccess: () => notHere('answers a task token'),
  sendTaskFailure: () => notHere('answers a task token'),
};
/** An auditor has no key of payment ids. */
export const NO_KEYS: Ports['keys'] = { hmacKey: () => notHere('asks for the key of payment ids') };

const notHere = (what: string): never => {
  throw new Bug(`a repeated step ${what}`);
};
