import { addMonths, type Month } from '../kernel/period.ts';
import type {
  EvidenceRow,
  Exemption,
  HeldMoney,
  Household,
  HouseholdState,
  Member,
  Verdict,
} from '../records/household.ts';
import type { CompiledCondition, CompiledProgramme } from './compile.ts';
import type { Facts } from './facts.ts';
import { inOrder } from './in-order.ts';
import type { Finding, Judge } from './judge.ts';
import { tenureSince } from './lookup.ts';

const exemptionFor = (
  exemptions: readonly Exemption[],
  condition: CompiledCondition,
  household: string,
  subject: string,
  month: Month,
): Exemption | undefined =>
  exemptions.find(
    (item) =>
      item.condition === condition.definition.id &&
      (item.subject === subject || item.subject === household) &&
      item.from <= month &&
      month <= item.until &&
      condition.definition.exemptions.includes(item.kind),
  );

/** What is left to be judged where somebody is excused from months of the window: their evidence is not asked for. */
function excused(
  judge: Judge,
  excuseIn: (month: Month) => string | undefined,
  find: (asked: readonly Month[]) => Finding,
): { excuse?: string; found?: Finding } | undefined {
  const whole = excuseIn(judge.month);
  if (whole !== undefined) return { excuse: whole };
  const asked = judge.window.filter((month) => excuseIn(month) === undefined);
  if (asked.length === judge.window.length) return undefined;
  const found = asked.length > 0 ? find(asked) : undefined;
  if (found && found.status !== 'compliant') return { found };
  return { excuse: judge.window.map(excuseIn).find((item) => item !== undefined)! };
}

/**
 * The verdict on one subject for one month: evidence first, then waivers, the unconditioned track, exemptions. An
 * excuse of the month judged excuses all of it; one of another month of the window excuses that month.
 */
function verdictOn(
  condition: CompiledCondition,
  judge: Judge,
  subject: string,
  member: Member | undefined,
  facts: Facts,
  evidence: readonly EvidenceRow[],
  exemptions: readonly Exemption[],
): Verdict {
  const { id, cite } = condition.definition;
  let found = judge.find(evidence, subject, member, facts);
  let excuse: string | undefined;
  if (found.status !== 'compliant') {
    if (judge.waivedIn(judge.month)) excuse = 'WAIVER';
    else if (judge.unconditioned?.(facts)) excuse = 'NO_SUPPLY_TRACK';
    else if (exemptions.length > 0 || condition.definition.waivers.length > 0) {
      const excuseIn = (month: Month) => {
        if (judge.waivedIn(month)) return 'WAIVER';
        const item = exemptionFor(exemptions, condition, facts.household.id, subject, month);
        return item && `EXEMPT:${item.kind}`;
      };
      const ask = (asked: readonly Month[]) => judge.find(evidence, subject, member, facts, asked);
      const left = excused(judge, excuseIn, ask);
      found = left?.found ?? found;
      excuse = left?.excuse;
    }
  }
  const reason =
    found.status === 'compliant' ? 'MET' : found.status === 'unverified' ? 'NO_EVIDENCE' : 'NOT_MET';
  return {
    condition: id,
    subject,
    period: judge.month,
    status: excuse === undefined ? found.status : 'exempt',
    observed: found.observed,
    required: found.required,
    reason: excuse ?? reason,
    cite,
  };
}

function judgeAll(
  condition: CompiledCondition,
  judge: Judge,
  facts: Facts,
  evidence: readonly EvidenceRow[],
  exemptions: readonly Exemption[],
  out: Verdict[],
): void {
  if (judge.when && !judge.when(facts)) return;
  const { who } = judge;
  if (who === undefined) {
    out.push(verdictOn(condition, judge, facts.household.id, undefined, facts, evidence, exemptions));
    return;
  }
  for (const member of facts.household.members)
    if (who(member, facts))
      out.push(verdictOn(condition, judge, member.id, member, facts, evidence, exemptions));
}

