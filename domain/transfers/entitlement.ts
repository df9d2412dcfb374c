import { type Minor, minor } from '../kernel/money.ts';
import type { Month } from '../kernel/period.ts';
import type {
  Adjustment,
  Effect,
  HeldMoney,
  Household,
  HouseholdState,
  TransferLine,
  Verdict,
} from '../records/household.ts';
import { settleAdvances } from './advances.ts';
import { correctionLines, type EarlierLine, type Recovered, recover, settleHeld } from './arrears.ts';
import { pendingCertificates } from './certificates.ts';
import type { CompiledFrame, CompiledProgramme } from './compile.ts';
import { tenureAt } from './compliance.ts';
import { climb, type LadderOutcome } from './consequence.ts';
import { countFrame, countsAtStart, endEpisodes } from './counts.ts';
import type { Facts } from './facts.ts';
import { inOrder } from './in-order.ts';
import { Lines } from './lines.ts';
import { type Portion, reckon } from './reckon.ts';
import { standings } from './standings.ts';
import { beganAt, nextState } from './state.ts';

export type { Adjustment, HouseholdState } from '../records/household.ts';
export type { EarlierLine } from './arrears.ts';

/** What one household is owed in one period. */
export type TransferResult = {
  readonly eligible: boolean;
  /** ELIGIBLE, NOT_ELIGIBLE, EXITED, WAITING, STAY_ENDED, MODIFIER_ENDED:<id> or INCOMPATIBLE:<programme>. */
  readonly reason: string;
  readonly lines: readonly TransferLine[];
  /** entitled = payable + held + forfeited, always. */
  readonly entitledMinor: Minor;
  readonly payableMinor: Minor;
  readonly heldMinor: Minor;
  readonly forfeitedMinor: Minor;
  /** Owed since an earlier period and paid now, beside `payableMinor`. */
  readonly arrears: readonly EarlierLine[];
  readonly arrearsMinor: Minor;
  /** Held in an earlier period and now lost. */
  readonly lapsed: readonly EarlierLine[];
  /** Overpayments taken off this payment. */
  readonly recoveries: Recovered['lines'];
  readonly recoveredMinor: Minor;
  readonly effects: readonly Effect[];
  readonly state: HouseholdState;
};

/** Why a household is not paid in a month (`offset` from the period's first), or undefined. */
function barred(programme: CompiledProgramme, facts: Facts, offset: number): string | undefined {
  const { state, household } = facts;
  if (state?.status === 'exited') return 'EXITED';
  for (const { attribute, programme: other } of programme.excluded)
    if (household.attributes[attribute] === true) return `INCOMPATIBLE:${other}`;
  if (!programme.eligible(facts)) return 'NOT_ELIGIBLE';
  if (facts.tenure < 1) return 'WAITING';
  if (facts.tenure > programme.maxMonths) return 'STAY_ENDED';
  for (const { definition, when, maxMonths } of programme.modifiers) {
    if (!when(facts)) continue;
    const ran = state?.modifiers?.[definition.id] ?? 0;
    const most = maxMonths(beganAt(programme, state, definition.id))(undefined, facts) ?? Infinity;
    if (ran + offset >= most) return `MODIFIER_ENDED:${definition.id}`;
  }
  return facts.tenure <= programme.waitMonths ? 'WAITING' : undefined;
}

type Reckoned = { readonly frame: CompiledFrame; readonly portions: readonly Portion[] };

/** All frames of the period in which the household is in; the reason of the first that bars it. */
function reckonPeriod(
  programme: CompiledProgramme,
  facts: Facts,
  verdicts: readonly Verdict[],
): { reckoned: Reckoned[]; reason: string } {
  const reckoned: Reckoned[] = [];
  let reason = '';
  let known: { month: Month; value: ReturnType<typeof standings> } | undefined;
  facts.counts = countsAtStart(facts.state?.counts, programme.period.slice(0, 4));
  for (const frame of programme.frames) {
    facts.tenure = tenureAt(programme, facts.household, facts.state, frame.offset);
    if (facts.counts) endEpisodes(facts, frame);
    const bar = barred(programme, facts, frame.offset);
    if (bar !== undefined) {
      reason ||= bar;
      continue;
    }
    if (known?.month !== frame.month)
      known = { month: frame.month, value: standings(programme, facts.household, verdicts, frame.month) };
    const portions = reckon(programme, frame, facts, known.value);
    countFrame(facts, frame, portions);
    reckoned.push({ frame, portions });
  }
  return { reckoned, reason: reckoned.length > 0 ? 'ELIGIBLE' : reason };
}

