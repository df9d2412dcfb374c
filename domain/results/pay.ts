import { type Minor, minor, scale } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { SettlementState } from '../records/claim-case.ts';
import type { ContractDefinition } from '../records/contract.ts';
import { applyCaps, type CapLedger } from './caps.ts';
import { netting } from './clawback.ts';
import type { LateShare, StratumDecision } from './deduction.ts';
import type { Earned, Refused } from './earn.ts';
import { number, type Scene } from './evidence.ts';
import { performanceOf } from './performance.ts';
import type { DisbursementLine } from './settlement.ts';
import type { Withholding } from './withhold.ts';

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
const ZERO = minor(0);

/** Lines come in the order in which results were reached, so that a cap always cuts the same ones. */
function inOrder(contract: ContractDefinition, earned: readonly Earned[]): Earned[] {
  const place = new Map(contract.milestones.map((milestone, i) => [milestone.id, i]));
  const occurrence = (key: string) => Number(key.split('#')[1] ?? 0);
  const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...earned].sort(
    (a, b) =>
      compare(a.outcomeOn, b.outcomeOn) ||
      place.get(a.milestone)! - place.get(b.milestone)! ||
      occurrence(a.key) - occurrence(b.key) ||
      compare(a.participant, b.participant),
  );
}

const movement = (
  kind: DisbursementLine['kind'],
  amount: number,
  more: Pick<DisbursementLine, 'milestone' | 'rule' | 'cite'> & { readonly participant?: string },
): DisbursementLine => ({
  kind,
  key: more.milestone,
  priceMinor: minor(Math.abs(amount)),
  earnedMinor: ZERO,
  cappedMinor: ZERO,
  withheldMinor: ZERO,
  amountMinor: minor(amount),
  ...more,
});

export type Run = {
  readonly contract: ContractDefinition;
  readonly scene: Scene;
  readonly asOf: Day;
  readonly state: Mutable<SettlementState>;
  readonly ledger: CapLedger;
  readonly lines: DisbursementLine[];
  readonly refused: Refused[];
};

/** Turns earned outcomes into lines: caps first, then what waits of the rest. */
export function payOutcomes(
  run: Run,
  earned: readonly Earned[],
  scenes: ReadonlyMap<string, { scene: Scene }>,
  hold: (p: string, m: string, a: Minor) => Minor,
): void {
  for (const item of inOrder(run.contract, earned)) {
    const { participant, milestone, key, outcomeOn } = item;
    const scene = scenes.get(participant)?.scene ?? run.scene;
    const { allowed, by, cutBy } = applyCaps(run.ledger, scene, run.asOf, item, run.state.paid[participant]);
    if (cutBy !== undefined)
      run.refused.push({
        participant,
        milestone,
        reason: 'CAP_REACHED',
        observed: '',
        required: cutBy,
        about: cutBy,
      });
    const withheld = hold(participant, milestone, allowed);
    const amount = minor(allowed - withheld);
    run.lines.push({
      kind: 'outcome',
      ...item,
      cappedMinor: minor(item.earnedMinor - allowed),
      ...(by === undefined ? {} : { cappedBy: by }),
      withheldMinor: withheld,
      amountMinor: amount,
    });
    run.state.paid[participant] ??= {};
    run.state.paid[participant][key] = {
      on: run.asOf,
      outcomeOn,
      earned: item.earnedMinor,
      paid: amount,
      held: withheld,
      ...(cutBy !== undefined && { cutBy }),
    };
  }
}

/** Pays what a contract-level milestone is worth now beyond what it was paid before. */
export function payPerformance(run: Run, people: Parameters<typeof performanceOf>[2]): void {
  for (const milestone of run.contract.milestones) {
    if (milestone.level !== 'contract') continue;
    const worth = performanceOf(run.scene, milestone, people);
    if (worth === undefined) continue;
    if ('met' in worth) {
      const { met: _, ...why } = worth;
      run.refused.push({ participant: '', milestone: milestone.id, ...why });
      continue;
    }
    const before = run.state.performance[milestone.id] ?? 0;
    const earned = minor(Math.max(0, worth.earnedMinor - before));
    if (earned === 0 && before > 0) continue;
    const { allowed, by } = applyCaps(run.ledger, run.scene, run.asOf, {
      participant: '',
      milestone: milestone.id,
      earnedMinor: earned,
    });
    run.state.performance[milestone.id] = before + earned;
    run.lines.push({
      kind: 'performance',
      milestone: milestone.id,
      key: milestone.id,
      outcomeOn: worth.outcomeOn,
      priceMinor: worth.priceMinor,
      earnedMinor: earned,
      cappedMinor: minor(earned - allowed),
      ...(by === undefined ? {} : { cappedBy: by }),
      withheldMinor: ZERO,
      amountMinor: allowed,
      rule: worth.rule,
      cite: worth.cite,
    });
  }
}