/**
 * Judges a household on every condition of the programme, month by month or once a period as each condition
 * says. Members who are not asked have no verdict. Missing evidence is `unverified`, never non-compliance;
 * an exemption or waiver excuses what was not met. Neither the order of members nor of evidence matters.
 * With `state`, verdicts that held money still waits for are judged again, under their own month.
 */
export function verifyCompliance(
  programme: CompiledProgramme,
  roster: Household,
  evidence: readonly EvidenceRow[],
  exemptions: readonly Exemption[] = [],
  state?: HouseholdState,
): Verdict[] {
  const household = inOrder(roster);
  const facts: Facts = { household, state, tenure: tenureAt(programme, household, state, 0) };
  const out: Verdict[] = [];
  for (const condition of programme.conditions)
    for (const judge of condition.judges) judgeAll(condition, judge, facts, evidence, exemptions, out);
  if (state?.held) {
    rejudge(programme, facts, state, evidence, exemptions, out);
    if (programme.definition.retention) certify(programme, facts, state.held, evidence, exemptions, out);
  }
  return out;
}

/** Certificates that reached us since money was kept back, from the calendar year after it on, under their month. */
function certify(
  programme: CompiledProgramme,
  facts: Facts,
  held: readonly HeldMoney[],
  evidence: readonly EvidenceRow[],
  exemptions: readonly Exemption[],
  out: Verdict[],
): void {
  const id = programme.definition.retention!.releasedBy;
  const condition = programme.conditions[programme.conditionIndex.get(id)!]!;
  const kept = held.filter(({ why }) => why === 'retained');
  const years = kept.map(({ origin }) => Number(origin.slice(0, 4)));
  const { household } = facts;
  const judged = (subject: string, member: Member | undefined, judge: Judge) => {
    if (out.some((v) => v.condition === id && v.subject === subject && v.period === judge.month)) return;
    const verdict = verdictOn(condition, judge, subject, member, facts, evidence, exemptions);
    if (verdict.status === 'compliant' || verdict.status === 'exempt') out.push(verdict);
  };
  const start = `${Math.min(...years) + 1}-01` as Month;
  for (let month = start; kept.length > 0 && month <= programme.period; month = addMonths(month, 1)) {
    const judge = condition.judgeAt(month);
    if (judge.who === undefined) judged(household.id, undefined, judge);
    else
      for (const item of household.members)
        if (judge.who(item, facts) || kept.some(({ member }) => member === item.id))
          judged(item.id, item, judge);
  }
}

/** Earlier verdicts that held money waits for. */
function rejudge(
  programme: CompiledProgramme,
  facts: Facts,
  state: HouseholdState,
  evidence: readonly EvidenceRow[],
  exemptions: readonly Exemption[],
  out: Verdict[],
): void {
  const seen = new Set<string>();
  for (const { waitsFor } of state.held ?? [])
    for (const { condition: id, subject, period } of waitsFor ?? []) {
      const key = `${id}|${subject}|${period}`;
      const condition = programme.conditions[programme.conditionIndex.get(id) ?? -1];
      if (seen.has(key) || !condition || period >= programme.period) continue;
      seen.add(key);
      const member = facts.household.members.find((item) => item.id === subject);
      if (!member && subject !== facts.household.id) continue;
      out.push(verdictOn(condition, condition.judgeAt(period), subject, member, facts, evidence, exemptions));
    }
}

/** The month in the programme that the period's month number `offset` (0 first) is for this household. */
export function tenureAt(
  programme: CompiledProgramme,
  household: Household,
  state: HouseholdState | undefined,
  offset: number,
): number {
  const { enteredAttribute } = programme;
  const entered = enteredAttribute === undefined ? undefined : household.attributes[enteredAttribute];
  if (typeof entered === 'string' && entered.length >= 7)
    return tenureSince(entered.slice(0, 7), programme.period) + offset;
  return (state?.months ?? 0) + offset + 1;
}
