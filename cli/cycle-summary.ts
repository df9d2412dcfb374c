import { join } from 'node:path';
import type { CycleReport } from '../functions/support/reports/cycle-report.ts';

/** The `--json` answer of `cycle run`: the command line contract, amounts as decimal strings. */
export function cycleSummary(report: CycleReport, root: string, dir: string) {
  const { rejected, paid, returned, pending, unclaimed, exception } = report.bank;
  return {
    programme: report.programme.id,
    period: report.period,
    currency: report.currency,
    households: report.households,
    compliance: Object.fromEntries(
      report.complianceByCondition.map(({ condition, compliant, non_compliant, exempt, unverified }) => [
        condition,
        { compliant, non_compliant, exempt, unverified },
      ]),
    ),
    transfers: report.transfers,
    disbursements: report.disbursements ?? { count: 0, payable: zeroLike(report.instructions.total) },
    instructions: report.instructions,
    bank: { rejected, paid, returned, pending, unclaimed, exception },
    identities: Object.fromEntries(report.identities.map(({ name, difference }) => [name, difference])),
    exceptions: report.exceptionsTotal,
    bundle: { path: join(dir, 'reports', report.programme.id, report.period), root },
  };
}

const zeroLike = (amount: string): string =>
  amount.replace(/\d+/, '0').replace(/(?<=\.)\d+/, (digits) => '0'.repeat(digits.length));
