import { minor } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { SettlementCase, SettlementState } from '../records/claim-case.ts';
import type { ContractDefinition } from '../records/contract.ts';
import { parameterTable } from '../records/contract-parameters.ts';
import { capLedger, capState } from './caps.ts';
import { applyReversals, applyUnfollowed } from './clawback.ts';
import { decideStrata, lateShares, rememberStrata } from './deduction.ts';
import { rememberDocuments, reusedDocuments } from './documents.ts';
import { type EarnInput, earn, type PersonResult, personScene, type Refused } from './earn.ts';
import { type Person, readFacts } from './facts.ts';
import {
  deduct,
  type Mutable,
  moveMoney,
  payOutcomes,
  payPerformance,
  payReleases,
  type Run,
} from './pay.ts';
import { checksOf } from './performance.ts';
import { admit, emptyState, misstated, refusal, totalsOf, unpublishedRefusal } from './settle-gate.ts';
import type { Settlement, SettlementRefusal } from './settlement.ts';
import type { Reason } from './verdict.ts';
import { withholding } from './withhold.ts';

export type SettlementInput = Omit<SettlementCase, 'contract' | 'provider'> & { readonly provider: string };

const idOf = (claim: { readonly participant: string; readonly milestone: string }): string =>
  `${claim.participant}|${claim.milestone}`;

function earnInputOf(
  contract: ContractDefinition,
  input: SettlementInput,
  state: SettlementState,
  persons: readonly Person[],
): EarnInput {
  const verdicts = (input.verification?.strata ?? []).flatMap((stratum) => stratum.sampled);
  return {
    contract,
    table: parameterTable(contract, input.parameters),
    provider: input.provider,
    asOf: input.date as Day,
    reused: reusedDocuments(asListed(persons, input.participants), state.documents, input.documentsElsewhere),
    state,
    claimedBefore: new Map((input.claimedBefore ?? []).map((claim) => [idOf(claim), claim.date])),
    rejected: new Map(verdicts.filter((v) => v.verdict === 'rejected').map((v) => [idOf(v), v.reason ?? ''])),
    confirmed: new Set(verdicts.filter((v) => v.verdict === 'confirmed').map(idOf)),
    judged: new Set(
      (input.verification?.strata ?? [])
        .filter(({ id }) => state.strata?.[id] !== undefined)
        .flatMap((stratum) => stratum.sampled.map(idOf)),
    ),
    waiting: new Map(
      (input.verification?.waiting ?? []).map((claim) => [idOf(claim), 'AWAITS_VERIFICATION']),
    ),
    unpublished: new Set<string>(),
  };
}

/** People as the case lists them: in the order in which their claims were submitted. */
function asListed(persons: readonly Person[], listed: SettlementCase['participants']): Person[] {
  const place = new Map([...listed.entries()].reverse().map(([i, { id }]) => [id, i]));
  return [...persons].sort((a, b) => place.get(a.id)! - place.get(b.id)!);
}

/**
 * What verifiers rejected, here or before, for the settlements that do not bring the verdicts again. One that was
 * confirmed since is no longer rejected.
 */
function rememberRejected(
  { state, rejected, confirmed }: EarnInput,
  persons: readonly Person[],
): { readonly [claim: string]: string } | undefined {
  const own = persons.flatMap(({ id, rejected: claims = [], claims: again }) =>
    claims
      .filter(({ milestone }) => !again?.includes(milestone))
      .map(({ milestone, reason = '' }) => [`${id}|${milestone}`, reason] as const),
  );
  const all = [...Object.entries(state?.rejected ?? {}), ...rejected, ...own].filter(
    ([id]) => !confirmed.has(id),
  );
  return all.length > 0 ? Object.fromEntries(all) : undefined;
}

type Weighed = Pick<Settlement, 'strata'> & {
  readonly people: readonly PersonResult[];
  /** Claims that are neither paid nor lost yet, as participant|milestone. */
  readonly waiting: ReadonlyMap<string, Reason>;
};

/**
 * What everybody earned and what the samples decide about it. Where a sample must grow, the claims of it that nobody
 * looked at wait, and everybody is judged again without them: no other milestone may rest on a claim that waits.
 */
function weigh(input: SettlementInput, earnInput: EarnInput, persons: readonly Person[], run: Run): Weighed {
  const people = persons.map((person) => earn(earnInput, person));
  const earned = people.flatMap((person) => person.earned);
  const rejected = people.flatMap((person) => person.rejected);
  const strata = decideStrata(
    run.scene,
    input.verification,
    { earned, rejected, state: run.state },
    run.asOf,
  );
  const unseen = strata.flatMap((each) => (each.decision === 'extend' ? [...each.unsampled] : []));
  const waiting = new Map([...earnInput.waiting, ...unseen.map((id) => [id, 'SAMPLE_MUST_EXTEND'] as const)]);
  if (unseen.length === 0) return { people, strata, waiting };
  return { people: persons.map((person) => earn({ ...earnInput, waiting }, person)), strata, waiting };
}

