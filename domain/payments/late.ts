import type { ReconciledLine, ReconciledState } from './reconciled-line.ts';
import type { Undelivered } from './undelivered.ts';

/**
 * What an answer that came after its cycle had closed does to the money. `arrived`: a pending payment was paid, nothing
 * is owed. `owed`: the money is with us after all, and is ordered again. `lapsed`: nobody collected it and the
 * programme's rule ends the claim. `in_doubt`: it contradicts an earlier answer; the amount stays owed and is not
 * ordered until the bank explains. `too_late`: it contradicts an answer on which the money was ordered again, lapsed or
 * was set off: nothing moves, people settle it with the bank.
 */
export const LATE_EFFECTS = ['arrived', 'owed', 'lapsed', 'in_doubt', 'too_late'] as const;
export type LateEffect = (typeof LATE_EFFECTS)[number];

/** One late answer: the payment as it stands with everything the bank has said, and what that changed. */
export type LateAnswer = {
  readonly line: ReconciledLine;
  readonly before: ReconciledState;
  readonly effect: LateEffect;
};

export type LateFacts = {
  /** The payment as each closed cycle so far knew it, oldest first: its own reconciliation, then each that took late reports. */
  readonly known: readonly ReconciledLine[];
  /** The same payment with the new reports. */
  readonly now: ReconciledLine;
  /** What its payee is owed and did not get, as carried into this cycle. */
  readonly carried: readonly Undelivered[];
  /** What the payment leaves owed as it stands now; undefined where it arrived, or where the claim has lapsed. */
  readonly owed: Undelivered | undefined;
};

export type Late = {
  readonly answer: LateAnswer;
  /** What the payee is owed from here on. */
  readonly carried: readonly Undelivered[];
};

type Fate = 'arrived' | 'lost' | 'open';
const FATE: Readonly<Record<ReconciledState, Fate>> = {
  paid: 'arrived',
  rejected: 'lost',
  returned: 'lost',
  unclaimed: 'lost',
  pending: 'open',
  exception: 'open',
};

/**
 * What late reports change for one payment of a closed cycle; undefined where nothing does. A payment's state is the
 * same fold whenever its reports come, so a report that says the same again changes nothing. Money moves in two ways
 * only: a pending payment is answered, or one that counted as paid came back. Whatever else the bank says differently
 * from before is kept from being ordered, or listed: a payment that was lost once may have been ordered again, and is
 * never owed a second time.
 */
export function lateAnswer({ known, now, carried, owed }: LateFacts): Late | undefined {
  const before = known.at(-1)!;
  if (before.state === now.state) return undefined;
  const item = carried.find(({ endToEndId }) => endToEndId === now.endToEndId);
  const effect = effectOf(
    { from: FATE[before.state], to: FATE[now.state], lostBefore: known.some(isLost) },
    item && (item.why !== 'pending' ? 'owed' : item.amountMinor < now.amountMinor ? 'rest_waits' : 'waits'),
  );
  if (!effect) return undefined;
  const answer: LateAnswer = {
    line: now,
    before: before.state,
    effect: effect === 'owed' && !owed ? 'lapsed' : effect,
  };
  if (effect === 'too_late') return { answer, carried };
  const others = carried.filter((other) => other !== item);
  // What is in doubt waits like a pending payment: nothing orders it. A part may have been set off meanwhile.
  const left =
    effect === 'in_doubt' && item
      ? { ...item, why: 'pending' as const }
      : owed && item
        ? { ...owed, amountMinor: item.amountMinor }
        : owed;
  return { answer, carried: effect === 'arrived' || !left ? others : [...others, left] };
}

const isLost = ({ state }: ReconciledLine): boolean => FATE[state] === 'lost';

type Change = { readonly from: Fate; readonly to: Fate; readonly lostBefore: boolean };

function effectOf(
  { from, to, lostBefore }: Change,
  item: 'waits' | 'rest_waits' | 'owed' | undefined,
): Exclude<LateEffect, 'lapsed'> | undefined {
  if (item === 'owed') return to === 'lost' ? undefined : 'in_doubt';
  if (item) {
    if (to === 'lost') return 'owed';
    // All of it came, also what had been set off as lost: people settle that part, nothing orders the rest.
    if (item === 'rest_waits' && from === 'open' && to === 'arrived') return 'in_doubt';
    return from === 'open' && to === 'arrived' ? 'arrived' : undefined;
  }
  // Carried nowhere: it was paid until now, or it was lost once and that was acted on.
  if (from === 'arrived' && !lostBefore) return to === 'lost' ? 'owed' : 'in_doubt';
  // What was lost and is lost again is what was acted on.
  return from === to || (from === 'open' && to === 'lost') ? undefined : 'too_late';
}
