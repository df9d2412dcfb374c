import { formatAmount, type Minor, minor } from '../kernel/money.ts';
import type { Day } from '../kernel/period.ts';
import type { ContractDefinition, Label } from '../records/contract.ts';
import { envelopeOf } from './envelope.ts';
import { explainLine } from './explain.ts';
import { reasonText } from './reason-texts.ts';
import type { Settlement } from './settlement.ts';

/** One settlement of a provider as its statement shows it; amounts as decimal strings. */
export type StatementPeriod = {
  readonly date: string;
  /** Outcomes asserted: verified ones and refused ones. */
  readonly claimed: number;
  readonly verified: number;
  readonly refused: number;
  readonly earned: string;
  readonly capped: string;
  readonly withheld: string;
  readonly released: string;
  readonly advance: string;
  readonly advanceRecovered: string;
  readonly deducted: string;
  readonly clawedBack: string;
  readonly payable: string;
  readonly owed: string;
  /** What the contract's money cap still leaves; empty where it has none. */
  readonly remaining: string;
};
export type StatementEntry = {
  readonly date: string;
  readonly kind: string;
  readonly participant: string;
  readonly milestone: string;
  readonly amount: string;
  readonly reason: string;
  readonly text: Label;
};
export type Statement = {
  readonly contract: ContractDefinition;
  readonly provider: string;
  readonly periods: readonly StatementPeriod[];
  readonly entries: readonly StatementEntry[];
};

/** The part of a settlement that a statement shows: what the payment cycle keeps of one. */
export type SettledPart = Pick<Settlement, 'date' | 'lines' | 'refused' | 'totals' | 'owed'>;

/** One settlement in figures. `remaining`: what the contract's money cap leaves, where it has one. */
export function periodOf(
  contract: ContractDefinition,
  settlement: SettledPart,
  remaining: Minor | undefined,
): StatementPeriod {
  const text = (amount: number) => formatAmount(minor(amount), contract.currency);
  const { totals } = settlement;
  const verified = settlement.lines.filter(
    (line) => line.kind === 'outcome' || line.kind === 'performance',
  ).length;
  // A capped outcome stands in both lists: it was verified, and its reason is in the refusals.
  const refused = settlement.refused.filter(
    (entry) => entry.reason !== 'CAP_REACHED' && entry.reason !== 'ALREADY_PAID',
  ).length;
  return {
    date: settlement.date,
    claimed: verified + refused,
    verified,
    refused,
    earned: text(totals.earned),
    capped: text(totals.capped),
    withheld: text(totals.withheld),
    released: text(totals.released),
    advance: text(totals.advance),
    advanceRecovered: text(totals.advanceRecovered),
    deducted: text(totals.deducted),
    clawedBack: text(totals.clawedBack),
    payable: text(totals.payable),
    owed: text(settlement.owed),
    remaining: remaining === undefined ? '' : text(remaining),
  };
}

/** Every line and refusal of a settlement with its sentence, Spanish and English. */
export function entriesOf(contract: ContractDefinition, settlement: SettledPart): StatementEntry[] {
  const { date, lines, refused } = settlement;
  return [
    ...lines.map((line) => ({
      date,
      kind: line.kind,
      participant: line.participant ?? '',
      milestone: line.key,
      amount: formatAmount(line.amountMinor, contract.currency),
      reason: '',
      text: explainLine(contract, line),
    })),
    ...refused.map((entry) => ({
      date,
      kind: 'refused',
      participant: entry.participant,
      milestone: entry.milestone,
      amount: '',
      reason: entry.reason,
      text: reasonText(entry),
    })),
  ];
}

/**
 * Why an outcome is taken back: resting on one that was, not followed up in time, or (REVERSED) the words in which it was
 * found false. To stand behind "is taken back".
 */
