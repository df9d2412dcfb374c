import type { Day } from '../kernel/period.ts';
import type { SettlementState } from '../records/claim-case.ts';
import type { ContractDefinition, Milestone } from '../records/contract.ts';
import type { ParameterTable } from '../records/contract-parameters.ts';
import { capsOn } from './caps.ts';
import { number, type Scene } from './evidence.ts';
import { ordered, type Person } from './facts.ts';
import { judge, repetitions, sceneOf } from './outcome.ts';
import { type Priced, priceOf } from './price.ts';
import { type Reason, type Unmet, unmet, type Verdict } from './verdict.ts';

/** A verified outcome with its price, before caps and what is withheld. */
export type Earned = Priced & {
  readonly participant: string;
  readonly milestone: string;
  /** The milestone, or `milestone#k` for the k-th repetition: paid once per person, ever. */
  readonly key: string;
  readonly outcomeOn: Day;
};
export type Refused = {
  readonly participant: string;
  readonly milestone: string;
  readonly reason: Reason;
  readonly observed: string;
  readonly required: string;
  readonly about?: string;
};

export type EarnInput = {
  readonly contract: ContractDefinition;
  readonly table: ParameterTable;
  readonly provider: string;
  readonly asOf: Day;
  readonly reused: (person: string) => ReadonlySet<string>;
  readonly state: SettlementState | undefined;
  /** participant|milestone -> day of the earlier claim, whoever made it. */
  readonly claimedBefore: ReadonlyMap<string, string>;
  /** participant|milestone -> the verifier's reason. */
  readonly rejected: ReadonlyMap<string, string>;
  /** participant|milestone of claims that a verifier confirmed. */
  readonly confirmed: ReadonlySet<string>;
  /** participant|milestone of strata that an earlier settlement judged: what was rejected there counts no more. */
  readonly judged: ReadonlySet<string>;
  /** participant|milestone of claims that wait for their verification -> why. */
  readonly waiting: ReadonlyMap<string, Reason>;
  readonly unpublished: Set<string>;
};
export type PersonResult = {
  readonly earned: readonly Earned[];
  readonly refused: readonly Refused[];
  /** Not verified and nothing claimed yet: neither paid nor refused. */
  readonly pending: readonly Refused[];
  /** Would have been earned, but a verifier rejected it: the amount that a sample's error is measured in. */
  readonly rejected: readonly Earned[];
  /** Milestones that this person has reached, paid before or now. */
  readonly reached: ReadonlySet<string>;
  readonly scene: Scene;
};

export const personScene = (input: EarnInput, person: Person): Scene =>
  sceneOf({
    contract: input.contract,
    table: input.table,
    provider: input.provider,
    asOf: input.asOf,
    unpublished: input.unpublished,
    reused: input.reused(person.id),
    ...(input.state?.paid[person.id] && { paid: input.state.paid[person.id] }),
    person,
  });

/** The contract's own dates against the day of the outcome and the day of the settlement. */
function outsideContract(input: EarnInput, milestone: Milestone, on: Day): Unmet | undefined {
  const { from, until, claimsUntil } = input.contract.dates;
  if (from && on < from) return unmet('BEFORE_CONTRACT_START', on, `>= ${from}`);
  if (until && on > until && milestone.afterEnd !== 'allow')
    return unmet('AFTER_CONTRACT_END', on, `<= ${until}`);
  if (claimsUntil && input.asOf > claimsUntil)
    return unmet('CLAIM_AFTER_DEADLINE', input.asOf, `<= ${claimsUntil}`);
  return undefined;
}

/** Why a result with a price cannot be paid all the same: a cap on it, or a holdback, that says nothing of this person. */
function unbounded(input: EarnInput, scene: Scene, milestone: string): Unmet | undefined {
  const { contract, asOf } = input;
  const held = (contract.holdbacks ?? []).filter((rule) => rule.milestones.includes(milestone));
  const names = [
    ...capsOn(contract, milestone, scene.person.id).map(({ limit }) => limit),
    ...held.map(({ share }) => share),
  ];
  for (const name of names) {
    const value = number(scene, name, asOf);
    if (typeof value === 'object') return value;
  }
  return undefined;
}

/** Days on which a milestone was reached, with the key of each; one day unless it repeats. */
function occurrences(scene: Scene, milestone: Milestone, verdict: Verdict & { met: true }): [string, Day][] {
  if (!milestone.repeat) return [[milestone.id, verdict.on]];
  const every = number(scene, milestone.repeat.everyWeeks, verdict.on);
  const atMost = number(scene, milestone.repeat.atMost, verdict.on);
  if (typeof every === 'object' || typeof atMost === 'object') return [];
  return repetitions(scene, milestone.outcome!, every, atMost).map((on, i) => [
    `${milestone.id}#${i + 1}`,
    on,
  ]);
}

