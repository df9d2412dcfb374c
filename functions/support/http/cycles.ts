import { z } from 'zod';
import type { Item, Ports } from '../../../adapters/ports.ts';
import { addMonths, isMonth, type Month, monthIndex } from '../../../domain/kernel/period.ts';
import { approvalKey, cycleKey, cycleRecord, headKey } from '../cycle.ts';
import { ANSWERED_BY_INPUTS } from '../cycle-exceptions.ts';
import { encodeCursor, MonthText, monthOfCursor } from './page.ts';

const Stage = z.strictObject({
  stage: z.enum(['OPEN', 'FROZEN', 'PROPOSED', 'APPROVED', 'SENT', 'CLOSED', 'REFUSED', 'FAILED']),
  done: z.boolean(),
  at: z.string().optional(),
});
export const CycleView = z.strictObject({
  programme: z.string(),
  period: MonthText,
  status: z.string(),
  maker: z.string(),
  openedAt: z.string(),
  stages: z.array(Stage),
  manifestHash: z.string().optional(),
  /** Where and why it stopped, and how to go on. */
  failure: z
    .strictObject({
      error: z.string(),
      after: z.string(),
      /** In the words of the step that stopped it: for ANOMALY_LIMIT the kind, the count and the limit. */
      cause: z.string().optional(),
      /** Report with the exceptions to correct, where the cycle was stopped for them. */
      exceptions: z.string().optional(),
    })
    .optional(),
});
type CycleView = z.input<typeof CycleView>;

const ORDER = ['OPEN', 'FROZEN', 'PROPOSED', 'APPROVED', 'SENT', 'CLOSED'] as const;

function view(cycle: Item, approval: Item | undefined): CycleView {
  const status = String(cycle.status);
  const stopped = status === 'FAILED' || status === 'REFUSED';
  const reached = ORDER.indexOf((stopped ? String(cycle.failedAfter ?? 'OPEN') : status) as 'OPEN');
  const times: { [stage: string]: unknown } = {
    OPEN: cycle.openedAt,
    PROPOSED: approval?.proposedAt,
    APPROVED: approval?.status === 'APPROVED' ? (approval.checker2At ?? approval.checker1At) : undefined,
    SENT: cycle.sentAt,
    CLOSED: cycle.closedAt,
  };
  const stages: CycleView['stages'] = ORDER.map((stage, i) => ({
    stage,
    done: i <= reached,
    ...(typeof times[stage] === 'string' && { at: String(times[stage]) }),
  }));
  if (stopped) stages.push({ stage: status as 'FAILED', done: true });
  return {
    programme: String(cycle.programme),
    period: String(cycle.period),
    status,
    maker: String(cycle.maker),
    openedAt: String(cycle.openedAt),
    stages,
    ...(typeof cycle.manifestHash === 'string' && { manifestHash: cycle.manifestHash }),
    ...(stopped && { failure: failureOf(cycle) }),
  };
}

/** A bug's or a fault's cause stays inside; what a limit stopped for is what the administrator has to know. */
function failureOf(cycle: Item): NonNullable<CycleView['failure']> {
  const { error, failedAfter, cause, exceptions } = cycle;
  return {
    error: String(error ?? ''),
    after: String(failedAfter ?? ''),
    ...(error === 'ANOMALY_LIMIT' && typeof cause === 'string' && { cause: messageOf(cause) }),
    // A list of an earlier attempt says nothing of a later failure of another kind.
    ...(typeof exceptions === 'string' && ANSWERED_BY_INPUTS.has(String(error)) && { exceptions }),
  };
}

/** Lambda's cause is `{"errorType", "errorMessage"}`. */
function messageOf(cause: string): string {
  try {
    return (JSON.parse(cause) as { errorMessage?: string }).errorMessage ?? cause;
  } catch {
    return cause;
  }
}

/** One cycle with its stages. Refused: never opened (CYCLE_NOT_FOUND). */
export async function cycleDetail(ports: Ports, programme: string, period: Month): Promise<CycleView> {
  const cycle = await cycleRecord(ports, programme, period);
  return view(cycle, await ports.control.get(approvalKey(programme, period)));
}

/** Months looked at in one request, and the longest gap between two cycles (annual programmes). */
const MONTHS_A_PAGE = 120;
const GAP_MONTHS = 24;

/**
 * Cycles of a programme, newest first. There is no list of them: periods follow one another, so the page walks back
 * from the programme's newest period month by month.
 */
export async function cyclesPage(
  ports: Ports,
  programme: string,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ items: CycleView[]; next?: string }> {
  let month = cursor === undefined ? await newest(ports, programme) : monthOfCursor(cursor);
  const items: CycleView[] = [];
  for (let looked = 0, gap = 0; month && looked < MONTHS_A_PAGE && gap < GAP_MONTHS; looked++) {
    const cycle = await ports.control.get(cycleKey(programme, month));
    gap = cycle ? 0 : gap + 1;
    if (cycle) {
      if (items.length === limit) return { items, next: encodeCursor(month) };
      items.push(view(cycle, await ports.control.get(approvalKey(programme, month))));
    }
    month = monthIndex(month) > 0 ? addMonths(month, -1) : undefined;
  }
  return { items };
}

async function newest(ports: Ports, programme: string): Promise<Month | undefined> {
  const head = await ports.control.get(headKey(programme));
  const found = [head?.openPeriod, head?.period].filter(
    (value): value is string => typeof value === 'string',
  );
  const months = found.filter(isMonth).sort();
  return months.at(-1);
}
