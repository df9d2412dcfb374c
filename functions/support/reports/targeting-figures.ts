import { type Currency, formatAmount, minor } from '../../../domain/kernel/money.ts';
import type { ProgrammeDefinition } from '../../../domain/records/programme.ts';
import { type AnomalyKind, basisPoints, countedAmong } from '../../../domain/transfers/anomalies.ts';
import type { Changes } from '../../../domain/transfers/changes.ts';
import type { Proposal } from '../../cross-check.ts';
import { ANOMALY_CODES, countedOf } from '../cross-check/findings.ts';
import type { Targeting } from '../cross-check/households.ts';
import type { CycleReport, ReportedAnomaly } from './cycle-report.ts';
import { anomalyText } from './exception-texts.ts';

type Figures = Pick<CycleReport, 'anomalies' | 'targeting' | 'changes'>;

/** What stood before the approvers, as an auditor reads it: anomalies against their limits, targeting, changes. */
export const targetingFigures = (proposal: Proposal, definition: ProgrammeDefinition): Figures => ({
  anomalies: anomaliesOf(proposal, definition),
  ...(proposal.targeting && { targeting: targetingOf(proposal.targeting) }),
  ...(proposal.changes && { changes: changesOf(proposal.changes, definition.currency) }),
});

const KINDS = Object.keys(ANOMALY_CODES) as AnomalyKind[];

function anomaliesOf({ anomalies, totals }: Proposal, definition: ProgrammeDefinition): ReportedAnomaly[] {
  const of = (code: string) => ({ code, message: anomalyText(code), count: anomalies[code] ?? 0 });
  const held = anomalies.PAYEE_HELD ? [of('PAYEE_HELD')] : [];
  const kinds = KINDS.flatMap((kind) => {
    const settings = definition.anomalies.filter((item) => item.kind === kind);
    const found = of(ANOMALY_CODES[kind]);
    return settings.length > 0 || found.count > 0 ? [{ kind, settings, found }] : [];
  });
  return [
    ...held,
    ...kinds.map(({ kind, settings, found }) => {
      const whole = countedOf(kind, totals);
      const sharePct = percentText(basisPoints(found.count, whole));
      const limits = settings.flatMap(({ stopAbovePct }) => stopAbovePct ?? []);
      const limit = limits.length > 0 && { limitPct: String(Math.min(...limits)) };
      return { ...found, kind, of: whole, among: countedAmong(kind), sharePct, ...limit };
    }),
  ];
}

const targetingOf = ({ leakageBasisPoints, coverageBasisPoints, ...counts }: Targeting) => ({
  paid: counts.paid,
  paidNotEligible: counts.paidNotEligible,
  leakagePct: percentText(leakageBasisPoints),
  meetRule: counts.meetRule,
  meetRulePaid: counts.meetRulePaid,
  coveragePct: percentText(coverageBasisPoints),
});

function changesOf(changes: Changes, currency: Currency): NonNullable<CycleReport['changes']> {
  const money = (value: number) => formatAmount(minor(value), currency);
  const both = (count: number, value: number) => ({ count, amount: money(value) });
  const territories = Object.entries(changes.territories).sort(
    ([a, { differenceMinor: one }], [b, { differenceMinor: other }]) =>
      Math.abs(other) - Math.abs(one) || (a < b ? -1 : 1),
  );
  return {
    since: changes.since,
    before: money(changes.beforeMinor),
    entering: both(changes.in, changes.inMinor),
    leaving: both(changes.out, changes.outMinor),
    up: both(changes.up, changes.upMinor),
    down: both(changes.down, changes.downMinor),
    now: money(changes.nowMinor),
    difference: money(changes.differenceMinor),
    territories: territories.map(([territory, place]) => ({
      territory,
      entering: place.in,
      leaving: place.out,
      difference: money(place.differenceMinor),
    })),
  };
}

/** Hundredths of a per cent as a decimal: 1234 is `12.34`. */
const percentText = (points: number): string =>
  `${Math.trunc(points / 100)}.${String(points % 100).padStart(2, '0')}`;