/** Refusals of everybody, and the claims whose verification is not finished. */
function refusedOf(input: SettlementInput, people: readonly PersonResult[]): Refused[] {
  const refused = people.flatMap((person) => person.refused);
  const told = new Set(refused.map(idOf));
  for (const claim of input.verification?.waiting ?? [])
    if (!told.has(idOf(claim)))
      refused.push({
        participant: claim.participant,
        milestone: claim.milestone,
        reason: 'AWAITS_VERIFICATION',
        observed: '',
        required: '',
      });
  return refused;
}

/** Everything that happens to money, in its order; the lines and the state of `run` are the result. */
function payAll(
  run: Run,
  input: SettlementInput,
  { people, strata, waiting }: Weighed,
): Pick<Settlement, 'checks' | 'strata' | 'recoveries' | 'warnings'> {
  const byId = new Map(people.map((person) => [person.scene.person.id, person]));
  const recoveries = applyUnfollowed(run.scene, run.state, byId, waiting);
  const checks = checksOf(run.scene, people);
  const rules = withholding(run.scene, run.state, byId, checks, input.guarantees);
  payReleases(run, rules.release);
  payOutcomes(
    run,
    people.flatMap((person) => person.earned),
    byId,
    rules.hold,
  );
  payPerformance(run, people);
  deduct(run, strata, lateShares(input.verification, run.state));
  const warnings = rules.uncovered() > 0 ? ['GUARANTEE_DOES_NOT_COVER'] : [];
  moveMoney(run, rules, warnings);
  return { checks, strata, recoveries, warnings };
}

/**
 * Settles one provider's contract on one day. Out: reasoned lines, refusals with their reasons, caps, totals and the
 * state that the next settlement starts from. Pure; the order of events never matters, that of participants only to who
 * showed a document first.
 * Refused: bad facts, a provider outside the contract, a state of another contract or a later day, and any needed
 * parameter that was not published (VALUE_NOT_PUBLISHED names them, and what was verified is given all the same).
 */
export function settleContract(
  contract: ContractDefinition,
  input: SettlementInput,
): Result<Settlement, SettlementRefusal> {
  const turnedAway = admit(contract, input);
  if (turnedAway) return { ok: false, error: turnedAway };
  const {
    people: persons,
    contractFacts,
    issues,
    ignored,
  } = readFacts(contract, input.participants, input.events);
  const unread = [...issues, ...misstated(contract, input)];
  if (unread.length > 0)
    return {
      ok: false,
      error: refusal('BAD_INPUT', 'the case has facts that the contract cannot read', { issues: unread }),
    };
  const asOf = input.date as Day;
  const state: Mutable<SettlementState> = input.state
    ? structuredClone(input.state)
    : emptyState(contract.id, input.provider, asOf);
  const reversed = applyReversals(contract, state, input.reversals);
  const earnInput = earnInputOf(contract, input, state, persons);
  const scene = personScene(earnInput, { id: '', attributes: {}, facts: contractFacts });
  const refused: Refused[] = [];
  const run: Run = { contract, scene, asOf, state, ledger: capLedger(state.caps), lines: [], refused };
  const weighed = weigh(input, earnInput, persons, run);
  const { people } = weighed;
  refused.push(...refusedOf(input, people));
  const paid = payAll(run, input, weighed);
  if (earnInput.unpublished.size > 0)
    return { ok: false, error: unpublishedRefusal(earnInput.unpublished, people, refused) };
  const totals = totalsOf(run.lines);
  const rejected = rememberRejected(earnInput, persons);
  const { rejected: _, ...kept } = state;
  const documents = rememberDocuments(persons, earnInput.reused, state.documents, state.paid);
  return ok({
    contract: contract.id,
    version: contract.version,
    provider: input.provider,
    date: asOf,
    currency: contract.currency,
    lines: run.lines,
    refused,
    pending: people.flatMap((person) => person.pending),
    caps: [...run.ledger.uses.values()].filter((use) => use.reducedMinor > 0 || use.of === ''),
    ...paid,
    recoveries: [...reversed, ...paid.recoveries],
    owed: minor(state.owed),
    ignored,
    totals,
    state: {
      ...kept,
      ...rememberStrata(state, paid.strata, asOf),
      ...(rejected && { rejected }),
      ...(documents && { documents }),
      asOf,
      caps: capState(run.ledger),
      payable: state.payable + totals.payable,
    },
  });
}