/** What an earlier settlement paid, or a cap had cut to nothing, is paid no more. */
function settledBefore(input: EarnInput, person: Person, key: string): Unmet | undefined {
  const paid = input.state?.paid[person.id]?.[key];
  // Published caps are of a person or of the whole contract, none is of a year: what one cut away is not owed later.
  if (paid?.cutBy !== undefined) return unmet('CAP_REACHED', paid.on, paid.cutBy, paid.cutBy);
  return paid && unmet('ALREADY_PAID', paid.on, '', paid.on);
}

/** Reasons that need no look at the evidence. */
function barred(input: EarnInput, person: Person, milestone: string): Unmet | undefined {
  const { provider } = input;
  if (person.provider !== undefined && person.provider !== provider)
    return unmet('OTHER_PROVIDER', provider, 'the institute that registered the participant');
  if (person.contested) return unmet('DUPLICATE_PARTICIPANT', '', person.id);
  const waits = input.waiting.get(`${person.id}|${milestone}`);
  if (waits) return unmet(waits, '', '');
  const reversed = input.state?.reversed[`${person.id}|${milestone}`];
  if (reversed) return unmet('REVERSED', reversed, '', reversed);
  const paid = settledBefore(input, person, milestone);
  if (paid) return paid;
  const wrong = input.state?.rejected?.[`${person.id}|${milestone}`];
  // Verdicts that this case brings decide by themselves, and are priced for the sample's error.
  const judgedHere =
    input.confirmed.has(`${person.id}|${milestone}`) || input.rejected.has(`${person.id}|${milestone}`);
  if (wrong !== undefined && !judgedHere && !corrected(person, milestone))
    return unmet('VERIFIER_REJECTED', wrong, '');
  const before = input.claimedBefore.get(`${person.id}|${milestone}`);
  return before ? unmet('DUPLICATE_CLAIM', before, '', before) : undefined;
}

/** Without evidence and without a claim there is nothing to refuse yet. */
const isPending = (person: Person, milestone: string, failed: Unmet): boolean =>
  !person.claims?.includes(milestone) &&
  ['NO_EVIDENCE', 'NO_ANCHOR', 'AFTER_SETTLEMENT_DATE', 'REQUIRES_MILESTONE'].includes(failed.reason);

/** Whether an eligible person reached a milestone's outcome by the facts of the scene. */
function outcomeOf(scene: Scene, milestone: Milestone): Verdict {
  const { eligibility } = scene.contract;
  const eligible = eligibility ? judge(scene, eligibility.predicate) : undefined;
  if (eligible && !eligible.met)
    return eligible.reason === 'MISSING_ATTRIBUTE' ? eligible : { ...eligible, reason: 'NOT_ELIGIBLE' };
  return scene.judge(milestone.outcome!);
}

/** Whether a milestone is reached: since when, or the first reason against it, in the order that people are told. */
function reach(
  input: EarnInput,
  person: Person,
  scene: Scene,
  milestone: Milestone,
  reached: ReadonlySet<string>,
): Verdict {
  const bar = barred(input, person, milestone.id);
  if (bar) return bar;
  const verdict = outcomeOf(scene, milestone);
  if (!verdict.met) return verdict;
  const outside = milestone.repeat ? undefined : outsideContract(input, milestone, verdict.on);
  if (outside) return outside;
  const missing = milestone.requires?.find(
    (other) => !reached.has(other) && !paidBefore(input, person, other),
  );
  return missing ? unmet('REQUIRES_MILESTONE', '', missing, missing) : verdict;
}

const wasRejected = (person: Person, milestone: string): boolean =>
  person.rejected?.some((claim) => claim.milestone === milestone) === true;
/** Rejected, corrected, and confirmed by a verifier since. */
const corrected = (person: Person, milestone: string): boolean =>
  wasRejected(person, milestone) && person.claims?.includes(milestone) === true;

/**
 * What rejected claims would have paid as they were asserted: the money that a sample's error is measured in. Their facts
 * stand beside the person's own and each other's here, as the institute asserted them, and nowhere else. What was paid
 * since and what must come first does not matter: the error was made when they were claimed.
 */
