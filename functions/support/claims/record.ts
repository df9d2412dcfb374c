import type { Condition, Item, Json, Ports, Write } from '../../../adapters/ports.ts';
import { Refused, unwrap } from '../../../domain/kernel/result.ts';
import type { Claim, ClaimState } from '../../../domain/records/claim.ts';
import { type ClaimActor, type ClaimEvent, nextState } from '../../../domain/results/claim.ts';
import type { CheckResult } from '../../../domain/results/verification.ts';
import { SaidRefusal } from '../http/said.ts';
import { claimKey } from './keys.ts';

/** What led to a claim's state, for the institute: check codes, or the verifier's reasons. */
export type ClaimDecision = {
  readonly outcome: 'verified' | 'refused';
  readonly by: 'checks' | 'sample' | 'verifier';
  readonly on: string;
  readonly reasons: readonly string[];
};

/** A claim as it is stored: the domain's claim and how far it has come. */
export type ClaimRecord = Claim & {
  readonly programme: string;
  /** 1 for the first version; each correction is one more. */
  readonly revision: number;
  readonly personToken: string;
  /** What the first request looked like, so that a repeat of it is known. */
  readonly requestKey?: string;
  readonly requestHash: string;
  readonly checks?: readonly CheckResult[];
  readonly flagged?: boolean;
  readonly missing?: readonly string[];
  readonly decision?: ClaimDecision;
  /** The cycle that settled its outcome. */
  readonly settlement?: ClaimCycle;
  /** The cycle whose bank reports show the money as paid, and the day. */
  readonly payment?: ClaimCycle & { readonly on: string; readonly endToEndId?: string };
  /** Found false after a cycle settled it, and approved so: the next cycle takes it back. */
  readonly foundFalse?: { readonly on: string; readonly reason: string };
  /** The cycle that took it back, the day from which, and why: in words, or `RESTED_ON`/`NOT_FOLLOWED_BY` a milestone. */
  readonly reversal?: ClaimCycle & { readonly on: string; readonly reason?: string };
};
/** A payment cycle as a claim names it: the programme that pays is not always the one that takes the claims. */
export type ClaimCycle = { readonly programme: string; readonly period: string };

export const toItem = (record: ClaimRecord): Item => ({
  ...claimKey(record.programme, record.provider, record.id),
  ...(record as unknown as { [field: string]: Json }),
});
export function fromItem(item: Item): ClaimRecord {
  const { pk: _pk, sk: _sk, ...record } = item;
  return record as unknown as ClaimRecord;
}

export type ClaimRef = { readonly programme: string; readonly provider: string; readonly claim: string };

/** A claim of an institute. Refused: none under this id here (NOT_FOUND), whoever else may have one. */
export async function claimOf(ports: Ports, { programme, provider, claim }: ClaimRef): Promise<ClaimRecord> {
  const item = await ports.control.get(claimKey(programme, provider, claim));
  if (item) return fromItem(item);
  throw new SaidRefusal('NOT_FOUND', { es: 'no existe ese reclamo', en: 'there is no such claim' });
}

/** The claim has moved on since it was read: state and revision are conditions of every write to it. */
export const unmoved = (record: ClaimRecord): Condition => ({
  all: [
    { field: 'state', is: '=', value: record.state },
    { field: 'revision', is: '=', value: record.revision },
  ],
});

/** The write that an event makes to a claim; throws what the life-cycle table does not allow. */
export function eventWrite(
  record: ClaimRecord,
  event: ClaimEvent,
  actor: ClaimActor,
  set: { readonly [field: string]: Json } = {},
): Write {
  const state = unwrap(nextState(record.state, event, actor));
  return {
    update: claimKey(record.programme, record.provider, record.id),
    set: { ...set, state },
    condition: unmoved(record),
  };
}

/**
 * Moves a claim by an event of its life cycle, with other writes in the same transaction. A claim that has reached
 * the target state already is left alone: steps are run again.
 */
export async function moveClaim(
  ports: Ports,
  record: ClaimRecord,
  move: {
    event: ClaimEvent;
    actor: ClaimActor;
    to: ClaimState;
    set?: { readonly [field: string]: Json };
    with?: readonly Write[];
  },
): Promise<ClaimRecord> {
  if (record.state === move.to) return record;
  const outcome = await ports.control.write([
    eventWrite(record, move.event, move.actor, move.set),
    ...(move.with ?? []),
  ]);
  const ref = { programme: record.programme, provider: record.provider, claim: record.id };
  const stored = await claimOf(ports, ref);
  if (outcome.ok || stored.state === move.to) return stored;
  throw new Refused({
    code: 'CONFLICT',
    message: `claim ${record.id} moved to ${stored.state} meanwhile`,
    next: 'read it again',
  });
}
