import { BANK_STATES, COMPLIANCE_STATES, type CycleReport } from './cycle-report.ts';
import { BANK_STATE_WORDS, COMPLIANCE_WORDS, identityWords } from './words.ts';

const LABEL = 48;
const NUMBER = 18;

const row = (label: string, ...values: readonly (string | number)[]): string =>
  `  ${label.padEnd(LABEL)}${values.map((value) => String(value).padStart(NUMBER)).join('')}`.trimEnd();
const title = (es: string, en: string): string => `\n${es} / ${en}`;
const words = ({ es, en }: { es: string; en: string }): string => `${es} / ${en}`;
const isZero = (amount: string): boolean => /^-?[0.]+$/.test(amount);

/**
 * The end of a cycle on screen, Spanish and English on the same line: who is paid and how much, what the bank
 * did, whether the books close, and where the files are. `root` is that of manifest.json. Ends with a newline.
 */
export function summaryText(
  report: CycleReport,
  options: { readonly dir: string; readonly root?: string },
): string {
  const { programme, period, currency } = report;
  return `${[
    '',
    `${programme.name.es} · ${period} · ${currency}`,
    '─'.repeat(72),
    ...people(report),
    ...compliance(report),
    ...money(report),
    ...bank(report),
    ...controls(report),
    ...where(report, options),
  ].join('\n')}\n`;
}

function people({ households }: CycleReport): string[] {
  return [
    'Hogares / Households',
    row('en el padrón / in the roster', households.total),
    row('elegibles / eligible', households.eligible),
    row('con derecho a pago / entitled', households.entitled),
    row('pagados / paid', households.paid),
  ];
}

function compliance(report: CycleReport): string[] {
  if (report.complianceByCondition.length === 0) return [];
  const lines = [title('Cumplimiento', 'Compliance')];
  for (const condition of report.complianceByCondition) {
    lines.push(`  ${condition.name.es} / ${condition.name.en} [${condition.condition}]`);
    for (const state of COMPLIANCE_STATES)
      if (condition[state] > 0) lines.push(row(`  ${words(COMPLIANCE_WORDS[state])}`, condition[state]));
  }
  return lines;
}

function money({ transfers, bridge, disbursements, currency }: CycleReport): string[] {
  const lines = [
    `${title('Transferencias', 'Transfers')} (${currency})`,
    row('con derecho / entitled', transfers.entitled),
    row('a pagar / payable', transfers.payable),
    row('retenido / held', transfers.held),
    row('perdido / forfeited', transfers.forfeited),
    row('atrasos / arrears', transfers.arrears),
    row('retenido antes y perdido / lapsed', transfers.lapsed),
  ];
  if (bridge) {
    lines.push(
      row('reemisiones / reissued', bridge.reissued),
      row('recuperos / recovered', bridge.recovered),
    );
    lines.push(row('por corregir datos de pago / payee to correct', bridge.payeeHeld, bridge.payeesHeld));
  }
  if (disbursements)
    lines.push(row('a proveedores / to providers', disbursements.payable, disbursements.count));
  return lines;
}

function bank({ bank: states, instructions, currency }: CycleReport): string[] {
  return [
    `${title('Banco', 'Bank')} (${currency})`,
    row('instruido / instructed', instructions.total, instructions.count),
    ...BANK_STATES.map((state) =>
      row(words(BANK_STATE_WORDS[state]).toLowerCase(), states[state].amount, states[state].count),
    ),
  ];
}

function controls(report: CycleReport): string[] {
  return [
    title('Control', 'Control'),
    ...report.identities.flatMap(({ name, difference }) => [
      `  ${isZero(difference) ? '✓' : '✗'} ${difference.padStart(12)}  ${identityWords(name).es}`,
      `  ${' '.repeat(14)}  ${identityWords(name).en}`,
    ]),
    ...report.anomalies
      .filter(({ count }) => count > 0)
      .map(({ code, count, message }) => `  ! ${count} ${code}: ${words(message)}`),
    row('excepciones / exceptions', report.exceptionsTotal),
  ];
}

function where(report: CycleReport, { dir, root }: { dir: string; root?: string }): string[] {
  const folder = `${dir}/reports/${report.programme.id}/${report.period}`;
  const names = [
    'payment-list.csv',
    'reconciliation.csv',
    'exceptions.csv',
    ...(report.corrections ? ['corrections.csv'] : []),
    ...(report.late ? ['late-answers.csv'] : []),
    ...(report.disbursements ? ['providers/'] : []),
    'manifest.json',
  ];
  return [
    title('Archivos', 'Files'),
    `  ${folder}/reconciliation.html`,
    `  ${folder}/${names.join(', ')}`,
    ...(root === undefined ? [] : [`  raíz del paquete / root of the bundle ${root}`]),
  ];
}
