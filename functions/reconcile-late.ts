import { z } from 'zod';
import type { Ports } from '../adapters/ports.ts';
import { assert } from '../domain/kernel/assert.ts';
import { formatAmount } from '../domain/kernel/money.ts';
import type { Day, Month } from '../domain/kernel/period.ts';
import { shardName, shardOf } from '../domain/kernel/shards.ts';
import type { ReconException } from '../domain/payments/exceptions.ts';
import { type LateAnswer, type LateEffect, lateAnswer } from '../domain/payments/late.ts';
import type { ReconciledLine } from '../domain/payments/reconciled-line.ts';
import { hasLapsed } from '../domain/payments/unclaimed.ts';
import { type Undelivered, undeliveredOf } from '../domain/payments/undelivered.ts';
import { collectionWindow } from '../domain/transfers/collection.ts';
import { previousStates } from './support/carried-state.ts';
import {
  bulk,
  type FrozenInputs,
  frozenInputs,
  frozenProgramme,
  ShardRef,
  stageKey,
} from './support/cycle.ts';
import type { StepIssue } from './support/cycle-data.ts';
import { step } from './support/handler.ts';
import { JsonLines, writeOnce } from './support/jsonl.ts';
import { type PinnedReport, pinnedReports } from './support/late/freeze.ts';
import type { LateLine } from './support/late/lines.ts';
import { reportIssues } from './support/late/notes.ts';
import { type LateFold, lateFolds } from './support/late/reconcile.ts';

const Output = z.object({ payees: z.number().int(), answers: z.number().int() });

/** Answers that people are told of: what they must settle with the bank, and what is lost to its payee. */
const ISSUES: Partial<Record<LateEffect, string>> = {
  lapsed: 'UNCLAIMED_LAPSED',
  in_doubt: 'LATE_IN_DOUBT',
  too_late: 'LATE_AFTER_REISSUE',
};

/**
 * Reconciles closed cycles again with the bank reports that came after their windows, for the payees of one lane, and
 * leaves what changes in what they are owed. Closed cycles and their reports are not touched.
 */
export const handler = step(
  'ReconcileLate',
  { input: ShardRef, output: Output },
  async (input, { ports }) => {
    const inputs = await frozenInputs(ports, input);
    const reports = await pinnedReports(ports, inputs);
    const carried = await previousStates(ports, inputs, input.shard);
    const isOurs = ({ payeeKind, payeeId }: ReconciledLine) =>
      payeeKind === 'provider' || shardOf(payeeId, inputs.roster.shards) === input.shard;
    const changed = new Map<string, LateLine>();
    const issues = new JsonLines();
    for (const issue of await reportIssues(ports, inputs, input.shard, reports)) issues.add(issue);
    for (const [period, theirs] of byPeriod(reports)) {
      const lapsed = await lapseRule(ports, theirs[0]!);
      for (const fold of await lateFolds(ports, inputs, input.shard, theirs)) {
        for (const issue of questions(fold, isOurs, inputs, period)) issues.add(issue);
        for (const [index, now] of fold.now.lines.entries()) {
          if (!isOurs(now)) continue;
          const before = changed.get(now.payeeId)?.undelivered ?? carried.get(now.payeeId)?.undelivered;
          assert(
            before,
            `${now.payeeId} was paid in ${period} and has no state after ${inputs.previous?.period}`,
          );
          const late = lateAnswer({
            known: fold.known.map(({ lines }) => lines[index]!),
            now,
            carried: before,
            owed: lapsed(now, before),
          });
          if (!late) continue;
          note(changed, now.payeeId, late.answer, late.carried);
          const issue = toldOf(late.answer, inputs);
          if (issue) issues.add(issue);
        }
      }
    }
    const out = new JsonLines();
    let answers = 0;
    for (const household of [...changed.keys()].sort()) {
      const line = changed.get(household)!;
      answers += line.answers.length;
      out.add(line);
    }
    await writeOnce(ports.objects, bulk(stageKey(input, 'late', input.shard)), out.bytes());
    const listed = `${input.prefix}/exceptions/late-${shardName(input.shard)}.jsonl`;
    await writeOnce(ports.objects, bulk(listed), issues.bytes());
    return { payees: out.count, answers };
  },
);

function byPeriod(reports: readonly PinnedReport[]): [Month, PinnedReport[]][] {
  const groups = new Map<Month, PinnedReport[]>();
  for (const report of reports) {
    const known = groups.get(report.period);
    if (known) known.push(report);
    else groups.set(report.period, [report]);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** What a payment of a closed cycle leaves owed by the rules of that cycle; undefined where it arrived or lapsed. */
async function lapseRule(ports: Ports, { prefix }: PinnedReport) {
  const { definition, compiled } = await frozenProgramme(ports, await frozenInputs(ports, { prefix }));
  const window = collectionWindow(definition, compiled.values);
  return (now: ReconciledLine, carried: readonly Undelivered[]): Undelivered | undefined => {
    const item = carried.find(({ endToEndId }) => endToEndId === now.endToEndId);
    const owed = undeliveredOf(now, item);
    return owed && hasLapsed(owed, now.returnDate as Day | undefined, window) ? undefined : owed;
  };
}

function note(
  changed: Map<string, LateLine>,
  household: string,
  answer: LateAnswer,
  undelivered: readonly Undelivered[],
): void {
  const answers = [...(changed.get(household)?.answers ?? []), answer];
  changed.set(household, { household, answers, undelivered });
}

function toldOf({ line, before, effect }: LateAnswer, { currency }: FrozenInputs): StepIssue | undefined {
  const code = ISSUES[effect];
  if (!code) return undefined;
  return {
    stage: 'ReconcileLate',
    code,
    subject: effect === 'lapsed' ? line.payeeId : line.endToEndId,
    amount: formatAmount(line.amountMinor, currency),
    message: `cycle ${line.cycle}: it was ${before}, now the bank says ${line.state}`,
  };
}

/** What the new reports leave open that was not open before; a movement without a payment is listed by one lane only. */
function questions(
  fold: LateFold,
  isOurs: (line: ReconciledLine) => boolean,
  { currency }: FrozenInputs,
  period: Month,
): StepIssue[] {
  const idOf = ({ code, endToEndId, eventKey }: ReconException) => `${code}|${endToEndId}|${eventKey}`;
  const known = new Set(fold.known.at(-1)!.exceptions.map(idOf));
  const lines = new Map(fold.now.lines.map((line) => [line.endToEndId, line]));
  return fold.now.exceptions.flatMap((found) => {
    const line = lines.get(found.endToEndId ?? '');
    if (known.has(idOf(found)) || !(line ? isOurs(line) : fold.listsStrays)) return [];
    return [
      {
        stage: 'ReconcileLate',
        code: found.code,
        subject: found.endToEndId ?? found.eventKey ?? period,
        amount: formatAmount(found.amountMinor, currency),
        message: found.detail,
      },
    ];
  });
}
