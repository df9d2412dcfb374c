import { minor } from '../kernel/money.ts';
import type { Month } from '../kernel/period.ts';
import { ok, type Result, refuse } from '../kernel/result.ts';
import type { CorrectionReason } from '../records/correction.ts';
import type {
  Adjustment,
  EvidenceRow,
  Exemption,
  Household,
  HouseholdState,
  Verdict,
} from '../records/household.ts';
import type { CompiledProgramme } from './compile.ts';
import { verifyCompliance } from './compliance.ts';
import { calculateTransfers, type TransferResult } from './entitlement.ts';

/** One closed cycle of a household: the version that it froze, what it decided, and what is known now. */
export type ClosedPeriod = {
  readonly programme: CompiledProgramme;
  readonly decided: Omit<TransferResult, 'state'>;
  /** The household as it should have been in that period, with all evidence and excuses known now. */
  readonly household: Household;
  readonly evidence: readonly EvidenceRow[];
  readonly exemptions?: readonly Exemption[];
};

export type CorrectionRequest = {
  /** The case's number: the adjustments carry it. */
  readonly id: string;
  readonly reason: CorrectionReason;
  /** Who asked, who approved it, and when: a correction is of no effect without. */
  readonly submittedBy: string;
  readonly approvedBy: string;
  readonly approvedOn: string;
};

export type Correction = {
  /** For the next cycle, each linked to the cycle (`origin`) and the line (benefit, member) that it corrects. */
  readonly adjustments: readonly Adjustment[];
  /** What the household carries into the next cycle instead: counters as they should have been. */
  readonly state: HouseholdState;
  readonly periods: readonly {
    readonly period: Month;
    readonly verdicts: readonly Verdict[];
    readonly result: TransferResult;
  }[];
};

type Paid = Map<string, { origin: Month; benefit: string; member: string | undefined; amount: number }>;

function add(
  paid: Paid,
  sign: 1 | -1,
  origin: Month,
  item: { benefit: string; member?: string; amountMinor: number },
): void {
  const key = `${origin}|${item.benefit}|${item.member ?? ''}`;
  const known = paid.get(key);
  if (known) known.amount += sign * item.amountMinor;
  else paid.set(key, { origin, benefit: item.benefit, member: item.member, amount: sign * item.amountMinor });
}

/** Money that a period gave or took, by the period that it belongs to. */
function count(paid: Paid, sign: 1 | -1, period: Month, result: Omit<TransferResult, 'state'>): void {
  for (const line of result.lines) if (line.outcome === 'payable') add(paid, sign, period, line);
  for (const line of result.arrears) add(paid, sign, line.origin, line);
  for (const line of result.recoveries) add(paid, sign === 1 ? -1 : 1, line.origin, line);
}

/**
 * Reckons a household's closed cycles again, from the first that changes to the last closed one, with what is
 * known now, and gives the difference by cycle and line: arrears where more is owed, recoveries where too much
 * was paid. `state` is the one carried into the first cycle. Corrections paid in between count as paid and are
 * not made again, so correcting twice moves nothing. The closed cycles are not touched. Refuses NOT_ALLOWED
 * where nobody approved it or the approver is the submitter.
 */
export function correctHistory(
  history: readonly ClosedPeriod[],
  state: HouseholdState | undefined,
  request: CorrectionRequest,
): Result<Correction> {
  const { id, reason, approvedBy, submittedBy, approvedOn } = request;
  if (approvedBy === '' || approvedOn === '' || approvedBy === submittedBy)
    return refuse('NOT_ALLOWED', `correction ${id} needs an approver who did not submit it`, {
      next: 'Have another person approve it, with the date.',
    });
  if (history.length === 0) return refuse('BAD_INPUT', `correction ${id} names no cycle`, { at: 'history' });
  const paid: Paid = new Map();
  const periods: Correction['periods'][number][] = [];
  let carried = state;
  for (const { programme, decided, household, evidence, exemptions } of history) {
    const verdicts = verifyCompliance(programme, household, evidence, exemptions, carried);
    const result = calculateTransfers(programme, household, verdicts, carried);
    count(paid, 1, programme.period, result);
    count(paid, -1, programme.period, decided);
    carried = result.state;
    periods.push({ period: programme.period, verdicts, result });
  }
  const { definition } = history[0]!.programme;
  const adjustments = [...paid]
    .filter(([, { amount }]) => amount !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([key, { origin, benefit, member, amount }]): Adjustment => ({
        id: `${id}:${key}`,
        kind: amount > 0 ? 'arrears' : 'recovery',
        benefit,
        ...(member !== undefined && { member }),
        amountMinor: minor(Math.abs(amount)),
        origin,
        reason,
        cite: definition.benefits.find((item) => item.id === benefit)?.cite ?? '',
      }),
    );
  return ok({ adjustments, state: carried!, periods });
}
