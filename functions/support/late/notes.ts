import type { Ports } from '../../../adapters/ports.ts';
import type { ReportRecord } from '../../receive-report.ts';
import { bulk, type FrozenInputs } from '../cycle.ts';
import type { StepIssue } from '../cycle-data.ts';
import { readJson } from '../jsonl.ts';
import type { PinnedReport } from './freeze.ts';

/** What a late report says about itself (declared count, balances), kept apart from what its cycle has published. */
export const lateNoteKey = ({ prefix }: { readonly prefix: string }, hash: string): string =>
  `${prefix}/late-reports/${hash}.json`;

/** What is wrong with the late reports themselves, for the list of exceptions; the cycle's first late lane lists it. */
export async function reportIssues(
  ports: Ports,
  { lateReports }: FrozenInputs,
  lane: number,
  reports: readonly PinnedReport[],
): Promise<StepIssue[]> {
  if (lane !== lateReports?.lanes[0]) return [];
  const issues: StepIssue[] = [];
  for (const { prefix, hash, takenIn } of reports) {
    const ref = bulk(lateNoteKey({ prefix }, hash));
    // A report that came in time for its own cycle was listed there.
    if (takenIn || !(await ports.objects.get(ref))) continue;
    for (const { code, message, file, line, path } of (await readJson<ReportRecord>(ports.objects, ref))
      .issues)
      issues.push({
        stage: 'ReceiveReport',
        code,
        message,
        ...(file && { file }),
        ...(line && { line }),
        ...(path && { subject: path }),
      });
  }
  return issues;
}
