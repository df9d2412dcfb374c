import type { Ports } from '../../adapters/ports.ts';
import { formatAmount } from '../../domain/kernel/money.ts';
import type { ProgrammeDefinition } from '../../domain/records/programme.ts';
import type { ReportRecord } from '../receive-report.ts';
import { bulk, type CycleRef } from './cycle.ts';
import type { cycleData, StepIssue } from './cycle-data.ts';
import { readJson } from './jsonl.ts';
import type { ExceptionRow } from './reports/cycle-report.ts';
import { exceptionRow } from './reports/exception-texts.ts';

/**
 * Failures that are answered by correcting the inputs: the list of exceptions says which. A fault, a bug or a
 * missing permission is answered elsewhere, and nothing is published of a cycle whose records are in doubt.
 */
export const ANSWERED_BY_INPUTS = new Set(['ANOMALY_LIMIT', 'APPROVAL_REFUSED']);

/** The open questions of a cycle up to its approval: rows that intake set aside, and what the steps found. */
export async function* exceptionsBeforeBank(issues: AsyncIterable<StepIssue>): AsyncGenerator<ExceptionRow> {
  for await (const { stage, code, ...issue } of issues)
    yield exceptionRow({ stage: stage ?? 'cycle', code, ...issue });
}

/** Every open question of a cycle, from the rows that intake set aside to what the bank left unanswered. */
export async function* exceptionRows(
  ports: Ports,
  cycle: CycleRef,
  data: ReturnType<typeof cycleData>,
  definition: ProgrammeDefinition,
): AsyncGenerator<ExceptionRow> {
  yield* exceptionsBeforeBank(data.issues());
  for await (const { key } of ports.objects.list('bulk', `${cycle.prefix}/bank-reports/`)) {
    const report = await readJson<ReportRecord>(ports.objects, bulk(key));
    for (const { code, message, file, line, path } of report.issues)
      yield exceptionRow({
        stage: 'ReceiveReport',
        code,
        message,
        ...(file && { file }),
        ...(line && { line }),
        ...(path && { subject: path }),
      });
  }
  for await (const found of data.reconExceptions())
    yield exceptionRow({
      stage: 'Reconcile',
      code: found.code,
      message: found.proposal ? `${found.detail}; perhaps ${found.proposal}` : found.detail,
      subject: found.endToEndId ?? found.eventKey ?? '',
      amount: formatAmount(found.amountMinor, definition.currency),
    });
}
