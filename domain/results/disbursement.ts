import { minor } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import { ok, type Result } from '../kernel/result.ts';
import type { SettlementCase, SettlementState } from '../records/claim-case.ts';
import type { ContractDefinition } from '../records/contract.ts';
import { parameterTable } from '../records/contract-parameters.ts';
import { capLedger, capState } from './caps.ts';
import { applyReversals, applyUnfollowed } from './clawback.ts';
import { decideStrata, type StratumDecision } from './deduction.ts';
import { type Earned, type EarnInput, earn, type PersonResult, personScene } from './earn.ts';
import { readFacts } from './facts.ts';
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
import { admit, emptyState, refusal, totalsOf, unpublishedRefusal } from './settle-gate.ts';
import type { Settlement, SettlementRefusal } from './settlement.ts';
import { withholding } from './withhold.ts';

export type SettlementInput = Omit<SettlementCase, 'contract' | 'provider'> & { readonly provider: string };

const idOf = (claim: { readonly participant: string; readonly milestone: string }): string =>
  `${claim.participant}|${claim.milestone}`;

function earnInputOf(
  contract: ContractDefinition,
  input: SettlementInput,
  state: SettlementState,
): EarnInput {
  const verdicts = (input.verification?.strata ?? []).flatMap((stratum) => stratum.sampled);
  return {
    contract,
    table: parameterTable(contract, input.parameters),
    provider: input.provider,
    asOf: input.date as Day,
    state,
    claimedBefore: new Map((input.claimedBefore ?? []).map((claim) => [idOf(claim), claim.date])),
    rejected: new Map(verdicts.filter((v) => v.verdict === 'rejected').map((v) => [idOf(v), v.reason ?? ''])),
    unpublished: new Set<string>(),
  };
}

/** Claims that may be paid now; those of a stratum whose sample must grow wait, with that reason. */
function sortOut(run: Run, people: readonly PersonResult[], strata: readonly StratumDecision[]): Earned[] {
  const waiting = new Set(strata.filter((s) => s.decision === 'extend').flatMap((s) => [...s.unsampled]));
  const payable: Earned[] = [];
  for (const item of people.flatMap((person) => person.earned)) {
    const { participant, milestone } = item;
    if (!waiting.has(idOf(item))) payable.push(item);
    else
      run.refused.push({ participant, milestone, reason: 'SAMPLE_MUST_EXTEND', observed: '', required: '' });
  }
  return payable;
}

/** Everything that happens to money, in its order; the lines and the state of `run` are the result. */
function payAll(
  run: Run,
  input: SettlementInput,
  people: readonly PersonResult[],
): Pick<Settlement, 'checks' | 'strata' | 'recoveries' | 'warnings'> {
  const byId = new Map(people.map((person) => [person.scene.person.id, person]));
  const recoveries = applyUnfollowed(run.scene, run.state, byId);
  const checks = checksOf(run.scene, people);
  const earned = people.flatMap((person) => person.earned);
  const rejected = people.flatMap((person) => person.rejected);
  const strata = decideStrata(run.scene, input.verification, earned, rejected, run.asOf);
  const rules = withholding(run.scene, run.state, byId, checks, input.guarantees);
  payReleases(run, rules.mayRelease);
  payOutcomes(run, sortOut(run, people, strata), byId, rules.hold);
  payPerformance(run, people);
  deduct(run, strata);
  const warnings = rules.uncovered() > 0 ? ['GUARANTEE_DOES_NOT_COVER'] : [];
  moveMoney(run, rules.coverMinor, warnings);
  return { checks, strata, recoveries, warnings };
}

/**
 * Settles one provider's contract on one day. Out: reasoned lines, refusals with their reasons, caps, totals and the
 * state that the next settlement starts from. Pure; the order of participants and events never matters.
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
  if (issues.length > 0)
    return {
      ok: false,
      error: refusal('BAD_INPUT', 'the case has facts that the contract cannot read', { issues }),
    };
  const asOf = input.date as Day;
  const state: Mutable<SettlementState> = input.state
    ? structuredClone(input.state)
    : emptyState(contract.id, input.provider, asOf);
  const reversed = applyReversals(contract, state, input.reversals);
  const earnInput = earnInputOf(contract, input, state);
  const people = persons.map((person) => earn(earnInput, person));
  const scene = personScene(earnInput, { id: '', attributes: {}, facts: contractFacts });
  const refused = people.flatMap((person) => person.refused);
  const run: Run = { contract, scene, asOf, state, ledger: capLedger(state.caps), lines: [], refused };
  const paid = payAll(run, input, people);
  if (earnInput.unpublished.size > 0)
    return { ok: false, error: unpublishedRefusal(earnInput.unpublished, people, refused) };
  const totals = totalsOf(run.lines);
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
    state: { ...state, asOf, caps: capState(run.ledger), payable: state.payable + totals.payable },
  });
}