export function whyTakenBack(
  reason: string,
  labelOf: (milestone: string) => Label | undefined = () => undefined,
): { readonly code: string; readonly why: Label } {
  const [, code, other = ''] = /^(NOT_FOLLOWED_BY|RESTED_ON) (.+)$/.exec(reason) ?? [];
  const name = labelOf(other) ?? { es: other, en: other };
  if (code === undefined) return { code: 'REVERSED', why: { es: `: ${reason}`, en: `: ${reason}` } };
  return code === 'RESTED_ON'
    ? { code, why: { es: ` porque se anuló «${name.es}»`, en: ` because "${name.en}" was taken back` } }
    : { code, why: { es: ` porque no siguió «${name.es}»`, en: ` because "${name.en}" did not follow` } };
}

/** What a settlement takes back, each with its reason: found false, resting on what was, or not followed up in time. */
export function recoveriesOf(
  contract: ContractDefinition,
  { recoveries }: Pick<Settlement, 'recoveries'>,
): StatementEntry[] {
  return recoveries.map(({ participant, milestone, date, reason, amountMinor }) => {
    const amount = formatAmount(amountMinor, contract.currency);
    const label = contract.milestones.find(({ id }) => id === milestone)?.label;
    const { code, why } = whyTakenBack(
      reason,
      (id) => contract.milestones.find((each) => each.id === id)?.label,
    );
    return {
      date,
      kind: 'recovery',
      participant,
      milestone,
      amount,
      reason: code,
      text: {
        es: `${participant}: «${label?.es ?? milestone}» se anula${why.es}; deben devolverse ${contract.currency} ${amount}.`,
        en: `${participant}: "${label?.en ?? milestone}" is taken back${why.en}; ${contract.currency} ${amount} must be returned.`,
      },
    };
  });
}

/** A cap that was counted against says itself what it leaves, also where its limit came with the case. */
function remainingOf(contract: ContractDefinition, { caps, state, date }: Settlement): Minor | undefined {
  const used = caps.find((use) => use.of === '' && use.unit === 'money');
  return used ? minor(used.limit - used.usedAfter) : envelopeOf(contract, state, date as Day);
}

/** A provider's statement over its settlements, oldest first: claimed, verified, refused, withheld, paid, clawed back. */
export function statementOf(contract: ContractDefinition, settlements: readonly Settlement[]): Statement {
  return {
    contract,
    provider: settlements[0]?.provider ?? '',
    periods: settlements.map((settlement) =>
      periodOf(contract, settlement, remainingOf(contract, settlement)),
    ),
    entries: settlements.flatMap((settlement) => [
      ...entriesOf(contract, settlement),
      ...recoveriesOf(contract, settlement),
    ]),
  };
}

const CSV_COLUMNS = [
  'date',
  'claimed',
  'verified',
  'refused',
  'earned',
  'capped',
  'withheld',
  'released',
  'advance',
  'advanceRecovered',
  'deducted',
  'clawedBack',
  'payable',
  'owed',
  'remaining',
] as const;

/** A text cell: quoted where needed, and never read as a formula by a spreadsheet. */
export function csvText(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One row per settlement. UTF-8, comma, CRLF. */
export const statementCsv = (statement: Statement): string =>
  `${[
    ['contract', 'provider', 'currency', ...CSV_COLUMNS].join(','),
    ...statement.periods.map((period) =>
      [
        csvText(statement.contract.id),
        csvText(statement.provider),
        statement.contract.currency,
        ...CSV_COLUMNS.map((column) => String(period[column])),
      ].join(','),
    ),
  ].join('\r\n')}\r\n`;

/** One row per line and refusal, with its sentence in both languages. */
export const statementLinesCsv = (statement: Statement): string =>
  `${[
    'date,kind,participant,milestone,amount,reason,texto,text',
    ...statement.entries.map((entry) =>
      [
        entry.date,
        entry.kind,
        csvText(entry.participant),
        csvText(entry.milestone),
        entry.amount,
        entry.reason,
        csvText(entry.text.es),
        csvText(entry.text.en),
      ].join(','),
    ),
  ].join('\r\n')}\r\n`;
