import { type Currency, formatAmount, minor } from '../../../domain/kernel/money.ts';
import type { Day, Month } from '../../../domain/kernel/period.ts';
import type { ReconciledLine, ReconciledState } from '../../../domain/payments/reconciled-line.ts';
import { owedFor, type Undelivered } from '../../../domain/payments/undelivered.ts';
import type { ContractDefinition } from '../../../domain/records/contract.ts';
import { envelopeOf } from '../../../domain/results/envelope.ts';
import {
  entriesOf,
  periodOf,
  recoveriesOf,
  type StatementEntry,
  type StatementPeriod,
} from '../../../domain/results/statement.ts';
import type { DisbursementRecord } from '../../settle-contracts.ts';
import type { CarriedInstitute } from '../institute-lane.ts';
import type { Bilingual } from './cycle-report.ts';
import { type TotalsSince, totalsSince } from './provider-totals.ts';
import { reasonText } from './reason-texts.ts';

/** One order to the bank for an institute, or money that could not be ordered (`held`), and what became of it. */
export type ProviderPayment = {
  /** The cycle whose money it is: this one, or that of a payment which did not arrive then. */
  readonly origin: Month;
  /** The contract; undefined where an order carries the money of all contracts of its origin. */
  readonly contract?: string;
  readonly state: ReconciledState | 'held';
  readonly ordered: string;
  readonly paid: string;
  readonly rejected: string;
  readonly returned: string;
  /** Not known to have arrived, and not known to have failed. */
  readonly pending: string;
  readonly endToEndId?: string;
  readonly on?: string;
  readonly reasonCode?: string;
  readonly reason?: Bilingual;
};

/** One contract in the statement of a period. `settled` is absent where nothing of it was settled in the period. */
export type ContractStatement = {
  readonly contract: string;
  readonly name: Bilingual;
  readonly settled?: StatementPeriod;
  readonly since?: TotalsSince;
  readonly milestones: readonly {
    readonly name: Bilingual;
    readonly count: number;
    readonly amount: string;
  }[];
  readonly entries: readonly StatementEntry[];
};

/** What one institute is told of one cycle. Amounts are decimal strings of `currency`; only its own data is in it. */
export type ProviderStatement = {
  readonly programme: { readonly id: string; readonly name: Bilingual };
  readonly period: Month;
  readonly provider: string;
  readonly providerName: string;
  readonly currency: Currency;
  readonly contracts: readonly ContractStatement[];
  readonly payments: readonly ProviderPayment[];
  readonly outstanding: readonly (Pick<Undelivered, 'origin' | 'contract' | 'why'> & {
    readonly amount: string;
    readonly reason?: Bilingual;
  })[];
  readonly sums: {
    readonly payable: string;
    readonly paid: string;
    readonly outstanding: string;
    readonly withheld: string;
    /** Settled since the contracts began, and the part of it that has not come back as undelivered. */
    readonly payableSince: string;
    readonly deliveredSince: string;
  };
};

export type StatementSource = {
  readonly programme: ProviderStatement['programme'];
  readonly period: Month;
  readonly currency: Currency;
  readonly providerName: string | undefined;
  readonly contracts: ReadonlyMap<string, ContractDefinition>;
  readonly record: DisbursementRecord;
  readonly carried: CarriedInstitute;
  /** The reconciled lines of this institute. */
  readonly lines: readonly ReconciledLine[];
};

/** The statement of one institute for one cycle, from what the cycle stored of it. */
export function providerStatement(source: StatementSource): ProviderStatement {
  const { record, carried, lines, currency, period } = source;
  const text = (amount: number) => formatAmount(minor(amount), currency);
  const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
  const rules = Object.values(carried.rules);
  const owed = sum(carried.undelivered.map(({ amountMinor }) => amountMinor));
  const payableSince = sum(rules.map(({ payable }) => payable));
  const withheld = rules.flatMap(({ paid }) => Object.values(paid).flatMap((each) => Object.values(each)));
  return {
    programme: source.programme,
    period,
    provider: record.household,
    providerName: source.providerName ?? record.household,
    currency,
    contracts: contractIds(source).map((id) => contractStatement(source, id)),
    payments: [...heldOf(record, period, text), ...lines.map((line) => paymentOf(line, text))],
    outstanding: carried.undelivered.map(({ origin, contract, why, amountMinor, reasonCode }) => ({
      origin,
      why,
      amount: text(amountMinor),
      ...(contract !== undefined && { contract }),
      ...reasonOf(reasonCode),
    })),
    sums: {
      payable: text(sum(record.settlements.map(({ totals }) => totals.payable))),
      paid: text(sum(lines.filter(({ state }) => state === 'paid').map(({ amountMinor }) => amountMinor))),
      outstanding: text(owed),
      withheld: text(sum(withheld.map(({ held }) => held))),
      payableSince: text(payableSince),
      deliveredSince: text(payableSince - owed),
    },
  };
}