/** Whether a block of this period touches the line that earlier held money belongs to. */
const blocks = (outcome: LadderOutcome, { benefit, member }: HeldMoney): boolean =>
  outcome.consequences.some(
    (item) =>
      item.effect === 'hold' &&
      (item.member === undefined || item.member === member) &&
      (!item.ladder.over || item.ladder.over.has(benefit)),
  );

const exits = (outcome: LadderOutcome): boolean =>
  outcome.consequences.some(
    ({ effect, member, ladder }) => effect === 'exit' && member === undefined && !ladder.over,
  );

/**
 * Works out what one household is owed in the programme's period, from its verdicts and the state carried
 * over from the period before. Payable is the published rule for those who comply; held is what the missing
 * evidence would add; forfeited the rest. Ladders, the retained share, held money of earlier periods, approved
 * adjustments and recoveries follow. Amounts are minor units. Throws the refusal VALUE_NOT_PUBLISHED only
 * where a programme compiled with `when_used` reaches an open value.
 */
export function calculateTransfers(
  programme: CompiledProgramme,
  roster: Household,
  verdicts: readonly Verdict[],
  state?: HouseholdState,
  adjustments: readonly Adjustment[] = [],
): TransferResult {
  const household = inOrder(roster);
  const facts: Facts = { household, state, tenure: 1 };
  const { reckoned, reason } = reckonPeriod(programme, facts, verdicts);
  const eligible = reckoned.length > 0;
  facts.tenure = tenureAt(programme, household, state, 0);
  const lines = new Lines(programme, household, verdicts);
  for (const { frame, portions } of reckoned) lines.add(portions, frame.month, frame.weight);
  const advances = settleAdvances(programme, household, state, lines, eligible);
  const ladder = climb(programme, facts, eligible ? verdicts : []);
  const moved = ladder.consequences.map((consequence) => lines.apply(consequence));
  const effects = ladder.effects.map((effect, i) =>
    moved[i]! > 0 ? { ...effect, amountMinor: minor(moved[i]!) } : effect,
  );
  lines.retain();
  const { arrears, lapsed, stillHeld } = settleHeld(programme, household, state, verdicts, (held) =>
    blocks(ladder, held),
  );
  if (adjustments.length > 0) arrears.push(...correctionLines(adjustments));
  const finished = lines.finish();
  const totals = { payable: 0, held: 0, forfeited: 0 };
  for (const line of finished) totals[line.outcome] += line.amountMinor;
  let arrearsMinor = 0;
  for (const line of arrears) arrearsMinor += line.amountMinor;
  const owed = [
    ...(state?.recoveries ?? []),
    ...advances.recoveries,
    ...adjustments.filter(({ kind }) => kind === 'recovery'),
  ];
  const recovered = owed.length > 0 ? recover(programme, owed, totals.payable + arrearsMinor) : NOTHING;
  return {
    eligible,
    reason,
    lines: finished,
    entitledMinor: minor(totals.payable + totals.held + totals.forfeited),
    payableMinor: minor(totals.payable),
    heldMinor: minor(totals.held),
    forfeitedMinor: minor(totals.forfeited),
    arrears,
    arrearsMinor: minor(arrearsMinor),
    lapsed,
    recoveries: recovered.lines,
    recoveredMinor: minor(recovered.total),
    effects,
    state: nextState({
      programme,
      facts,
      before: state,
      reckoned,
      held: lines.held.length > 0 ? [...stillHeld, ...lines.held] : stillHeld,
      ladders: eligible ? ladder.ladders : (state?.ladders ?? {}),
      exited: exits(ladder),
      advances: advances.state,
      paid: finished,
      certificates: pendingCertificates(programme, state, verdicts),
      recoveries: recovered.left,
    }),
  };
}

const NOTHING: Recovered = { lines: [], left: [], total: 0 };
