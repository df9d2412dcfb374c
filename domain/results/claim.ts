import { hashOf } from '../kernel/hash.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import type { Claim, ClaimState, ClaimSubmission } from '../records/claim.ts';

export const CLAIM_EVENTS = [
  'documents_requested',
  'documents_complete',
  'checks_passed',
  'checks_failed',
  'sampled',
  'confirmed',
  'rejected',
  'corrected',
  'withdrawn',
  'settled',
  'paid',
  'reversed',
] as const;
export type ClaimEvent = (typeof CLAIM_EVENTS)[number];
/** Who may cause it. `system` is the workflow; the payment side reports `paid`. */
export type ClaimActor = 'institute' | 'verifier' | 'approver' | 'system';
export type Transition = {
  readonly from: ClaimState;
  readonly on: ClaimEvent;
  readonly to: ClaimState;
  readonly by: ClaimActor;
};

const row = (from: ClaimState, on: ClaimEvent, to: ClaimState, by: ClaimActor): Transition => ({
  from,
  on,
  to,
  by,
});

/** The whole life of a claim. What is not in this table does not happen. */
export const CLAIM_TRANSITIONS: readonly Transition[] = [
  row('received', 'documents_requested', 'documents_missing', 'system'),
  row('received', 'documents_complete', 'checking', 'system'),
  row('received', 'withdrawn', 'withdrawn', 'institute'),
  row('documents_missing', 'documents_complete', 'checking', 'system'),
  row('documents_missing', 'withdrawn', 'withdrawn', 'institute'),
  row('checking', 'checks_passed', 'verified', 'system'),
  row('checking', 'checks_failed', 'refused', 'system'),
  row('checking', 'sampled', 'awaiting_verifier', 'system'),
  row('awaiting_verifier', 'confirmed', 'verified', 'verifier'),
  row('awaiting_verifier', 'rejected', 'refused', 'verifier'),
  // A sample that must be extended draws claims that had already passed their checks.
  row('verified', 'sampled', 'awaiting_verifier', 'system'),
  row('verified', 'settled', 'payable', 'system'),
  // Drawn, or rejected too, while the cycle that pays it was under way: the money goes out. A verifier still looks at the
  // one, and the rejection of the other becomes a report that it is to be taken back.
  row('awaiting_verifier', 'settled', 'payable', 'system'),
  row('refused', 'settled', 'payable', 'system'),
  // The institute corrects its own claim: the person and milestone stay taken by the same claim.
  row('refused', 'corrected', 'received', 'institute'),
  row('withdrawn', 'corrected', 'received', 'institute'),
  row('payable', 'paid', 'paid', 'system'),
  row('payable', 'reversed', 'reversed', 'approver'),
  row('paid', 'reversed', 'reversed', 'approver'),
];

/** The state after an event. Refused: an event that this state does not know, or an actor who may not cause it. */
export function nextState(state: ClaimState, event: ClaimEvent, actor: ClaimActor): Result<ClaimState> {
  const found = CLAIM_TRANSITIONS.find((transition) => transition.from === state && transition.on === event);
  if (!found)
    return refuse('WRONG_STAGE', `a claim that is ${state} cannot be ${event}`, {
      next: `from ${state} it can be: ${
        CLAIM_TRANSITIONS.filter((t) => t.from === state)
          .map((t) => t.on)
          .join(', ') || 'nothing, it is final'
      }`,
    });
  if (found.by !== actor) return refuse('NOT_ALLOWED', `only the ${found.by} can make a claim ${event}`);
  return ok(found.to);
}

/** The life of a claim as a Graphviz drawing, for the documentation. */
export const claimDiagram = (): string =>
  `digraph claim {\n${CLAIM_TRANSITIONS.map((t) => `  ${t.from} -> ${t.to} [label="${t.on} (${t.by})"];`).join('\n')}\n}\n`;

/** What is taken by the first claim, for ever and for every institute. */
export const uniquenessKey = (
  claim: Pick<ClaimSubmission, 'contract' | 'participant' | 'milestone'>,
): string => `${claim.contract}|${claim.participant}|${claim.milestone}`;

/**
 * Whether a claim may come in beside the one that holds its person and milestone. The refusal gives the earlier
 * claim's date and not its institute: institutes must not learn about each other's participants.
 */
export function admitClaim(
  earlier: Pick<Claim, 'submittedOn' | 'contract' | 'participant' | 'milestone'> | undefined,
): Result<'new'> {
  if (!earlier) return ok('new');
  return refuse(
    'DUPLICATE_CLAIM',
    `${earlier.milestone} of this person was already claimed on ${earlier.submittedOn}`,
    {
      at: 'participant',
      next: 'if the earlier claim is yours, correct it; if the person is yours, ask the programme to look into it',
    },
  );
}

/** A participant may be claimed only by the institute that registered them, and only under a contract that it holds. */
export function ownClaim(provider: string, registeredBy: string | undefined): Result<'own'> {
  if (registeredBy === undefined)
    return refuse('NOT_FOUND', 'this participant is not registered', {
      at: 'participant',
      next: 'register the participant first',
    });
  // The same answer as for a stranger: that another institute has them is nobody else's business.
  return registeredBy === provider
    ? ok('own')
    : refuse('NOT_FOUND', 'this participant is not registered', {
        at: 'participant',
        next: 'register the participant first',
      });
}

export type StoredRequest = { readonly requestHash: string; readonly answer: unknown };
/** A request's fingerprint: the same content in another order of fields is the same request. */
export const requestHash = (route: string, body: unknown): string => hashOf({ route, body });

/**
 * What an idempotency key means: `run` the first time, the first `answer` again for the same request, a refusal for
 * another body under the same key.
 */
export function idempotent(
  stored: StoredRequest | undefined,
  hash: string,
): Result<{ readonly run: true } | { readonly run: false; readonly answer: unknown }> {
  if (!stored) return ok({ run: true });
  if (stored.requestHash === hash) return ok({ run: false, answer: stored.answer });
  return refuse('IDEMPOTENCY_MISMATCH', 'this idempotency key was used for another request', {
    at: 'Idempotency-Key',
    next: 'use a new key for a new request',
  });
}

/** Verifier, submitter and approver are three people, and no verifier judges an institute they belong to. */
export function mayVerify(
  claim: Pick<Claim, 'submittedBy' | 'provider'>,
  verifier: { readonly id: string; readonly provider?: string },
): Result<'may'> {
  if (verifier.id === claim.submittedBy)
    return refuse('NOT_ALLOWED', 'whoever submitted a claim cannot verify it', {
      next: 'another verifier decides',
    });
  if (verifier.provider === claim.provider)
    return refuse('NOT_ALLOWED', 'a verifier cannot decide on their own institute', {
      next: 'another verifier decides',
    });
  return ok('may');
}