/** Contracts settled now, and those of which something was settled before. */
const contractIds = ({ record, carried }: StatementSource): string[] =>
  [...new Set([...record.settlements.map(({ contract }) => contract), ...Object.keys(carried.rules)])].sort();

function contractStatement(source: StatementSource, id: string): ContractStatement {
  const contract = source.contracts.get(id);
  const state = source.carried.rules[id];
  const settlement = source.record.settlements.find((one) => one.contract === id);
  const since = state && { since: totalsSince(state, contract, source.currency) };
  if (!contract) return { contract: id, name: { es: id, en: id }, ...since, milestones: [], entries: [] };
  const remaining = state && envelopeOf(contract, state, state.asOf as Day);
  return {
    contract: id,
    name: contract.name,
    ...(settlement && { settled: periodOf(contract, settlement, remaining) }),
    ...since,
    milestones: settlement ? milestonesOf(contract, settlement) : [],
    entries: settlement
      ? [...readableEntries(contract, settlement), ...recoveriesOf(contract, settlement)]
      : [],
  };
}

type Settled = DisbursementRecord['settlements'][number];

/** Outcomes paid, or cut by a cap, long ago come back with every cycle as refused for that reason: no news for anybody. */
const readableEntries = (contract: ContractDefinition, settlement: Settled): StatementEntry[] =>
  entriesOf(contract, {
    ...settlement,
    refused: settlement.refused.filter(
      ({ reason, observed }) => reason !== 'ALREADY_PAID' && !(reason === 'CAP_REACHED' && observed !== ''),
    ),
  });

function milestonesOf(contract: ContractDefinition, { lines }: Settled): ContractStatement['milestones'] {
  return contract.milestones.flatMap(({ id, label }) => {
    const theirs = lines.filter(
      ({ kind, milestone }) => milestone === id && (kind === 'outcome' || kind === 'performance'),
    );
    if (theirs.length === 0) return [];
    const amount = theirs.reduce((total, line) => total + line.amountMinor, 0);
    return [{ name: label, count: theirs.length, amount: formatAmount(minor(amount), contract.currency) }];
  });
}

/** What was due and could not be ordered, because the register of institutes does not say where to. */
function heldOf(
  record: DisbursementRecord,
  period: Month,
  text: (amount: number) => string,
): ProviderPayment[] {
  const { payeeFault } = record;
  if (!payeeFault) return [];
  return record.settlements
    .filter(({ totals }) => totals.payable > 0)
    .map(({ contract, totals }) => ({
      origin: period,
      contract,
      state: 'held' as const,
      ordered: text(0),
      ...{ paid: text(0), rejected: text(0), returned: text(0), pending: text(totals.payable) },
      ...reasonOf(payeeFault),
    }));
}

const COLUMN: { readonly [S in ReconciledState]: 'paid' | 'rejected' | 'returned' | 'pending' } = {
  paid: 'paid',
  rejected: 'rejected',
  returned: 'returned',
  unclaimed: 'returned',
  pending: 'pending',
  exception: 'pending',
};

function paymentOf(line: ReconciledLine, text: (amount: number) => string): ProviderPayment {
  const on = line.returnDate ?? line.debitDate ?? line.statusDate;
  return {
    ...owedFor(line.purpose, line.cycle as Month),
    state: line.state,
    ordered: text(line.amountMinor),
    ...{ paid: text(0), rejected: text(0), returned: text(0), pending: text(0) },
    [COLUMN[line.state]]: text(line.amountMinor),
    endToEndId: line.endToEndId,
    ...(on && { on }),
    ...reasonOf(line.reasonCode),
  };
}

const HELD: Readonly<Record<string, Bilingual>> = {
  PROVIDER_NOT_REGISTERED: {
    es: 'El registro de institutos no dice a qué cuenta pagar',
    en: 'The register of institutes does not say which account to pay',
  },
};
function reasonOf(code: string | undefined): Pick<ProviderPayment, 'reasonCode' | 'reason'> {
  const reason = code === undefined ? undefined : (HELD[code] ?? reasonText(code));
  return { ...(code !== undefined && { reasonCode: code }), ...(reason && { reason }) };
}
