import { minor } from '../kernel/money.ts';
import type { Month } from '../kernel/period.ts';
import type {
  Adjustment,
  Awaited,
  HeldMoney,
  Household,
  HouseholdState,
  TransferLine,
  Verdict,
} from '../records/household.ts';
import { retained } from './certificates.ts';
import type { CompiledProgramme } from './compile.ts';

/** A line that belongs to an earlier period. */
export type EarlierLine = TransferLine & { readonly origin: Month };

export type Settled = {
  /** Held or owed from earlier, paid now. */
  readonly arrears: EarlierLine[];
  /** Held earlier and now lost. */
  readonly lapsed: EarlierLine[];
  readonly stillHeld: HeldMoney[];
};

const line = (
  held: HeldMoney,
  outcome: 'payable' | 'forfeited',
  reason: string,
  cite: string,
): EarlierLine => ({
  benefit: held.benefit,
  ...(held.member !== undefined && { member: held.member }),
  amountMinor: held.amountMinor,
  outcome,
  rule: 'held_earlier',
  cite,
  reason,
  origin: held.origin,
});

type Fate = 'release' | 'lose' | { readonly still: HeldMoney };

/**
 * What the awaited verdicts say now: all good, one bad, or some still open. A verdict that turned out well is
 * awaited no more: its evidence need not come again together with that of the others.
 */
function awaited(held: HeldMoney, verdicts: readonly Verdict[]): Fate {
  const { waitsFor = [] } = held;
  const open: Awaited[] = [];
  for (const item of waitsFor) {
    const found = verdicts.find(
      (v) => v.condition === item.condition && v.subject === item.subject && v.period === item.period,
    );
    if (found?.status === 'non_compliant') return 'lose';
    if (found?.status !== 'compliant' && found?.status !== 'exempt') open.push(item);
  }
  if (open.length === 0) return 'release';
  return { still: open.length === waitsFor.length ? held : { ...held, waitsFor: open } };
}

/**
 * What becomes of money held in earlier periods: unverified money is paid when the evidence turns out well and
 * lost when it does not; blocked money is paid with the next instalment; a retained share is paid against its
 * certificate and lost at its deadline. `blocked`: this period blocks that same line too, so its block goes on;
 * another member's block does not keep it.
 */
export function settleHeld(
  programme: CompiledProgramme,
  household: Household,
  state: HouseholdState | undefined,
  verdicts: readonly Verdict[],
  blocked: (held: HeldMoney) => boolean,
): Settled {
  const settled: Settled = { arrears: [], lapsed: [], stillHeld: [] };
  for (const held of state?.held ?? []) {
    const cite = programme.definition.benefits.find(({ id }) => id === held.benefit)?.cite ?? '';
    const fate =
      held.why === 'unverified'
        ? awaited(held, verdicts)
        : held.why === 'retained'
          ? retained(programme, household, held, state, verdicts)
          : blocked(held)
            ? 'wait'
            : 'release';
    if (fate === 'wait') settled.stillHeld.push(held);
    else if (typeof fate === 'object') settled.stillHeld.push(fate.still);
    else if (fate === 'release') settled.arrears.push(line(held, 'payable', `RELEASED:${held.why}`, cite));
    else settled.lapsed.push(line(held, 'forfeited', `LAPSED:${held.why}`, cite));
  }
  return settled;
}

/** Approved adjustments of this cycle that are owed to the household, as lines of the cycle that they correct. */
export const correctionLines = (adjustments: readonly Adjustment[]): EarlierLine[] =>
  adjustments
    .filter(({ kind }) => kind === 'arrears')
    .map((item) => ({
      benefit: item.benefit,
      ...(item.member !== undefined && { member: item.member }),
      amountMinor: item.amountMinor,
      outcome: 'payable',
      rule: `correction:${item.id}`,
      cite: item.cite,
      reason: `CORRECTION:${item.reason}`,
      origin: item.origin,
    }));

export type Recovered = {
  readonly lines: {
    readonly id: string;
    readonly benefit: string;
    readonly member?: string;
    readonly origin: Month;
    readonly amountMinor: number;
  }[];
  readonly left: Adjustment[];
  readonly total: number;
};

/** Overpayments taken off what is due now: at most the programme's share of it, never below its floor. */
export function recover(programme: CompiledProgramme, owed: readonly Adjustment[], due: number): Recovered {
  const { recovery } = programme.definition.payment;
  const percent = programme.number(recovery?.percent) ?? 100;
  const floor = programme.number(recovery?.floor) ?? 0;
  let room = Math.max(0, Math.min(Math.floor((due * Math.round(percent * 1e4)) / 1e6), due - floor));
  const recovered = { lines: [] as Recovered['lines'], left: [] as Adjustment[], total: 0 };
  for (const item of owed) {
    const taken = Math.min(room, item.amountMinor);
    room -= taken;
    recovered.total += taken;
    if (taken > 0)
      recovered.lines.push({
        id: item.id,
        benefit: item.benefit,
        ...(item.member !== undefined && { member: item.member }),
        origin: item.origin,
        amountMinor: taken,
      });
    if (taken < item.amountMinor)
      recovered.left.push({ ...item, amountMinor: minor(item.amountMinor - taken) });
  }
  return recovered;
}
