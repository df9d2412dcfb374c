import { type Minor, minor, scale } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { SettlementCase, SettlementState } from '../records/claim-case.ts';
import type { ContractDefinition } from '../records/contract.ts';
import { giveBack } from './caps.ts';
import type { PersonResult } from './earn.ts';
import { number, type Scene } from './evidence.ts';
import { addMonthsToDay } from './window.ts';

/** Money that must come back: what was paid for an outcome that turned out false or was not followed up. */
export type Recovery = {
  readonly participant: string;
  readonly milestone: string;
  readonly date: Day;
  readonly reason: string;
  readonly amountMinor: Minor;
};
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const keysFor = (paid: { readonly [key: string]: unknown }, milestone: string): string[] =>
  Object.keys(paid)
    .filter((key) => key === milestone || key.startsWith(`${milestone}#`))
    .sort();

/** Takes one paid milestone back: its record goes, its cap room returns, and it can never be paid again. */
function takeBack(
  contract: ContractDefinition,
  state: Mutable<SettlementState>,
  recovery: Omit<Recovery, 'amountMinor'>,
  shareBp: number,
): Recovery {
  const { participant, milestone } = recovery;
  const paid = state.paid[participant] ?? {};
  let amount = 0;
  for (const key of keysFor(paid, milestone)) {
    const record = paid[key]!;
    amount += scale(minor(record.paid), shareBp, 10_000, contract.rounding);
    delete paid[key];
    if (shareBp === 10_000) giveBack(state.caps, contract, recovery, record, paid);
  }
  if (Object.keys(paid).length === 0) delete state.paid[participant];
  state.reversed[`${participant}|${milestone}`] = recovery.date;
  state.owed += amount;
  return { ...recovery, amountMinor: minor(amount) };
}

/** The milestones that may only be paid after `milestone`, directly or through one another, in the contract's order. */
function restingOn(contract: ContractDefinition, milestone: string): string[] {
  const fallen = new Set([milestone]);
  for (let before = 0; before < fallen.size; ) {
    before = fallen.size;
    for (const { id, requires } of contract.milestones)
      if (requires?.some((other) => fallen.has(other))) fallen.add(id);
  }
  return contract.milestones.flatMap(({ id }) => (id !== milestone && fallen.has(id) ? [id] : []));
}

/**
 * Reversals that the case reports: an outcome found false after it was paid. Unpaid ones have nothing to return. What was
 * paid on the strength of one (`requires`) falls with it: a job that never was cannot have been kept for three months.
 */
export function applyReversals(
  contract: ContractDefinition,
  state: Mutable<SettlementState>,
  reversals: SettlementCase['reversals'],
): Recovery[] {
  const sorted = [...(reversals ?? [])].sort((a, b) =>
    `${a.participant}|${a.milestone}` < `${b.participant}|${b.milestone}` ? -1 : 1,
  );
  const taken: Recovery[] = [];
  const take = (why: Omit<Recovery, 'amountMinor'>) => taken.push(takeBack(contract, state, why, 10_000));
  for (const { participant, milestone, date, reason } of sorted)
    if (state.reversed[`${participant}|${milestone}`] === undefined)
      take({ participant, milestone, date: date as Day, reason });
  for (const { participant, milestone: base, date } of sorted)
    for (const milestone of restingOn(contract, base))
      if (keysFor(state.paid[participant] ?? {}, milestone).length > 0)
        take({ participant, milestone, date: date as Day, reason: `RESTED_ON ${base}` });
  return taken;
}

/**
 * Instalments whose later milestone did not follow in time (`clawback.unless`). One that is claimed and whose
 * verification is not finished (`waiting`, participant|milestone) is waited for: the delay is not the provider's.
 */
export function applyUnfollowed(
  scene: Scene,
  state: Mutable<SettlementState>,
  people: ReadonlyMap<string, PersonResult>,
  waiting: ReadonlyMap<string, unknown> = new Map(),
): Recovery[] {
  const recoveries: Recovery[] = [];
  for (const rule of scene.contract.clawback?.unless ?? []) {
    for (const participant of Object.keys(state.paid).sort()) {
      const paid = state.paid[participant]!;
      const record = paid[rule.milestone];
      if (!record || paid[rule.follows] || people.get(participant)?.reached.has(rule.follows)) continue;
      if (waiting.has(`${participant}|${rule.follows}`)) continue;
      const personal = people.get(participant)?.scene ?? scene;
      const months = number(personal, rule.months, record.outcomeOn as Day);
      const share = rule.share ? number(personal, rule.share, record.outcomeOn as Day) : 10_000;
      if (typeof months === 'object' || typeof share === 'object') continue;
      if (scene.asOf <= addMonthsToDay(record.outcomeOn as Day, months)) continue;
      const why = {
        participant,
        milestone: rule.milestone,
        date: scene.asOf,
        reason: `NOT_FOLLOWED_BY ${rule.follows}`,
      };
      recoveries.push(takeBack(scene.contract, state, why, share));
    }
  }
  return recoveries;
}

/**
 * What is netted from a payment of `due`: never more than is owed, never more than the contract's share of the
 * payment. The rest stays owed, so a provider always receives at least the floor.
 */
export function netting(due: number, owed: number, maxShareBp: number): Minor {
  if (due <= 0) return minor(0);
  return minor(Math.min(owed, scale(minor(due), maxShareBp, 10_000, 'down')));
}
