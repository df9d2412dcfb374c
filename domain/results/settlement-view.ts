import { formatAmount, minor } from '../kernel/money.ts';
import type { ContractDefinition } from '../records/contract.ts';
import type { Refused } from './earn.ts';
import { explainLine } from './explain.ts';
import { reasonText } from './reason-texts.ts';
import type { DisbursementLine, Settlement, SettlementRefusal } from './settlement.ts';

const refusedView = (entry: Refused) => ({ ...entry, message: reasonText(entry) });

function lineView(contract: ContractDefinition, line: DisbursementLine) {
  const text = (amount: number) => formatAmount(minor(amount), contract.currency);
  return {
    kind: line.kind,
    ...(line.participant ? { participant: line.participant } : {}),
    milestone: line.milestone,
    ...(line.key === line.milestone ? {} : { occurrence: Number(line.key.split('#')[1]) }),
    ...(line.outcomeOn ? { outcomeOn: line.outcomeOn } : {}),
    price: text(line.priceMinor),
    earned: text(line.earnedMinor),
    capped: text(line.cappedMinor),
    ...(line.cappedBy ? { cap: line.cappedBy } : {}),
    withheld: text(line.withheldMinor),
    amount: text(line.amountMinor),
    rule: line.rule,
    cite: line.cite,
    text: explainLine(contract, line),
  };
}

/** A settlement as `cumple settle` prints it: amounts as decimal strings, every line and refusal with its words. */
export function settlementView(contract: ContractDefinition, settlement: Settlement) {
  const text = (amount: number) => formatAmount(minor(amount), contract.currency);
  const { totals } = settlement;
  return {
    contract: settlement.contract,
    version: settlement.version,
    provider: settlement.provider,
    date: settlement.date,
    currency: settlement.currency,
    payable: text(totals.payable),
    earned: text(totals.earned),
    capped: text(totals.capped),
    withheld: text(totals.withheld),
    released: text(totals.released),
    deducted: text(totals.deducted),
    advance: text(totals.advance),
    advanceRecovered: text(totals.advanceRecovered),
    clawedBack: text(totals.clawedBack),
    owed: text(settlement.owed),
    lines: settlement.lines.map((line) => lineView(contract, line)),
    refused: settlement.refused.map(refusedView),
    pending: settlement.pending.map(refusedView),
    caps: settlement.caps.map((use) => {
      const shown = (value: number) => (use.unit === 'money' ? text(value) : String(value));
      return {
        cap: use.cap,
        ...(use.of ? { of: use.of } : {}),
        limit: shown(use.limit),
        usedBefore: shown(use.usedBefore),
        usedAfter: shown(use.usedAfter),
        reduced: text(use.reducedMinor),
      };
    }),
    checks: settlement.checks,
    strata: settlement.strata.map(
      ({ unsampled: _, deductionMinor, rejectedMinor, sampledMinor, ...stratum }) => ({
        ...stratum,
        looked: text(sampledMinor),
        wrong: text(rejectedMinor),
        deduction: text(deductionMinor),
      }),
    ),
    recoveries: settlement.recoveries.map(({ amountMinor, ...recovery }) => ({
      ...recovery,
      amount: text(amountMinor),
    })),
    warnings: settlement.warnings,
    ignored: settlement.ignored,
    state: settlement.state,
  };
}
export type SettlementView = ReturnType<typeof settlementView>;

/** A refused settlement: the refusal, what it needs, and what was verified all the same. */
export function settlementRefusalView(refusal: SettlementRefusal) {
  const { verified = [], refused = [], ...error } = refusal;
  return { refusal: error, verified, refused: refused.map(refusedView) };
}
