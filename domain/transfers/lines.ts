import { type Minor, minor } from '../kernel/money.ts';
import type { Month } from '../kernel/period.ts';
import type {
  Awaited,
  HeldMoney,
  Household,
  LineOutcome,
  TransferLine,
  Verdict,
} from '../records/household.ts';
import type { CompiledProgramme } from './compile.ts';
import type { Consequence } from './consequence.ts';
import type { Portion } from './reckon.ts';
import type { CompiledBenefit } from './run.ts';
import { memberIndex, standingOf } from './standings.ts';
import { ratio, shareOf } from './values.ts';

type Draft = {
  benefit: CompiledBenefit;
  member: number;
  outcome: LineOutcome;
  amount: number;
  count: number;
  reason: string;
  rule: string;
};

/** Lines of a period, put together over its months; what is held is remembered with what it waits for. */
export class Lines {
  readonly drafts: Draft[] = [];
  readonly held: HeldMoney[] = [];
  readonly programme: CompiledProgramme;
  readonly household: Household;
  readonly verdicts: readonly Verdict[];

  constructor(programme: CompiledProgramme, household: Household, verdicts: readonly Verdict[]) {
    this.programme = programme;
    this.household = household;
    this.verdicts = verdicts;
  }

  /** Adds a frame's portions, each as many times as the frame stands for months. */
  add(portions: readonly Portion[], month: Month, weight: number): void {
    for (const { item, payable, held, forfeited } of portions) {
      const { benefit, member, count } = item;
      const rule = `benefit:${benefit.definition.id}`;
      if (payable > 0) this.put(benefit, member, 'payable', payable * weight, count * weight, 'OWED', rule);
      if (held > 0) {
        const waitsFor = this.causes(benefit, member, month, 1);
        this.put(
          benefit,
          member,
          'held',
          held * weight,
          count * weight,
          `UNVERIFIED:${waitsFor[0]?.condition ?? ''}`,
          rule,
        );
        this.hold(benefit, member, held * weight, 'unverified', waitsFor);
      }
      if (forfeited > 0) {
        const cause = this.causes(benefit, member, month, 0)[0]?.condition ?? '';
        this.put(benefit, member, 'forfeited', forfeited * weight, count * weight, `NOT_MET:${cause}`, rule);
      }
    }
  }

  /** Adds to the line of the same benefit, member, outcome and reason, or starts it. */
  put(
    benefit: CompiledBenefit,
    member: number,
    outcome: LineOutcome,
    amount: number,
    count: number,
    reason: string,
    rule: string,
  ): void {
    for (const draft of this.drafts)
      if (
        draft.benefit.index === benefit.index &&
        draft.member === member &&
        draft.outcome === outcome &&
        draft.reason === reason
      ) {
        draft.amount += amount;
        draft.count += count;
        return;
      }
    this.drafts.push({ benefit, member, outcome, amount, count, reason, rule });
  }

  hold(
    benefit: CompiledBenefit,
    member: number,
    amount: number,
    why: HeldMoney['why'],
    waitsFor?: readonly Awaited[],
  ): void {
    this.held.push({
      benefit: benefit.definition.id,
      ...(member >= 0 && { member: this.household.members[member]!.id }),
      origin: this.programme.period,
      amountMinor: minor(amount),
      why,
      ...(waitsFor && { waitsFor }),
    });
  }

  /** The verdicts of a benefit's conditions that stand at `standing` in a month. */
  causes(benefit: CompiledBenefit, member: number, month: Month, standing: 0 | 1): Awaited[] {
    const { programme, household } = this;
    const found: Awaited[] = [];
    for (const { condition: index, scope } of benefit.requires) {
      const { id, missing, window } = programme.conditions[index]!.definition;
      for (const verdict of this.verdicts) {
        if (verdict.condition !== id || standingOf(verdict, missing) !== standing) continue;
        if (verdict.period !== (window.each === 'month' ? month : programme.period)) continue;
        const at = memberIndex(household, verdict.subject);
        if (scope === 'member' && member >= 0 && at >= 0 && at !== member) continue;
        found.push({ condition: id, subject: verdict.subject, period: verdict.period });
      }
    }
    return found;
  }

  /** A ladder holds, loses or ends what would be paid: the whole household's lines, or one member's. */
  apply(consequence: Consequence): number {
    const { ladder, effect, member, step } = consequence;
    if (effect === 'notice') return 0;
    const only = member === undefined ? undefined : memberIndex(this.household, member);
    let moved = 0;
    for (const draft of [...this.drafts]) {
      if (draft.outcome !== 'payable' || draft.amount === 0) continue;
      if (only !== undefined && draft.member !== only) continue;
      if (ladder.over && !ladder.over.has(draft.benefit.definition.id)) continue;
      const { amount } = draft;
      const outcome = effect === 'hold' ? 'held' : 'forfeited';
      draft.amount = 0;
      moved += amount;
      this.put(draft.benefit, draft.member, outcome, amount, draft.count, `STEP:${step}`, draft.rule);
      if (effect === 'hold') this.hold(draft.benefit, draft.member, amount, 'blocked');
    }
    return moved;
  }

  /** Keeps a share of what is payable back until its yearly certificate. */
  retain(): void {
    const { retention } = this.programme.definition;
    if (!retention) return;
    if (retention.from !== undefined && this.programme.period < retention.from) return;
    if (retention.until !== undefined && this.programme.period > retention.until) return;
    const portion = ratio(this.programme.number(retention.percent)!);
    for (const draft of [...this.drafts]) {
      if (draft.outcome !== 'payable' || !retention.over.includes(draft.benefit.definition.id)) continue;
      const kept = shareOf(draft.amount, portion, retention.rounding);
      if (kept === 0) continue;
      draft.amount -= kept;
      this.put(
        draft.benefit,
        draft.member,
        'held',
        kept,
        draft.count,
        `RETAINED:${retention.id}`,
        `retention:${retention.id}`,
      );
      this.hold(draft.benefit, draft.member, kept, 'retained');
    }
  }

  /** Lines in declared order of benefits; members stand by id. */
  finish(): TransferLine[] {
    const { members } = this.household;
    const drafts = this.drafts.filter(({ amount }) => amount > 0);
    drafts.sort((a, b) => a.benefit.index - b.benefit.index || a.member - b.member);
    return drafts.map((draft) => lineOf(draft, members[draft.member]?.id));
  }
}

/** Fields are set one by one: spreading optional ones costs a third of a household's time. */
function lineOf(draft: Draft, member: string | undefined): TransferLine {
  const { id, cite } = draft.benefit.definition;
  const { amount, outcome, rule, reason } = draft;
  const line: { -readonly [K in keyof TransferLine]: TransferLine[K] } =
    member === undefined
      ? { benefit: id, amountMinor: amount as Minor, outcome, rule, cite, reason }
      : { benefit: id, member, amountMinor: amount as Minor, outcome, rule, cite, reason };
  if (draft.count > 1) line.count = draft.count;
  return line;
}