/** Money that waited since earlier settlements, as far as its condition is met and a guarantee covers it now. */
export function payReleases(run: Run, release: (p: string, m: string, held: Minor) => Minor): void {
  for (const participant of Object.keys(run.state.paid).sort())
    for (const [key, record] of Object.entries(run.state.paid[participant]!).sort(([a], [b]) =>
      a < b ? -1 : 1,
    )) {
      const milestone = key.split('#')[0]!;
      const free = record.held === 0 ? 0 : release(participant, milestone, minor(record.held));
      if (free === 0) continue;
      const rule = `held since ${record.on}`;
      run.lines.push(movement('release', free, { participant, milestone, rule, cite: '' }));
      run.state.paid[participant]![key] = { ...record, paid: record.paid + free, held: record.held - free };
    }
}

const due = (run: Run): number => run.lines.reduce((sum, line) => sum + line.amountMinor, 0);

/** Advance against a guarantee, its recovery, and clawback: in this order, each on what the lines before leave. */
export function moveMoney(
  run: Run,
  { coverMinor, effect }: Pick<Withholding, 'coverMinor' | 'effect'>,
  warnings: string[],
): void {
  const { advance, clawback, guarantee } = run.contract;
  const { state, scene, asOf } = run;
  const before = { ...state.advance };
  if (advance && before.paid > before.recovered) {
    const share = number(scene, advance.recoverShare, asOf);
    if (typeof share === 'number') {
      const back = netting(due(run), before.paid - before.recovered, share);
      if (back > 0)
        run.lines.push(
          movement('advance_recovery', -back, {
            milestone: 'advance',
            rule: `recovers ${advance.recoverShare} (${share / 100} %) of the payment`,
            cite: advance.cite,
          }),
        );
      state.advance.recovered += back;
    }
  }
  if (state.owed > 0) {
    const share = clawback ? number(scene, clawback.maxShare, asOf) : 0;
    if (typeof share === 'number') {
      const back = netting(due(run), state.owed, share);
      if (back > 0)
        run.lines.push(
          movement('clawback', -back, {
            milestone: 'clawback',
            rule: `nets what is owed, at most ${share / 100} % of the payment`,
            cite: clawback?.cite ?? '',
          }),
        );
      state.owed -= back;
    }
    if (!clawback) warnings.push('OWED_WITHOUT_CLAWBACK_CLAUSE');
  }
  if (advance && before.paid === 0) {
    const whole = number(scene, advance.amount, asOf);
    const short = guarantee?.covers === 'advance' && typeof whole === 'number' && coverMinor < whole;
    const limit = short && effect === 'withhold' ? coverMinor : Number.POSITIVE_INFINITY;
    if (short)
      warnings.push(effect === 'withhold' ? 'ADVANCE_LIMITED_BY_GUARANTEE' : 'GUARANTEE_DOES_NOT_COVER');
    const paid = typeof whole === 'number' ? Math.min(whole, limit) : 0;
    if (paid > 0)
      run.lines.push(
        movement('advance', paid, {
          milestone: 'advance',
          rule: `advance ${advance.amount}`,
          cite: advance.cite,
        }),
      );
    state.advance.paid += paid;
  }
}

/**
 * Takes each stratum's projected error from the claims that nobody looked at, and from those of a stratum judged earlier
 * the share that it was judged by; never more than they pay.
 */
export function deduct(run: Run, strata: readonly StratumDecision[], late: readonly LateShare[]): void {
  const linesOf = (has: (id: string) => boolean) =>
    run.lines.filter(
      ({ kind, participant, milestone }) => kind === 'outcome' && has(`${participant}|${milestone}`),
    );
  const take = (lines: readonly DisbursementLine[], wanted: Minor, rule: string) => {
    const most = lines.reduce((sum, line) => sum + line.amountMinor, 0);
    const cite = run.contract.verification?.cite ?? '';
    run.lines.push(movement('deduction', -Math.min(most, wanted), { milestone: 'verification', rule, cite }));
  };
  for (const { stratum, deductionMinor, rejected, sampled, claims, unsampled } of strata) {
    if (deductionMinor === 0) continue;
    const rule = `sample of ${stratum}: ${rejected} of ${sampled} wrong, projected on ${claims - sampled}`;
    take(
      linesOf((id) => unsampled.has(id)),
      deductionMinor,
      rule,
    );
  }
  for (const { stratum, on, wrongMinor, lookedMinor, has } of late) {
    const lines = linesOf(has);
    const allowed = lines.reduce((sum, line) => sum + line.earnedMinor - line.cappedMinor, 0);
    const share = scale(minor(allowed), wrongMinor, lookedMinor, 'half_even');
    if (share > 0)
      take(
        lines,
        share,
        `sample of ${stratum}, judged ${on}: its share of wrong money, on ${lines.length} paid now`,
      );
  }
}
