import type { StatementEntry, StatementPeriod } from '../../../domain/results/statement.ts';
import { type Column, csv } from './csv.ts';
import type { ContractStatement, ProviderPayment, ProviderStatement } from './provider-statement.ts';
import type { TotalsSince } from './provider-totals.ts';
import { PAYMENT_WORDS } from './provider-words.ts';

/** A contract of the period with its payment, a further order for it, or one for all contracts of an earlier cycle. */
type Row = {
  readonly statement: ProviderStatement;
  readonly contract?: ContractStatement | undefined;
  readonly payment?: ProviderPayment | undefined;
  readonly kind: 'settlement' | 'reissue';
};

const figure = (name: string, key: keyof StatementPeriod): Column<Row> => ({
  name,
  kind: 'plain',
  value: ({ contract, kind }) => (kind === 'settlement' ? contract?.settled?.[key] : undefined),
});
const since = (name: string, key: keyof TotalsSince): Column<Row> => ({
  name,
  kind: 'plain',
  value: ({ contract, kind }) => (kind === 'settlement' ? contract?.since?.[key] : undefined),
});
const bank = (name: string, key: 'ordered' | 'paid' | 'rejected' | 'returned' | 'pending'): Column<Row> => ({
  name,
  kind: 'plain',
  value: ({ payment }) => payment?.[key],
});

const COLUMNS: readonly Column<Row>[] = [
  { name: 'row', kind: 'plain', value: ({ kind }) => kind },
  { name: 'programme', kind: 'plain', value: ({ statement }) => statement.programme.id },
  { name: 'period', kind: 'plain', value: ({ statement }) => statement.period },
  { name: 'origin', kind: 'plain', value: ({ statement, payment }) => payment?.origin ?? statement.period },
  { name: 'provider', kind: 'text', value: ({ statement }) => statement.provider },
  {
    name: 'contract',
    kind: 'text',
    value: ({ contract, payment }) => contract?.contract ?? payment?.contract,
  },
  { name: 'contract_es', kind: 'text', value: ({ contract }) => contract?.name.es },
  { name: 'contract_en', kind: 'text', value: ({ contract }) => contract?.name.en },
  { name: 'currency', kind: 'plain', value: ({ statement }) => statement.currency },
  figure('settled_on', 'date'),
  figure('claimed', 'claimed'),
  figure('verified', 'verified'),
  figure('refused', 'refused'),
  figure('earned', 'earned'),
  figure('capped', 'capped'),
  figure('withheld', 'withheld'),
  figure('released', 'released'),
  figure('advance', 'advance'),
  figure('advance_recovered', 'advanceRecovered'),
  figure('deducted', 'deducted'),
  figure('clawed_back', 'clawedBack'),
  figure('payable', 'payable'),
  figure('owed', 'owed'),
  figure('remaining', 'remaining'),
  bank('ordered', 'ordered'),
  { name: 'bank_state', kind: 'plain', value: ({ payment }) => payment?.state },
  {
    name: 'bank_state_es',
    kind: 'plain',
    value: ({ payment }) => payment && PAYMENT_WORDS[payment.state].es,
  },
  bank('paid', 'paid'),
  bank('rejected', 'rejected'),
  bank('returned', 'returned'),
  bank('pending', 'pending'),
  { name: 'bank_date', kind: 'plain', value: ({ payment }) => payment?.on },
  { name: 'end_to_end_id', kind: 'plain', value: ({ payment }) => payment?.endToEndId },
  { name: 'reason_code', kind: 'text', value: ({ payment }) => payment?.reasonCode },
  { name: 'reason_es', kind: 'text', value: ({ payment }) => payment?.reason?.es },
  { name: 'reason_en', kind: 'text', value: ({ payment }) => payment?.reason?.en },
  since('since_outcomes', 'outcomes'),
  since('since_earned', 'earned'),
  since('since_withheld', 'withheld'),
  since('since_payable', 'payable'),
];

/** Each contract with the order of its money, then further orders: reissues of what did not arrive earlier. */
function* rowsOf(statement: ProviderStatement): Generator<Row> {
  const { contracts, payments, period } = statement;
  const now = payments.filter(({ origin }) => origin === period);
  for (const contract of contracts) {
    const payment = now.find((one) => one.contract === contract.contract);
    yield { statement, kind: 'settlement', contract, payment };
  }
  for (const payment of payments) {
    if (payment.origin === period) continue;
    const contract = contracts.find((one) => one.contract === payment.contract);
    yield { statement, kind: 'reissue', contract, payment };
  }
}

/** The statement of one institute: a row per contract, and a row per payment that was ordered again. */
export const providerStatementCsv = (statement: ProviderStatement): AsyncGenerator<Uint8Array> =>
  csv(COLUMNS, rowsOf(statement), { bom: true });

type Line = StatementEntry & { readonly contract: string };
const LINE_COLUMNS: readonly Column<Line>[] = [
  { name: 'contract', kind: 'text', value: (line) => line.contract },
  { name: 'date', kind: 'plain', value: (line) => line.date },
  { name: 'kind', kind: 'plain', value: (line) => line.kind },
  { name: 'participant', kind: 'text', value: (line) => line.participant },
  { name: 'milestone', kind: 'text', value: (line) => line.milestone },
  { name: 'amount', kind: 'plain', value: (line) => line.amount },
  { name: 'reason', kind: 'plain', value: (line) => line.reason },
  { name: 'text_es', kind: 'text', value: (line) => line.text.es },
  { name: 'text_en', kind: 'text', value: (line) => line.text.en },
];

/** Every line and refusal of the period with its sentence, Spanish and English. */
export const providerLinesCsv = ({ contracts }: ProviderStatement): AsyncGenerator<Uint8Array> =>
  csv(
    LINE_COLUMNS,
    contracts.flatMap(({ contract, entries }) => entries.map((entry) => ({ contract, ...entry }))),
    { bom: true },
  );
