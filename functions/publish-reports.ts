import { z } from 'zod';
import type { Item, Ports } from '../adapters/ports.ts';
import { type ManifestFile, manifestOf, manifestText } from '../domain/audit/manifest.ts';
import { type Currency, formatAmount, minor } from '../domain/kernel/money.ts';
import type { CycleTotals } from '../domain/payments/cycle-totals.ts';
import type { Identity } from '../domain/payments/identities.ts';
import type { ReconciledLine } from '../domain/payments/reconciled-line.ts';
import { RECONCILED_STATES } from '../domain/payments/reconciled-line.ts';
import type { ReconciliationTotals } from '../domain/payments/reconciliation-totals.ts';
import type { ProgrammeDefinition } from '../domain/records/programme.ts';
import { paymentDays } from '../domain/transfers/payee.ts';
import type { Proposal } from './cross-check.ts';
import { proposalKey } from './cross-check.ts';
import { outbox } from './dispatch-to-bank.ts';
import {
  approvalKey,
  bulk,
  CycleRef,
  cycleRecord,
  type FrozenInputs,
  frozenInputs,
  frozenProgramme,
  ReportSet,
} from './support/cycle.ts';
import { cycleData } from './support/cycle-data.ts';
import { exceptionRows } from './support/cycle-exceptions.ts';
import { step } from './support/handler.ts';
import { readBytes, readJson, writeOnce } from './support/jsonl.ts';
import { publisher } from './support/publisher.ts';
import { correctionCounter } from './support/reports/correction-figures.ts';
import { correctionRows, correctionsCsv } from './support/reports/corrections-csv.ts';
import { type CycleReport, EXCEPTIONS_SHOWN, type ExceptionRow } from './support/reports/cycle-report.ts';
import { exceptionsCsv } from './support/reports/exceptions.ts';
import { lateAnswers, lateCounter, lateCsv } from './support/reports/late-csv.ts';
import { paymentListCsv } from './support/reports/payment-list.ts';
import { reconciliationCsv } from './support/reports/reconciliation-csv.ts';
import { reconciliationHtml } from './support/reports/reconciliation-html.ts';
import { targetingFigures } from './support/reports/targeting-figures.ts';
import { statementListKey } from './support/statements.ts';

const Input = z.object({ cycle: CycleRef.loose(), reports: ReportSet });
const Output = z.object({ files: z.number().int(), root: z.string() });

/**
 * Publishes what people read of a closed cycle: payment list, exceptions, reconciliation (CSV and one HTML
 * page), the report's figures as JSON, and a manifest with the hash of every file and the tree's root.
 */
export const handler = step(
  'PublishReports',
  { input: Input, output: Output },
  async ({ cycle, reports }, { ports }) => {
    const inputs = await frozenInputs(ports, cycle);
    const { definition } = await frozenProgramme(ports, inputs);
    const data = cycleData(ports, cycle, inputs, reports);
    const publish = publisher(ports.objects, `${cycle.programme}/${cycle.period}`);
    const exceptions = exceptionCounter();
    const paid = paidCounter();
    const days = definition.payment.calendar && ((document: string) => paymentDays(definition, document));
    await publish.stream('payment-list.csv', paymentListCsv(data.instructions(), days));
    await publish.stream(
      'exceptions.csv',
      exceptionsCsv(exceptions.count(exceptionRows(ports, cycle, data, definition))),
    );
    const ofClosed = await publishOfClosed(ports, cycle, inputs, publish);
    await publish.stream('reconciliation.csv', reconciliationCsv(paid.count(data.lines())));

    const files = await data.files();
    const totals = await data.totals();
    const statements = (await data.bankReports()).flatMap((report) => report.statements);
    const identities = await data.identities(totals, files, statements);
    const { proposal, approval, record } = await decided(ports, cycle);
    const paymentFiles: ManifestFile[] = files.map((file) => ({
      path: `bank/${outbox(cycle, file.name).key}`,
      sha256: file.sha256,
      bytes: file.bytes,
    }));
    const listed = [...publish.files(), ...paymentFiles];
    const report: CycleReport = {
      ...figures(definition, proposal.totals, totals, identities),
      // A cycle that settles no contract says nothing of institutes.
      ...(inputs.contracts.length > 0 && { disbursements: disbursed(proposal.totals, definition.currency) }),
      programme: { id: definition.id, name: definition.name },
      period: cycle.period,
      currency: definition.currency,
      generatedAt: String(record.closedAt),
      households: { ...proposal.totals.households, paid: paid.households },
      approvals: approvalsOf(record, approval),
      ...targetingFigures(proposal, definition),
      ...ofClosed,
      exceptions: exceptions.first,
      exceptionsTotal: exceptions.total,
      files: listed,
      root: manifestOf(listed).root,
    };
    await publish.bytes('reconciliation.html', reconciliationHtml(report));
    await publish.bytes('report.json', JSON.stringify(report));
    const statementFiles = await readJson<ManifestFile[]>(
      ports.objects,
      bulk(statementListKey(cycle, reports)),
    );
    const manifest = manifestOf([...publish.files(), ...statementFiles, ...paymentFiles]);
    await writeOnce(
      ports.objects,
      { bucket: 'reports', key: `${cycle.programme}/${cycle.period}/manifest.json` },
      manifestText(manifest),
    );
    return { files: manifest.files.length, root: manifest.root };
  },
);

