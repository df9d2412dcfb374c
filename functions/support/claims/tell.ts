import type { Json, Ports, Write } from '../../../adapters/ports.ts';
import { Fault, Refused } from '../../../domain/kernel/result.ts';
import type { ClaimState } from '../../../domain/records/claim.ts';
import type { ClaimActor } from '../../../domain/results/claim.ts';
import { concurrently } from '../concurrently.ts';
import { rejectionWrites } from '../reversals/register.ts';
import { claimKey, contractsPk, decidedPk, takenKey } from './keys.ts';
import { personTokens, tokensOf } from './people.ts';
import { type ClaimCycle, type ClaimRecord, fromItem, moveClaim } from './record.ts';

/** An outcome as a settlement names it. */
export type Outcome = {
  readonly contract: string;
  readonly provider: string;
  readonly participant: string;
  readonly milestone: string;
};
/** What became of an outcome. `settledIn` goes along always: whoever hears of a payment first has missed the rest. */
export type Tale = { readonly settledIn: ClaimCycle } & (
  | { readonly event: 'settled' }
  | { readonly event: 'paid'; readonly in: ClaimCycle; readonly on: string; readonly endToEndId?: string }
  | { readonly event: 'reversed'; readonly in: ClaimCycle; readonly on: string; readonly reason: string }
);
/** `told`: it moved. `known`: it had been told. `left`: it is elsewhere in its life. `none`: nobody claimed it here. */
export type Telling = 'told' | 'known' | 'left' | 'none';

const MOVES: { readonly [E in Tale['event']]: { from: ClaimState[]; to: ClaimState; actor: ClaimActor } } = {
  settled: { from: ['verified', 'awaiting_verifier', 'refused'], to: 'payable', actor: 'system' },
  paid: { from: ['payable'], to: 'paid', actor: 'system' },
  // Two approvers bound themselves to the settlement that takes the outcome back.
  reversed: { from: ['payable', 'paid'], to: 'reversed', actor: 'approver' },
};
/** States in which an event is old news. */
const AFTER: { readonly [E in Tale['event']]: readonly ClaimState[] } = {
  settled: ['payable', 'paid', 'reversed'],
  paid: ['paid', 'reversed'],
  reversed: ['reversed'],
};
const TURNS = 3;

/**
 * Tells claims what became of their outcomes, so that their institute can follow them to the payment. An outcome
 * that was never claimed here (a file of claims, a contract that is not in force) has no claim to tell. To be made
 * once for many outcomes: it keeps what it learns of contracts.
 */
export function claimTeller(ports: Ports) {
  const programmes = new Map<string, Promise<string | undefined>>();
  const programmeOf = (contract: string) => {
    const known = programmes.get(contract) ?? inForceIn(ports, contract);
    programmes.set(contract, known);
    return known;
  };
  const token = tokensOf(ports);
  return async (outcome: Outcome, tale: Tale): Promise<Telling> => {
    const programme = await programmeOf(outcome.contract);
    if (programme === undefined) return 'none';
    const { contract, provider, participant: id, milestone } = outcome;
    const personToken = personTokens(await token, { contract, id })[0]!;
    const taken = await ports.control.get(takenKey(programme, personToken, milestone));
    if (taken?.provider !== provider) return 'none';
    const key = claimKey(programme, provider, String(taken.claim));
    for (let turn = 0; turn < TURNS; turn++) {
      const item = await ports.control.get(key);
      if (item?.contract !== contract) return 'none';
      const telling = await move(ports, fromItem(item), tale).catch(conflict);
      if (telling) return telling;
    }
    throw new Fault('a claim moves while it is told');
  };
}

/** Nothing where somebody else moved the claim at that moment. */
function conflict(error: unknown): undefined {
  if (error instanceof Refused && error.refusal.code === 'CONFLICT') return undefined;
  throw error;
}

async function inForceIn(ports: Ports, contract: string): Promise<string | undefined> {
  const record = await ports.control.get({ pk: contractsPk, sk: contract });
  return record && String(record.programme);
}

async function move(ports: Ports, record: ClaimRecord, tale: Tale): Promise<Telling> {
  if (AFTER[tale.event].includes(record.state)) return 'known';
  if (tale.event !== 'settled' && MOVES.settled.from.includes(record.state)) {
    const { settledIn } = tale;
    return move(ports, await step(ports, record, { settledIn, event: 'settled' }), tale);
  }
  if (!MOVES[tale.event].from.includes(record.state)) return 'left';
  await step(ports, record, tale);
  return 'told';
}

async function step(ports: Ports, record: ClaimRecord, tale: Tale): Promise<ClaimRecord> {
  const { actor, to } = MOVES[tale.event];
  const report = await rejectedMeanwhile(ports, record, tale);
  return moveClaim(ports, record, { event: tale.event, actor, to, set: factsOf(tale), with: report });
}

/** A claim that was verified when its cycle froze, and rejected before the money went out: its verifier reports that. */
async function rejectedMeanwhile(ports: Ports, record: ClaimRecord, { settledIn }: Tale): Promise<Write[]> {
  if (record.state !== 'refused') return [];
  const decided = await ports.control.get({ pk: decidedPk(record.programme), sk: record.id });
  if (decided?.verdict !== 'rejected') return [];
  return rejectionWrites(
    ports,
    { ...record, settlement: settledIn },
    {
      person: String(decided.verifier),
      reasons: (decided.reasons ?? []) as string[],
      documents: (decided.documents ?? []) as string[],
    },
  );
}

function factsOf(tale: Tale): { [field: string]: Json } {
  if (tale.event === 'settled') return { settlement: { ...tale.settledIn } };
  const fact = { ...tale.in, on: tale.on };
  if (tale.event === 'reversed') return { reversal: { ...fact, reason: tale.reason } };
  return { payment: { ...fact, ...(tale.endToEndId && { endToEndId: tale.endToEndId }) } };
}

/** How many claims are told at once: each takes a few short round trips to the control plane. */
const AT_ONCE = 16;

/** Tells many outcomes, a bounded number at once. Out: how many claims moved, and how many of the rest there were. */
export async function tellAll(
  ports: Ports,
  tales: Iterable<readonly [Outcome, Tale]>,
): Promise<Record<Telling, number>> {
  const tell = claimTeller(ports);
  const counts: Record<Telling, number> = { told: 0, known: 0, left: 0, none: 0 };
  await concurrently(tales, AT_ONCE, async ([outcome, tale]) => {
    counts[await tell(outcome, tale)] += 1;
  });
  return counts;
}
