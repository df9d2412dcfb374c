import type { Ports } from '../../../adapters/ports.ts';
import { assert } from '../../../domain/kernel/assert.ts';
import type { Month } from '../../../domain/kernel/period.ts';
import { shardName } from '../../../domain/kernel/shards.ts';
import type { Household } from '../../../domain/records/household.ts';
import type { ProgrammeDefinition } from '../../../domain/records/programme.ts';
import {
  channelOutOfRule,
  coverage,
  incompatibleProgrammes,
  leakage,
  payeeOutOfOrder,
  recertificationDue,
} from '../../../domain/transfers/anomalies.ts';
import type { CompiledProgramme } from '../../../domain/transfers/compile.ts';
import { channelsByRule, cutOff, payeeByOrder } from '../../../domain/transfers/payee.ts';
import { bulk, type FrozenInputs, intakeKey } from '../cycle.ts';
import { parseLines, readBytes } from '../jsonl.ts';
import { type Findings, ROSTER_AFTER_CUT_OFF } from './findings.ts';

/**
 * How well the money reaches whom the eligibility rule means, among the households of the roster: those who should
 * be on it and are not, nobody knows here. Shares are in hundredths of a per cent.
 */
export type Targeting = {
  /** Households that this cycle pays. */
  readonly paid: number;
  /** Of these, how many do not meet the eligibility rule now: debts of earlier periods, as a rule. */
  readonly paidNotEligible: number;
  readonly leakageBasisPoints: number;
  /** Households that meet the rule, enrolled, waiting or at the end of their stay. */
  readonly meetRule: number;
  readonly meetRulePaid: number;
  readonly coverageBasisPoints: number;
};

type Standing = { readonly household: string; readonly eligible: boolean; readonly reason: string };

/** Reasons not to be paid that are not the eligibility rule's: the household meets it. */
const MEETS_RULE = /^(ELIGIBLE|WAITING|STAY_ENDED|MODIFIER_ENDED)/;
/** Not eligible, or excluded for another programme; an exit by the ladder says nothing of the rule. */
const FAILS_RULE = /^(NOT_ELIGIBLE|INCOMPATIBLE)/;

export class TargetingCount {
  readonly #counts = { paid: 0, paidNotEligible: 0, meetRule: 0, meetRulePaid: 0 };

  add({ reason }: Standing, orderedMinor: number): void {
    const counts = this.#counts;
    const isPaid = orderedMinor > 0;
    const meets = MEETS_RULE.test(reason);
    if (isPaid) counts.paid += 1;
    if (isPaid && FAILS_RULE.test(reason)) counts.paidNotEligible += 1;
    if (meets) counts.meetRule += 1;
    if (meets && isPaid) counts.meetRulePaid += 1;
  }

  shares(): Targeting {
    const { paid, paidNotEligible, meetRule, meetRulePaid } = this.#counts;
    return {
      paid,
      paidNotEligible,
      leakageBasisPoints: leakage(paid, paidNotEligible).basisPoints,
      meetRule,
      meetRulePaid,
      coverageBasisPoints: coverage(meetRule, meetRulePaid).basisPoints,
    };
  }
}

/** Whether the definition asks something of a household that only its roster row answers. */
const asksRoster = (definition: ProgrammeDefinition): boolean =>
  definition.incompatibilities.some(
    ({ attribute, effect }) => attribute !== undefined && effect === 'report',
  ) ||
  (definition.stay?.certified !== undefined &&
    definition.anomalies.some(({ kind }) => kind === 'recertification_due')) ||
  definition.payment.payees.length > 0 ||
  asksChannel(definition);

/** Two channels that are open to everybody ask nothing. */
const asksChannel = ({ payment: { channels } }: ProgrammeDefinition): boolean =>
  channels.some(({ when }) => when) || new Set(channels.map(({ channel }) => channel)).size === 1;

/**
 * Looks at the roster rows of a shard, in step with its transfers. The roster is read only where the definition
 * asks something of it, and only of households that the programme keeps: nobody else is paid.
 */
export async function rosterCheck(
  ports: Ports,
  { definition, compiled }: { definition: ProgrammeDefinition; compiled: CompiledProgramme },
  { roster, period }: Pick<FrozenInputs, 'roster'> & { period: Month },
  shard: number,
  findings: Findings,
): Promise<(standing: Standing) => void> {
  if (!asksRoster(definition)) return () => {};
  const key = `roster/${roster.batch}/households/${shardName(shard)}.jsonl`;
  const rows = parseLines<Household>(await readBytes(ports.objects, bulk(key)));
  const payees = payeeByOrder(compiled);
  const channels = channelsByRule(compiled);
  return ({ household: id, eligible }) => {
    const household = rows.next().value as Household | undefined;
    assert(household?.id === id, `transfers and roster of shard ${shard} are not in step at ${id}`);
    if (!eligible) return;
    // Who is paid by two such programmes is one household all the same.
    const others = incompatibleProgrammes(definition, household, period).map(({ detail }) => detail);
    if (others.length > 0) findings.found('incompatible_programme', id, `also paid by ${others.join(', ')}`);
    const due = recertificationDue(definition, household, period);
    if (due) findings.found('recertification_due', id, `certified ${due.detail}`);
    for (const found of [
      payeeOutOfOrder(household, payees(household)),
      channelOutOfRule(household, channels(household)),
    ])
      if (found) findings.found(found.kind, id, found.detail);
  };
}

/** Whether the roster was taken in by the day on which the programme closes it; the approver is told if not. */
export async function rosterInTime(
  ports: Ports,
  definition: ProgrammeDefinition,
  { programme, period, roster }: Pick<FrozenInputs, 'programme' | 'period' | 'roster'>,
  findings: Findings,
): Promise<void> {
  const last = cutOff(definition, period);
  if (last === undefined) return;
  const intake = await ports.control.get(intakeKey(programme, 'ROSTER', roster.batch));
  const takenIn = String(intake?.acceptedAt).slice(0, 10);
  if (takenIn <= last) return;
  findings.rosterAfterCutOff = true;
  findings.list(ROSTER_AFTER_CUT_OFF, { message: `taken in on ${takenIn}, closed on ${last}` });
}