/** What this cycle moved of closed ones, each with its list: approved corrections, and what the bank said late. */
async function publishOfClosed(
  ports: Ports,
  cycle: CycleRef,
  inputs: FrozenInputs,
  publish: ReturnType<typeof publisher>,
): Promise<Pick<CycleReport, 'corrections' | 'late'>> {
  const corrections = inputs.corrections && correctionCounter(inputs.currency);
  if (corrections) {
    const rows = corrections.count(correctionRows(ports, cycle, inputs));
    await publish.stream('corrections.csv', correctionsCsv(rows, inputs.currency));
  }
  const late = inputs.lateReports && lateCounter(inputs.currency, inputs.lateReports.count);
  if (late) await publish.stream('late-answers.csv', lateCsv(late.count(lateAnswers(ports, cycle, inputs))));
  return {
    ...(corrections && { corrections: corrections.figures() }),
    ...(late && { late: late.figures() }),
  };
}

async function decided(ports: Ports, cycle: CycleRef) {
  const proposal = JSON.parse(
    Buffer.from(await readBytes(ports.objects, proposalKey(cycle))).toString('utf8'),
  ) as Proposal;
  const approval = (await ports.control.get(approvalKey(cycle.programme, cycle.period)))!;
  return { proposal, approval, record: await cycleRecord(ports, cycle.programme, cycle.period) };
}

function figures(
  definition: ProgrammeDefinition,
  cycle: CycleTotals,
  bank: ReconciliationTotals,
  identities: readonly Identity[],
) {
  const money = (value: number) => formatAmount(minor(value), definition.currency);
  const states = RECONCILED_STATES.map(
    (state) =>
      [state, { count: bank.states[state].count, amount: money(bank.states[state].sumMinor) }] as const,
  );
  const names = new Map(definition.conditions.map((condition) => [condition.id, condition.label]));
  return {
    transfers: {
      entitled: money(cycle.transfers.entitledMinor),
      payable: money(cycle.transfers.payableMinor),
      held: money(cycle.transfers.heldMinor),
      forfeited: money(cycle.transfers.forfeitedMinor),
      arrears: money(cycle.transfers.arrearsMinor),
      lapsed: money(cycle.transfers.lapsedMinor),
    },
    bridge: {
      arrears: money(cycle.transfers.arrearsMinor),
      reissued: money(cycle.payables.reissuedMinor),
      recovered: money(cycle.transfers.recoveredMinor),
      payeeHeld: money(cycle.payables.payeeHeldMinor),
      payeesHeld: cycle.payables.payeeHeld,
    },
    instructions: { count: bank.instructed.count, total: money(bank.instructed.sumMinor) },
    bank: Object.fromEntries(states) as CycleReport['bank'],
    identities: identities.map(({ name, differenceMinor }) => ({ name, difference: money(differenceMinor) })),
    complianceByCondition: Object.entries(cycle.compliance).map(([condition, count]) => ({
      condition,
      name: names.get(condition) ?? { es: condition, en: condition },
      ...count,
    })),
    complianceByTerritory: Object.entries(cycle.territories).map(
      ([territory, { payableMinor, ...count }]) => ({
        territory,
        ...count,
        payable: money(payableMinor),
      }),
    ),
  };
}

const disbursed = ({ disbursements: { count, payableMinor } }: CycleTotals, currency: Currency) => ({
  count,
  payable: formatAmount(minor(payableMinor), currency),
});

function approvalsOf(record: Item, approval: Item): CycleReport['approvals'] {
  const manifestHash = String(approval.manifestHash);
  const rows: CycleReport['approvals'][number][] = [
    { role: 'maker', person: String(approval.maker), at: String(record.openedAt), manifestHash },
  ];
  for (const role of ['checker1', 'checker2'] as const)
    if (approval[role] !== undefined)
      rows.push({ role, person: String(approval[role]), at: String(approval[`${role}At`]), manifestHash });
  return rows;
}

/** Counts exceptions while they stream into their CSV, and keeps the first for the page. */
function exceptionCounter() {
  const first: ExceptionRow[] = [];
  const counter = {
    total: 0,
    first,
    async *count(rows: AsyncIterable<ExceptionRow>): AsyncGenerator<ExceptionRow> {
      for await (const row of rows) {
        counter.total += 1;
        if (first.length < EXCEPTIONS_SHOWN) first.push(row);
        yield row;
      }
    },
  };
  return counter;
}

/** Counts households with at least one paid line while the lines stream; a household's lines stand together. */
function paidCounter() {
  let last = '';
  const counter = {
    households: 0,
    async *count(lines: AsyncIterable<ReconciledLine>): AsyncGenerator<ReconciledLine> {
      for await (const line of lines) {
        if (line.state === 'paid' && line.payeeKind === 'household' && line.payeeId !== last) {
          last = line.payeeId;
          counter.households += 1;
        }
        yield line;
      }
    },
  };
  return counter;
}