function assertedBy(input: EarnInput, person: Person): Earned[] {
  const claims = (person.rejected ?? []).filter(
    ({ milestone }) => !input.judged.has(`${person.id}|${milestone}`),
  );
  if (claims.length === 0) return [];
  const together = claims.flatMap(({ milestone, facts }) => (corrected(person, milestone) ? [] : facts));
  const beside = personScene(input, { ...person, facts: ordered([...person.facts, ...together]) });
  return claims.flatMap(({ milestone: id, facts }) => {
    const milestone = input.contract.milestones.find((each) => each.id === id);
    if (!milestone || milestone.level === 'contract') return [];
    const scene = corrected(person, id) ? personScene(input, { ...person, facts }) : beside;
    const verdict = outcomeOf(scene, milestone);
    if (!verdict.met) return [];
    return occurrences(scene, milestone, verdict).flatMap(([key, outcomeOn]) => {
      const priced = outsideContract(input, milestone, outcomeOn) ?? priceOf(scene, milestone, outcomeOn);
      return 'met' in priced ? [] : [{ participant: person.id, milestone: id, key, outcomeOn, ...priced }];
    });
  });
}

/** Refuses rejected claims by name, once: a stratum that was judged earlier has said so already. */
const rejectedOf = (input: EarnInput, person: Person): Refused[] =>
  (person.rejected ?? [])
    .filter(({ milestone }) => !corrected(person, milestone))
    .filter(({ milestone }) => !input.judged.has(`${person.id}|${milestone}`))
    .map(({ milestone, reason = '' }) => ({
      participant: person.id,
      milestone,
      reason: 'VERIFIER_REJECTED',
      observed: reason,
      required: '',
    }));

/** Everything that one participant earned by the settlement date, and why the rest was refused. */
export function earn(input: EarnInput, person: Person): PersonResult {
  const scene = personScene(input, person);
  const earned: Earned[] = [];
  const rejected: Earned[] = assertedBy(input, person);
  const refused: Refused[] = rejectedOf(input, person);
  const pending: Refused[] = [];
  const reached = new Set<string>();
  const turnDown = (milestone: string, failed: Unmet) => {
    const { met: _, ...why } = failed;
    (isPending(person, milestone, failed) ? pending : refused).push({
      participant: person.id,
      milestone,
      ...why,
    });
  };

  for (const milestone of input.contract.milestones) {
    const { id } = milestone;
    if (milestone.level === 'contract' || (person.claims && !person.claims.includes(id))) continue;
    // Reached all the same: what is paid, and what lacks a price that was not published.
    if (paidBefore(input, person, id)) reached.add(id);
    const again = corrected(person, id);
    if (wasRejected(person, id) && !again) continue;
    const verdict = reach(input, person, scene, milestone, reached);
    if (!verdict.met) {
      if (verdict.reason === 'VALUE_NOT_PUBLISHED') {
        // Nothing will be paid: what its price and the milestones after it lack is named in the same refusal.
        priceOf(scene, milestone, input.asOf);
        reached.add(id);
      }
      turnDown(id, verdict);
      continue;
    }
    const days = occurrences(scene, milestone, verdict);
    if (days.length === 0) turnDown(id, repeatShort(scene, milestone, verdict));
    // Of what repeats, the last time says why nothing is paid now.
    const before = days.length > 0 ? settledBefore(input, person, days.at(-1)![0]) : undefined;
    if (before) turnDown(id, before);
    for (const [key, on] of days) {
      if (input.state?.paid[person.id]?.[key]) continue;
      const priced =
        outsideContract(input, milestone, on) ?? unbounded(input, scene, id) ?? priceOf(scene, milestone, on);
      const verdictOfVerifier = again ? undefined : input.rejected.get(`${person.id}|${id}`);
      if ('met' in priced) {
        if (priced.reason === 'VALUE_NOT_PUBLISHED') reached.add(id);
        turnDown(id, priced);
        continue;
      }
      const item = { participant: person.id, milestone: id, key, outcomeOn: on, ...priced };
      if (verdictOfVerifier === undefined) {
        reached.add(id);
        earned.push(item);
      } else {
        rejected.push(item);
        turnDown(id, unmet('VERIFIER_REJECTED', verdictOfVerifier, ''));
      }
    }
  }
  return { earned, refused, pending, rejected, reached, scene };
}

const paidBefore = (input: EarnInput, person: Person, milestone: string): boolean => {
  const paid = input.state?.paid[person.id];
  return paid !== undefined && (paid[milestone] !== undefined || paid[`${milestone}#1`] !== undefined);
};

function repeatShort(scene: Scene, milestone: Milestone, verdict: Verdict & { met: true }): Unmet {
  const every = milestone.repeat ? number(scene, milestone.repeat.everyWeeks, verdict.on) : 0;
  return typeof every === 'object'
    ? every
    : unmet('BELOW_THRESHOLD', verdict.observed, `${verdict.required} + ${every} weeks`);
}
