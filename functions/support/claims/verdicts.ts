import type { Ports } from '../../../adapters/ports.ts';
import type { CaseEvent } from '../../../domain/records/claim-case.ts';
import { decidedPk } from './keys.ts';
import { rowsOf } from './list.ts';
import type { ClaimRecord } from './record.ts';

/** A verifier's verdict on one revision of a claim; a rejection comes with the facts as they were asserted. */
export type Verdict = {
  readonly verdict: 'confirmed' | 'rejected';
  readonly reason?: string;
  readonly events?: readonly CaseEvent[];
};
/** The verdict on a claim as it was at a revision; undefined while nobody decided. */
export type Verdicts = (record: ClaimRecord, revision: number) => Verdict | undefined;

/** A reason as settlement takes it. */
const REASON_MAX = 300;

/** Reads what verifiers decided in a programme, rejections of earlier revisions included. */
export async function verdictsOf(ports: Ports, programme: string): Promise<Verdicts> {
  const known = new Map<string, Verdict>();
  for await (const { sk, verdict, revision, reasons, events } of rowsOf(ports, decidedPk(programme))) {
    const claim = sk.split('#')[0]!;
    const key = `${claim}#${Number(revision)}`;
    const reason = ((reasons ?? []) as string[]).join('; ').slice(0, REASON_MAX);
    known.set(key, {
      ...known.get(key),
      verdict: verdict as Verdict['verdict'],
      ...(reason !== '' && { reason }),
      ...(events !== undefined && { events: events as unknown as CaseEvent[] }),
    });
  }
  return (record, revision) => {
    const verdict = known.get(`${record.id}#${revision}`);
    // Only a rejected claim of a sample has a later revision: its institute corrected it.
    if (!verdict && record.revision > revision) return { verdict: 'rejected', events: record.events };
    return verdict;
  };
}
